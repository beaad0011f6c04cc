import { expect } from '@open-wc/testing';
import { refit } from '../../src/algorithms/refit.js';
import { baselines } from '../../src/algorithms/nuisance.js';
import { spectralAngle } from '../../src/spectral/metrics.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';
import { scene, type SceneOptions } from './synthetic.js';

/**
 * Largest angle between true and re-fitted endmembers, given true weights.
 * @param ghost weight of an endmember that is not there, besides the three that are; none when 0
 */
async function worstAngle(options: SceneOptions, ghost = 0): Promise<number> {
  const { cube, spectra, shares } = scene(3, options);
  const bands = cube.axis.values.length;
  const pixels = cube.width * cube.height;
  const terms = baselines(
    cube.axis,
    Uint32Array.from({ length: bands }, (_, b) => b),
  );
  const weights = shares.map(
    (v, i) => v * (0.5 + 0.1 * Math.sin((Math.floor(i / 3) % cube.width) / 9)),
  );
  const random = randomSource(2);
  const endmembers = ghost > 0 ? 4 : 3;
  const given = Float64Array.from({ length: pixels * endmembers }, (_, i) => {
    const r = i % endmembers;
    const n = Math.floor(i / endmembers);
    return r < 3 ? weights[n * 3 + r] : ghost * random.uniform();
  });
  const found = await refit(
    {
      cube,
      kept: Uint32Array.from({ length: pixels }, (_, n) => n),
      bandWeights: new Float64Array(bands).fill(1),
      weights: given,
      free: {
        values: given,
        noise: new Float64Array(endmembers ** 2),
      },
      endmembers,
      variations: 0,
      terms: terms.rows,
      termCount: 3,
      smooth: 3,
    },
    keepPace(),
  );
  return Math.max(
    ...spectra.map((s, r) =>
      spectralAngle(s, found.spectra.subarray(r * bands, (r + 1) * bands)),
    ),
  );
}

describe('refit', () => {
  it('leaves clean data alone: true spectra within 0.005 rad', async () => {
    expect(await worstAngle({ noise: 1e-4 })).to.be.below(0.005);
  });

  it('keeps a smooth baseline out of the endmembers', async () => {
    expect(await worstAngle({ noise: 1e-4, baseline: 0.1 })).to.be.below(0.08);
  });

  it('an endmember that is not there does not bend the others', async () => {
    const options = { noise: 1e-3, baseline: 0.1 };
    expect(await worstAngle(options, 1e-3)).to.be.below(0.07);
  });
});
