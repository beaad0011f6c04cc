import { expect } from '@open-wc/testing';
import { SingularValueDecomposition, Matrix } from 'ml-matrix';
import {
  orthonormalRows,
  times,
  timesTransposed,
  transposedTimes,
} from '../../src/algorithms/dense.js';
import {
  leadingSubspace,
  takeOut,
  type WeightedSpectra,
} from '../../src/algorithms/subspace.js';
import { symmetricEigen } from '../../src/algorithms/small.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';
import { cubeOf, scene } from './synthetic.js';

describe('leadingSubspace', () => {
  const { cube } = scene(4, { noise: 0.01, bands: 90 });
  const bands = Uint32Array.from({ length: 80 }, (_, i) => i + 5);
  const source: WeightedSpectra = {
    cube,
    pixels: Uint32Array.from({ length: 400 }, (_, i) => i + 30),
    bands,
    weights: Float64Array.from(bands, (b) => 1 + b / 90),
  };
  const away = orthonormalRows(
    Float64Array.from({ length: 80 }, (_, i) => source.weights[i]),
    1,
    80,
  ).rows;
  const dense = (): Matrix => {
    const x = Matrix.zeros(400, 80);
    for (let i = 0; i < 400; i++) {
      let along = 0;
      for (let j = 0; j < 80; j++) {
        const v =
          cube.data[source.pixels[i] * 90 + bands[j]] * source.weights[j];
        x.set(i, j, v);
        along += v * away[j];
      }
      for (let j = 0; j < 80; j++) x.set(i, j, x.get(i, j) - along * away[j]);
    }
    return x;
  };

  it('matches a full singular value decomposition of the weighted, projected spectra', async () => {
    const found = await leadingSubspace(
      source,
      12,
      away,
      randomSource(1),
      keepPace(),
    );
    const truth = new SingularValueDecomposition(dense());
    for (let k = 0; k < 4; k++) {
      expect(found.values[k] / truth.diagonal[k]).to.be.closeTo(1, 1e-4);
      let along = 0;
      for (let j = 0; j < 80; j++)
        along +=
          found.directions[k * 80 + j] * truth.rightSingularVectors.get(j, k);
      expect(Math.abs(along)).to.be.above(0.9999);
    }
  });

  it('finds in more pixels than its samples hold what the eigenvectors of XᵀX say, near the noise too', async () => {
    const [pixels, length, signals] = [9000, 60, 4];
    const random = randomSource(5);
    const normals = (count: number) =>
      Float64Array.from({ length: count }, () => random.normal());
    const spectra = orthonormalRows(normals(signals * length), signals, length);
    // Singular values over √pixels; the noise ends at 1 + √(60 / 9000) = 1.08.
    const strengths = [40, 12, 4, 2];
    const shares = normals(pixels * signals).map(
      (v, i) => v * strengths[i % signals],
    );
    const noise = normals(pixels * length);
    const data = times(shares, pixels, spectra.rows, signals, length).map(
      (v, i) => v + noise[i],
    );
    const all = Uint32Array.from({ length: pixels }, (_, n) => n);
    const found = await leadingSubspace(
      {
        cube: {
          ...cubeOf([Array(length).fill(0)]),
          data: Float32Array.from(data),
        },
        pixels: all,
        bands: all.slice(0, length),
        weights: new Float64Array(length).fill(1),
      },
      24,
      new Float64Array(0),
      randomSource(1),
      keepPace(),
    );
    const { values, vectors } = symmetricEigen(
      transposedTimes(data, length, data, length, pixels),
      length,
    );
    const cosines = timesTransposed(
      found.directions,
      signals,
      vectors,
      signals,
      length,
    );
    for (let k = 0; k < signals; k++) {
      expect(found.values[k] / Math.sqrt(values[k])).to.be.closeTo(1, 5e-4);
      // Nearer than the noise itself turns the eigenvectors away from the spectra.
      expect(
        Math.acos(Math.min(1, Math.abs(cosines[k * signals + k]))),
      ).to.be.below(Math.sqrt(length / pixels) / strengths[k]);
    }
  });

  it('gives orthonormal directions without the part to stay away from', async () => {
    const { directions, dimensions } = await leadingSubspace(
      source,
      12,
      away,
      randomSource(2),
      keepPace(),
    );
    const gram = timesTransposed(
      directions,
      dimensions,
      directions,
      dimensions,
      80,
    );
    gram.forEach((v, i) =>
      expect(v).to.be.closeTo(i % (dimensions + 1) === 0 ? 1 : 0, 1e-9),
    );
    for (const v of timesTransposed(directions, dimensions, away, 1, 80))
      expect(v).to.be.closeTo(0, 1e-9);
  });

  it('after rows are taken out of it, is what is found with these rows away from the start, inside it and beside it', async () => {
    const pace = keepPace();
    const all = await leadingSubspace(source, 30, away, randomSource(1), pace);
    const inside = all.directions.slice(80, 160);
    const across = Float64Array.from({ length: 80 }, (_, i) => Math.cos(i / 5));
    for (const rows of [inside, across]) {
      const more = orthonormalRows(
        Float64Array.from([...away, ...rows]),
        2,
        80,
      ).rows;
      const left = await takeOut(source, all, more, pace);
      const anew = await leadingSubspace(
        source,
        30,
        more,
        randomSource(1),
        pace,
      );
      for (let k = 0; k < 3; k++) {
        expect(left.values[k] / anew.values[k]).to.be.closeTo(1, 1e-4);
        let along = 0;
        for (let j = 0; j < 80; j++)
          along += left.directions[k * 80 + j] * anew.directions[k * 80 + j];
        expect(Math.abs(along)).to.be.above(0.9999);
      }
      const { directions, dimensions, scores } = left;
      for (const v of timesTransposed(directions, dimensions, more, 2, 80))
        expect(v).to.be.closeTo(0, 1e-9);
      const data = dense();
      for (const i of [0, 399])
        for (let k = 0; k < dimensions; k++) {
          let along = 0;
          for (let j = 0; j < 80; j++)
            along += data.get(i, j) * directions[k * 80 + j];
          expect(scores[i * dimensions + k]).to.be.closeTo(along, 1e-9);
        }
    }
  });

  it('is not changed by taking out rows at right angles to it', async () => {
    const pace = keepPace();
    const space = await leadingSubspace(source, 5, away, randomSource(1), pace);
    const { values, dimensions } = await takeOut(source, space, away, pace);
    expect(dimensions).to.equal(5);
    values.forEach((v, k) =>
      expect(v / space.values[k]).to.be.closeTo(1, 1e-12),
    );
  });

  it('rejects with the reason of its signal', async () => {
    const controller = new AbortController();
    controller.abort('enough');
    let reason: unknown;
    await leadingSubspace(
      source,
      4,
      away,
      randomSource(1),
      keepPace(controller.signal),
    ).catch((error: unknown) => (reason = error));
    expect(reason).to.equal('enough');
  });
});
