import { type Geometry, unitGeometry } from '../../spectral/cube.js';
import { UnmixingError } from '../../spectral/errors.js';
import { axisOf, findAxis, findPositions } from './axis.js';
import {
  type ArrayStore,
  type StoredArray,
  type Vector,
  describe,
  every,
  lastName,
  readPlaced,
} from '../arrays.js';
import { gridOf } from '../common/grid.js';
import {
  type Missing,
  type OpenOptions,
  type Opened,
  partOf,
} from '../opened.js';
import { asTheyAre, tidy } from '../common/values.js';
import { listed, stem } from '../common/words.js';

/** Where the pixels of an array lie: for each of its dimensions but the bands', the pixel that each index adds. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly places: readonly Float64Array<ArrayBuffer>[];
  readonly geometry: Geometry;
}

const unitOf = (words: string): { unit: Geometry['unit']; factor: number } =>
  /\bnm\b|nanom/i.test(words)
    ? { unit: 'µm', factor: 1e-3 }
    : /[uµμ]m\b|micro/i.test(words)
      ? { unit: 'µm', factor: 1 }
      : { unit: /\bmm\b|millim/i.test(words) ? 'mm' : null, factor: 1 };

/** The grid of positions that are told for each pixel, or for each column and each row. */
function gridFrom(
  { x, y }: Readonly<Record<'x' | 'y', Vector>>,
  pixels: readonly number[],
): Layout | null {
  const [rows, columns] = pixels;
  const isList = pixels.length === 1;
  const fits = isList
    ? x.length === rows && y.length === rows
    : x.length === columns && y.length === rows;
  if (!fits) return null;
  const { unit, factor } = unitOf(x.words);
  const [xs, ys] = [x.read(), y.read()].map((all) =>
    all.map((value) => value * factor),
  );
  const grid = isList
    ? gridOf(xs, ys)
    : gridOf(
        Float64Array.from(
          { length: rows * columns },
          (_, n) => xs[n % columns],
        ),
        Float64Array.from(
          { length: rows * columns },
          (_, n) => ys[Math.floor(n / columns)],
        ),
      );
  if (!grid) return null;
  const { width, height, order } = grid;
  return {
    width,
    height,
    places: isList
      ? [Float64Array.from(order)]
      : [
          Float64Array.from(
            { length: rows },
            (_, r) => order[r * columns] - (order[r * columns] % width),
          ),
          Float64Array.from({ length: columns }, (_, c) => order[c] % width),
        ],
    geometry: { ...grid.geometry, unit },
  };
}

const rowsName = /^(n|num)?_?(rows?|y|lines?|height)$/i;
const columnsName = /^(n|num)?_?(cols?|columns?|x|samples?|width)$/i;

/** Rows and columns that the file states as single numbers, such as nRow and nCol. */
function statedShape({ scalars }: ArrayStore): [number, number] | null {
  const find = (name: RegExp): number | undefined =>
    [...scalars].find(([id]) => name.test(lastName(id)))?.[1];
  const [rows, columns] = [find(rowsName), find(columnsName)];
  return rows !== undefined && columns !== undefined ? [rows, columns] : null;
}

/** Where the pixels lie; null for a list of spectra whose image shape nobody tells. */
function layoutOf(
  store: ArrayStore,
  array: StoredArray,
  pixels: readonly number[],
): Layout | null {
  const positions = findPositions(store, array);
  const grid = positions && gridFrom(positions, pixels);
  if (grid) return grid;
  if (pixels.length === 2) {
    const [height, width] = pixels;
    return {
      width,
      height,
      places: [every(height, width), every(width, 1)],
      geometry: unitGeometry,
    };
  }
  const [count] = pixels;
  const [height, width] = statedShape(store) ?? [NaN, NaN];
  if (height * width !== count) return null;
  // As reshape does it: MATLAB's first index, the row, runs fastest.
  const place = array.columnMajor
    ? Float64Array.from(
        { length: count },
        (_, n) => (n % height) * width + Math.floor(n / height),
      )
    : every(count, 1);
  return { width, height, places: [place], geometry: unitGeometry };
}

/** Names that belong to the spectra of a list: as many as its first or its shorter dimension is long. */
function namesOf(
  { texts }: ArrayStore,
  { shape }: StoredArray,
): { names: readonly string[]; dimension: number } | null {
  if (shape.length !== 2) return null;
  const dimension = shape[1] < shape[0] ? 1 : 0;
  for (const d of [dimension, 0]) {
    const names = texts.find(({ length }) => length === shape[d]);
    if (names) return { names, dimension: d };
  }
  return null;
}

