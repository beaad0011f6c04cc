import { bandsInside, co2Window } from '../spectral/axis.js';
import type { SpectralAxis, Window } from '../spectral/axis.js';

const low = ([a, b]: Window): number => Math.min(a, b);
const high = ([a, b]: Window): number => Math.max(a, b);

/** Windows sorted from low to high; those that touch are joined. */
export function joinWindows(windows: readonly Window[]): Window[] {
  const joined: [number, number][] = [];
  for (const window of [...windows].sort((a, b) => low(a) - low(b))) {
    const last = joined.at(-1);
    if (last && low(window) <= last[1])
      last[1] = Math.max(last[1], high(window));
    else joined.push([low(window), high(window)]);
  }
  return joined;
}

/** The windows with another cut out of them. */
export function cutWindow(windows: readonly Window[], cut: Window): Window[] {
  return joinWindows(windows).flatMap((window) => {
    if (high(window) <= low(cut) || low(window) >= high(cut)) return [window];
    const pieces: Window[] = [];
    if (low(window) < low(cut)) pieces.push([low(window), low(cut)]);
    if (high(window) > high(cut)) pieces.push([high(cut), high(window)]);
    return pieces;
  });
}

export const isCo2 = (window: Window): boolean =>
  low(window) === co2Window[0] && high(window) === co2Window[1];

/** The axis reaches over the whole carbon dioxide window. */
export const coversCo2 = ({ unit, values }: SpectralAxis): boolean =>
  unit === 'cm-1' &&
  Math.min(values[0], values[values.length - 1]) < co2Window[0] &&
  Math.max(values[0], values[values.length - 1]) > co2Window[1];

/** Whether every band of the carbon dioxide window is left out. */
export function excludesCo2(
  axis: SpectralAxis,
  windows: readonly Window[],
): boolean {
  const out = bandsInside(axis, windows);
  return bandsInside(axis, [co2Window]).every((inside, b) => !inside || out[b]);
}

/** The mean spectrum moves inside the carbon dioxide window by more than 2 % of all it moves. */
export function co2Varies(axis: SpectralAxis, mean: Float32Array): boolean {
  if (!coversCo2(axis)) return false;
  const inside = bandsInside(axis, [co2Window]);
  const range = (values: Float32Array): number => {
    let least = Infinity;
    let most = -Infinity;
    for (const value of values)
      if (Number.isFinite(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    return most - least;
  };
  const there = mean.filter((_, b) => inside[b] === 1);
  return range(there) > 0.02 * range(mean);
}
