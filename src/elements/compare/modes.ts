import type { Comparison } from '../../hosts/host.js';
import { recall, remember } from '../remember.js';
import type { ComparisonState, OwnMode } from '../state.js';

/** Modes of our own view, the same in every viewer, with their names. */
export const ownModes = [
  ['overlay', 'Overlay'],
  ['swipe', 'Swipe'],
  ['side-by-side', 'Side by side'],
  ['flicker', 'Flicker'],
  ['difference', 'Difference'],
] as const satisfies readonly (readonly [OwnMode, string])[];

/** Ways in which a viewer itself may show two layers of one grid. */
export const viewerModes = [
  ['checkerboard', 'Checks (viewer)'],
  ['blend', 'Blend (viewer)'],
  ['cyan-magenta', 'Cyan, magenta (viewer)'],
] as const satisfies readonly (readonly [Comparison['mode'], string])[];

export const isOwnMode = (mode: ComparisonState['mode']): mode is OwnMode =>
  ownModes.some(([own]) => own === mode);

/** Changes a second that flicker may have: a flash is a pair of changes, and WCAG 2.3.1 allows three of them a second. */
export const rates = Object.freeze([2, 5] as const);

/** How things are compared while nobody has chosen. */
export const comparisonDefaults = Object.freeze({
  mode: 'swipe',
  divider: 0.5,
  upright: true,
  mix: 0.5,
  rate: 2,
} as const);

type Ways = Omit<ComparisonState, 'first' | 'second'>;

const held = (value: unknown, low: number, high: number): number | null =>
  typeof value === 'number' && value >= low && value <= high ? value : null;

/** The ways that were last chosen in this browser; what cannot be is as it is by default. */
export function recallWays(): Ways {
  const stored: unknown = recall('comparison');
  const part = new Map<string, unknown>(
    typeof stored === 'object' && stored !== null ? Object.entries(stored) : [],
  );
  const { mode, divider, upright, mix, rate } = comparisonDefaults;
  const level = part.get('upright');
  return {
    mode:
      [...ownModes, ...viewerModes].find(
        ([known]) => known === part.get('mode'),
      )?.[0] ?? mode,
    divider: held(part.get('divider'), 0, 1) ?? divider,
    upright: typeof level === 'boolean' ? level : upright,
    mix: held(part.get('mix'), 0, 1) ?? mix,
    rate: held(part.get('rate'), ...rates) ?? rate,
  };
}

export function rememberWays({
  mode,
  divider,
  upright,
  mix,
  rate,
}: Ways): void {
  remember('comparison', { mode, divider, upright, mix, rate });
}
