import type { AxisUnit, SpectralAxis } from '../../spectral/axis.js';
import {
  type Geometry,
  type Spectra,
  unitGeometry,
} from '../../spectral/cube.js';
import { geometryEntries, geometryField } from './geometry.js';
import { encodeName, namesField, plainName } from './names.js';
import { bytesPerValue, putValues } from '../common/put-values.js';
import type { SavedClasses, SavedFile, SavedImage } from '../saved.js';

/** Units as ENVI spells them. */
const unitNames: Readonly<Record<AxisUnit, string>> = {
  'cm-1': 'Wavenumber',
  nm: 'Nanometers',
  µm: 'Micrometers',
  band: 'Index',
};

const list = (entries: Iterable<string | number>): string =>
  `{ ${[...entries].join(', ')} }`;

function nameLines(key: string, names: readonly string[]): string[] {
  const lines = [`${key} = ${list(names.map(plainName))}`];
  if (names.some((name) => name !== plainName(name)))
    lines.push(`${namesField} = ${list(names.map(encodeName))}`);
  return lines;
}

function axisLines({ values, unit, quantity }: SpectralAxis): string[] {
  const lines = [`wavelength = ${list(values)}`];
  if (quantity)
    lines.unshift(
      `z plot titles = ${list([unit ? unitNames[unit] : 'Unknown', quantity])}`,
    );
  if (unit) lines.unshift(`wavelength units = ${unitNames[unit]}`);
  return lines;
}

function geometryLines(geometry: Geometry): string[] {
  if (geometry === unitGeometry) return [];
  const lines = [`${geometryField} = ${list(geometryEntries(geometry))}`];
  if (geometry.unit) {
    const metres = geometry.unit === 'µm' ? 1e6 : 1e3;
    const [x, y] = geometry.spacing;
    lines.unshift(
      `pixel size = ${list([x / metres, y / metres, 'units=Meters'])}`,
    );
  }
  return lines;
}

/** Classes as ENVI counts them: the first is what has none. */
function classLines({ names, colours }: SavedClasses): string[] {
  return [
    `classes = ${names.length + 1}`,
    ...(colours
      ? [`class lookup = ${list([0, 0, 0, ...colours.flat()])}`]
      : []),
    ...nameLines('class names', ['None', ...names]),
  ];
}

function valueBytes(
  image: Pick<SavedImage, 'data' | 'classes'>,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(image.data.length * bytesPerValue(image));
  putValues(image, bytes);
  return bytes;
}

const header = (lines: readonly string[]): string =>
  `${['ENVI', ...lines].join('\n')}\n`;

/**
 * An image as ENVI, band-interleaved by pixel: NAME.hdr and NAME.img, float32 or a classification of bytes. Origin, direction and names with signs
 * of the header's own are kept in fields of ours, which others pass over.
 */
export function writeEnvi(image: SavedImage): [SavedFile, SavedFile] {
  const { name, description, width, height, bands, data } = image;
  const { bandNames, axis, classes, geometry } = image;
  const content = header([
    `description = ${list([plainName(description)])}`,
    `samples = ${width}`,
    `lines = ${height}`,
    `bands = ${bands}`,
    'header offset = 0',
    `file type = ENVI ${classes ? 'Classification' : 'Standard'}`,
    `data type = ${classes ? 1 : 4}`,
    'interleave = bip',
    'byte order = 0',
    // Pixels that are left out hold no number.
    ...(data.some(Number.isNaN) ? ['data ignore value = NaN'] : []),
    ...geometryLines(geometry),
    ...(bandNames ? nameLines('band names', bandNames) : []),
    ...(axis ? axisLines(axis) : []),
    ...(classes ? classLines(classes) : []),
  ]);
  return [
    { name: `${name}.hdr`, content },
    { name: `${name}.img`, content: valueBytes(image) },
  ];
}

/** Spectra as an ENVI spectral library: NAME.hdr and NAME.sli. */
export function writeEnviLibrary({
  name,
  axis,
  names,
  data,
}: Spectra): [SavedFile, SavedFile] {
  const content = header([
    `description = ${list([plainName(name)])}`,
    `samples = ${axis.values.length}`,
    `lines = ${names.length}`,
    'bands = 1',
    'header offset = 0',
    'file type = ENVI Spectral Library',
    'data type = 4',
    'interleave = bsq',
    'byte order = 0',
    ...nameLines('spectra names', names),
    ...axisLines(axis),
  ]);
  return [
    { name: `${name}.hdr`, content },
    { name: `${name}.sli`, content: valueBytes({ data }) },
  ];
}
