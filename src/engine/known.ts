import { resample } from '../algorithms/resample.js';
import { UnmixingError } from '../spectral/errors.js';
import type { FixedSpectrum } from './options.js';
import type { Prepared } from './steps.js';

/** An endmember that is given, on the bands of the cube; beyond the ends of what was given, which no band that counts is, its last value. */
export interface Known {
  readonly name: string;
  readonly spectrum: Float64Array;
}

/** Neighbouring bands for which `missing` holds, as words: "from 3600 to 3800". */
function windows(values: Float64Array, missing: (b: number) => boolean) {
  const out: string[] = [];
  const told = (b: number): string => String(Number(values[b].toPrecision(6)));
  for (let b = 0; b < values.length; b++) {
    if (!missing(b)) continue;
    const first = b;
    while (b + 1 < values.length && missing(b + 1)) b++;
    const [low, high] = [first, b].sort((i, j) => values[i] - values[j]);
    out.push(
      first === b ? `at ${told(b)}` : `from ${told(low)} to ${told(high)}`,
    );
  }
  return out;
}

/** Half the widest distance between neighbouring bands: so far, a spectrum and the cube may differ in where they end. */
function halfSpacing(values: Float64Array): number {
  let widest = 0;
  for (let b = 1; b < values.length; b++)
    widest = Math.max(widest, Math.abs(values[b] - values[b - 1]));
  return widest / 2;
}

/**
 * A spectrum on the bands of the cube, straight between its positions; beyond its ends, its last value.
 * @param what it is, for the sentence: "fixed spectrum"
 * @throws UnmixingError `input` where it has no value on bands that count, or nothing but zero
 */
export function onBands(
  { name, positions, values: given }: FixedSpectrum,
  { cube, weights }: Pick<Prepared, 'cube' | 'weights'>,
  what: string,
): Float64Array {
  const { values, unit } = cube.axis;
  const spectrum = resample(positions, given, values, halfSpacing(values));
  const missing = windows(
    values,
    (b) => weights[b] > 0 && Number.isNaN(spectrum[b]),
  );
  if (missing.length > 0)
    throw new UnmixingError(
      'input',
      `invalid ${what} "${name}": no values ${missing.join(', ')}${unit && unit !== 'band' ? ` ${unit}` : ''} (want values at every band that counts; exclude the others)`,
    );
  if (spectrum.every((v, b) => weights[b] === 0 || v <= 0))
    throw new UnmixingError(
      'input',
      `invalid ${what} "${name}": nowhere above zero at the bands that count (want a spectrum)`,
    );
  return resample(positions, given, values, Infinity);
}

/**
 * The fixed spectra of the options on the bands of the cube.
 * @throws UnmixingError `input` as `onBands`
 */
export const knownSpectra = (
  prepared: Pick<Prepared, 'cube' | 'options' | 'weights'>,
): Known[] =>
  prepared.options.fixed.map((fixed) => ({
    name: fixed.name,
    spectrum: onBands(fixed, prepared, 'fixed spectrum'),
  }));
