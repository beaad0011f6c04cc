import {
  type SpectralAxis,
  axisUnits,
  checkAxis,
  quantities,
} from '../../spectral/axis.js';
import type { Geometry } from '../../spectral/cube.js';
import { isUnmixingError } from '../../spectral/errors.js';
import { field, listOf, nameFrom, numbersFrom } from './json.js';
import type { SavedImage } from '../saved.js';

/** What formats for pictures have no place for. We write it beside them as JSON, called "stratigraph", and read it back. */
export interface Description {
  readonly axis: SpectralAxis | null;
  readonly bandNames: readonly string[] | null;
  readonly geometry: Geometry;
}

/** The description of an image, for JSON: all numbers as they are. */
export const describe = ({
  axis,
  bandNames,
  classes,
  geometry,
}: SavedImage): object => ({
  ...(axis && { axis: { ...axis, values: Array.from(axis.values) } }),
  ...(bandNames && { bandNames }),
  ...(classes && { classNames: classes.names }),
  geometry,
});

function readAxis(value: unknown, bands: number): SpectralAxis | null {
  const values = numbersFrom(field(value, 'values'), bands);
  if (!values) return null;
  const axis: SpectralAxis = {
    values: Float64Array.from(values),
    unit: axisUnits.find((unit) => unit === field(value, 'unit')) ?? null,
    quantity: quantities.find((q) => q === field(value, 'quantity')) ?? null,
  };
  try {
    checkAxis(axis);
    return axis;
  } catch (error) {
    if (isUnmixingError(error)) return null;
    throw error;
  }
}

function readGeometry(value: unknown): Geometry | null {
  const origin = numbersFrom(field(value, 'origin'), 3);
  const spacing = numbersFrom(field(value, 'spacing'), 3);
  const direction = numbersFrom(field(value, 'direction'), 9);
  if (!origin || !spacing || !direction || spacing.some((step) => step <= 0))
    return null;
  const unit = field(value, 'unit');
  return {
    origin: [origin[0], origin[1], origin[2]],
    spacing: [spacing[0], spacing[1], spacing[2]],
    direction,
    unit: unit === 'µm' || unit === 'mm' ? unit : null,
  };
}

/** Reads a description of so many bands; null, with a warning, when it does not fit the image. */
export function readDescription(
  value: unknown,
  bands: number,
  warnings: string[],
): Description | null {
  if (value === undefined) return null;
  const geometry = readGeometry(field(value, 'geometry'));
  const axis = readAxis(field(value, 'axis'), bands);
  const names = listOf(field(value, 'bandNames')).map(nameFrom);
  const bandNames = names.length === bands ? names : null;
  const isWhole =
    geometry !== null &&
    (axis !== null || field(value, 'axis') === undefined) &&
    (bandNames !== null || field(value, 'bandNames') === undefined);
  if (isWhole) return { axis, bandNames, geometry };
  warnings.push(
    'What Stratigraph noted of axis, names and place is damaged or of another image, and is not used.',
  );
  return null;
}
