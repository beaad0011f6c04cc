import { UnmixingError } from '../../spectral/errors.js';

/** Evenly spaced positions, both ends included. */
export const evenly = (
  first: number,
  last: number,
  count: number,
): Float64Array =>
  Float64Array.from({ length: count }, (_, b) =>
    b === count - 1 ? last : first + (b * (last - first)) / (count - 1),
  );

/** Place of the first position that does not go on as the first and last say, up or down; -1 when there is none. */
export function breakOf(values: ArrayLike<number>): number {
  const sign = Math.sign(values[values.length - 1] - values[0]);
  for (let b = 0; b < values.length; b++)
    if (
      !Number.isFinite(values[b]) ||
      (b > 0 && !(sign * (values[b] - values[b - 1]) > 0))
    )
      return b;
  return -1;
}

/**
 * Refuses positions of bands that do not only rise or only fall.
 * @throws UnmixingError `file`
 */
export function requirePositions(values: Float64Array, name: string): void {
  const wrong = breakOf(values);
  if (wrong >= 0)
    throw new UnmixingError(
      'file',
      `${name} has no usable axis: band ${wrong + 1} lies at ${values[wrong]}${wrong > 0 ? `, after ${values[wrong - 1]}` : ''} (want positions that only rise or only fall).`,
    );
}
