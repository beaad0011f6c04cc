// Landmarks on the phantoms, whose true map is known. Its places count corners of micrograph pixels and centres of cube pixels.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { bundled } from './real.mjs';

const shared = process.env.STRATIGRAPH_DATA ?? join(root, '../shared');
const generator = join(shared, 'phantom/generate.mjs');
const skip = existsSync(generator) ? false : `there is no ${generator}`;
if (skip) console.log(`Landmarks are not tried on phantoms: ${skip}.`);

/** A phantom with few bands: its map is the same. */
function truthOf(phantom, folder) {
  const spec = JSON.parse(
    readFileSync(join(shared, `phantom/${phantom}.json`), 'utf8'),
  );
  const file = join(folder, `${phantom}.json`);
  writeFileSync(file, JSON.stringify({ ...spec, bands: 4 }));
  execFileSync(process.execPath, [generator, file, join(folder, phantom)]);
  return JSON.parse(readFileSync(join(folder, phantom, 'truth.json'), 'utf8'));
}

describe('landmarks with 1 pixel of click noise', { skip }, () => {
  let made;
  let folder;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'landmarks-'));
    made = await bundled(
      'imaging/affine.ts',
      'imaging/registration/landmarks.ts',
      'spectral/random.ts',
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const phantom of ['clean', 'contaminated'])
    it(`bring the cube of the ${phantom} phantom within 1 cube pixel of its true place everywhere, 20 seeds of 20`, () => {
      const { applyTo, compose, fitLandmarks, invert, randomSource } = made;
      const { micrograph_to_cube, spec } = truthOf(phantom, folder);
      const { width, height } = spec;
      const half = [1, 0, 0.5, 0, 1, 0.5];
      const toCube = compose(micrograph_to_cube.flat(), half);
      const toMicrograph = invert(toCube);
      // Eight places over the section: a grid of three by three without the middle.
      const places = [0.1, 0.5, 0.9]
        .flatMap((y) => [0.1, 0.5, 0.9].map((x) => [x * width, y * height]))
        .filter((_, i) => i !== 4);
      const corners = [-0.5, width - 0.5].flatMap((x) =>
        [-0.5, height - 0.5].map((y) => [x, y]),
      );
      for (const kind of ['rigid', 'similarity', 'affine'])
        for (let seed = 1; seed <= 20; seed++) {
          const random = randomSource(seed);
          const { scale } = spec.micrograph;
          // The worlds: micrograph pixels, and cube pixels in their unit.
          const pairs = places.map((place) => {
            const [x, y] = applyTo(toMicrograph, place);
            return {
              moving: place.map((at) => Math.round(at) * scale),
              fixed: [x + random.normal(), y + random.normal()],
            };
          });
          const map = fitLandmarks(pairs, kind);
          for (const corner of [...corners, [width / 2, height / 2]]) {
            const found = applyTo(
              toCube,
              applyTo(
                map,
                corner.map((at) => at * scale),
              ),
            );
            const off = Math.hypot(found[0] - corner[0], found[1] - corner[1]);
            assert.ok(off < 1, `${kind}, seed ${seed}: ${off} cube pixels`);
          }
        }
    });
});
