import { type Metadata, ready } from 'h5wasm';
import { heapsAreSound } from './heap.js';
import type { ReadPart } from './source.js';

export type Library = Awaited<typeof ready>;
export type { Metadata };

/** What the library's file system calls to read and write; the types of h5wasm leave it out. */
interface StreamOperations {
  read(
    stream: unknown,
    into: Uint8Array,
    offset: number,
    length: number,
    at: number,
  ): number;
  write(
    stream: unknown,
    from: Uint8Array,
    offset: number,
    length: number,
  ): number;
}
interface VirtualFiles {
  getStream(descriptor: number): { stream_ops: StreamOperations };
  lookupPath(path: string): {
    node: { usedBytes: number; stream_ops: StreamOperations };
  };
}

const filesOf = ({ FS }: Library): VirtualFiles =>
  FS as unknown as VirtualFiles;

/** What the C library understands as "the disk could not be read" (WASI's errno io). */
const readFailure = (): Error =>
  Object.assign(new Error('the part cannot be read'), {
    name: 'ErrnoError',
    errno: 29,
  });

const standardError = 2;
let silenced = false;

/** The HDF5 library, which is WebAssembly inside a module; what it would print about damaged files is swallowed. */
export async function loadLibrary(): Promise<Library> {
  const library = await ready;
  if (!silenced) {
    const printed = filesOf(library).getStream(standardError);
    printed.stream_ops = {
      ...printed.stream_ops,
      write: (_stream, _from, _offset, length) => length,
    };
    silenced = true;
  }
  return library;
}

/** Memory that reading may take beside a file's own, for the chunks of packed data and the library's tables. */
const freeMemory = 128e6;
/** Bytes of a page of WebAssembly. */
const pageBytes = 65536;

/**
 * Lets the library take so much more memory and no more, until the function that is returned is called: damaged lengths of
 * text make it ask for whatever they say. Only its own memory is held down, which it does not hand out by itself.
 */
function limitMemory(library: Library, more: number): () => void {
  const heap = (): ArrayBufferLike =>
    (library as unknown as { HEAPU8: Uint8Array }).HEAPU8.buffer;
  const most = heap().byteLength + more;
  const { prototype } = WebAssembly.Memory;
  const grow = Reflect.get<typeof prototype, 'grow'>(prototype, 'grow');
  prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    const size = this.buffer.byteLength + pages * pageBytes;
    if (this.buffer === heap() && size > most)
      throw new RangeError('more memory than the file can need');
    return grow.call(this, pages);
  };
  return () => {
    prototype.grow = grow;
  };
}

let mounted = 0;

/** A file as the library sees it, with what was read of it. */
export interface Mounted {
  readonly path: string;
  /** Bytes read so far. */
  read: number;
  /** Why the last part could not be read. */
  failure?: Error;
  /** Takes the file out of the library's sight. */
  readonly remove: () => void;
}

/** Shows the library a file whose parts are read when it asks for them. At most `budget` bytes are read in all, so that damaged structures cannot lead it in circles. */
export function mount(
  library: Library,
  size: number,
  readPart: ReadPart,
  budget: number,
): Mounted {
  // The library tells open files apart by their node, so that each needs one of its own.
  const path = `/${++mounted}.h5`;
  library.FS.writeFile(path, new Uint8Array(0));
  const { node } = filesOf(library).lookupPath(path);
  const freeLimit = limitMemory(library, 4 * size + freeMemory);
  let source: ReadPart | null = readPart;
  const file: Mounted = {
    path,
    read: 0,
    remove: () => {
      freeLimit();
      source = null;
      library.FS.unlink(path);
    },
  };
  /** Null where the library must not see it; why the file cannot be read is kept. */
  const tryPart = (
    from: ReadPart,
    at: number,
    length: number,
  ): Uint8Array | null => {
    try {
      const part = from(at, length);
      return heapsAreSound(part, at, from) ? part : null;
    } catch (cause) {
      if (cause instanceof Error) file.failure = cause;
      return null;
    }
  };
  node.usedBytes = size;
  node.stream_ops = {
    ...node.stream_ops,
    read: (_stream, into, offset, length, at) => {
      file.read += length;
      const part =
        source && file.read <= budget ? tryPart(source, at, length) : null;
      if (!part) throw readFailure();
      into.set(part, offset);
      return part.length;
    },
  };
  return file;
}
