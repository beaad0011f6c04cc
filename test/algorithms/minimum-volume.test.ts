import { expect } from '@open-wc/testing';
import {
  judgeVolume,
  smallestSimplex,
} from '../../src/algorithms/minimum-volume.js';
import { spectralAngle } from '../../src/spectral/metrics.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';

const truth = Float64Array.of(1, 0, 0.2, 0.3, 1, 0, 0, 0.2, 1);

/** Mixtures on all three sides of the simplex, none with a share above 0.8, at different strengths. */
function mixtures(noise: number): Float64Array {
  const random = randomSource(6);
  const points = new Float64Array(900 * 3);
  for (let n = 0; n < 900; n++) {
    const raw = [0, 1, 2].map(() => 0.2 + random.uniform());
    if (n % 2) raw[n % 3] = 0;
    const sum = (raw[0] + raw[1] + raw[2]) / (0.5 + random.uniform());
    for (let k = 0; k < 3; k++) {
      for (let r = 0; r < 3; r++)
        points[n * 3 + k] += (raw[r] / sum) * truth[r * 3 + k];
      points[n * 3 + k] += noise * random.normal();
    }
  }
  return points;
}

const worstAngle = (corners: Float64Array): number =>
  Math.max(
    ...[0, 1, 2].map((r) =>
      Math.min(
        ...[0, 1, 2].map((q) =>
          spectralAngle(
            truth.subarray(r * 3, r * 3 + 3),
            corners.subarray(q * 3, q * 3 + 3),
          ),
        ),
      ),
    ),
  );

describe('smallestSimplex', () => {
  it('slopes and second derivatives match central differences to 1e-5', () => {
    const points = mixtures(0.02);
    const H = Float64Array.of(1, -0.2, 0.1, 0.1, 1.1, -0.2, -0.3, 0.2, 0.9);
    const { gradient, hessian } = judgeVolume(points, 900, 3, H, 0.01);
    const at = (i: number, shift: number) => {
      const moved = H.slice();
      moved[(i % 3) * 3 + Math.floor(i / 3)] += shift;
      moved[(i % 3) * 3 + 2] -= shift;
      return judgeVolume(points, 900, 3, moved, 0.01);
    };
    gradient.forEach((slope, i) => {
      const [after, before] = [at(i, 1e-5), at(i, -1e-5)];
      expect((after.cost - before.cost) / 2e-5).to.be.closeTo(
        slope,
        1e-5 * (1 + Math.abs(slope)),
      );
      after.gradient.forEach((v, j) => {
        const curve = hessian[i * 6 + j];
        expect((v - before.gradient[j]) / 2e-5).to.be.closeTo(
          curve,
          1e-5 * (1 + Math.abs(curve)) + 2e-4,
        );
      });
    });
  });

  for (const [noise, most] of [
    [0, 0.03],
    [0.005, 0.05],
  ])
    it(`finds corners that no point comes near, with noise ${noise}`, async () => {
      const start = Float64Array.of(1, 0.2, 0.3, 0.4, 1, 0.2, 0.2, 0.3, 1);
      expect(worstAngle(start)).to.be.above(0.2);
      const found = await smallestSimplex(
        mixtures(noise),
        900,
        3,
        start,
        keepPace(),
      );
      expect(worstAngle(found)).to.be.below(most);
    });

  it('returns the start, scaled, when stopped before', async () => {
    const found = await smallestSimplex(
      mixtures(0),
      900,
      3,
      truth.map((v) => 2 * v),
      keepPace(),
      AbortSignal.abort(),
    );
    expect(worstAngle(found)).to.be.below(1e-7);
  });
});
