import { expect } from '@open-wc/testing';
import { applyChain } from '../../src/preprocess/chain.js';
import type { Step } from '../../src/preprocess/steps.js';
import { bumpy, corrected, cubeFrom, line } from './spectra.js';

const same = (found: number[], expected: number[]): void =>
  expected.forEach((value, b) =>
    expect(found[b]).to.be.closeTo(value, 1e-5 * (1 + Math.abs(value))),
  );
const sum = (values: number[]): number => values.reduce((s, v) => s + v, 0);

describe('normalisation', () => {
  it('SNV gives mean 0 and deviation 1, and the same for a x + b', async () => {
    const step: Step = { kind: 'snv', on: true };
    const found = await corrected(bumpy, step);
    expect(sum(found)).to.be.closeTo(0, 1e-5);
    expect(sum(found.map((v) => v * v)) / 14).to.be.closeTo(1, 1e-5);
    same(
      await corrected(
        bumpy.map((v) => 3 * v + 0.7),
        step,
      ),
      found,
    );
  });

  it('a vector has length 1 whatever its scale', async () => {
    const step: Step = { kind: 'vector', on: true };
    const found = await corrected(bumpy, step);
    expect(Math.hypot(...found)).to.be.closeTo(1, 1e-6);
    same(
      await corrected(
        bumpy.map((v) => 40 * v),
        step,
      ),
      found,
    );
  });

  it('min-max runs from 0 to 1 and is the same for a x + b', async () => {
    const step: Step = { kind: 'min-max', on: true };
    const found = await corrected(bumpy, step);
    expect([Math.min(...found), Math.max(...found)]).to.deep.equal([0, 1]);
    same(
      await corrected(
        bumpy.map((v) => 5 * v - 2),
        step,
      ),
      found,
    );
  });

  it('the area of a triangle over an uneven axis is 1, whichever way it runs', async () => {
    const step: Step = { kind: 'area', on: true };
    const positions = [0, 1, 3, 6, 7];
    // A tent of height 3 over 0 … 7 with its top at 6: area 10.5.
    const tent = [0, 0.5, 1.5, 3, 0];
    same(
      await corrected(tent, step, { positions }),
      tent.map((v) => v / 10.5),
    );
    same(
      await corrected(tent.reverse(), step, { positions: positions.reverse() }),
      tent.map((v) => v / 10.5),
    );
  });

  it('a band divides by the value nearest to the position', async () => {
    const step: Step = { kind: 'band', on: true, position: 6.4 };
    same(
      await corrected(bumpy, step),
      bumpy.map((v) => v / bumpy[6]),
    );
  });

  it('leaves spectra without anything to divide by as they are, and says how many', async () => {
    for (const kind of ['snv', 'min-max', 'vector', 'area'] as const) {
      const flat = kind === 'snv' || kind === 'min-max' ? 0.3 : 0;
      const cube = cubeFrom([line(8, () => flat), line(8, (b) => b + 1)]);
      const { cube: found, notes } = await applyChain(cube, [
        { kind, on: true },
      ]);
      expect([...found.data.subarray(0, 8)]).to.deep.equal([
        ...cube.data.subarray(0, 8),
      ]);
      expect(notes.join()).to.match(/: 1 pixel had nothing to divide by/);
    }
  });
});

describe('convert', () => {
  const to = (
    quantity: 'absorbance' | 'transmittance' | 'reflectance',
    full = 1,
  ): Step => ({ kind: 'convert', on: true, to: quantity, full });

  it('absorbance 0, 1, 2 is transmittance 1, 0.1, 0.01, and back', async () => {
    const cube = cubeFrom([[0, 1, 2]]);
    const there = await applyChain(cube, [to('transmittance')]);
    same([...there.cube.data], [1, 0.1, 0.01]);
    expect(there.cube.axis.quantity).to.equal('transmittance');
    const back = await applyChain(there.cube, [to('absorbance')]);
    same([...back.cube.data], [0, 1, 2]);
    expect(back.cube.axis.quantity).to.equal('absorbance');
  });

  it('reflectance in per cent becomes log₁₀(1/R)', async () => {
    const step = to('absorbance', 100);
    same(
      await corrected([100, 50, 10], step, { quantity: 'reflectance' }),
      [0, 0.30103, 1],
    );
  });

  it('tells per cent from fractions when nobody says what full is', async () => {
    for (const [values, note] of [
      [
        [100, 50, 10],
        ['Convert: values are in per cent: 100 is taken as full.'],
      ],
      [[1, 0.5, 0.1], []],
    ] as const) {
      const cube = cubeFrom([[...values]], { quantity: 'transmittance' });
      const found = await applyChain(cube, [to('absorbance', 0)]);
      same([...found.cube.data], [0, 0.30103, 1]);
      expect(found.notes).to.deep.equal(note);
    }
  });

  it('makes NaN of what has no absorbance and says in how many pixels', async () => {
    const cube = cubeFrom(
      [
        [0.5, 0, -0.1],
        [1, 1, 1],
      ],
      { quantity: 'transmittance' },
    );
    const { cube: found, notes } = await applyChain(cube, [to('absorbance')]);
    expect([...found.data.subarray(1)]).to.deep.equal([NaN, NaN, 0, 0, 0]);
    expect(notes).to.deep.equal([
      'Convert: 1 pixel had values without absorbance, which are NaN now.',
    ]);
  });

  it('leaves transmittance that shall be reflectance, and intensity, and says so', async () => {
    for (const quantity of ['transmittance', 'intensity'] as const) {
      const cube = cubeFrom([[1, 2]], { quantity });
      const { cube: found, notes } = await applyChain(cube, [
        to('reflectance'),
      ]);
      expect(found).to.equal(cube);
      expect(notes.length).to.equal(1);
    }
  });
});
