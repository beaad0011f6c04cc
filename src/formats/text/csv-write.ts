import type { SpectralAxis } from '../../spectral/axis.js';
import type { Spectra } from '../../spectral/cube.js';
import type { SavedFile } from '../saved.js';
import { shortest } from '../common/shortest.js';

const axisTitles = {
  'cm-1': 'wavenumber (cm-1)',
  nm: 'wavelength (nm)',
  µm: 'wavelength (µm)',
  band: 'band',
} as const;

/** A cell of a comma-separated table, quoted where RFC 4180 asks for it. */
const cell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** A row of a comma-separated table. */
export const tableRow = (cells: readonly string[]): string =>
  cells.map(cell).join(',');

/**
 * Spectra as comma-separated values: the axis, then a column each under its name. The first title says what the values
 * are and over what: "absorbance at wavenumber (cm-1)".
 * @param columns one value a band each, of 32 bits
 */
export function spectraTable(
  { values, unit, quantity }: SpectralAxis,
  columns: readonly {
    readonly label: string;
    readonly values: ArrayLike<number>;
  }[],
): string {
  const title = unit ? axisTitles[unit] : 'position';
  const head = tableRow([
    quantity ? `${quantity} at ${title}` : title,
    ...columns.map(({ label }) => label),
  ]);
  const rows = Array.from(values, (value, b) =>
    [
      String(value),
      ...columns.map((column) => shortest(column.values[b])),
    ].join(','),
  );
  return [head, ...rows, ''].join('\n');
}

/** Spectra as a table, NAME.csv. */
export function writeCsv({ name, axis, names, data }: Spectra): SavedFile[] {
  const bands = axis.values.length;
  const columns = names.map((label, n) => ({
    label,
    values: data.subarray(n * bands, (n + 1) * bands),
  }));
  return [{ name: `${name}.csv`, content: spectraTable(axis, columns) }];
}
