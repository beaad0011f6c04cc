import { inkOf } from '../imaging/colour.js';
import type { CubeSummary, Preview } from '../engine/protocol.js';
import {
  type Spread,
  type Unmixing,
  endmemberName,
} from '../spectral/unmixing.js';
import type { SessionState } from './state.js';

/** The endmembers that are on show: those of the running job's last preview, else of the result. */
export interface ShownEndmembers {
  readonly names: readonly string[];
  /** R spectra of L values. */
  readonly spectra: readonly Float32Array[];
  /** Mean abundance of each over the pixels that are not left out. */
  readonly areas: readonly number[];
  /** How far several runs disagree; null where there was one, or none is done. */
  readonly spread: Spread | null;
  /** They still change. */
  readonly live: boolean;
}

const areasOf = new WeakMap<Float32Array, readonly number[]>();

/** Mean abundance of each endmember: shares of their whole. */
export function meanShares(
  abundances: Float32Array,
  count: number,
): readonly number[] {
  const known = areasOf.get(abundances);
  if (known) return known;
  const sums = new Array<number>(count).fill(0);
  for (let from = 0; from < abundances.length; from += count)
    for (let r = 0; r < count; r++) sums[r] += abundances[from + r];
  const whole = sums.reduce((a, b) => a + b, 0) || 1;
  const areas = sums.map((sum) => sum / whole);
  areasOf.set(abundances, areas);
  return areas;
}

let last: {
  readonly of: readonly unknown[];
  readonly shown: ShownEndmembers | null;
} = { of: [], shown: null };

/** The same object as long as nothing of it changed. */
export function shownEndmembers({
  cube,
  run,
  unmixing,
}: Pick<SessionState, 'cube' | 'run' | 'unmixing'>): ShownEndmembers | null {
  const preview = run.state === 'running' ? run.preview : null;
  const summary = cube.state === 'ready' ? cube.summary : null;
  const of = [preview, unmixing, summary];
  if (of.some((part, i) => part !== last.of[i]))
    last = { of, shown: collect(preview, unmixing, summary) };
  return last.shown;
}

function collect(
  preview: Preview | null,
  unmixing: Unmixing | null,
  summary: CubeSummary | null,
): ShownEndmembers | null {
  const shown = preview ?? unmixing;
  if (!shown || !summary) return null;
  const bands = summary.axis.values.length;
  const count = shown.endmembers.length / bands;
  return {
    names: Array.from(
      { length: count },
      (_, r) => (preview ? undefined : unmixing?.names[r]) ?? endmemberName(r),
    ),
    spectra: Array.from({ length: count }, (_, r) =>
      shown.endmembers.subarray(r * bands, (r + 1) * bands),
    ),
    areas: meanShares(shown.abundances, count),
    spread: preview ? null : (unmixing?.spread ?? null),
    live: preview !== null,
  };
}

/** Colour of lines and bars for a fill: a CSS colour that follows the scheme. */
export const inkColour = (fill: string): string =>
  `light-dark(${inkOf(fill, 'light')}, ${inkOf(fill, 'dark')})`;
