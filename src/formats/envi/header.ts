import { UnmixingError } from '../../spectral/errors.js';
import { stem } from '../common/words.js';

/** Endings of ENVI data, in the order in which they are tried; '' is a name without ending. */
const dataEndings = [
  '',
  '.img',
  '.dat',
  '.raw',
  '.bip',
  '.bil',
  '.bsq',
  '.sli',
];

/** Names that the data of a header may carry: NAME.hdr stands beside NAME, NAME.img and so on. */
export const enviDataNames = (header: string): string[] =>
  dataEndings.map((end) => stem(header) + end);

/** Interleave of an ENVI file: by pixel, by line, or band after band. */
type Interleave = 'bip' | 'bil' | 'bsq';
const interleaves: readonly Interleave[] = ['bip', 'bil', 'bsq'];

/** Number types of ENVI by their code, with bytes a value. */
const dataTypes: ReadonlyMap<
  number,
  { readonly name: SampleType; readonly bytes: number }
> = new Map([
  [1, { name: 'uint8', bytes: 1 }],
  [2, { name: 'int16', bytes: 2 }],
  [3, { name: 'int32', bytes: 4 }],
  [4, { name: 'float32', bytes: 4 }],
  [5, { name: 'float64', bytes: 8 }],
  [12, { name: 'uint16', bytes: 2 }],
  [13, { name: 'uint32', bytes: 4 }],
  [14, { name: 'int64', bytes: 8 }],
  [15, { name: 'uint64', bytes: 8 }],
]);

export type SampleType =
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'int32'
  | 'float16'
  | 'float32'
  | 'float64'
  | 'uint16'
  | 'uint32'
  | 'int64'
  | 'uint64';

/** An ENVI header: the shape of the data, and every field by its lower-case name; lists stay in their braces. */
export interface EnviHeader {
  readonly samples: number;
  readonly lines: number;
  readonly bands: number;
  readonly offset: number;
  readonly type: SampleType;
  readonly bytesPerValue: number;
  readonly interleave: Interleave;
  /** `null` when the header does not say. */
  readonly littleEndian: boolean | null;
  /** A spectral library: `lines` spectra of `samples` values each. */
  readonly library: boolean;
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Splits a header into fields. Lists in braces may run over lines; lines that start with ";" are comments.
 * @throws UnmixingError `file` when it does not start with ENVI or a brace is never closed
 */
function readFields(text: string, name: string): Map<string, string> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  if (!/^\s*ENVI\b/.test(lines[0]))
    throw new UnmixingError(
      'file',
      `${name} is not an ENVI header: its first line is not "ENVI".`,
    );
  const fields = new Map<string, string>();
  for (let i = 1; i < lines.length; i++) {
    const equals = lines[i].indexOf('=');
    const key = lines[i]
      .slice(0, Math.max(0, equals))
      .trim()
      .toLowerCase()
      .replace(/\s+/g, ' ');
    if (key === '' || key.includes(';')) continue;
    let value = lines[i].slice(equals + 1).trim();
    if (value.startsWith('{')) {
      const parts = [value];
      while (!parts[parts.length - 1].includes('}')) {
        if (++i >= lines.length)
          throw new UnmixingError(
            'file',
            `The list "${key}" in ${name} is never closed with "}": the header is cut short.`,
          );
        if (!/^\s*;/.test(lines[i])) parts.push(lines[i]);
      }
      value = parts.join('\n');
      value = value.slice(0, value.indexOf('}') + 1);
    }
    fields.set(key, value);
  }
  return fields;
}

/** The entries of a list in braces, or a bare value as a list of one; null when the header has no such field. */
export function readList(
  { fields }: Pick<EnviHeader, 'fields'>,
  key: string,
): string[] | null {
  const value = fields.get(key);
  if (value === undefined) return null;
  const inner = value.replace(/^\{|\}$/g, '').trim();
  return inner === '' ? [] : inner.split(',').map((entry) => entry.trim());
}

/**
 * Reads an ENVI header.
 * @param name of the file, for the sentences
 * @throws UnmixingError `file` naming the field that is missing or wrong
 */
export function parseEnviHeader(text: string, name: string): EnviHeader {
  const fields = readFields(text, name);
  const whole = (key: string, least: number, fallback?: number): number => {
    const said = fields
      .get(key)
      ?.replace(/^\{|\}$/g, '')
      .trim();
    if (said === undefined && fallback !== undefined) return fallback;
    const value = Number(said === '' ? undefined : said);
    if (said === undefined)
      throw new UnmixingError('file', `${name} does not say "${key}".`);
    if (!Number.isSafeInteger(value) || value < least)
      throw new UnmixingError(
        'file',
        `${name} says "${key} = ${said}" (want a whole number, at least ${least}).`,
      );
    return value;
  };
  const library = /spectral library/i.test(fields.get('file type') ?? '');
  const samples = whole('samples', 1);
  const lines = whole('lines', 1);
  const bands = whole('bands', 1, library ? 1 : undefined);
  const code = whole('data type', 0);
  const type = dataTypes.get(code);
  if (code === 6 || code === 9)
    throw new UnmixingError(
      'file',
      `${name} holds complex numbers ("data type = ${code}"): save their magnitude or real part, as "data type = 4".`,
    );
  if (!type)
    throw new UnmixingError(
      'file',
      `${name} says "data type = ${code}" (want ${[...dataTypes.keys()].join(', ')}).`,
    );
  if (whole('file compression', 0, 0) !== 0)
    throw new UnmixingError(
      'file',
      `${name} says that its data are compressed: save them uncompressed.`,
    );
  const interleave = (
    fields.get('interleave') ?? (bands === 1 ? 'bsq' : '')
  ).toLowerCase();
  const known = interleaves.find((one) => one === interleave);
  if (!known)
    throw new UnmixingError(
      'file',
      interleave === ''
        ? `${name} does not say "interleave" (want bip, bil or bsq).`
        : `${name} says "interleave = ${interleave}" (want bip, bil or bsq).`,
    );
  const order = fields.has('byte order') ? whole('byte order', 0) : null;
  return {
    samples,
    lines,
    bands,
    offset: whole('header offset', 0, 0),
    type: type.name,
    bytesPerValue: type.bytes,
    interleave: known,
    littleEndian: order === null ? null : order === 0,
    library,
    fields,
  };
}
