import type { SpectralAxis } from '../../spectral/axis.js';
import { type Bands, bandsOf, numberedBands } from '../common/bands.js';
import { type EnviHeader, readList } from './header.js';
import { readNames } from './names.js';
import {
  type ReadUnit,
  count,
  readQuantity,
  readUnit,
} from '../common/words.js';

/** Units and quantity as the header has them, in their own fields or only in the title of a plot. */
function readWords(header: EnviHeader): {
  unit: ReadUnit | null;
  quantity: SpectralAxis['quantity'];
} {
  const said = (readList(header, 'wavelength units') ?? []).join(' ');
  const titles = readList(header, 'z plot titles') ?? [];
  return {
    unit: readUnit(said) ?? readUnit(titles[0] ?? ''),
    quantity:
      readQuantity(titles.slice(1).join(' ')) ??
      readQuantity((readList(header, 'data units') ?? []).join(' ')) ??
      (header.fields.has('reflectance scale factor') ? 'reflectance' : null),
  };
}

/** Places in rising or falling order, whichever fits the first and last of them; null when two are equal or one is no number. */
function sorted(values: Float64Array): Uint32Array | null {
  if (!values.every(Number.isFinite)) return null;
  const sign = values[values.length - 1] < values[0] ? -1 : 1;
  const order = Uint32Array.from(values.keys()).sort(
    (a, b) => sign * (values[a] - values[b]),
  );
  for (let b = 1; b < order.length; b++)
    if (values[order[b]] === values[order[b - 1]]) return null;
  return order;
}

/** Bands by their names, where the header has names that say more than a number. */
function namedBands(header: EnviHeader, bands: number): Bands {
  const names = readNames(header, 'band names', bands) ?? [];
  const isPlain = names.every((name) => /^band \d*$/i.test(name));
  return bandsOf(
    bands,
    null,
    isPlain ? [] : names.map((name) => ({ name, wavelength: null })),
  );
}

/** The same bands, with the quantity where it is known. */
const withQuantity = (
  bands: Bands,
  quantity: SpectralAxis['quantity'],
): Bands =>
  quantity === null
    ? bands
    : {
        ...bands,
        axis: { ...bands.axis, quantity },
        missing: bands.missing.filter((part) => part !== 'quantity'),
      };

/** Bands at the wavelengths of a list, sorted where they go back and forth; null, with a warning, when it cannot be used. */
function listedBands(
  list: readonly string[],
  unit: ReadUnit | null,
  bands: number,
  name: string,
  warnings: string[],
): Bands | null {
  if (list.length !== bands) {
    warnings.push(
      `${name} lists ${count(list.length, 'wavelength')} for ${count(bands, 'band')}: the list is not used and bands are numbered.`,
    );
    return null;
  }
  const factor = unit?.factor ?? 1;
  const values = Float64Array.from(list, (entry) =>
    entry === '' ? NaN : Number(entry) * factor,
  );
  const order = sorted(values);
  if (!order) {
    warnings.push(
      `The wavelengths in ${name} repeat or are not all numbers: the list is not used and bands are numbered.`,
    );
    return null;
  }
  const inOrder = order.every((from, to) => from === to);
  if (!inOrder)
    warnings.push(
      `The wavelengths in ${name} go back and forth: bands were sorted by wavelength.`,
    );
  return {
    axis: {
      values: inOrder ? values : Float64Array.from(order, (b) => values[b]),
      unit: unit?.unit ?? null,
      quantity: null,
    },
    order: inOrder ? null : order,
    missing: unit ? ['quantity'] : ['unit', 'quantity'],
  };
}

/**
 * The bands of an ENVI file. Whatever cannot be used is told in `warnings`, and bands then carry their numbers and no
 * unit.
 */
export function readAxis(
  header: EnviHeader,
  bands: number,
  name: string,
  warnings: string[],
): Bands {
  const { unit, quantity } = readWords(header);
  const list = readList(header, 'wavelength');
  if (list && list.length > 0 && list[list.length - 1] === '') list.pop();
  const found = list
    ? (listedBands(list, unit, bands, name, warnings) ?? numberedBands(bands))
    : namedBands(header, bands);
  if (list && found.axis.unit !== null && unit && unit.factor !== 1)
    warnings.push(
      `Positions were converted from "${(readList(header, 'wavelength units') ?? []).join(' ')}" to ${unit.unit}.`,
    );
  return withQuantity(found, quantity);
}

/** Says which bands the header's bad band list marks, as ranges on the axis; they stay in the cube. */
export function warnOfBadBands(
  header: EnviHeader,
  { axis, order }: Bands,
  warnings: string[],
): void {
  const list = readList(header, 'bbl');
  if (!list) return;
  const { values, unit } = axis;
  if (list.length !== values.length) {
    warnings.push(
      `The bad band list has ${count(list.length, 'entry').replace('entrys', 'entries')} for ${count(values.length, 'band')} and is not used.`,
    );
    return;
  }
  const isBad = (b: number): boolean =>
    Number(list[order ? order[b] : b]) === 0;
  const ranges: string[] = [];
  let bad = 0;
  for (let b = 0; b < values.length; b++) {
    if (!isBad(b)) continue;
    const first = b;
    while (b + 1 < values.length && isBad(b + 1)) b++;
    bad += b - first + 1;
    ranges.push(first === b ? `${values[b]}` : `${values[first]}-${values[b]}`);
  }
  if (bad > 0)
    warnings.push(
      `The header marks ${count(bad, 'band')} as bad: exclude ${ranges.join(', ')}${unit && unit !== 'band' ? ` ${unit}` : ''}.`,
    );
}
