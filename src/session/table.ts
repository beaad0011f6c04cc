import type { SpectralAxis } from '../spectral/axis.js';

const axisTitles = {
  'cm-1': 'wavenumber (cm-1)',
  nm: 'wavelength (nm)',
  µm: 'wavelength (µm)',
  band: 'band',
} as const;

/** A cell of a comma-separated table, quoted where RFC 4180 asks for it. */
const cell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** The shortest decimal that reads back to the same number of 32 bits; nine digits are always enough. */
function shortest(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return String(decimal);
  }
  return String(Number(value.toPrecision(9)));
}

/**
 * Spectra as comma-separated values: the axis, then a column each under its name.
 * @param columns one value a band each, of 32 bits
 */
export function spectraTable(
  { values, unit }: SpectralAxis,
  columns: readonly {
    readonly label: string;
    readonly values: ArrayLike<number>;
  }[],
): string {
  const title = unit ? axisTitles[unit] : 'position';
  const head = [title, ...columns.map(({ label }) => label)].map(cell);
  const rows = Array.from(values, (value, b) =>
    [
      String(value),
      ...columns.map((column) => shortest(column.values[b])),
    ].join(','),
  );
  return [head.join(','), ...rows, ''].join('\n');
}
