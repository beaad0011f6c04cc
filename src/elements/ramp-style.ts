import { formatHex } from '../imaging/colour.js';
import { rampColour } from '../imaging/ramp.js';
import type { Ramp } from '../imaging/ramp.js';
import { formatFigure, formatNumber } from './format.js';
import type { LayerEntry } from './state.js';

const stops = 9;

/** A ramp as a CSS colour of a place 0 to 1. */
export const rampCss = (ramp: Ramp, t: number): string =>
  formatHex(rampColour(ramp, t));

/** A ramp from left to right, as a CSS image. */
export const rampGradient = (ramp: Ramp): string =>
  `linear-gradient(to right, ${Array.from({ length: stops }, (_, i) =>
    rampCss(ramp, i / (stops - 1)),
  ).join(', ')})`;

/** What the ends of the ramp of a layer stand for. */
export function limitWords({ style, unit }: LayerEntry): {
  readonly low: string;
  readonly high: string;
} {
  const [low, high] = style.limits;
  const share = (value: number): string =>
    `${formatNumber(100 * value, high < 0.1 ? 1 : 0)}\u00a0%`;
  return unit === ''
    ? { low: share(low), high: share(high) }
    : {
        low: formatFigure(low),
        high: `${formatFigure(high)}${unit ? `\u00a0${unit}` : ''}`,
      };
}
