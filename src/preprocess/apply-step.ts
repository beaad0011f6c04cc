import type { Window } from '../spectral/axis.js';
import type { Cube } from '../spectral/cube.js';
import { airpls } from './airpls.js';
import { als } from './als.js';
import { arpls } from './arpls.js';
import { treatBadPixels, treatChosenPixels } from './bad-pixels.js';
import { cutWindows, keepRange } from './bands.js';
import { lineOver } from './carbon-dioxide.js';
import { convert, fullOf } from './convert.js';
import { crop } from './crop.js';
import { denoise } from './denoise.js';
import {
  type Baseline,
  type Correct,
  eachSpectrum,
  subtract,
} from './each-spectrum.js';
import { findGas } from './gas.js';
import { polynomial } from './polynomial.js';
import { rubberband } from './rubberband.js';
import { savitzkyGolay } from './savitzky-golay.js';
import { area, band, minMax, snv, vector } from './scale.js';
import { spatialBin } from './spatial-bin.js';
import { spectralBin } from './spectral-bin.js';
import { despike } from './spikes.js';
import type { Step } from './steps.js';
import { type Work, counted, were } from './work.js';

/** How far the wings of carbon dioxide reach beyond its window, cm-1: cut off there, they would leave a step. */
const wing = 80;
const withWings = ([a, b]: Window): Window => [
  Math.min(a, b) - wing,
  Math.max(a, b) + wing,
];

/**
 * Applies one correction. What keeps the shape is done in place.
 * @param own gives a cube whose data may be overwritten
 */
export async function applyStep(
  cube: Cube,
  step: Step,
  own: (cube: Cube) => Cube,
  work: Work,
): Promise<Cube> {
  const { axis } = cube;
  const bands = axis.values.length;
  const each = async (correct: Correct, left?: string): Promise<Cube> => {
    const owned = own(cube);
    const count = await eachSpectrum(owned, correct, work.pace);
    if (count > 0 && left) work.note(`${counted(count, 'pixel')} ${left}`);
    return owned;
  };
  const minus = (baseline: Baseline): Promise<Cube> =>
    each(subtract(baseline, bands));
  const scaled = (correct: Correct): Promise<Cube> =>
    each(correct, 'had nothing to divide by and stayed as measured.');
  const withoutGas = async (windows: readonly Window[]): Promise<Cube> => {
    const owned = own(cube);
    const subtractGas = await findGas(owned, windows, work.pace);
    if (subtractGas) await eachSpectrum(owned, subtractGas, work.pace);
    else work.note('none was found that stands above the noise.');
    return owned;
  };

  switch (step.kind) {
    case 'range':
      return keepRange(cube, step.window, work);
    case 'cut':
      return cutWindows(cube, step.windows, work);
    case 'crop':
      return crop(cube, step.rectangle, work);
    case 'spatial-bin':
      return spatialBin(cube, step.size, work);
    case 'spectral-bin':
      return spectralBin(cube, step.size, work);
    case 'bad-pixels':
      return treatBadPixels(cube, step, own, work);
    case 'chosen-pixels':
      return treatChosenPixels(cube, step, own, work);
    case 'spikes': {
      let spikes = 0;
      let pixels = 0;
      const correct = despike(bands, step, (count) => {
        spikes += count;
        pixels++;
      });
      const owned = await each(correct);
      if (spikes > 0)
        work.note(
          `${counted(spikes, 'value')} in ${counted(pixels, 'pixel')} ${were(spikes)} replaced.`,
        );
      return owned;
    }
    case 'carbon-dioxide':
      return step.how === 'line'
        ? each(lineOver(axis, step.window))
        : withoutGas([withWings(step.window)]);
    case 'water-vapour':
      return withoutGas(step.windows);
    case 'convert': {
      const isPercent =
        step.full === 0 && axis.quantity !== 'absorbance' && fullOf(cube) > 1;
      if (isPercent) work.note('values are in per cent: 100 is taken as full.');
      const full = step.full || (isPercent ? 100 : 1);
      const correct = convert(axis, { ...step, full });
      if (correct === null) {
        work.note(`${axis.quantity} was not turned into ${step.to}.`);
        return cube;
      }
      const owned = await each(
        correct,
        `had values without ${step.to}, which are NaN now.`,
      );
      return { ...owned, axis: { ...axis, quantity: step.to } };
    }
    case 'rubberband':
      return minus(rubberband(axis));
    case 'als':
      return minus(als(bands, step));
    case 'arpls':
      return minus(arpls(bands, step));
    case 'airpls':
      return minus(airpls(bands, step));
    case 'polynomial':
      return minus(polynomial(axis, step));
    case 'savitzky-golay':
      return each(savitzkyGolay(axis, step));
    case 'snv':
      return scaled(snv);
    case 'vector':
      return scaled(vector);
    case 'min-max':
      return scaled(minMax);
    case 'area':
      return scaled(area(axis));
    case 'band':
      return scaled(band(axis, step));
    case 'pca':
    case 'mnf': {
      const owned = own(cube);
      await denoise(owned, step, work);
      return owned;
    }
  }
}
