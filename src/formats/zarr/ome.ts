import type { SpectralAxis } from '../../spectral/axis.js';
import { type Geometry, unitGeometry } from '../../spectral/cube.js';
import type { Channel } from '../common/bands.js';
import {
  type Fields,
  field,
  isFields,
  listOf,
  nameFrom,
  numbersFrom,
} from '../common/json.js';
import { readUnit } from '../common/words.js';

/** An axis of an OME-Zarr image: position = translation + scale · index. */
export interface OmeAxis {
  readonly name: string;
  readonly kind: 'x' | 'y' | 'z' | 'time' | 'spectral';
  readonly unit: string;
  readonly scale: number;
  readonly translation: number;
}

/** What the attributes of a group say of its image: OME-Zarr 0.1 to 0.5. */
export interface OmeZarr {
  readonly axes: readonly OmeAxis[];
  /** Path of the full resolution. */
  readonly path: string;
  readonly levels: number;
  readonly images: number;
  readonly channels: readonly Channel[];
  /** Whether positions are given that we cannot follow. */
  readonly isWarped: boolean;
}

/** The part of a group's attributes that is OME's: under `ome` from version 0.5. */
export function omeOf(attributes: Fields): Fields {
  const ome = field(attributes, 'ome');
  return isFields(ome) ? ome : attributes;
}

function kindOf(name: string, type: string): OmeAxis['kind'] {
  if (name === 'x' || name === 'y' || name === 'z') return name;
  if (type === 'space') return 'z';
  return name === 't' || type === 'time' ? 'time' : 'spectral';
}

/**
 * Reads what a group says of its first image.
 * @returns null when it has none
 */
export function readOmeZarr(attributes: Fields): OmeZarr | null {
  const ome = omeOf(attributes);
  const all = listOf(field(ome, 'multiscales'));
  const [multiscale] = all;
  const levels = listOf(field(multiscale, 'datasets'));
  const path = field(levels[0], 'path');
  if (
    typeof path !== 'string' ||
    !/^[\w.-]+(\/[\w.-]+)*$/.test(path) ||
    path.split('/').includes('..')
  )
    return null;
  // Versions before 0.3 have no axes: they are always these.
  const said = listOf(field(multiscale, 'axes') ?? ['t', 'c', 'z', 'y', 'x']);
  const scale = said.map(() => 1);
  const translation = said.map(() => 0);
  let isWarped = false;
  for (const one of [
    ...listOf(field(levels[0], 'coordinateTransformations')),
    ...listOf(field(multiscale, 'coordinateTransformations')),
  ]) {
    const type = field(one, 'type');
    const by = numbersFrom(field(one, String(type)), said.length);
    if (type === 'scale' && by?.every((factor) => factor > 0))
      by.forEach((factor, i) => {
        scale[i] *= factor;
        translation[i] *= factor;
      });
    else if (type === 'translation' && by)
      by.forEach((step, i) => {
        translation[i] += step;
      });
    else if (type !== 'identity') isWarped = true;
  }
  return {
    axes: said.map((axis, i) => {
      const name = nameFrom(field(axis, 'name') ?? axis).toLowerCase();
      return {
        name,
        kind: kindOf(name, nameFrom(field(axis, 'type'))),
        unit: nameFrom(field(axis, 'unit')),
        scale: scale[i],
        translation: translation[i],
      };
    }),
    path,
    levels: levels.length,
    images: all.length,
    channels: listOf(field(field(ome, 'omero'), 'channels')).map((channel) => ({
      name: nameFrom(field(channel, 'label')),
      wavelength: null,
    })),
    isWarped,
  };
}

/** Units of length of UDUNITS-2, as OME-Zarr spells them, in µm. */
const microns: ReadonlyMap<string, number> = new Map([
  ['angstrom', 1e-4],
  ['nanometer', 1e-3],
  ['micrometer', 1],
  ['millimeter', 1e3],
  ['centimeter', 1e4],
  ['meter', 1e6],
]);

/** Where the image lies; millimetres stay such, other lengths become µm. */
export function geometryOf(x: OmeAxis, y: OmeAxis): Geometry {
  const unit = x.unit === 'millimeter' && y.unit === x.unit ? 'mm' : 'µm';
  const factor = (axis: OmeAxis): number =>
    (microns.get(axis.unit) ?? NaN) / (unit === 'mm' ? 1e3 : 1);
  const isKnown = Number.isFinite(factor(x) * factor(y));
  const [fx, fy] = isKnown ? [factor(x), factor(y)] : [1, 1];
  return {
    ...unitGeometry,
    origin: [x.translation * fx, y.translation * fy, 0],
    spacing: [x.scale * fx, y.scale * fy, 1],
    unit: isKnown ? unit : null,
  };
}

/** The positions along an axis that has a unit of spectra; null when it has none. */
export function positionsOf(axis: OmeAxis, bands: number): SpectralAxis | null {
  const read = readUnit(axis.unit);
  if (axis.kind !== 'spectral' || read === null || read.unit === 'band')
    return null;
  const values = Float64Array.from(
    { length: bands },
    (_, b) => (axis.translation + axis.scale * b) * read.factor,
  );
  return { values, unit: read.unit, quantity: null };
}
