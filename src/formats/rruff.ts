import { readColumns } from './text/columns.js';
import type { Group, OpenOptions, Opened } from './opened.js';
import { layoutOf } from './text/layout.js';
import { listOf } from './text/list.js';
import { stem } from './common/words.js';

/** What the lines `##KEY=value` say, by their keys. */
function readFields(head: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    const field = /^##([^=]{1,100})=(.*)$/.exec(line);
    if (field) fields.set(field[1].trim(), field[2].trim().slice(0, 200));
  }
  return fields;
}

/**
 * Opens a spectrum of the RRUFF project (rruff.info): lines `##KEY=value`, then a position and a value a line.
 * @throws UnmixingError `file` naming the line that is wrong
 */
export async function openRruff(
  { file }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const fields = readFields(await file.slice(0, 65536).text());
  const warnings: string[] = [];
  const { style } = await layoutOf(file, task);
  const { axis, data } = await readColumns(file, style, warnings, task);
  // Its powder diffraction patterns look the same, over 2θ, and say the wavelength of the rays.
  const isSpectrum = !fields.has('X-RAY WAVELENGTH');
  if (isSpectrum)
    warnings.push(
      `${file.name} does not say the unit of its axis: cm-1 is taken, as RRUFF writes it.`,
    );
  const name = stem(file.name);
  const said = [fields.get('NAMES'), fields.get('RRUFFID')].filter(Boolean);
  return [
    listOf({
      name,
      type: 'RRUFF',
      axis: { ...axis, unit: isSpectrum ? 'cm-1' : null },
      data,
      names:
        data.length === axis.values.length ? [said.join(' ') || name] : null,
      warnings,
    }),
  ];
}
