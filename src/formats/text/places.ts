import { type Grid, gridOf } from '../common/grid.js';
import { readUnit } from '../common/words.js';

const coordinate = (letter: string): RegExp =>
  new RegExp(
    `^[^a-z]*((map|pos|position|stage|motor|column|row)[\\s_]*)?${letter}(?![a-z])|\\(${letter}\\)`,
    'i',
  );
const x = coordinate('x');
const y = coordinate('y');

/** Whether a title names the stage's x: "x", "map_x" (Orange), "#X" (Renishaw), "column (x)", "Position X (µm)". */
export const isX = (title: string): boolean => x.test(title);
/** The same for y. */
export const isY = (title: string): boolean => y.test(title);

/** What turns a coordinate into µm, by its title; null when that gives no unit of length. */
function scaleOf(title: string): number | null {
  const said = readUnit(title);
  if (said?.unit === 'µm') return said.factor;
  return said?.unit === 'nm' ? said.factor * 1e-3 : null;
}

/**
 * The image that spectra at these stage coordinates make. The unit is taken to be µm where the titles give none.
 * @returns null, with a warning, when they do not fill a rectangle exactly once
 */
export function gridOfPlaces(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  titles: readonly [string, string],
  name: string,
  warnings: string[],
): Grid | null {
  const [sx, sy] = titles.map(scaleOf);
  const grid = gridOf(
    Float64Array.from(xs, (value) => value * (sx ?? 1)),
    Float64Array.from(ys, (value) => value * (sy ?? sx ?? 1)),
  );
  if (!grid)
    warnings.push(
      `The positions in ${name} do not fill a rectangle exactly once: its spectra are a list in the order of the file.`,
    );
  else if (sx === null)
    warnings.push(
      `${name} does not say the unit of its positions: µm is taken.`,
    );
  return grid;
}
