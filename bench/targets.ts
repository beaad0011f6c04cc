import { median } from './statistics.js';
import type { Score } from './score.js';

/** What `auto` shall reach on each set: mean spectral angle (radians) and abundance RMSE. Phantoms of other seeds share theirs. */
export const targets: Readonly<
  Record<string, { readonly angle: number; readonly rmse: number }>
> = {
  samson: { angle: 0.02, rmse: 0.02 },
  sim1: { angle: 0.02, rmse: 0.13 },
  clean: { angle: 0.025, rmse: 0.025 },
  contaminated: { angle: 0.11, rmse: 0.04 },
  ground: { angle: 0.15, rmse: 0.055 },
  glaze: { angle: 0.18, rmse: 0.075 },
  uneven: { angle: 0.16, rmse: 0.06 },
};

/** As the targets are written. */
const rounded = (values: readonly number[]): number =>
  Math.round(1000 * median(values)) / 1000;

/** Whether the medians, rounded to three digits, reach the target of a set, and if not, which of the two; null where there is no target. */
export function heldAgainstTarget(
  set: string,
  scores: readonly Score[],
): string | null {
  const key = set.replace(/\+\d+$/, '');
  if (!(key in targets) || scores.length === 0) return null;
  const { angle, rmse } = targets[key];
  const missed = [
    ...(rounded(scores.map((s) => s.angle)) > angle ? ['mSAD'] : []),
    ...(rounded(scores.map((s) => s.rmse)) > rmse ? ['aRMSE'] : []),
  ];
  const mark = missed.length === 0 ? 'met' : `not met: ${missed.join(', ')}`;
  return `${angle} / ${rmse} ${mark}`;
}

/** Where the medians of one run of a set are worse than those of another, in words; both within `slack` counts as no worse. */
export function worseThan(
  mine: readonly Score[],
  other: readonly Score[],
  slack = 1e-4,
): string {
  const worse = (['angle', 'rmse'] as const).filter(
    (figure) =>
      median(mine.map((s) => s[figure])) >
      median(other.map((s) => s[figure])) + slack,
  );
  return worse.length === 0
    ? 'no worse'
    : `worse: ${worse.map((figure) => (figure === 'angle' ? 'mSAD' : 'aRMSE')).join(', ')}`;
}
