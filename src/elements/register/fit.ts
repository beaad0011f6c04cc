import { type Affine, applyTo, identity } from '../../imaging/affine.js';
import {
  type PointPair,
  fitLandmarks,
  leaveOneOut,
  pairsNeeded,
  residuals,
} from '../../imaging/registration/landmarks.js';
import { isUnmixingError } from '../../spectral/errors.js';
import type { Registration, SessionState } from '../state.js';

/** The registration of two images, by their ids. */
export const registrationOf = (
  registrations: readonly Registration[],
  moving: string,
  fixed: string,
): Registration | undefined =>
  registrations.find((one) => one.moving === moving && one.fixed === fixed);

/** Landmarks with the fixed places where the fixed image lies now. */
export const pointPairs = (
  { landmarks, fixed }: Registration,
  placements: SessionState['placements'],
): readonly PointPair[] =>
  landmarks.map(({ moving, fixed: place }) => ({
    moving,
    fixed: applyTo(placements[fixed] ?? identity, place),
  }));

/** How well landmarks fit. */
export interface LandmarkFigures {
  /** Of each pair, as the image lies now, in the unit of the world. */
  readonly residuals: readonly number[];
  /** Of each pair, were it not there; null where the others do not tell a map. */
  readonly leftOut: readonly (number | null)[];
  /** The largest residual; null without pairs. */
  readonly worst: number | null;
  /** There are so few pairs that the map fits all of them, right or wrong. */
  readonly exact: boolean;
}

export function figuresOf(
  registration: Registration,
  placements: SessionState['placements'],
): LandmarkFigures {
  const { moving, kind } = registration;
  const pairs = pointPairs(registration, placements);
  const left = residuals(placements[moving] ?? identity, pairs);
  return {
    residuals: left,
    leftOut: leaveOneOut(pairs, kind),
    worst: left.length > 0 ? Math.max(...left) : null,
    // Two pairs leave a rigid map the distance between them to miss.
    exact: kind !== 'rigid' && pairs.length === pairsNeeded[kind],
  };
}

/** The map that the landmarks tell, or why they tell none in one sentence. */
export function mapOf(
  registration: Registration,
  placements: SessionState['placements'],
): { readonly map: Affine } | { readonly why: string } {
  const { kind } = registration;
  try {
    return { map: fitLandmarks(pointPairs(registration, placements), kind) };
  } catch (error) {
    if (!isUnmixingError(error)) throw error;
    return { why: error.message };
  }
}
