import { formatHex } from '../imaging/colour.js';
import type { LayerStyle } from '../imaging/layer.js';
import { rampColour } from '../imaging/ramp.js';
import { formatFigure, formatNumber } from './format.js';
import type { LayerEntry } from './state.js';

const stops = 9;

/** Colour of a strength 0 to 1 in a look, as CSS: a ramp's, or the one colour, faint to full. */
export function lookCss(
  { colourMap, colour }: Pick<LayerStyle, 'colourMap' | 'colour'>,
  strength: number,
): string {
  return colourMap === 'single'
    ? `rgb(${colour.map(Math.round).join(' ')} / ${Math.round(100 * strength)}%)`
    : formatHex(rampColour(colourMap, strength));
}

/** The colours of a look from the low limit at the left to the high one, as a CSS image. */
export const lookGradient = (style: LayerStyle): string =>
  `linear-gradient(to right, ${Array.from({ length: stops }, (_, i) =>
    lookCss(style, (i / (stops - 1)) ** style.gamma),
  ).join(', ')})`;

/** What the ends of the ramp of a layer stand for. */
export function limitWords({
  style,
  unit,
}: Pick<LayerEntry, 'style' | 'unit'>): {
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
