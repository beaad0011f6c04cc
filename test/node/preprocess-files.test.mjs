// Corrections of a real FTIR image, where it lies beside the project. Known answers: pixel (7, 5) read with numpy 2, corrected
// with scipy (sparse solves of the papers' equations, ConvexHull, an SVD of all pixels), not with this code.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../scripts/root.mjs';

const data = join(root, '../shared/data/envi/CA_tiny_map');
const there = existsSync(data);
if (!there)
  console.log(`Corrections of a real image are not tried: no ${data}.`);

const bands = [50, 213, 400];
const smoothness = 1e6;
const expected = [
  [{ kind: 'rubberband' }, [0.7131261, 0.006971199, 0.02190674]],
  [
    { kind: 'als', smoothness, asymmetry: 0.01, iterations: 10 },
    [0.6392489, -0.03937656, -0.007276861],
  ],
  [
    { kind: 'arpls', smoothness, tolerance: 0.01, iterations: 20 },
    [0.6695598, -0.04804278, -0.01682297],
  ],
  [
    { kind: 'airpls', smoothness, iterations: 15 },
    [0.7090439, 0.0009299456, 0.01407359],
  ],
  [{ kind: 'snv' }, [1.879725, -1.094926, -1.356695]],
  [{ kind: 'vector' }, [0.09680477, -0.04598045, -0.05854551]],
  [{ kind: 'area' }, [0.0007261185, -0.0003448927, -0.0004391413]],
  [{ kind: 'pca', components: 5 }, [0.6007059, -0.2276358, -0.3646633]],
];

describe(
  'corrections of a real image',
  {
    skip: there ? false : `no ${data}`,
  },
  () => {
    let folder;
    let cube;
    let applyChain;
    before(async () => {
      // Inside the project, so that packages are found from there.
      folder = mkdtempSync(join(root, 'node_modules/.preprocess-files-'));
      const load = async (source) => {
        const outfile = join(folder, `${basename(source, '.ts')}.mjs`);
        await build({
          entryPoints: [join(root, source)],
          outfile,
          bundle: true,
          platform: 'node',
          format: 'esm',
          packages: 'external',
          logLevel: 'error',
        });
        return import(pathToFileURL(outfile).href);
      };
      const { openFiles } = await load('src/formats/open.ts');
      ({ applyChain } = await load('src/preprocess/chain.ts'));
      const names = ['CA small UF.hdr', 'CA small UF.dat'];
      const files = await Promise.all(
        names.map(
          async (name) => new File([await openAsBlob(join(data, name))], name),
        ),
      );
      [{ cube }] = await openFiles(files);
    });
    after(() => {
      if (folder) rmSync(folder, { recursive: true, force: true });
    });

    for (const [step, values] of expected)
      it(`${step.kind} gives what scipy gives`, async () => {
        const { cube: found } = await applyChain(cube, [{ ...step, on: true }]);
        const at = (5 * 16 + 7) * 427;
        bands.forEach((b, i) => {
          const tolerance = 1e-6 + 1e-5 * Math.abs(values[i]);
          assert.ok(
            Math.abs(found.data[at + b] - values[i]) < tolerance,
            `${found.data[at + b]} is not ${values[i]}`,
          );
        });
      });
  },
);
