export type Cell = string | number;

export interface Table {
  add(cells: readonly Cell[]): void;
}

/** All that was measured, by part, for the JSON file. */
export type Measured = Record<string, Record<string, Cell>[]>;

/** Prints a Markdown table row by row and keeps its rows by the names of its columns. */
export function startTable(
  measured: Measured,
  part: string,
  columns: readonly string[],
): Table {
  const rows = (measured[part] ??= []);
  const line = (cells: readonly Cell[]): void =>
    console.log(`| ${cells.join(' | ')} |`);
  line(columns);
  line(columns.map(() => '---'));
  return {
    add(cells) {
      const whole = columns.map((_, i) => cells[i] ?? '');
      line(whole);
      rows.push(Object.fromEntries(columns.map((name, i) => [name, whole[i]])));
    },
  };
}
