import type { ArrayStore, StoredArray, Vector } from '../arrays.js';
import type { Dataset, Hdf5 } from './store.js';

/** Most names, and numbers of a vector, that are looked at. */
const longestVector = 2 ** 20;

const product = (sizes: readonly number[]): number =>
  sizes.reduce((all, size) => all * size, 1);

/** What attributes say of an object in words. */
const wordsOf = (file: Hdf5, path: string): string =>
  ['long_name', 'quantity', 'units', 'unit', 'label', 'description']
    .map((name) => file.words(path, name))
    .filter((words) => words !== '')
    .join(' ');

/** A dataset as an array whose dimensions of one element do not count where there are more than three. */
export function storedArray(
  file: Hdf5,
  dataset: Dataset,
  axes: readonly (string | null)[],
): StoredArray {
  const { path, type } = dataset;
  const isMatlab = file.attribute(path, 'MATLAB_class') !== null;
  const kept = [...dataset.shape.keys()].filter(
    (d) => dataset.shape.length <= 3 || dataset.shape[d] > 1,
  );
  // MATLAB writes its arrays with the dimensions turned round.
  const order = isMatlab ? kept.toReversed() : kept;
  return {
    id: path,
    shape: order.map((d) => dataset.shape[d]),
    columnMajor: isMatlab,
    type,
    words: `${path.replace(/^.*\//, '')} ${wordsOf(file, path)}`.trim(),
    axes: order.map((d) => axes[d] ?? null),
    check: () => file.check(dataset),
    read: (take, task) => file.read(dataset, take, task),
  };
}

/** MATLAB keeps text as numbers, and an empty array as its sizes. */
const isNoNumbers = (file: Hdf5, path: string): boolean =>
  file.words(path, 'MATLAB_class') === 'char' ||
  file.hasAttribute(path, 'MATLAB_empty');

const isVector = (shape: readonly number[]): boolean =>
  shape.length <= 2 && product(shape) === Math.max(...shape);

/** What a file of no known convention holds. */
export function arraysOf(file: Hdf5): ArrayStore {
  const arrays: StoredArray[] = [];
  const vectors: Vector[] = [];
  const scalars = new Map<string, number>();
  const sparse = file.paths.filter(
    (path) => file.isGroup(path) && file.hasAttribute(path, 'MATLAB_sparse'),
  );
  for (const path of file.paths) {
    // #refs# holds what cells of MATLAB point to.
    if (path.startsWith('#refs#/')) continue;
    if (sparse.some((group) => path.startsWith(`${group}/`))) continue;
    const dataset = file.dataset(path);
    if (!dataset || isNoNumbers(file, path)) continue;
    const { shape } = dataset;
    const count = product(shape);
    if (count === 1) scalars.set(path, file.numbers(dataset)[0]);
    else if (isVector(shape) && count > 0 && count <= longestVector)
      vectors.push({
        id: path,
        length: count,
        words: wordsOf(file, path),
        read: () => file.numbers(dataset),
      });
    else {
      const array = storedArray(file, dataset, file.scales(path));
      if ([2, 3].includes(array.shape.length) && count > 0) arrays.push(array);
    }
  }
  return { name: file.name, arrays, vectors, scalars, texts: [] };
}
