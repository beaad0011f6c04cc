import { matchSpectra, spectralAngle } from '../spectral/metrics.js';
import type { Spread } from '../spectral/unmixing.js';
import type { Model } from './finish.js';

/**
 * Unmixings of one cube, compared: running means and sums of squares (Welford 1962), plain arrays. Endmembers stand in the order
 * of the first one, to which the others are matched by angle.
 */
export interface Members {
  count: number;
  /** R x L of each. */
  readonly spectra: Float32Array[];
  readonly endmembers: Moments;
  readonly abundances: Moments;
}

interface Moments {
  readonly mean: Float32Array;
  /** Sum of squared distances from the mean. */
  readonly squares: Float32Array;
}

const moments = (length: number): Moments => ({
  mean: new Float32Array(length),
  squares: new Float32Array(length),
});

export const noMembers = (
  endmembers: number,
  bands: number,
  pixels: number,
): Members => ({
  count: 0,
  spectra: [],
  endmembers: moments(endmembers * bands),
  abundances: moments(pixels * endmembers),
});

function addTo(
  { mean, squares }: Moments,
  count: number,
  value: (i: number) => number,
): void {
  for (let i = 0; i < mean.length; i++) {
    const v = value(i);
    const before = v - mean[i];
    mean[i] += before / count;
    squares[i] += before * (v - mean[i]);
  }
}

const deviation = (squares: number, count: number): number =>
  Math.sqrt(squares / (count - 1));

const rowsOf = (spectra: Float32Array, bands: number): Float32Array[] =>
  Array.from({ length: spectra.length / bands }, (_, r) =>
    spectra.subarray(r * bands, (r + 1) * bands),
  );

/** Where each endmember of the first is in the second, over the bands that count. */
const match = (
  first: Float32Array,
  second: Float32Array,
  excludedBands: Uint8Array,
): number[] =>
  matchSpectra(
    rowsOf(first, excludedBands.length),
    rowsOf(second, excludedBands.length),
    excludedBands.map((out) => 1 - out),
  );

/** The common height of the endmembers over the bands that count. */
function heightOf(spectra: Float32Array, excludedBands: Uint8Array): number {
  let most = 0;
  for (let i = 0; i < spectra.length; i++)
    if (!excludedBands[i % excludedBands.length] && spectra[i] > most)
      most = spectra[i];
  return most || 1;
}

/**
 * Adds an unmixing to those compared.
 * @param excludedBands one byte a band, 1 = does not count for the match
 */
export function addMember(
  members: Members,
  { endmembers, shares }: Pick<Model, 'endmembers' | 'shares'>,
  excludedBands: Uint8Array,
): void {
  const bands = excludedBands.length;
  const order = endmembers.length / bands;
  const reference = members.spectra.at(0) ?? endmembers;
  const to = match(reference, endmembers, excludedBands);
  const scale =
    heightOf(reference, excludedBands) / heightOf(endmembers, excludedBands);
  const matched = endmembers.map(
    (_, i) =>
      scale * endmembers[to[Math.floor(i / bands)] * bands + (i % bands)],
  );
  members.count++;
  members.spectra.push(matched);
  addTo(members.endmembers, members.count, (i) => matched[i]);
  addTo(
    members.abundances,
    members.count,
    (i) => shares[i - (i % order) + to[i % order]],
  );
}

/** Mean angle of each row to those of the members but one, radians; `to` says which row of theirs it is. */
function anglesTo(
  { spectra }: Members,
  rows: readonly Float32Array[],
  to: readonly number[],
  own: number,
  excludedBands: Uint8Array,
): Float32Array {
  const included = excludedBands.map((out) => 1 - out);
  const others = spectra
    .filter((_, member) => member !== own)
    .map((all) => rowsOf(all, excludedBands.length));
  return Float32Array.from(
    rows,
    (row, r) =>
      others.reduce(
        (sum, other) => sum + spectralAngle(row, other[to[r]], included),
        0,
      ) / others.length,
  );
}

/** Mean angle of a member to the others, over its endmembers, radians: least for the one in their midst. */
export function distanceToOthers(
  members: Members,
  own: number,
  excludedBands: Uint8Array,
): number {
  const rows = rowsOf(members.spectra[own], excludedBands.length);
  const angles = anglesTo(members, rows, [...rows.keys()], own, excludedBands);
  return angles.reduce((sum, angle) => sum + angle, 0) / angles.length;
}

/**
 * How far the members disagree, in the order and at the height of the endmembers shown.
 * @param own which member is shown, or was the start of what is: its angle to itself tells nothing
 * @returns null for fewer than two members
 */
export function spreadOf(
  members: Members,
  shown: Float32Array,
  own: number,
  excludedBands: Uint8Array,
): Spread | null {
  const { count, spectra, endmembers, abundances } = members;
  if (count < 2) return null;
  const bands = excludedBands.length;
  const order = shown.length / bands;
  const to = match(shown, spectra[0], excludedBands);
  const scale =
    heightOf(shown, excludedBands) / heightOf(spectra[0], excludedBands);
  return {
    runs: count,
    endmembers: shown.map((_, i) => {
      const at = to[Math.floor(i / bands)] * bands + (i % bands);
      return scale * deviation(endmembers.squares[at], count);
    }),
    abundances: abundances.squares.map((_, i) =>
      deviation(abundances.squares[i - (i % order) + to[i % order]], count),
    ),
    angles: anglesTo(members, rowsOf(shown, bands), to, own, excludedBands),
  };
}
