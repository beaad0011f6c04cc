import { svg } from 'lit';
import type { SVGTemplateResult } from 'lit';
import { drawsDescending, isDescending } from '../spectral/axis.js';
import type { SpectralAxis } from '../spectral/axis.js';

/** Paths by their spectrum, with what else they were made from. */
const known = new WeakMap<
  ArrayLike<number>,
  {
    readonly axis: SpectralAxis;
    readonly box: readonly [number, number];
    readonly path: string;
  }
>();

/**
 * Path of a spectrum in a box, in the direction in which the axis is drawn. Bands that share a column
 * are drawn by their least and greatest value, so no narrow peak is lost. A path is kept with its spectrum, as a list draws
 * the same ones again and again: values that change are to come in another array.
 */
export function sparklinePath(
  values: ArrayLike<number>,
  axis: SpectralAxis,
  width: number,
  height: number,
): string {
  const last = known.get(values);
  if (last?.axis === axis && last.box[0] === width && last.box[1] === height)
    return last.path;
  const path = trace(values, axis, width, height);
  known.set(values, { axis, box: [width, height], path });
  return path;
}

function trace(
  values: ArrayLike<number>,
  axis: SpectralAxis,
  width: number,
  height: number,
): string {
  const count = values.length;
  let low = Infinity;
  let high = -Infinity;
  for (let b = 0; b < count; b++)
    if (Number.isFinite(values[b])) {
      low = Math.min(low, values[b]);
      high = Math.max(high, values[b]);
    }
  if (!(low <= high)) return '';
  const turned = isDescending(axis) !== drawsDescending(axis);
  const columns = Math.min(count, 2 * width);
  const points: string[] = [];
  const place = (column: number, value: number): void => {
    const x = (width * (column + 0.5)) / columns;
    const y = height - 1 - ((height - 2) * (value - low)) / (high - low || 1);
    points.push(`${x.toFixed(1)} ${y.toFixed(1)}`);
  };
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * count) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * count) / columns));
    let least = Infinity;
    let most = -Infinity;
    for (let i = from; i < to; i++) {
      const value = values[turned ? count - 1 - i : i];
      if (!Number.isFinite(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (!(least <= most)) continue;
    place(column, most);
    if (most - least > (high - low) / height) place(column, least);
  }
  return points.length > 1 ? `M${points.join('L')}` : '';
}

/** The drawing of it, in currentColor. */
export const sparkline = (path: string): SVGTemplateResult =>
  svg`<path d=${path} fill="none" stroke="currentColor" stroke-width="1.2" stroke-linejoin="round" />`;
