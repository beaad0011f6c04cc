import type { SpectralAxis } from '../spectral/axis.js';
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
