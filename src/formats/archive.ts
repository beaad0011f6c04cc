import { UnmixingError } from '../spectral/errors.js';
import { Bytes } from './common/bytes.js';
import { crc32Of } from './crc32.js';

// Numbers are those of the ZIP specification (PKWARE APPNOTE 6.3.10): 4.3.7 local header, 4.3.12 directory, 4.3.16 its end.
const localSignature = 0x04034b50;
const entrySignature = 0x02014b50;
const endSignature = 0x06054b50;
const localBytes = 30;
const entryBytes = 46;
const endBytes = 22;
const longestComment = 65535;

const stored = 0;
const deflated = 8;
/** DEFLATE cannot make a byte into more than this (RFC 1951: 258 bytes of two bits). */
const mostGrowth = 1032;
const mostEntries = 65535;

interface Entry {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Of the local header. */
  readonly at: number;
}

/** The files of a zip by their paths, each read when asked for; those that are not compressed stay on the disk. */
export interface Archive {
  readonly names: ReadonlySet<string>;
  /**
   * The file under a path, under its last name; its bytes are checked.
   * @throws UnmixingError `file` when there is none or it is damaged; `signal.reason` when aborted
   */
  open(name: string, signal?: AbortSignal): Promise<File>;
}

/**
 * Reads the directory of a zip. Paths are names and nothing else: no file is ever written by them.
 * @throws UnmixingError `file` when it is damaged
 */
export async function openArchive(zip: File): Promise<Archive> {
  const damaged = (what: string): never => {
    throw new UnmixingError(
      'file',
      `${zip.name} is cut short or damaged: ${what}.`,
    );
  };
  const part = async (from: number, length: number): Promise<Bytes> =>
    new Bytes(
      new Uint8Array(await zip.slice(from, from + length).arrayBuffer()),
      zip.name,
    );

  const tailBytes = Math.min(zip.size, endBytes + longestComment);
  const tail = await part(zip.size - tailBytes, tailBytes);
  let end = tailBytes - endBytes;
  while (end >= 0 && tail.uint32(end) !== endSignature) end--;
  if (end < 0) return damaged('it has no directory');
  const count = tail.uint16(end + 10);
  const length = tail.uint32(end + 12);
  const from = tail.uint32(end + 16);
  if (count === mostEntries || from === 0xffffffff)
    return damaged('it is longer than such a file can be');
  if (from + length > zip.size) return damaged('its directory is not there');

  const directory = await part(from, length);
  const entries = new Map<string, Entry>();
  for (let i = 0, at = 0; i < count; i++) {
    directory.need(at, entryBytes);
    if (directory.uint32(at) !== entrySignature)
      return damaged('its directory is broken');
    const nameLength = directory.uint16(at + 28);
    directory.need(at + entryBytes, nameLength);
    const name = new TextDecoder().decode(
      directory.bytes.subarray(at + entryBytes, at + entryBytes + nameLength),
    );
    entries.set(name, {
      method: directory.uint16(at + 10),
      crc: directory.uint32(at + 16),
      packed: directory.uint32(at + 20),
      size: directory.uint32(at + 24),
      at: directory.uint32(at + 42),
    });
    at +=
      entryBytes +
      nameLength +
      directory.uint16(at + 30) +
      directory.uint16(at + 32);
  }

  const open = async (name: string, signal?: AbortSignal): Promise<File> => {
    const entry = entries.get(name);
    if (!entry) return damaged(`${name} is missing in it`);
    const { method, packed, size, at, crc } = entry;
    const header = await part(at, localBytes);
    if (header.uint32(0) !== localSignature)
      return damaged(`${name} is not where it should be`);
    const start = at + localBytes + header.uint16(26) + header.uint16(28);
    if (start + packed > zip.size) return damaged(`${name} is not all there`);
    const bytes = zip.slice(start, start + packed);
    const isWhole = method === stored && packed === size;
    if (!isWhole && !(method === deflated && size <= mostGrowth * packed))
      return damaged(`${name} is packed in a way that is not known`);
    const whole = isWhole ? bytes : await inflated(bytes, size, signal);
    if (whole?.size !== size || (await crc32Of(whole, signal)) !== crc)
      return damaged(`${name} does not hold what it should`);
    return new File([whole], name.replace(/^.*\//, ''), {
      lastModified: zip.lastModified,
    });
  };
  return { names: new Set(entries.keys()), open };
}

/** Unpacks so many bytes; null when there are others. */
async function inflated(
  packed: Blob,
  size: number,
  signal?: AbortSignal,
): Promise<Blob | null> {
  const parts: BlobPart[] = [];
  let length = 0;
  const reader = packed
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return new Blob(parts);
      length += value.length;
      if (length > size) return null;
      parts.push(new Uint8Array(value));
    }
  } catch {
    signal?.throwIfAborted();
    return null;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
