import { linearSumAssignment } from 'linear-sum-assignment';

/** Angle between two spectra, radians; with weights w the angle of w∘x and w∘y. A zero spectrum stands at π/2. */
export function spectralAngle(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let b = 0; b < x.length; b++) {
    // Eq. 4 of Pande et al. 2026: w enters both vectors, so the product carries w².
    const w = weights ? weights[b] * weights[b] : 1;
    xy += w * x[b] * y[b];
    xx += w * x[b] * x[b];
    yy += w * y[b] * y[b];
  }
  if (xx === 0 || yy === 0) return Math.PI / 2;
  return Math.acos(Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))));
}

/**
 * Pairs every true spectrum with another estimated one so that the sum of angles is least (assignment problem).
 * @param truth R spectra of `bands` values, row after row
 * @param estimate R' ≥ R spectra likewise
 * @returns for each true spectrum the index of its estimate
 */
export function matchSpectra(
  truth: ArrayLike<number>[],
  estimate: ArrayLike<number>[],
  weights?: ArrayLike<number>,
): number[] {
  const costs = truth.map((t) =>
    estimate.map((e) => spectralAngle(t, e, weights)),
  );
  const { rowAssignments } = linearSumAssignment(costs, { maximaze: false });
  return Array.from(rowAssignments);
}
