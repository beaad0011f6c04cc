import { UnmixingError, isUnmixingError } from '../../spectral/errors.js';

/**
 * Takes a value from anywhere as one that is known, or refuses it in one sentence.
 * @throws UnmixingError `file` naming the place in the document, what is there and what is allowed
 */
export type Check<T> = (value: unknown, place: string) => T;

export function refuse(place: string, value: unknown, want: string): never {
  const said = JSON.stringify(value) as string | undefined;
  const short = said && said.length > 60 ? `${said.slice(0, 60)}…` : said;
  throw new UnmixingError(
    'file',
    `invalid session: ${place} is ${short ?? 'missing'} (want ${want})`,
  );
}

export const text =
  (most: number): Check<string> =>
  (value, place) =>
    typeof value === 'string' && value.length <= most
      ? value
      : refuse(place, value, `a text of at most ${most} characters`);

/** A name as people give it. */
export const name = text(1000);
export const sentence = text(10_000);

export const flag: Check<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : refuse(place, value, 'true or false');

export const number: Check<number> = (value, place) =>
  typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuse(place, value, 'a number');

/** A number that may be none: JSON has null for it. */
export const figure: Check<number> = (value, place) =>
  value === null ? Number.NaN : number(value, place);

export const between =
  (least: number, most: number): Check<number> =>
  (value, place) =>
    typeof value === 'number' && value >= least && value <= most
      ? value
      : refuse(place, value, `a number from ${least} to ${most}`);

export const whole =
  (least: number, most: number): Check<number> =>
  (value, place) =>
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= least &&
    value <= most
      ? value
      : refuse(place, value, `a whole number from ${least} to ${most}`);

export const oneOf =
  <T extends string>(allowed: readonly T[]): Check<T> =>
  (value, place) =>
    allowed.find((one) => one === value) ??
    refuse(place, value, allowed.join(', '));

export const matching =
  (pattern: RegExp, want: string): Check<string> =>
  (value, place) =>
    typeof value === 'string' && pattern.test(value)
      ? value
      : refuse(place, value, want);

export const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value, place) =>
    value === null ? null : check(value, place);

export const list =
  <T>(check: Check<T>, most: number): Check<readonly T[]> =>
  (value, place) =>
    Array.isArray(value) && value.length <= most
      ? value.map((one, i) => check(one, `${place}[${i}]`))
      : refuse(place, value, `a list of at most ${most}`);

/** So many of one kind. */
export function tuple<T>(check: Check<T>, length: 2): Check<readonly [T, T]>;
export function tuple<T>(check: Check<T>, length: 3): Check<readonly [T, T, T]>;
export function tuple<T>(
  check: Check<T>,
  length: 6,
): Check<readonly [T, T, T, T, T, T]>;
export function tuple<T>(check: Check<T>, length: number): Check<readonly T[]> {
  return (value, place) =>
    Array.isArray(value) && value.length === length
      ? value.map((one, i) => check(one, `${place}[${i}]`))
      : refuse(place, value, `a list of ${length}`);
}

type Fields = Readonly<Record<string, unknown>>;

export const object: Check<Fields> = (value, place) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : refuse(place, value, 'an object');

/** Names that would reach into the prototype of what is made. */
const isForbidden = (key: string): boolean => key === '__proto__';

/** Values under names that are not known beforehand. */
export const record =
  <T>(check: Check<T>, most: number): Check<Readonly<Record<string, T>>> =>
  (value, place) => {
    const entries = Object.entries(object(value, place));
    if (entries.length > most || entries.some(([key]) => isForbidden(key)))
      refuse(place, value, `an object with at most ${most} names`);
    return Object.fromEntries(
      entries.map(([key, one]) => [
        name(key, `a name in ${place}`),
        check(one, `${place}.${key.slice(0, 60)}`),
      ]),
    );
  };

export const optional =
  <T>(check: Check<T>): Check<T | undefined> =>
  (value, place) =>
    value === undefined ? undefined : check(value, place);

export type Checks<T> = { readonly [K in keyof T]-?: Check<T[K]> };

/** An object with these fields; others are left out of what is given back. */
export const fields =
  <T extends object>(checks: Checks<T>): Check<T> =>
  (value, place) => {
    const given = object(value, place);
    const taken: [string, unknown][] = [];
    for (const key of Object.keys(checks) as (keyof T & string)[]) {
      const at = place === '' ? key : `${place}.${key}`;
      const checked: unknown = checks[key](
        Object.hasOwn(given, key) ? given[key] : undefined,
        at,
      );
      if (checked !== undefined) taken.push([key, checked]);
    }
    return Object.fromEntries(taken) as T;
  };

/** One of several forms, told by a field of theirs. */
export const variant =
  <K extends string, T extends { readonly [P in K]: string }>(
    key: K,
    forms: {
      readonly [F in T[K]]: Check<Extract<T, { readonly [P in K]: F }>>;
    },
  ): Check<T> =>
  (value, place) => {
    const given = object(value, place);
    const form = oneOf(Object.keys(forms) as T[K][])(
      given[key],
      place === '' ? key : `${place}.${key}`,
    );
    return (forms[form] as Check<T>)(value, place);
  };

/** The check with another that sees the whole. */
export const also =
  <T>(check: Check<T>, holds: (value: T, place: string) => void): Check<T> =>
  (value, place) => {
    const checked = check(value, place);
    holds(checked, place);
    return checked;
  };

/** A check of another part of the program, whose sentence is told with the place. */
export const by =
  <T>(read: (value: unknown) => T): Check<T> =>
  (value, place) => {
    try {
      return read(value);
    } catch (cause) {
      if (!isUnmixingError(cause)) throw cause;
      throw new UnmixingError(
        'file',
        `invalid session: ${place}: ${cause.message}`,
        { cause },
      );
    }
  };
