import type { SpectralAxis } from '../spectral/axis.js';
import type { Geometry } from '../spectral/cube.js';

/** An image to write as ENVI float32, band-interleaved by pixel. */
export interface EnviImage {
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  /** Value (x, y, b) at (y * width + x) * bands + b. */
  readonly data: Float32Array;
  readonly bandNames?: readonly string[];
  /** Positions of the bands; left out when they are not spectral. */
  readonly axis?: SpectralAxis;
  readonly geometry?: Geometry;
}

/** Units as ENVI spells them. */
const unitNames = {
  'cm-1': 'Wavenumber',
  nm: 'Nanometers',
  µm: 'Micrometers',
  band: 'Index',
} as const;

/** Text without the signs that structure a header. */
const plain = (text: string): string => text.replace(/[{}=,\s]+/g, ' ').trim();

const list = (entries: readonly (string | number)[]): string =>
  `{ ${entries.join(', ')} }`;

/** The header of an image as `writeEnvi` lays it down. */
function enviHeader({
  description,
  width,
  height,
  bands,
  bandNames,
  axis,
  geometry,
}: Omit<EnviImage, 'data'>): string {
  const lines = [
    'ENVI',
    `description = ${list([plain(description)])}`,
    `samples = ${width}`,
    `lines = ${height}`,
    `bands = ${bands}`,
    'header offset = 0',
    'file type = ENVI Standard',
    'data type = 4',
    'interleave = bip',
    'byte order = 0',
  ];
  if (geometry?.unit) {
    const metres = geometry.unit === 'µm' ? 1e6 : 1e3;
    const [x, y] = geometry.spacing;
    lines.push(
      `pixel size = ${list([x / metres, y / metres, 'units=Meters'])}`,
    );
  }
  if (bandNames) lines.push(`band names = ${list(bandNames.map(plain))}`);
  if (axis) {
    if (axis.unit) lines.push(`wavelength units = ${unitNames[axis.unit]}`);
    if (axis.quantity)
      lines.push(
        `z plot titles = ${list([axis.unit ? unitNames[axis.unit] : 'Unknown', axis.quantity])}`,
      );
    lines.push(`wavelength = ${list(Array.from(axis.values))}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Header and data of an image, ready to be stored beside each other as NAME.hdr and NAME.img. */
export function writeEnvi(image: EnviImage): {
  readonly header: string;
  readonly data: Uint8Array;
} {
  const data = new Uint8Array(image.data.length * 4);
  const view = new DataView(data.buffer);
  for (let i = 0; i < image.data.length; i++)
    view.setFloat32(4 * i, image.data[i], true);
  return { header: enviHeader(image), data };
}
