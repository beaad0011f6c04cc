import { UnmixingError } from '../../spectral/errors.js';

/**
 * Positions of bands that are evenly spaced.
 * @param name of the file, for the sentence
 * @throws UnmixingError `file` when they would not be finite, or not all different
 */
export function evenAxis(
  first: number,
  step: number,
  bands: number,
  name: string,
): Float64Array {
  const last = first + (bands - 1) * step;
  const isEven =
    Number.isFinite(first) &&
    Number.isFinite(last) &&
    (bands === 1 || (first + step !== first && last - step !== last));
  if (!isEven)
    throw new UnmixingError(
      'file',
      `${name} is damaged: its axis of ${bands} bands would begin at ${first} in steps of ${step}.`,
    );
  return Float64Array.from({ length: bands }, (_, b) => first + b * step);
}
