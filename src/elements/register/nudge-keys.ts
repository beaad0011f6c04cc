import type { RegisterAction } from './action.js';

type Nudge = Extract<RegisterAction, { do: 'nudge' }>;

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Degrees; the brackets' codes are those of the keys, as Shift writes braces. */
const turns: Readonly<Record<string, number>> = {
  BracketLeft: -0.1,
  BracketRight: 0.1,
};

/** One thousandth. */
const scales: Readonly<Record<string, number>> = {
  '+': 1.001,
  '=': 1.001,
  '-': 1 / 1.001,
  _: 1 / 1.001,
};

/** What a key moves: arrows one pixel, brackets a tenth of a degree, plus and minus a thousandth of the size; Shift ten times that. */
export function nudgeOf({
  key,
  code,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
}: KeyboardEvent): Nudge | null {
  if (ctrlKey || metaKey || altKey) return null;
  const times = shiftKey ? 10 : 1;
  const by = arrows[key] as readonly [number, number] | undefined;
  if (by) return { do: 'nudge', by: [times * by[0], times * by[1]] };
  const turn = turns[code] ?? { '[': -0.1, ']': 0.1 }[key];
  if (turn) return { do: 'nudge', turn: times * turn };
  const scale = scales[key] as number | undefined;
  // Plus is written with Shift on most keyboards: it cannot ask for ten times as much.
  return scale ? { do: 'nudge', scale } : null;
}
