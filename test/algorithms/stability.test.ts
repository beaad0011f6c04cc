import { expect } from '@open-wc/testing';
import { stabilityAngles } from '../../src/algorithms/stability.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';

/** Pixels that hold one of so many materials each, along an axis of its own, with noise in all dimensions. */
function pure(
  materials: number,
  dimensions: number,
  pixels = 600,
  noise = 0.01,
) {
  const random = randomSource(9);
  return {
    dimensions,
    scores: Float64Array.from({ length: pixels * dimensions }, (_, i) => {
      const k = i % dimensions;
      const n = (i - k) / dimensions;
      // The first axis is that of the mean: all pixels lie before it.
      return (
        (k === 0 ? 3 : k === 1 + (n % materials) ? 2 : 0) +
        noise * random.normal()
      );
    }),
  };
}

const seek = (
  data: Parameters<typeof stabilityAngles>[0],
  most: number,
  seed = 1,
): Promise<Float32Array> =>
  stabilityAngles(data, most, randomSource(seed), keepPace());

describe('stabilityAngles', () => {
  it('is small up to the planted number, and large beyond', async () => {
    // Four axes besides the mean: four materials span four dimensions, the fifth holds noise.
    const { scores, dimensions } = pure(4, 8);
    const turned = Float64Array.from(scores, (v, i) => {
      const k = i % dimensions;
      const row = scores.subarray(i - k, i - k + 5);
      const mean = (row[1] + row[2] + row[3] + row[4]) / 2;
      // Orthonormal in axes 1 to 4 (Hadamard over 2); the mean of them joins the first.
      if (k === 0) return Math.hypot(v, mean);
      if (k === 1) return (row[1] + row[2] - row[3] - row[4]) / 2;
      if (k === 2) return (row[1] - row[2] + row[3] - row[4]) / 2;
      if (k === 3) return (row[1] - row[2] - row[3] + row[4]) / 2;
      return k === 4 ? 0.01 * Math.sin(7 * i) : v;
    });
    const angles = await seek({ scores: turned, dimensions }, 6);
    expect(angles).to.have.length(5);
    expect(angles[2]).to.be.below(0.02);
    expect(angles[3]).to.be.above(5 * angles[2]);
  });

  it('is zero without noise, however many pixels are left', async () => {
    const angles = await seek(pure(3, 4, 600, 0), 4);
    for (const angle of [angles[0], angles[1]]) expect(angle).to.be.below(1e-6);
  });

  it('stands at a right angle where the data span fewer dimensions', async () => {
    const flat = Float64Array.from({ length: 300 }, (_, i) =>
      i % 3 === 2 ? 0 : i % 3 === 0 ? 2 : (Math.floor(i / 3) % 7) / 7,
    );
    const angles = await seek({ scores: flat, dimensions: 3 }, 3);
    expect(angles[1]).to.be.closeTo(Math.PI / 2, 1e-6);
  });

  it('looks no further than there are dimensions, pixels or asked for', async () => {
    expect(await seek(pure(3, 5), 3)).to.have.length(2);
    expect(await seek(pure(3, 5), 12)).to.have.length(4);
    expect(await seek(pure(3, 5, 2), 12)).to.have.length(1);
    expect(await seek(pure(1, 1), 12)).to.have.length(0);
    expect(
      await seek({ scores: new Float64Array(0), dimensions: 4 }, 4),
    ).to.have.length(0);
  });

  it('equal seeds give equal curves', async () => {
    expect(await seek(pure(4, 8), 8, 5)).to.eql(await seek(pure(4, 8), 8, 5));
  });

  it('rejects with the reason of its signal', async () => {
    const reason = new Error('enough');
    const caught: unknown = await stabilityAngles(
      pure(4, 8),
      8,
      randomSource(1),
      keepPace(AbortSignal.abort(reason)),
    ).catch((error: unknown) => error);
    expect(caught).to.equal(reason);
  });
});
