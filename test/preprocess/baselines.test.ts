import { expect } from '@open-wc/testing';
import { airpls } from '../../src/preprocess/airpls.js';
import { als } from '../../src/preprocess/als.js';
import { arpls } from '../../src/preprocess/arpls.js';
import type { Baseline } from '../../src/preprocess/each-spectrum.js';
import { polynomial } from '../../src/preprocess/polynomial.js';
import { rubberband } from '../../src/preprocess/rubberband.js';
import type { Step } from '../../src/preprocess/steps.js';
import { whittaker } from '../../src/preprocess/whittaker.js';
import { bumpy, corrected, cubeFrom, line } from './spectra.js';

const near = (
  found: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
): void => {
  expect(found.length).to.equal(expected.length);
  expected.forEach((value, b) =>
    expect(found[b], `band ${b}`).to.be.closeTo(value, tolerance),
  );
};

const of = (baseline: Baseline, y: ArrayLike<number>): Float64Array => {
  const curve = new Float64Array(y.length);
  baseline(Float64Array.from(y), curve);
  return curve;
};

describe('whittaker', () => {
  const w = Float64Array.from(bumpy, (_, i) => 0.1 + 0.05 * i);

  it('solves (W + λ DᵀD) z = W y as scipy.sparse.linalg.spsolve does', () => {
    const z = new Float64Array(15);
    whittaker(15, 50)(Float64Array.from(bumpy), w, z);
    near(
      z,
      [
        0.4209464, 0.4835387, 0.5456892, 0.6062037, 0.6627266, 0.7114536,
        0.7474741, 0.7679264, 0.774889, 0.7731402, 0.7656191, 0.7524428,
        0.7325209, 0.7086316, 0.683435,
      ],
      1e-7,
    );
  });

  it('tends to the weighted straight line (numpy.linalg.lstsq) as λ grows', () => {
    const z = new Float64Array(15);
    whittaker(15, 1e9)(Float64Array.from(bumpy), w, z);
    near(
      z,
      line(15, (i) => 0.6316552 + (0.1271182 * i) / 14),
      1e-5,
    );
  });

  it('follows the values where they are too few to bend', () => {
    for (const n of [1, 2]) {
      const z = new Float64Array(n);
      whittaker(n, 1e6)(
        Float64Array.of(3, 5).subarray(0, n),
        Float64Array.of(0.5, 0.5).subarray(0, n),
        z,
      );
      expect([...z]).to.deep.equal([3, 5].slice(0, n));
    }
  });
});

