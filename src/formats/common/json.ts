/** Parts of a JSON text that somebody else wrote. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field of a value that may be anything; undefined when it has none. */
export const field = (value: unknown, key: string): unknown =>
  isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : [];

/** Longest name that is taken. */
const longestName = 200;

/** A text on one line, cut to a sensible length; '' when it is none. */
export const nameFrom = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .slice(0, longestName)
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim()
    : '';

/** So many finite numbers; null when they are not that. */
export function numbersFrom(value: unknown, length: number): number[] | null {
  const all = listOf(value).filter(
    (one) => typeof one === 'number' && Number.isFinite(one),
  ) as number[];
  return all.length === length && listOf(value).length === length ? all : null;
}

/** What a JSON text says; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
