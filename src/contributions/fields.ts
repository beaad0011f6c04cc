/** Takes a value as what it must be, or throws a sentence on what is wanted. */
export type Read<T> = (value: unknown) => T;

/** Why something in a manifest cannot be used. */
export class Unusable extends Error {}

const cut = (text: string): string =>
  text.length > 60 ? `${text.slice(0, 60)}…` : text;

/** A value from whomever, in a sentence. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'function' || typeof value === 'symbol')
    return typeof value;
  try {
    return cut(JSON.stringify(value));
  } catch {
    return typeof value; // No data of JSON.
  }
}

const refuse = (value: unknown, want: string): never => {
  throw new Unusable(`${shown(value)} (want ${want})`);
};

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field that must be there. */
export function take<T>(of: unknown, field: string, read: Read<T>): T {
  if (!isRecord(of)) return refuse(of, 'an object');
  try {
    return read(Object.hasOwn(of, field) ? of[field] : undefined);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    throw new Unusable(`invalid ${field}: ${error.message}`);
  }
}

/** A field that may be left out. */
export const takeIf = <T>(
  of: unknown,
  field: string,
  read: Read<T>,
): T | undefined =>
  take(of, field, (value) => (value === undefined ? undefined : read(value)));

export const text: Read<string> = (value) =>
  typeof value === 'string' && value.length > 0 && value.length <= 200
    ? value
    : refuse(value, 'a text of 1 to 200 characters');

export const matching =
  (pattern: RegExp, want: string): Read<string> =>
  (value) =>
    typeof value === 'string' && value.length <= 200 && pattern.test(value)
      ? value
      : refuse(value, want);

export const oneOf =
  <T extends string>(...known: readonly T[]): Read<T> =>
  (value) =>
    known.find((one) => one === value) ?? refuse(value, known.join(', '));

export const number: Read<number> = (value) =>
  typeof value === 'number' ? value : refuse(value, 'a number');

export const version: Read<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1
    ? value
    : refuse(value, 'a whole number from 1');

export const list =
  <T>(read: Read<T>, least = 0): Read<readonly T[]> =>
  (value) =>
    Array.isArray(value) && value.length >= least
      ? value.map(read)
      : refuse(value, least > 0 ? `a list of at least ${least}` : 'a list');

export const record: Read<Readonly<Record<string, unknown>>> = (value) =>
  isRecord(value) ? value : refuse(value, 'an object');

export const anything: Read<unknown> = (value) => value;

export const identifier = matching(
  /^[A-Za-z_$][A-Za-z0-9_$]*$/,
  'the name of an export',
);
export const path = matching(
  /^\.\/(?!.*\.\.)[A-Za-z0-9._/-]+$/,
  'a path in the package, such as ./dist/plugin.js',
);
export const commandId = matching(
  /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
  'an id such as plugin.command',
);
export const word = matching(/^[a-z][a-z0-9-]*$/, 'a word in small letters');
export const tag = matching(
  /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/,
  'the tag of an element',
);
export const fileName = matching(/^\*\.[a-z0-9.]+$/, 'an ending such as *.hdr');
export const key = matching(
  /^(Mod\+)?(Alt\+)?(Shift\+)?([A-Z0-9]|Escape|Enter|Delete|F[1-9])$/,
  'a key such as O, Escape or Mod+Shift+Z',
);
export const sampleFile = matching(
  /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]*$/,
  'the name of a file',
);
