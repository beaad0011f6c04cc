import type { AxisUnit, Quantity } from '../../spectral/axis.js';
import { unitOf } from './axis.js';
import { count, ending, readQuantity } from '../common/words.js';

/** What the lines of words above the columns say. */
interface ColumnTitles {
  readonly unit: AxisUnit | null;
  readonly quantity: Quantity | null;
  /** Of the spectra; null when they have none. */
  readonly names: readonly string[] | null;
}

/** The quantity that a title of one word is, such as "Absorbance (a.u.)"; null when it is a name. */
const quantityTitle = (title: string): Quantity | null =>
  /^\W*\w+\W*(\(.*\))?$/.test(title) ? readQuantity(title) : null;

/**
 * Reads titles that stand one above each column: unit of the first, quantity or names of the others.
 * @param titles lines of words, as cells
 * @param values positions of the first column, converted where their unit is a multiple of ours
 */
export function readTitles(
  titles: readonly (readonly string[])[],
  columns: number,
  values: Float64Array,
  warnings: string[],
): ColumnTitles {
  const fitting = titles.filter((cells) => cells.length === columns);
  const skipped = titles.length - fitting.length;
  if (skipped > 0)
    warnings.push(
      `${count(skipped, 'line')} of words above the numbers ${skipped === 1 ? 'was' : 'were'} skipped.`,
    );
  const axisTitle = fitting.map(([title]) => title).join(' ');
  // The table that we write says "absorbance at wavenumber (cm-1)".
  const unit = unitOf(axisTitle.replace(/^.* at /, ''), values, warnings);
  const names = fitting.at(0)?.slice(1) ?? null;
  const quantity = readQuantity(axisTitle);
  if (quantity !== null || !names) return { unit, quantity, names };
  const quantities = new Set(names.map(quantityTitle));
  const [common] = quantities.size === 1 ? quantities : [null];
  return { unit, quantity: common, names: common === null ? names : null };
}

/**
 * The unit of a .dpt: the file does not name it, but Bruker exports wavenumbers, so numbers
 * that can be infrared or Raman wavenumbers are taken as such, with a warning.
 */
export function unitOfDpt(
  values: Float64Array,
  name: string,
  warnings: string[],
): AxisUnit | null {
  const ends = [values[0], values[values.length - 1]];
  const plausible =
    ending(name) === 'dpt' &&
    Math.min(...ends) >= 5 &&
    Math.max(...ends) > 400 &&
    Math.max(...ends) <= 25000;
  if (plausible)
    warnings.push(
      `${name} does not say the unit of its axis: cm-1 is taken, as Bruker writes it.`,
    );
  return plausible ? 'cm-1' : null;
}
