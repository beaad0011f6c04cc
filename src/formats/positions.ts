import { UnmixingError } from '../spectral/errors.js';

/** Evenly spaced positions, both ends included. */
export const evenly = (
  first: number,
  last: number,
  count: number,
): Float64Array =>
  Float64Array.from({ length: count }, (_, b) =>
    b === count - 1 ? last : first + (b * (last - first)) / (count - 1),
  );

/**
 * Refuses positions of bands that do not only rise or only fall.
 * @throws UnmixingError `file`
 */
export function requirePositions(values: Float64Array, name: string): void {
  const sign = Math.sign(values[values.length - 1] - values[0]);
  const wrong = values.findIndex(
    (value, b) =>
      !Number.isFinite(value) ||
      (b > 0 && !(sign * (value - values[b - 1]) > 0)),
  );
  if (wrong >= 0)
    throw new UnmixingError(
      'file',
      `${name} has no usable axis: band ${wrong + 1} lies at ${values[wrong]}${wrong > 0 ? `, after ${values[wrong - 1]}` : ''} (want positions that only rise or only fall).`,
    );
}
