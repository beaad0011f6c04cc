import {
  type SpectralAxis,
  type Window,
  bandsInside,
} from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';
import type { Correct } from './each-spectrum.js';

/** Bands on each side whose mean is an end of the line. */
const anchorBands = 5;

/**
 * Draws a straight line over a window, between the means of the five bands on each side; level where the axis ends.
 * @throws UnmixingError `input` when no band lies outside the window
 */
export function lineOver(axis: SpectralAxis, window: Window): Correct {
  const { values } = axis;
  const inside = bandsInside(axis, [window]);
  const first = inside.indexOf(1);
  if (first < 0) return () => true;
  const end = inside.lastIndexOf(1) + 1;
  if (first === 0 && end === values.length)
    throw new UnmixingError(
      'input',
      `window is ${window.join(' to ')} (want bands outside of it)`,
    );
  const before: Side = [Math.max(0, first - anchorBands), first];
  const after: Side = [end, Math.min(values.length, end + anchorBands)];
  const left = first === 0 ? after : before;
  const right = end === values.length ? before : after;
  const from = meanOf(values, left);
  const span = meanOf(values, right) - from || 1;
  return (spectrum) => {
    const start = meanOf(spectrum, left);
    const rise = meanOf(spectrum, right) - start;
    for (let b = first; b < end; b++)
      spectrum[b] = start + (rise * (values[b] - from)) / span;
    return true;
  };
}

/** First band and the one after the last. */
type Side = readonly [number, number];

function meanOf(values: Float32Array | Float64Array, [from, to]: Side): number {
  let sum = 0;
  for (let b = from; b < to; b++) sum += values[b];
  return sum / (to - from);
}
