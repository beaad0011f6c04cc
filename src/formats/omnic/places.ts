import type { Bytes } from '../common/bytes.js';
import { type Grid, gridOf } from '../common/grid.js';
import type { Section } from './sections.js';

/** Where each spectrum was measured on the stage, µm. */
interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const mapLabel = 'Position (micrometers)';

/** Positions that the names of spectra tell, as OMNIC 7 wrote them: "Spectrum position 1 of 30, X = -10.00, Y = 20.00". */
function namedPositions(names: readonly string[]): Places | null {
  const found = names.map((name) =>
    /X = (-?\d+(?:\.\d+)?)\D+Y = (-?\d+(?:\.\d+)?)/.exec(name),
  );
  const of = (group: number): Float64Array =>
    Float64Array.from(found, (match) => Number(match?.[group]));
  return found[0] ? { x: of(1), y: of(2) } : null;
}

const stepsOf = (first: number, last: number, step: number): number =>
  step === 0 ? 1 : Math.round((last - first) / step) + 1;

/** Positions of a map by its first and last places and its steps: along x, then the next y. */
function steppedPositions(
  bytes: Bytes,
  info: Section | undefined,
  count: number,
): Places | null {
  if (!info || info.size < 244) return null;
  const { at } = info;
  const labels = [bytes.text(at + 156, 22), bytes.text(at + 222, 22)];
  if (labels.some((label) => label !== mapLabel)) return null;
  const [firstY, lastY, stepY, firstX, lastX, stepX] = bytes.floats(at + 66, 6);
  const columns = stepsOf(firstX, lastX, stepX);
  const rows = stepsOf(firstY, lastY, stepY);
  if (columns * rows !== count) return null;
  return {
    x: Float64Array.from(
      { length: count },
      (_, n) => firstX + (n % columns) * stepX,
    ),
    y: Float64Array.from(
      { length: count },
      (_, n) => firstY + Math.floor(n / columns) * stepY,
    ),
  };
}

/** The image of a map; null when its spectra are a series, or do not fill a rectangle, which a warning says. */
export function gridOfMap(
  bytes: Bytes,
  names: readonly string[],
  info: Section | undefined,
  warnings: string[],
): Grid | null {
  const places =
    namedPositions(names) ?? steppedPositions(bytes, info, names.length);
  const grid = places && gridOf(places.x, places.y);
  if (places && !grid)
    warnings.push(
      `The positions in ${bytes.name} do not fill a rectangle: its spectra are a list.`,
    );
  return grid;
}
