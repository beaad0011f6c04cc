import { isColumns } from './dpt.js';
import { readMetaHead, readNrrdHead } from './itk-declared.js';
import type { ItkReader } from './itk-run.js';
import { ending, stem } from './words.js';

/** What a file is, by its first bytes and then by its name. */
export type Look =
  /** An ENVI header; its data carry one of these names. */
  | { readonly as: 'envi'; readonly partners: readonly string[] }
  | { readonly as: 'columns' }
  /** An image for itk-wasm; `partners` when its values lie in another file of one of these names. */
  | {
      readonly as: 'itk';
      readonly reader: ItkReader;
      readonly partners: readonly string[] | null;
    }
  /** Values without a word about themselves: some header's partner, or nothing we know. */
  | { readonly as: 'unknown' };

/** Bytes that `look` wants to see. */
export const lookBytes = 65536;

/** Endings of ENVI data, in the order in which they are tried; '' is a name without ending. */
const enviEndings = [
  '',
  '.img',
  '.dat',
  '.raw',
  '.bip',
  '.bil',
  '.bsq',
  '.sli',
];

const startsWith = (head: Uint8Array, codes: readonly number[]): boolean =>
  codes.every((code, i) => head[i] === code);

function readerOf(head: Uint8Array, name: string): ItkReader | null {
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47])) return 'png';
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  // "II" or "MM", then 42 (TIFF) or 43 (BigTIFF).
  if (
    startsWith(head, [0x49, 0x49, 42, 0]) ||
    startsWith(head, [0x49, 0x49, 43, 0]) ||
    startsWith(head, [0x4d, 0x4d, 0, 42]) ||
    startsWith(head, [0x4d, 0x4d, 0, 43])
  )
    return 'tiff';
  const isNifti = startsWith(head.subarray(344), [0x6e, 0x2b, 0x31, 0]);
  const isZippedNifti =
    startsWith(head, [0x1f, 0x8b]) && /\.nii\.gz$/i.test(name);
  return isNifti || isZippedNifti ? 'nifti' : null;
}

/** Tells what a file is from its first `lookBytes` bytes and its name. */
export function look(head: Uint8Array, name: string): Look {
  const reader = readerOf(head, name);
  if (reader) return { as: 'itk', reader, partners: null };
  if (startsWith(head.subarray(344), [0x6e, 0x69, 0x31, 0]))
    return { as: 'itk', reader: 'nifti', partners: [`${stem(name)}.img`] };
  const text = new TextDecoder().decode(head);
  if (/^\uFEFF?\s*ENVI\s/.test(text))
    return {
      as: 'envi',
      partners: enviEndings.map((end) => stem(name) + end),
    };
  for (const [one, read] of [
    ['nrrd', readNrrdHead],
    ['meta', readMetaHead],
  ] as const) {
    const header = read(text);
    if (header)
      return {
        as: 'itk',
        reader: one,
        partners: header.dataFile === null ? null : [header.dataFile],
      };
  }
  return isColumns(text) || ending(name) === 'dpt'
    ? { as: 'columns' }
    : { as: 'unknown' };
}

/** Names that the header of a data file may carry. */
export function headerNames(name: string): string[] {
  const base = stem(name);
  return [`${base}.hdr`, `${name}.hdr`, `${base}.nhdr`, `${base}.mhd`];
}

/** Whether a file name looks like that of values whose header lies beside them. */
export function isDataName(name: string): boolean {
  const end = ending(name);
  return end === '' || end === 'zraw' || enviEndings.includes(`.${end}`);
}
