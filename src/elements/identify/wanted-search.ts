import type { Search } from '../../session/identify-client.js';
import { type SpectralAxis, bandsInside } from '../../spectral/axis.js';
import type { Unmixing } from '../../spectral/unmixing.js';
import type { SessionState } from '../state.js';
import type { IdentifyChoices, LibraryListing } from './ask.js';

/** Candidates told of each endmember. */
const most = 10;

/** A search that the state asks for. */
export interface Wanted {
  /** What it rests on, by identity: where none of it changed, nothing new is found. */
  readonly key: readonly unknown[];
  readonly search: Search;
  readonly endmembers: Float32Array;
  readonly libraries: readonly LibraryListing[];
}

/** Reliability of the bands of the cube where the result is on them. */
function reliabilityOf(
  { cube }: SessionState,
  axis: SpectralAxis,
): ArrayLike<number> | null {
  return cube.state === 'ready' &&
    cube.summary.reliability.length === axis.values.length
    ? cube.summary.reliability
    : null;
}

/** One a band: 0 where it was excluded, is outside the ranges, or an endmember has no value. */
function weightsOf(
  { axis, excludedBands, endmembers, names }: Unmixing,
  { ranges }: IdentifyChoices,
  reliability: ArrayLike<number> | null,
): Float64Array {
  const bands = axis.values.length;
  const inside = ranges.length > 0 ? bandsInside(axis, ranges) : null;
  return Float64Array.from(axis.values, (_, b) => {
    if (excludedBands[b] || inside?.[b] === 0) return 0;
    for (let r = 0; r < names.length; r++)
      if (!Number.isFinite(endmembers[r * bands + b])) return 0;
    return reliability?.[b] ?? 1;
  });
}

/** What is to be searched for; null while there is no result, or no library in use. */
export function wantedSearch(session: SessionState): Wanted | null {
  const { unmixing, identifying } = session;
  const { choices } = identifying;
  const libraries = identifying.libraries.filter(({ on }) => on);
  if (!unmixing || libraries.length === 0) return null;
  const { axis, endmembers, excludedBands } = unmixing;
  const reliability = choices.weighted ? reliabilityOf(session, axis) : null;
  const { measure, penetration, members } = choices;
  return {
    key: [
      endmembers,
      excludedBands,
      axis,
      reliability,
      libraries.map(({ id }) => id).join(),
      measure,
      JSON.stringify(choices.ranges),
      penetration,
      members,
    ],
    endmembers,
    libraries,
    search: {
      libraries: libraries.map(({ id, name }) => ({ id, name })),
      axis,
      weights: weightsOf(unmixing, choices, reliability),
      spectra: endmembers,
      measure,
      most,
      members,
      penetration,
    },
  };
}
