import { version } from '../../engine/version.js';
import type { Unmixing } from '../../spectral/unmixing.js';
import type { Keys } from './keys.js';
import {
  type ArrayPiece,
  type ArrayType,
  type FileRecord,
  type LaterArray,
  type Piece,
  type Pieces,
  type SessionArray,
  type SessionContent,
  type SessionDocument,
  type Stored,
  sessionVersion,
} from './schema.js';

export interface WriteOptions {
  /** SHA-256 of files that are only told of, null where it is not known; the others are embedded. */
  readonly references?: ReadonlyMap<File, string | null>;
  readonly now?: Date;
}

export function arrayType(array: SessionArray): ArrayType {
  if (array instanceof Float32Array) return 'float32';
  if (array instanceof Float64Array) return 'float64';
  return array instanceof Uint8ClampedArray ? 'uint8-clamped' : 'uint8';
}

const isArray = (value: object): value is SessionArray =>
  value instanceof Float32Array ||
  value instanceof Float64Array ||
  value instanceof Uint8Array ||
  value instanceof Uint8ClampedArray;

const isLater = (value: object): value is LaterArray => 'identity' in value;

/** Shapes of the arrays of a result, as numpy shall see them; all others are one row. */
function resultShapes({
  width,
  height,
  axis,
  names,
  endmembers,
  abundances,
  gain,
  nuisance,
  mask,
  residual,
  spread,
}: Unmixing): [SessionArray, readonly number[]][] {
  const bands = axis.values.length;
  const count = names.length;
  const terms = nuisance?.names.length ?? 0;
  return [
    [endmembers, [count, bands]],
    [abundances, [height, width, count]],
    [gain, [height, width]],
    [mask, [height, width]],
    [residual.rmseMap, [height, width]],
    [residual.angleMap, [height, width]],
    ...(nuisance
      ? ([
          [nuisance.spectra, [terms, bands]],
          [nuisance.coefficients, [height, width, terms]],
        ] as [SessionArray, readonly number[]][])
      : []),
    ...(spread
      ? ([
          [spread.endmembers, [count, bands]],
          [spread.abundances, [height, width, count]],
        ] as [SessionArray, readonly number[]][])
      : []),
  ];
}

function shapesOf({
  cubes,
  layers,
}: SessionContent): ReadonlyMap<SessionArray, readonly number[]> {
  const shapes = new Map<SessionArray, readonly number[]>();
  for (const { shown, runs, unfinished, summary } of cubes) {
    for (const run of shown ? [shown, ...runs] : runs)
      for (const [array, shape] of resultShapes(run.unmixing))
        shapes.set(array, shape);
    const { width, height, axis, mask } = summary;
    shapes.set(mask, [height, width]);
    if (unfinished?.endmembers && unfinished.abundances) {
      const { endmembers, abundances } = unfinished;
      const count = endmembers.length / axis.values.length;
      shapes.set(endmembers, [count, axis.values.length]);
      shapes.set(abundances, [height, width, count]);
    }
  }
  for (const { image } of layers) {
    if (image?.kind === 'rgba')
      shapes.set(image.data, [image.height, image.width, 4]);
    if (image?.kind === 'map')
      shapes.set(image.values, [image.height, image.width]);
    if (image?.kind === 'classes')
      shapes.set(image.classes, [image.height, image.width]);
  }
  return shapes;
}

/**
 * A session as its document, small and JSON, and its pieces: arrays and files, each under a key that stays the same as long
 * as the object does. Nothing is copied before a piece is loaded.
 */
export function toPieces(
  content: SessionContent,
  keys: Keys,
  { references = new Map(), now = new Date() }: WriteOptions = {},
): Pieces {
  const shapes = shapesOf(content);
  const pieces = new Map<string, Piece>();

  const fileRecord = (file: File): FileRecord => {
    const { name, size, lastModified } = file;
    const sha256 = references.get(file);
    if (sha256 !== undefined)
      return { name, size, lastModified, sha256, piece: null };
    const piece = keys.ofFile(file);
    pieces.set(piece, { kind: 'file', load: () => Promise.resolve(file) });
    return { name, size, lastModified, sha256: null, piece };
  };

  const arrayPiece = (
    array: SessionArray | LaterArray,
    folder: string,
    name: string,
  ): ArrayPiece => {
    const later = isLater(array);
    const piece = keys.ofArray(later ? array.identity : array, folder, name);
    const shape = later ? array.shape : (shapes.get(array) ?? [array.length]);
    const load = later ? array.load : () => Promise.resolve(array);
    pieces.set(piece, { kind: 'array', shape, load });
    return { piece, type: later ? array.type : arrayType(array), shape };
  };

  /** Puts arrays and files aside; all else stays. */
  function stored<T>(value: T, folder: string, name: string): Stored<T>;
  function stored(value: unknown, folder: string, name: string): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof File) return fileRecord(value);
    if (isArray(value) || isLater(value))
      return arrayPiece(value, folder, name);
    if (Array.isArray(value))
      return value.map((one: unknown) => stored(one, folder, name));
    return Object.fromEntries(
      Object.entries(value).map(([key, one]: [string, unknown]) => [
        key,
        stored(one, folder, key),
      ]),
    );
  }

  const { cubes, layers, ...others } = content;
  const document: SessionDocument = {
    stratigraph: 'session',
    version: sessionVersion,
    program: version,
    saved: now.toISOString(),
    ...stored(others, 'others', 'array'),
    cubes: stored(cubes, 'results', 'array'),
    layers: stored(layers, 'pictures', 'array'),
  };
  return { document, pieces };
}
