import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import {
  type NumberType,
  numberTypeOf,
  numbersAt,
  referencesAt,
  textsAt,
} from './decode.js';
import {
  type Library,
  type Metadata,
  type Mounted,
  loadLibrary,
  mount,
} from './library.js';
import { partsOf } from './source.js';
import type { OpenOptions } from '../opened.js';
import { bytes } from '../common/words.js';

/** An array of numbers in the file. */
export interface Dataset {
  /** From the root, without a slash before it: "entry/data". */
  readonly path: string;
  readonly shape: readonly number[];
  readonly type: NumberType;
  readonly metadata: Metadata;
}

/** What an attribute says; one value is a list of one. */
export type Attribute = readonly string[] | readonly number[];

/** Largest attribute, and largest dataset of text or of an axis, that is read at once. */
const mostAttributeBytes = 65536;
const mostAtOnceBytes = 2 ** 24;
/** Bytes read of a large dataset between two looks at the clock. */
const pieceBytes = 4 * 2 ** 20;
/** A dataset this small can lie in its own header, which was read before. */
const mostCompactBytes = 65536;
/** Objects that are looked at. */
const mostObjects = 20_000;
/** Deflate makes nothing smaller than by this factor, http://zlib.net/zlib_tech.html. */
const mostDeflation = 1032;
/** Filters of the library itself: deflate, shuffle, Fletcher32, n-bit, scale-offset. */
const knownFilters: readonly number[] = [1, 2, 3, 5, 6];

const product = (sizes: readonly number[]): number =>
  sizes.reduce((all, size) => all * size, 1);

/** An HDF5 file that is open in the library: what it holds, by path. Every status of the library is checked. */
export class Hdf5 {
  readonly #datasets = new Map<string, Dataset | null>();
  readonly #groups = new Set<string>(['']);
  /** Paths of the groups and datasets in the file; links to other files are not followed. */
  readonly paths: readonly string[];