/** The dimension of the bands: the one that has an axis, or that is not known to be pixels; the last of several. */
function spectralDimension(
  store: ArrayStore,
  array: StoredArray,
  fitting: readonly number[] | null,
  warnings: string[],
): number {
  const { shape } = array;
  const [rows, columns] = statedShape(store) ?? [NaN, NaN];
  const positions = findPositions(store, array);
  const named = namesOf(store, array)?.dimension;
  const isPixels = (d: number): boolean =>
    (shape.length === 2 &&
      (shape[d] === rows * columns ||
        shape[d] === positions?.x.length ||
        d === named)) ||
    (positions !== null &&
      [positions.x.id, positions.y.id].includes(array.axes[d] ?? ''));
  const all = fitting ?? [...shape.keys()];
  const left = all.filter((d) => !isPixels(d));
  const dimension = (left.length > 0 ? left : all).at(-1) ?? 0;
  if (left.length !== 1)
    warnings.push(
      `${store.name} does not say which dimension of ${array.id} (${describe(array)}) is that of the bands: the ${dimension === shape.length - 1 ? 'last' : ['first', 'second'][dimension]} is taken.`,
    );
  return dimension;
}

/** Opens one array of a file as a cube, or as spectra where the file names them. */
export async function openArray(
  store: ArrayStore,
  array: StoredArray,
  type: string,
  warnings: string[],
  task: OpenOptions,
): Promise<Opened> {
  array.check();
  warnings.push(...(array.warnings ?? []));
  const fit = findAxis(store, array);
  const spectral = spectralDimension(
    store,
    array,
    fit?.dimensions ?? null,
    warnings,
  );
  const bands = array.shape[spectral];
  const axis = axisOf(
    fit?.dimensions.includes(spectral) ? fit.vector : null,
    bands,
    array.words,
    warnings,
  );
  const pixels = array.shape.filter((_, d) => d !== spectral);
  const stated = layoutOf(store, array, pixels);
  const layout = stated ?? {
    width: pixels[0],
    height: 1,
    places: [every(pixels[0], 1)],
    geometry: unitGeometry,
  };
  const places = layout.places
    .map((place) => place.map((pixel) => pixel * bands))
    .toSpliced(spectral, 0, every(bands, 1));
  const data = await readPlaced(
    array,
    places,
    spectral,
    store.name,
    partOf(task, 0, 0.9),
  );
  const mask = await tidy(
    data,
    bands,
    asTheyAre,
    warnings,
    partOf(task, 0.9, 1),
  );
  const name = stem(store.name);
  const named = stated ? null : namesOf(store, array);
  if (named && named.dimension !== spectral)
    return {
      kind: 'spectra',
      type,
      warnings,
      spectra: { name, axis, names: named.names, data },
    };
  const missing: Missing[] = [];
  if (axis.unit === null) missing.push('unit');
  if (axis.unit === null && !fit) missing.unshift('axis');
  if (axis.quantity === null) missing.push('quantity');
  if (!stated) missing.push('width');
  const { width, height, geometry } = layout;
  return {
    kind: 'cube',
    type,
    warnings,
    missing,
    cube: { name, width, height, axis, data, geometry, ...(mask && { mask }) },
  };
}

/**
 * Opens the array that is the only one or was chosen; of several, tells what there is.
 * @throws UnmixingError `file` when there is none, `input` when there is none of that name
 */
export async function openChosen(
  store: ArrayStore,
  type: string,
  warnings: string[],
  task: OpenOptions,
): Promise<Opened> {
  const { name, arrays } = store;
  const wanted = task.variables?.[name];
  if (arrays.length === 0)
    throw new UnmixingError(
      'file',
      `${name} holds no array of numbers with two or three dimensions${warnings.length > 0 ? ` (${warnings.join(' ').replace(/\.$/, '')})` : ''}.`,
    );
  const chosen =
    wanted === undefined
      ? arrays.length === 1
        ? arrays[0]
        : null
      : arrays.find(({ id }) => id === wanted.replace(/^\//, ''));
  if (chosen === undefined)
    throw new UnmixingError(
      'input',
      `invalid variable: ${wanted} (want one of those in ${name}: ${listed(
        arrays.map(({ id }) => id),
        20,
      )})`,
    );
  return chosen
    ? openArray(store, chosen, type, warnings, task)
    : {
        kind: 'variables',
        type,
        warnings,
        name,
        variables: arrays.map((array) => ({
          id: array.id,
          description: describe(array),
        })),
      };
}