describe('baselines', () => {
  it('ALS matches Eilers & Boelens 2005 in scipy', () => {
    const step = { smoothness: 100, asymmetry: 0.01, iterations: 10 };
    near(
      of(als(15, step), bumpy),
      [
        0.2033209, 0.2356102, 0.2678667, 0.30003, 0.3319146, 0.3633367,
        0.3941273, 0.4241811, 0.4534902, 0.4821111, 0.5101137, 0.5375717,
        0.5645742, 0.5912614, 0.6177897,
      ],
      1e-7,
    );
  });

  it('arPLS matches Baek et al. 2015 in scipy', () => {
    const step = { smoothness: 100, tolerance: 0.01, iterations: 20 };
    near(
      of(arpls(15, step), bumpy),
      [
        0.2035087, 0.2366861, 0.2698286, 0.3028625, 0.3355684, 0.367861,
        0.3996552, 0.4308656, 0.461407, 0.4911943, 0.520142, 0.5483887,
        0.5760728, 0.6033327, 0.6303068,
      ],
      1e-7,
    );
  });

  it('airPLS matches Zhang et al. 2010 in scipy', () => {
    near(
      of(airpls(15, { smoothness: 100, iterations: 15 }), bumpy),
      [
        0.2003679, 0.2288509, 0.2573306, 0.285852, 0.3144114, 0.3430055,
        0.3716308, 0.4002838, 0.428961, 0.4576591, 0.4863745, 0.5151037,
        0.5438434, 0.5725899, 0.60134,
      ],
      1e-7,
    );
  });

  it('the modified polynomial matches numpy.linalg.lstsq, clipped again and again', () => {
    const { axis } = cubeFrom([bumpy]);
    near(
      of(polynomial(axis, { degree: 2, iterations: 100 }), bumpy),
      [
        0.05817251, 0.1391845, 0.2127942, 0.2790014, 0.3378063, 0.3892089,
        0.433209, 0.4698068, 0.4990023, 0.5207953, 0.535186, 0.5421744,
        0.5417603, 0.5339439, 0.5187251,
      ],
      1e-7,
    );
  });

  it('a polynomial takes a polynomial of its degree to zero, on an uneven axis too', async () => {
    const positions = line(30, (b) => 100 + b + 0.02 * b * b);
    const y = positions.map((x) => 2 + 0.1 * x - 0.001 * x * x);
    const step: Step = {
      kind: 'polynomial',
      on: true,
      degree: 2,
      iterations: 50,
    };
    near(await corrected(y, step, { positions }), y.fill(0), 2e-5);
  });

  it('the rubberband of a convex curve is the curve, of a concave one its chord, on rising and falling axes', () => {
    const rising = line(40, (b) => 3 * b + 0.05 * b * b);
    for (const positions of [rising, [...rising].reverse()]) {
      const { axis } = cubeFrom([positions], { positions });
      const convex = positions.map((x) => (x - 90) ** 2);
      near(of(rubberband(axis), convex), convex, 1e-9);
      const concave = positions.map((x) => -((x - 90) ** 2));
      const [x0, x1] = [positions[0], positions[39]];
      near(
        of(rubberband(axis), concave),
        positions.map(
          (x) =>
            concave[0] + ((concave[39] - concave[0]) * (x - x0)) / (x1 - x0),
        ),
        1e-9,
      );
    }
  });

  it('the rubberband touches the corners of a zigzag from below', () => {
    const { axis } = cubeFrom([[0, 0, 0, 0, 0]]);
    near(of(rubberband(axis), [1, 3, 0, 5, 2]), [1, 0.5, 0, 1, 2], 1e-12);
  });

  const each: Step[] = [
    { kind: 'rubberband', on: true },
    { kind: 'als', on: true, smoothness: 1e5, asymmetry: 0.01, iterations: 10 },
    {
      kind: 'arpls',
      on: true,
      smoothness: 1e5,
      tolerance: 0.01,
      iterations: 20,
    },
    { kind: 'airpls', on: true, smoothness: 1e5, iterations: 15 },
    { kind: 'polynomial', on: true, degree: 3, iterations: 100 },
  ];
  for (const step of each) {
    it(`${step.kind} gives zeros for a straight line and for a flat spectrum`, async () => {
      for (const slope of [0, -0.01]) {
        const y = line(200, (b) => 0.4 + slope * b);
        for (const value of await corrected(y, step))
          expect(Math.abs(value)).to.be.below(1e-4);
      }
    });

    it(`${step.kind} brings a band back from under a curved baseline`, async () => {
      const band = line(200, (b) => Math.exp(-(((b - 90) / 6) ** 2)));
      const y = band.map((v, b) => v + 0.3 + 1e-5 * (b - 60) ** 2);
      const found = await corrected(y, step);
      expect(Math.max(...found)).to.be.within(0.93, 1.01);
      expect(found.indexOf(Math.max(...found))).to.equal(90);
      for (const b of [20, 60, 130, 180])
        expect(found[b]).to.be.closeTo(0, 0.08);
    });

    it(`${step.kind} bears one band, and two`, async () => {
      for (const y of [[2], [2, 3]])
        for (const value of await corrected(y, step))
          expect(value).to.be.finite;
    });
  }
});
