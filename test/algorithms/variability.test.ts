import { expect } from '@open-wc/testing';
import { orthonormalRows, times } from '../../src/algorithms/dense.js';
import {
  steadyDirections,
  steadyScores,
} from '../../src/algorithms/variability.js';
import { scene } from './synthetic.js';

const length = 400;
const tilt = Float64Array.from(
  { length },
  (_, b) => (2 * b) / (length - 1) - 1,
);
const { spectra } = scene(3, { bands: length });
const steady = Float64Array.from(spectra.flatMap((s) => [...s]));
const tilted = steady.map((v, i) => v * tilt[i % length]);
const none = new Float64Array(0);

describe('steady directions', () => {
  const { rows } = orthonormalRows(
    Float64Array.from([...steady, ...tilted]),
    6,
    length,
  );
  const values = Float64Array.of(6, 5, 4, 3, 2, 1).map((v) => v * 100);
  const found = steadyDirections(rows, values, tilt, none, 3);

  it('span the spectra of a signal that holds each of them and its tilted version', () => {
    expect(found.distance).to.be.below(0.004);
    const directions = times(found.steady, 3, rows, 6, length);
    for (const spectrum of spectra) {
      let inside = 0;
      let whole = 0;
      for (let k = 0; k < 3; k++) {
        let along = 0;
        for (let b = 0; b < length; b++)
          along += directions[k * length + b] * spectrum[b];
        inside += along ** 2;
      }
      for (const v of spectrum) whole += v ** 2;
      expect(inside / whole).to.be.above(0.999);
    }
  });

  it('coordinates along them do not see a tilt', () => {
    const points = times(
      Float64Array.from([...steady, ...steady]).map((v, i) =>
        i < steady.length ? v : v * (1 + 0.4 * tilt[i % length]),
      ),
      6,
      transposed(rows, 6),
      length,
      6,
    );
    const scores = steadyScores(found, points, 6);
    for (let i = 0; i < 9; i++)
      expect(scores[9 + i]).to.be.closeTo(scores[i], 0.05);
  });

  it('lie far from a signal of as many different materials', () => {
    const { rows: others } = orthonormalRows(
      Float64Array.from(
        [0, 1, 2, 3, 4, 5].flatMap((k) =>
          Array.from(
            { length },
            (_, b) =>
              1 / (1 + ((b - 20 - 30 * k) / 8) ** 2) +
              1 / (1 + ((b - 210 - 30 * k) / 8) ** 2),
          ),
        ),
      ),
      6,
      length,
    );
    const { distance } = steadyDirections(others, values, tilt, none, 6);
    expect(distance).to.be.above(0.004);
  });
});

function transposed(rows: Float64Array, count: number): Float64Array {
  const width = rows.length / count;
  return rows.map((_, i) => rows[(i % count) * width + Math.floor(i / count)]);
}
