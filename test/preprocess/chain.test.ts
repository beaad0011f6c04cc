import { expect } from '@open-wc/testing';
import { applyChain } from '../../src/preprocess/chain.js';
import { newStep } from '../../src/preprocess/check-steps.js';
import { corrections } from '../../src/preprocess/corrections.js';
import { previewChain } from '../../src/preprocess/preview.js';
import type { Step, StepKind } from '../../src/preprocess/steps.js';
import type { Cube } from '../../src/spectral/cube.js';
import { scene } from '../algorithms/synthetic.js';
import { cubeFrom, line } from './spectra.js';

const kinds = Object.keys(corrections) as StepKind[];
/** What changes which bands or pixels there are; the others keep the shape. */
const reshaping: StepKind[] = [
  'range',
  'cut',
  'crop',
  'spatial-bin',
  'spectral-bin',
];
const plain = scene(3, { width: 12, height: 10, bands: 80 }).cube;
const stepOf = (kind: StepKind, cube: Cube): Step => {
  const step = newStep(kind, cube);
  if (step.kind === 'convert') return { ...step, to: 'transmittance' };
  if (step.kind === 'chosen-pixels') return { ...step, pixels: [[1, 1]] };
  return step;
};

describe('applyChain', () => {
  it('gives the very cube back where nothing is switched on', async () => {
    const steps = kinds.map((kind) => ({ ...newStep(kind, plain), on: false }));
    const { cube, notes } = await applyChain(plain, steps);
    expect(cube).to.equal(plain);
    expect(notes).to.deep.equal([]);
  });

  it('applies steps in order: the sum of two ways differs', async () => {
    const snv: Step = { kind: 'snv', on: true };
    const cut: Step = { kind: 'range', on: true, window: [1, 3] };
    const cube = cubeFrom([[9, 1, 2, 3, 4]]);
    const first = await applyChain(cube, [snv, cut]);
    const second = await applyChain(cube, [cut, snv]);
    expect([...second.cube.data]).to.deep.equal([-1, 0, 1]);
    expect(first.cube.data[1]).to.be.below(-0.5);
  });

  for (const kind of kinds.filter((one) => !reshaping.includes(one)))
    it(`${kind} leaves masked pixels as they are, and a NaN stays one and spoils nothing`, async () => {
      const data = plain.data.slice();
      data[30 * 80 + 40] = NaN;
      data.fill(NaN, 31 * 80, 32 * 80);
      data.fill(1e6, 50 * 80, 51 * 80);
      const mask = new Uint8Array(120);
      mask[50] = 1;
      const { cube } = await applyChain({ ...plain, data, mask }, [
        stepOf(kind, plain),
      ]);
      const clean = await applyChain({ ...plain, mask }, [stepOf(kind, plain)]);
      const wrong: number[] = [];
      cube.data.forEach((v, i) => {
        const n = Math.floor(i / 80);
        if (n === 50) expect(v).to.equal(1e6);
        else if (Number.isFinite(v) === (i === 30 * 80 + 40 || n === 31))
          wrong.push(i);
      });
      expect(wrong).to.deep.equal([]);
      // A pixel far from the gap hardly notices it.
      for (let b = 0; b < 80; b++)
        expect(cube.data[90 * 80 + b]).to.be.closeTo(
          clean.cube.data[90 * 80 + b],
          0.01,
        );
    });

  for (const kind of kinds)
    it(`${kind} bears one pixel of one band, and a falling or rising axis alike`, async () => {
      const tiny = cubeFrom([[0.5]], { positions: [2000] });
      const step = stepOf(kind, tiny);
      // A window of eleven bands, or a line over the only one, cannot be.
      const refused = ['savitzky-golay', 'chosen-pixels'].includes(kind);
      if (!refused) {
        const { cube } = await applyChain(tiny, [step]);
        expect(cube.data.length).to.equal(1);
      }
      const rising = {
        ...plain,
        axis: { ...plain.axis, values: plain.axis.values.slice().reverse() },
        data: plain.data.map(
          (_, i) => plain.data[Math.floor(i / 80) * 80 + 79 - (i % 80)],
        ),
      };
      if (kind === 'spectral-bin' || kind === 'band') return;
      const falls = await applyChain(plain, [stepOf(kind, plain)]);
      const rises = await applyChain(rising, [stepOf(kind, rising)]);
      const bands = falls.cube.axis.values.length;
      for (let b = 0; b < bands; b++)
        expect(rises.cube.data[bands - 1 - b]).to.be.closeTo(
          falls.cube.data[b],
          2e-3 * (1 + Math.abs(falls.cube.data[b])),
        );
    });

  it('stops at once when aborted, and tells how far it is', async () => {
    const stop = new AbortController();
    const steps = line(60, () => 0).map((): Step => ({
      kind: 'arpls',
      on: true,
      smoothness: 1e4,
      tolerance: 1e-9,
      iterations: 50,
    }));
    const heard: number[] = [];
    let said: unknown;
    await applyChain(plain, steps, {
      signal: stop.signal,
      onProgress: (fraction) => {
        heard.push(fraction);
        if (heard.length === 3) stop.abort('enough');
      },
    }).catch((reason: unknown) => (said = reason));
    expect(said).to.equal('enough');
    expect(heard.length).to.equal(3);
    expect([...heard].sort((a, b) => a - b)).to.deep.equal(heard);
  });
});