  private constructor(
    readonly name: string,
    private readonly size: number,
    private readonly library: Library,
    private readonly mounted: Mounted,
    private readonly id: bigint,
  ) {
    const names = this.#call(() =>
      library.get_names(id, '/', true).slice(0, mostObjects),
    );
    this.paths = names.filter((path) => {
      const type = this.#call(() => library.get_type(id, `/${path}`));
      if (type === library.H5G_GROUP) this.#groups.add(path);
      return type === library.H5G_GROUP || type === library.H5G_DATASET;
    });
  }

  /** @throws UnmixingError `file` when it is damaged */
  static async open(file: File): Promise<Hdf5> {
    const library = await loadLibrary();
    const { name, size } = file;
    const mounted = mount(
      library,
      size,
      await partsOf(file),
      16 * size + 2 ** 24,
    );
    let id = -1n;
    try {
      id = library.open(mounted.path, library.H5F_ACC_RDONLY);
      if (id < 0n) throw damaged(name);
      return new Hdf5(name, size, library, mounted, id);
    } catch (cause) {
      if (id >= 0n) library.close_file(id);
      mounted.remove();
      throw mounted.failure ?? damaged(name, cause);
    }
  }

  close(): void {
    try {
      this.library.close_file(this.id);
    } finally {
      this.mounted.remove();
    }
  }

  /** Runs a call of the library: whatever it throws means that the file is damaged, or can no longer be read. */
  #call<T>(call: () => T): T {
    try {
      return call();
    } catch (cause) {
      throw this.mounted.failure ?? damaged(this.name, cause);
    }
  }

  #check(status: number): void {
    if (status < 0) throw this.mounted.failure ?? damaged(this.name);
  }

  /** Memory of the library while something is done with it. */
  #withMemory<T>(size: number, use: (at: number) => T): T {
    const at = this.library._malloc(size);
    if (at === 0)
      throw new UnmixingError(
        'file',
        `${this.name} holds a part of ${bytes(size)}, more than the memory that HDF5 can have.`,
      );
    try {
      return use(at);
    } finally {
      this.library._free(at);
    }
  }

  isGroup(path: string): boolean {
    return this.#groups.has(path);
  }

  #metadata(path: string): Metadata | null {
    return this.paths.includes(path) && !this.isGroup(path)
      ? this.#call(() => this.library.get_dataset_metadata(this.id, `/${path}`))
      : null;
  }

  /** The array of numbers at a path; null when there is none. */
  dataset(path: string): Dataset | null {
    const known = this.#datasets.get(path);
    if (known !== undefined) return known;
    const metadata = this.#metadata(path);
    const type = metadata && numberTypeOf(metadata, this.library);
    const dataset =
      metadata?.shape && type
        ? { path, shape: metadata.shape, type, metadata }
        : null;
    this.#datasets.set(path, dataset);
    return dataset;
  }

  #filters(path: string): readonly { id: number; name: string }[] {
    return this.#call(() =>
      this.library.get_dataset_filters(this.id, `/${path}`),
    );
  }

  /** By how much a dataset can have been packed at most. */
  #mostPacking(path: string): number {
    return this.#filters(path).length > 0 ? mostDeflation : 1;
  }

  /** Refuses a dataset that the file cannot hold, or whose values cannot be reached, before memory is taken for it. */
  check({ path, shape, metadata }: Dataset): void {
    const refuse = (why: string): never => {
      throw new UnmixingError('file', `${path} of ${this.name} ${why}.`);
    };
    const unknown = this.#filters(path).find(
      ({ id }) => !knownFilters.includes(id),
    );
    if (unknown)
      refuse(
        `is compressed by ${unknown.name.slice(0, 40) || `filter ${unknown.id}`}, which cannot be read (want deflate, also called gzip, or none)`,
      );
    if (metadata.virtual_sources)
      refuse('takes its values from other files, which is not read');
    const most = this.size * this.#mostPacking(path);
    const declared =
      metadata.size * Math.max(product(shape), product(metadata.chunks ?? []));
    if (!(declared <= most))
      refuse(
        `declares ${shape.join(' × ')} values, more than a file of ${bytes(this.size)} can hold`,
      );
  }

  /** All numbers of a small dataset, such as an axis. */
  numbers(dataset: Dataset): Float64Array {
    const { path, shape, type, metadata } = dataset;
    this.check(dataset);
    const count = product(shape);
    if (count * metadata.size > mostAtOnceBytes)
      throw new UnmixingError(
        'file',
        `${path} of ${this.name} holds ${count} values, too many for an axis.`,
      );
    return this.#withMemory(count * metadata.size, (at) => {
      this.#fetch(path, at, null, null);
      return Float64Array.from(
        numbersAt(this.library.HEAPU8.buffer, at, count, type),
      );
    });
  }

  #fetch(
    path: string,
    at: number,
    count: bigint[] | null,
    offset: bigint[] | null,
  ): void {
    this.#check(
      this.#call(() =>
        this.library.get_dataset_data(
          this.id,
          `/${path}`,
          count,
          offset,
          count && count.map(() => 1n),
          BigInt(at),
        ),
      ),
    );
  }

  /**
   * Reads a dataset of one dimension or more in whole rows of its first, which are handed over as views that last until
   * `take` returns.
   * @throws UnmixingError `file` when it is damaged or holds no values; `signal.reason` when aborted
   */
  async read(
    dataset: Dataset,
    take: (values: ArrayLike<number>, firstRow: number) => void,
    task: OpenOptions,
  ): Promise<void> {
    this.check(dataset);
    const { path, shape, type, metadata } = dataset;
    const pace = keepPace(task.signal, task.onProgress);
    const [rows, ...others] = shape;
    const rowValues = product(others);
    // Rows of chunks are read whole, so that none is unpacked twice.
    const chunkRows = metadata.chunks?.[0] ?? 1;
    const fitting = pieceBytes / (rowValues * metadata.size);
    const step = chunkRows * Math.max(1, Math.floor(fitting / chunkRows));
    // Where values were never written, the library would make them up.
    const leastShare = 1 / this.#mostPacking(path);
    const isCompact = rows * rowValues * metadata.size <= mostCompactBytes;
    for (let first = 0; first < rows; first += step) {
      const count = Math.min(step, rows - first);
      const values = count * rowValues;
      const before = this.mounted.read;
      this.#withMemory(values * metadata.size, (at) => {
        this.#fetch(
          path,
          at,
          [count, ...others].map(BigInt),
          [first, ...others.map(() => 0)].map(BigInt),
        );
        if (
          this.mounted.read - before < leastShare * values * metadata.size &&
          !isCompact
        )
          throw new UnmixingError(
            'file',
            `${path} of ${this.name} declares ${shape.join(' × ')} values, more than it holds.`,
          );
        take(numbersAt(this.library.HEAPU8.buffer, at, values, type), first);
      });
      await pace((first + count) / rows);
    }
  }

  /** The texts of a small dataset; null when there is none at that path. */
  texts(path: string): readonly string[] | null {
    const metadata = this.#metadata(path);
    if (!metadata || !this.#isText(metadata)) return null;
    return this.#withMemory(metadata.size * metadata.total_size, (at) => {
      this.#fetch(path, at, null, null);
      return this.#takeTexts(at, metadata, path, '');
    });
  }

  #isText({ type, size, total_size: count, shape }: Metadata): boolean {
    return (
      type === this.library.H5T_class_t.H5T_STRING.value &&
      shape !== null &&
      size * count > 0 &&
      size * count <= mostAttributeBytes
    );
  }

  #takeTexts(
    at: number,
    metadata: Metadata,
    path: string,
    attribute: string,
  ): string[] {
    const texts = textsAt(this.library, at, metadata);
    if (metadata.vlen)
      this.library.reclaim_vlen_memory(
        this.id,
        `/${path}`,
        attribute,
        BigInt(at),
      );
    return texts;
  }

  hasAttribute(path: string, name: string): boolean {
    return this.#call(() =>
      this.library.get_attribute_names(this.id, `/${path}`).includes(name),
    );
  }

  /** Numbers or texts of an attribute; null when it is absent, large or something else. The path of the root is ''. */
  attribute(path: string, name: string): Attribute | null {
    return this.#call(() => {
      const { library, id } = this;
      if (!this.hasAttribute(path, name)) return null;
      const metadata = library.get_attribute_metadata(id, `/${path}`, name);
      const size = metadata.size * metadata.total_size;
      const type = numberTypeOf(metadata, library);
      const isText = this.#isText(metadata);
      if (!metadata.shape || !(size > 0 && size <= mostAttributeBytes))
        return null;
      if (!type && !isText) return null;
      return this.#withMemory(size, (at) => {
        this.#check(
          library.get_attribute_data(id, `/${path}`, name, BigInt(at)),
        );
        return type
          ? Array.from(
              numbersAt(library.HEAPU8.buffer, at, metadata.total_size, type),
            )
          : this.#takeTexts(at, metadata, path, name);
      });
    });
  }

  /** What an attribute says in words, '' when it says nothing; a list of single letters is one word. */
  words(path: string, name: string): string {
    const said = this.attribute(path, name) ?? [];
    const texts = said.map(String);
    return texts.join(texts.every(({ length }) => length <= 1) ? '' : ' ');
  }

  /** The first number of an attribute; null when there is none. */
  number(path: string, name: string): number | null {
    const [first] = this.attribute(path, name) ?? [];
    return typeof first === 'number' ? first : null;
  }

  /**
   * For each dimension of a dataset the path of the first scale that is attached to it. Its list of references is read
   * here, because the library's own way takes no notice when they cannot be read.
   */
  scales(path: string): (string | null)[] {
    if (!this.hasAttribute(path, 'DIMENSION_LIST')) return [];
    return this.#call(() => {
      const { library, id } = this;
      const metadata = library.get_attribute_metadata(
        id,
        `/${path}`,
        'DIMENSION_LIST',
      );
      const { size, total_size: count, vlen_type: list } = metadata;
      const isReferences =
        list?.ref_type === 'object' &&
        list.size === library.SIZEOF_OBJ_REF &&
        count > 0 &&
        size * count <= mostAttributeBytes;
      if (!isReferences) return [];
      const references = this.#withMemory(size * count, (at) => {
        const attribute = BigInt(at);
        this.#check(
          library.get_attribute_data(
            id,
            `/${path}`,
            'DIMENSION_LIST',
            attribute,
          ),
        );
        const found = referencesAt(library, at, metadata, list.size);
        library.reclaim_vlen_memory(
          id,
          `/${path}`,
          'DIMENSION_LIST',
          attribute,
        );
        return found;
      });
      return references.map((reference) => {
        if (!reference) return null;
        return library
          .get_referenced_name(id, reference, true)
          .replace(/^\//, '');
      });
    });
  }
}

function damaged(name: string, cause?: unknown): UnmixingError {
  return cause instanceof UnmixingError
    ? cause
    : new UnmixingError(
        'file',
        `${name} is damaged or cut short: it cannot be read as HDF5.`,
        { cause },
      );
}
