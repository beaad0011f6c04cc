import type { SpectralAxis } from '../spectral/axis.js';
import type { Cube } from '../spectral/cube.js';
import type { Correct } from './each-spectrum.js';
import type { StepOf } from './steps.js';

/** The value of one quantity from that of another; null when there is no way. */
type Way = (value: number) => number;

function wayFrom(
  { quantity }: SpectralAxis,
  { to, full }: StepOf<'convert'>,
): Way | null {
  if (quantity === to) return null;
  if (to === 'absorbance') return (value) => Math.log10(full / value);
  if (quantity === 'absorbance') return (value) => full * 10 ** -value;
  return null;
}

/** Values looked at to tell per cent from fractions. */
const mostSampled = 2 ** 16;
/** Fractions hardly reach this; per cent of anything that lets light through do. */
const leastPercent = 2;

/**
 * What full transmittance or reflectance is in an image: 100 where values are in per cent, else 1. One value in a hundred
 * may be out of all proportion.
 */
export function fullOf({ data, mask, axis }: Cube): 1 | 100 {
  const bands = axis.values.length;
  const step = Math.max(1, Math.floor(data.length / mostSampled));
  const sample: number[] = [];
  for (let i = 0; i < data.length; i += step)
    if (Number.isFinite(data[i]) && !mask?.[Math.floor(i / bands)])
      sample.push(data[i]);
  const sorted = Float64Array.from(sample).sort();
  const high = sorted.at(Math.floor(0.99 * (sorted.length - 1))) ?? 0;
  return high > leastPercent ? 100 : 1;
}

/**
 * Absorbance A = -log₁₀(T / full), and back; of reflectance likewise, A = log₁₀(full / R).
 * What has no such value, as the absorbance of a transmittance of zero, becomes NaN.
 * @returns null where there is nothing to convert: transmittance says nothing of reflectance
 */
export function convert(
  axis: SpectralAxis,
  step: StepOf<'convert'>,
): Correct | null {
  const way = wayFrom(axis, step);
  return (
    way &&
    ((spectrum) => {
      let whole = true;
      for (let b = 0; b < spectrum.length; b++) {
        const value = Math.fround(way(spectrum[b]));
        spectrum[b] = Number.isFinite(value) ? value : NaN;
        whole &&= Number.isFinite(value);
      }
      return whole;
    })
  );
}
