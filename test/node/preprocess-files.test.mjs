// Corrections of a real FTIR image, where it lies beside the project. Known answers: pixel (7, 5) read with numpy 2, corrected
// with scipy (sparse solves of the papers' equations, ConvexHull, an SVD of all pixels), not with this code.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { bundled, filesAt, skip } from './real.mjs';

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

describe('corrections of a real image', { skip }, () => {
  let cube;
  let applyChain;
  before(async () => {
    let openFiles;
    ({ openFiles, applyChain } = await bundled(
      'formats/open.ts',
      'preprocess/chain.ts',
    ));
    const files = await filesAt(
      'envi/CA_tiny_map/CA small UF.hdr',
      'envi/CA_tiny_map/CA small UF.dat',
    );
    [{ cube }] = await openFiles(files);
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
});
