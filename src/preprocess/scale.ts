import type { SpectralAxis } from '../spectral/axis.js';
import type { Correct } from './each-spectrum.js';
import type { StepOf } from './steps.js';

/** x becomes (x - shift) / divisor; a spectrum without a divisor is left as it was. */
function rescale(
  spectrum: Float32Array,
  shift: number,
  divisor: number,
): boolean {
  if (!(Math.abs(divisor) > 0 && Math.abs(divisor) < Infinity)) return false;
  for (let b = 0; b < spectrum.length; b++)
    spectrum[b] = (spectrum[b] - shift) / divisor;
  return true;
}

/** Standard normal variate (Barnes et al. 1989): mean 0, standard deviation (n - 1) 1. */
export const snv: Correct = (spectrum) => {
  const bands = spectrum.length;
  let sum = 0;
  for (const value of spectrum) sum += value;
  const mean = sum / bands;
  let squares = 0;
  for (const value of spectrum) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / (bands - 1));
  // Rounding of 32-bit floats is no shape.
  return (
    deviation > 1e-6 * Math.abs(mean) && rescale(spectrum, mean, deviation)
  );
};

/** Euclidean length 1. */
export const vector: Correct = (spectrum) => {
  let squares = 0;
  for (const value of spectrum) squares += value * value;
  return rescale(spectrum, 0, Math.sqrt(squares));
};

/** Smallest value 0, largest 1. */
export const minMax: Correct = (spectrum) => {
  let low = Infinity;
  let high = -Infinity;
  for (const value of spectrum) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return rescale(spectrum, low, high - low);
};

/** Area under the magnitude 1, in the unit of the axis, by trapezia. */
export function area({ values }: SpectralAxis): Correct {
  const last = values.length - 1;
  const widths = values.map(
    (_, b) =>
      Math.abs(values[Math.min(last, b + 1)] - values[Math.max(0, b - 1)]) / 2,
  );
  return (spectrum) => {
    let sum = 0;
    for (let b = 0; b <= last; b++) sum += widths[b] * Math.abs(spectrum[b]);
    return rescale(spectrum, 0, sum);
  };
}

/** Value 1 at the band nearest to a position. */
export function band(
  { values }: SpectralAxis,
  { position }: Pick<StepOf<'band'>, 'position'>,
): Correct {
  let nearest = 0;
  values.forEach((value, b) => {
    if (Math.abs(value - position) < Math.abs(values[nearest] - position))
      nearest = b;
  });
  return (spectrum) => rescale(spectrum, 0, spectrum[nearest]);
}
