import type { SessionContent } from '../../session/document/schema.js';
import { ownModes, viewerModes } from '../compare/modes.js';
import type { ComparisonState } from '../state.js';

/** The comparison of a saved session, where all of it is known; else none. */
export function comparisonOf(
  saved: SessionContent['comparison'],
): ComparisonState | null {
  if (!saved) return null;
  const { first, second, divider, upright, mix, rate } = saved;
  const known = [...ownModes, ...viewerModes].find(
    ([mode]) => mode === saved.mode,
  );
  const isShare = (value: unknown): value is number =>
    typeof value === 'number' && value >= 0 && value <= 1;
  return known &&
    typeof first === 'string' &&
    typeof second === 'string' &&
    isShare(divider) &&
    typeof upright === 'boolean' &&
    isShare(mix) &&
    typeof rate === 'number' &&
    rate >= 2 &&
    rate <= 5
    ? { first, second, mode: known[0], divider, upright, mix, rate }
    : null;
}