describe('previewChain', () => {
  it('shows the means of the whole image where it is small, for every correction', async () => {
    for (const kind of kinds.filter((one) => one !== 'spikes')) {
      const step = stepOf(kind, plain);
      const { before, after, axis } = await previewChain(plain, [step]);
      const { cube } = await applyChain(plain, [step]);
      expect([...axis.values], kind).to.deep.equal([...cube.axis.values]);
      expect(axis.quantity).to.equal(cube.axis.quantity);
      const bands = axis.values.length;
      const pixels = cube.width * cube.height;
      for (const b of [0, bands >> 1, bands - 1]) {
        let sum = 0;
        let count = 0;
        for (let n = 0; n < pixels; n++) {
          if (cube.mask?.[n]) continue;
          sum += cube.data[n * bands + b];
          count++;
        }
        expect(after[b], `${kind} ${b}`).to.be.closeTo(sum / count, 0.01);
      }
      expect(before.length).to.equal(80);
    }
  });

  it('looks only where crops and bins, one after the other, leave pixels, and at none chosen by hand', async () => {
    const cube = cubeFrom(
      line(20 * 10, (n) => n).map((n) => [n % 20, Math.floor(n / 20)]),
      { width: 20 },
    );
    const { after } = await previewChain(cube, [
      {
        kind: 'crop',
        on: true,
        rectangle: { x: 4, y: 2, width: 12, height: 8 },
      },
      { kind: 'spatial-bin', on: true, size: 2 },
      {
        kind: 'crop',
        on: true,
        rectangle: { x: 1, y: 1, width: 2, height: 1 },
      },
      { kind: 'chosen-pixels', on: true, pixels: [[1, 0]], fate: 'mask' },
    ]);
    // Left are columns 6 and 7 of rows 4 and 5.
    expect([...after]).to.deep.equal([6.5, 4.5]);
  });

  it('works on a large image in a moment, on columns, rows and one pixel', async () => {
    const shapes: [number, number][] = [
      [1, 30],
      [30, 1],
      [1, 1],
    ];
    for (const [width, height] of shapes) {
      const cube = cubeFrom(
        line(width * height, () => 0).map(() => [1, 2, 3]),
        { width },
      );
      const { before } = await previewChain(cube, []);
      expect([...before]).to.deep.equal([1, 2, 3]);
    }
  });

  it('refuses an image whose pixels are all masked, and names the step that fails', async () => {
    const failing = async (cube: Cube, steps: Step[]): Promise<string> => {
      try {
        await previewChain(cube, steps);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(await failing(cubeFrom([[1, 2]], { mask: [1] }), [])).to.equal(
      'There is no pixel to show corrections of: all are masked.',
    );
    expect(
      await failing(plain, [
        { kind: 'snv', on: false },
        { kind: 'range', on: true, window: [1, 2] },
      ]),
    ).to.match(/^invalid correction 2 \(Band range\): window is 1 to 2/);
  });
});
