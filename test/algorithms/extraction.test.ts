import { expect } from '@open-wc/testing';
import { archetypes } from '../../src/algorithms/archetypes.js';
import { largestSimplex } from '../../src/algorithms/nfindr.js';
import { growSimplex } from '../../src/algorithms/sivm.js';
import { determinant } from '../../src/algorithms/small.js';
import { successiveProjections } from '../../src/algorithms/spa.js';
import { vertexComponents } from '../../src/algorithms/vca.js';
import { keepPace } from '../../src/spectral/pace.js';
import { randomSource } from '../../src/spectral/random.js';

const corners = [
  [1, 0.1, 0],
  [0, 1, 0.2],
  [0.3, 0, 1],
];

/** Mixtures of the corners with the pure ones at 11, 57 and 140. */
function mixtures(): Float64Array {
  const random = randomSource(4);
  const points = new Float64Array(200 * 3);
  for (let n = 0; n < 200; n++) {
    const raw = [0, 1, 2].map(() => -Math.log(1 - random.uniform()));
    const sum = raw[0] + raw[1] + raw[2];
    const pure = [11, 57, 140].indexOf(n);
    for (let k = 0; k < 3; k++)
      for (let r = 0; r < 3; r++)
        points[n * 3 + k] +=
          corners[r][k] * (pure >= 0 ? Number(r === pure) : raw[r] / sum);
  }
  return points;
}

describe('extraction from mixtures that hold pure pixels', () => {
  const points = mixtures();
  const sorted = (indices: number[]) => [...indices].sort((a, b) => a - b);

  it('SPA takes the pure pixels', () => {
    expect(sorted(successiveProjections(points, 200, 3, 3))).to.deep.equal([
      11, 57, 140,
    ]);
  });

  it('N-FINDR reaches the pure pixels from any start', () => {
    expect(sorted(largestSimplex(points, 200, 3, [0, 1, 2]))).to.deep.equal([
      11, 57, 140,
    ]);
  });

  it('simplex volume maximisation takes the points that a greedy search by Cayley-Menger determinants takes', () => {
    const distance = (i: number, j: number) =>
      [0, 1, 2].reduce(
        (sum, k) => sum + (points[i * 3 + k] - points[j * 3 + k]) ** 2,
        0,
      );
    const volume = (rows: number[]) => {
      const n = rows.length + 1;
      const bordered = Float64Array.from({ length: n * n }, (_, at) => {
        const [i, j] = [Math.floor(at / n), at % n];
        return i === 0 || j === 0
          ? Number(i !== j)
          : distance(rows[i - 1], rows[j - 1]);
      });
      return Math.abs(determinant(bordered, n));
    };
    const taken = growSimplex(points, 200, 3, 3);
    expect(taken).to.have.length(3);
    for (let size = 1; size < 3; size++) {
      const before = taken.slice(0, size);
      const volumes = Array.from({ length: 200 }, (_, n) =>
        volume([...before, n]),
      );
      expect(volumes.indexOf(Math.max(...volumes))).to.equal(taken[size]);
    }
    expect(sorted(taken)).to.deep.equal([11, 57, 140]);
  });

  it('VCA takes the pure pixels', () => {
    const taken = vertexComponents(points, 200, 3, 3, randomSource(1));
    expect(sorted(taken)).to.deep.equal([11, 57, 140]);
  });

  it('archetypes come within 0.05 of the corners', async () => {
    const found = await archetypes(
      points,
      200,
      3,
      3,
      new Float64Array(200).fill(1),
      randomSource(1),
      keepPace(),
    );
    for (const corner of corners) {
      const distances = [0, 1, 2].map((r) =>
        Math.hypot(...corner.map((v, k) => v - found.corners[r * 3 + k])),
      );
      expect(Math.min(...distances)).to.be.below(0.05);
    }
  });

  it('stops at the dimensions the points span', () => {
    const line = Float64Array.of(1, 0, 0, 2, 0, 0, 3, 0, 0);
    expect(successiveProjections(line, 3, 3, 3)).to.deep.equal([2]);
    expect(growSimplex(line, 3, 3, 3)).to.have.length(2);
    expect(vertexComponents(line, 3, 3, 3, randomSource(1))).to.deep.equal([2]);
    expect(successiveProjections(new Float64Array(9), 3, 3, 2)).to.deep.equal(
      [],
    );
  });
});
