import type { SpectralAxis } from '../../spectral/axis.js';
import {
  type ArrayStore,
  type StoredArray,
  type Vector,
  lastName,
} from '../arrays.js';
import { readQuantity, readUnit } from '../common/words.js';

/** Names that only a spectral axis has, and names that it may have. */
const axisNames: readonly RegExp[] = [
  /wave.?(number|length)|raman.?shift|^(wn|wl|wv|wavs?|wvls?|lambda|nu)$|^(photon_?)?energ(y|ies)$|^freq(uency|uencies)?$/i,
  /^(x|x.?axis|x.?data|axis|w|bands?)$/i,
];

/** Positions along x or y, as stages and scans name them. */
const positionName = (letter: 'x' | 'y'): RegExp =>
  new RegExp(
    `^((sample|stage|motor|pos|position)_?)?${letter}(_?(pos|positions?|coords?|coordinates?|stage|values?))?$`,
    'i',
  );
const isPosition = { x: positionName('x'), y: positionName('y') };

const folder = (id: string): string =>
  id.slice(0, id.length - lastName(id).length);

const isMonotonic = (values: Float64Array): boolean => {
  const sign = Math.sign(values[values.length - 1] - values[0]);
  return values.every(
    (value, b) =>
      Number.isFinite(value) &&
      (b === 0 || Math.sign(value - values[b - 1]) === sign),
  );
};

/** How well a vector's name fits a spectral axis: 0 best; Infinity not at all. */
function rankOf({ id, words }: Vector, hasPositions: boolean): number {
  const name = lastName(id);
  if (axisNames[0].test(name) || readUnit(words)?.unit === 'cm-1') return 0;
  return axisNames[1].test(name) && !(hasPositions && /^x$/i.test(name))
    ? 1
    : Infinity;
}

/** Positions along x and along y of one length each; null when the file has no such pair beside the array. */
export function findPositions(
  store: ArrayStore,
  array: StoredArray,
): Readonly<Record<'x' | 'y', Vector>> | null {
  const beside = store.vectors.filter(
    ({ id }) => folder(id) === folder(array.id),
  );
  const [x, y] = (['x', 'y'] as const).map((letter) =>
    beside.find(({ id }) => isPosition[letter].test(lastName(id))),
  );
  return x && y ? { x, y } : null;
}

/** A vector that may be the axis of an array, and the dimensions that it fits. */
interface Fit {
  readonly vector: Vector;
  readonly dimensions: readonly number[];
}

/** The spectral axis of an array: the vector that the file attaches to it, else one that is named like an axis, in the same folder first. */
export function findAxis(store: ArrayStore, array: StoredArray): Fit | null {
  const hasPositions = findPositions(store, array) !== null;
  const fits = store.vectors.flatMap((vector) => {
    const named = array.axes.indexOf(vector.id);
    const attached = array.shape[named] === vector.length ? named : -1;
    const dimensions =
      attached >= 0
        ? [attached]
        : [...array.shape.keys()].filter(
            (d) => array.shape[d] === vector.length && array.axes[d] == null,
          );
    const far = folder(vector.id) === folder(array.id) ? 0 : 0.5;
    const rank = rankOf(vector, hasPositions) + (attached >= 0 ? -2 : far);
    return rank < Infinity && dimensions.length > 0
      ? [{ vector, dimensions, rank }]
      : [];
  });
  return fits.sort((a, b) => a.rank - b.rank).at(0) ?? null;
}

/** The axis of so many bands, from a vector where there is one that can be used; bands are numbered otherwise. */
export function axisOf(
  vector: Vector | null,
  bands: number,
  quantityWords: string,
  warnings: string[],
): SpectralAxis {
  const quantity = readQuantity(quantityWords);
  const values = vector?.read();
  if (!vector || !values || !isMonotonic(values)) {
    if (vector)
      warnings.push(
        `${vector.id} is not used as the axis, because its numbers do not only rise or only fall: bands are numbered.`,
      );
    return {
      values: Float64Array.from({ length: bands }, (_, b) => b + 1),
      unit: null,
      quantity,
    };
  }
  const read =
    readUnit(vector.words) ??
    readUnit(lastName(vector.id).replaceAll('_', ' '));
  if (read === null && vector.words !== '')
    warnings.push(
      `The unit of the axis ${vector.id} is not known: the file says "${vector.words.slice(0, 100)}".`,
    );
  if (read && read.factor !== 1)
    warnings.push(
      `Positions were converted from "${vector.words.slice(0, 100)}" to ${read.unit}.`,
    );
  return {
    values: read ? values.map((value) => value * read.factor) : values,
    unit: read?.unit ?? null,
    quantity,
  };
}
