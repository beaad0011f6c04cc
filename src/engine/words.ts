/** A count with its noun: "1 pass", "2 passes". */
export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`;

export const passes = (count: number): string =>
  counted(count, 'pass', 'passes');
