import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { bundled } from './real.mjs';

const shared = resolve(root, process.env.STRATIGRAPH_DATA ?? '../shared');
const generator = join(shared, 'phantom/generate.mjs');
const skip = existsSync(generator) ? false : `there is no ${generator}`;
if (skip) console.log(`Phantoms are not registered: ${skip}.`);

describe('automatic registration of the phantoms', { skip }, () => {
  let ours;
  before(async () => {
    process.chdir(root);
    process.env.STRATIGRAPH_DATA = shared;
    ours = await bundled(
      '../bench/registration-cases.ts',
      '../bench/phantoms.ts',
      'imaging/registration/auto-run.ts',
      'imaging/registration/grey.ts',
    );
  });

  for (const name of ['clean', 'contaminated'])
    it(`of ${name}, all abundances in one grey come within 1.5 pixels of the cube from at least 9 of 10 starts`, async (t) => {
      const one = await ours.readCase(ours.makePhantom(name).folder);
      const moving = ours.blendOf(one.maps);
      const fixed = ours.greyOf(one.micrograph, 'luminance');
      const errors = [];
      for (let seed = 1; seed <= 10; seed++) {
        const start = ours.seededStart(one, seed, false);
        const options = { kind: 'similarity', seed };
        const { map, likeness, likenessBefore } = await ours.runRegistration(
          moving,
          fixed,
          start,
          options,
        );
        errors.push(ours.farthestOff(one, map));
        if (errors.at(-1) <= 1.5) assert.ok(likeness > likenessBefore);
      }
      const said = errors.map((error) => error.toFixed(2)).join(' ');
      t.diagnostic(`pixels off: ${said}`);
      assert.ok(errors.filter((error) => error <= 1.5).length >= 9, said);
    });
});
