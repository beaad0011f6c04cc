import { measures } from '../../session/identify.js';
import type { AxisUnit, Window } from '../../spectral/axis.js';
import { formatWindow } from '../format.js';
import { recall } from '../remember.js';
import { type IdentifyChoices, noIdentifying } from './ask.js';

/** Ranges as they are typed, such as "1800-650, 3000-2800". */
export const rangesText = (
  ranges: readonly Window[],
  unit: AxisUnit | null,
): string =>
  ranges
    .map((range) => formatWindow(range, unit).replaceAll('\u2009', ''))
    .join(', ');

/** Ranges that were typed; null where the text is none. */
export function rangesOf(text: string): readonly Window[] | null {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const ranges = parts.map((part): Window | null => {
    const found = /^(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)$/.exec(part);
    if (!found) return null;
    const [low, high] = [Number(found[1]), Number(found[2])].sort(
      (a, b) => a - b,
    );
    return low < high ? [low, high] : null;
  });
  return ranges.every((range) => range !== null) ? ranges : null;
}

const isRange = (value: unknown): value is Window =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((end) => Number.isFinite(end)) &&
  value[0] < value[1];

/** The choices as they were kept; what cannot be is as at first. */
export function recallChoices(): IdentifyChoices {
  const { choices } = noIdentifying;
  const stored = recall('identify');
  if (typeof stored !== 'object' || stored === null) return choices;
  const kept = new Map<string, unknown>(Object.entries(stored));
  const flag = (name: 'weighted' | 'penetration'): boolean => {
    const value = kept.get(name);
    return typeof value === 'boolean' ? value : choices[name];
  };
  const ranges = kept.get('ranges');
  return {
    measure:
      measures.find((measure) => measure === kept.get('measure')) ??
      choices.measure,
    ranges: Array.isArray(ranges) ? ranges.filter(isRange) : choices.ranges,
    weighted: flag('weighted'),
    penetration: flag('penetration'),
    members:
      [0, 2, 3].find((members) => members === kept.get('members')) ??
      choices.members,
  };
}
