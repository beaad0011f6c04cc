import { openColumns } from './text/columns.js';
import type { Group, OpenOptions, Opened } from './opened.js';
import { openPoints } from './text/points.js';
import { openRows } from './text/rows.js';
import { layoutOf } from './text/layout.js';

/**
 * Opens a table of numbers in text: spectra in columns beside their axis, spectra in rows under their axis, or a line a point.
 * @throws UnmixingError `file` naming the line that is wrong
 */
export async function openText(
  { file }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const layout = await layoutOf(file, task);
  switch (layout.kind) {
    case 'columns':
      return openColumns(file, layout.style, task);
    case 'rows':
      return openRows(file, layout, task);
    case 'points':
      return openPoints(file, layout, task);
  }
}
