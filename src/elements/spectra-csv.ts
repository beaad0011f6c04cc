import type { SpectralAxis } from '../spectral/axis.js';
import type { PlotLine } from './plot.js';

const quoted = (text: string): string => `"${text.replace(/"/g, '""')}"`;

/** The axis, then one column a line, as comma-separated values. */
export function spectraCsv(
  { values, unit }: SpectralAxis,
  lines: readonly PlotLine[],
): string {
  const head = [unit ?? 'position', ...lines.map(({ label }) => label)];
  const rows = Array.from(values, (value, b) =>
    [value, ...lines.map((line) => line.values[b])].join(','),
  );
  return [head.map(quoted).join(','), ...rows, ''].join('\n');
}

/** Hands a text to the browser as a file. */
export function saveText(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 1000);
}
