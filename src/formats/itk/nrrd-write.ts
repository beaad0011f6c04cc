import { describe } from '../common/description.js';
import { bytesPerValue, putValues } from '../common/put-values.js';
import type { SavedFile, SavedImage } from '../saved.js';

const oneLine = (text: string): string =>
  text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const vector = (values: readonly number[]): string => `(${values.join(',')})`;

/** The header, with our own description as the key "stratigraph". */
function headerOf(image: SavedImage): string {
  const { description, width, height, bands, geometry } = image;
  const { origin, spacing, direction, unit } = geometry;
  const column = (c: number): string =>
    vector([0, 3, 6].map((row) => direction[row + c] * spacing[c]));
  // Values of keys escape line feeds and backslashes (NRRD, section 4).
  const note = JSON.stringify(describe(image)).replace(/\\/g, '\\\\');
  const lines = [
    'NRRD0005',
    '# Written by Stratigraph; http://teem.sourceforge.net/nrrd/format.html',
    `content: ${oneLine(description)}`,
    `type: ${image.classes ? 'uint8' : 'float'}`,
    'dimension: 4',
    `sizes: ${bands} ${width} ${height} 1`,
    'kinds: vector domain domain domain',
    'labels: "band" "x" "y" "z"',
    'space: left-posterior-superior',
    `space directions: none ${column(0)} ${column(1)} ${column(2)}`,
    `space origin: ${vector(origin)}`,
    'endian: little',
    'encoding: raw',
    `stratigraph:=${note}`,
  ];
  if (unit)
    lines.splice(
      -3,
      0,
      `space units: ${Array(3)
        .fill(unit === 'µm' ? '"um"' : '"mm"')
        .join(' ')}`,
    );
  return `${lines.join('\n')}\n\n`;
}

/**
 * Writes 32-bit floats (bytes, of classes) as NRRD, little-endian and not packed: a volume of one slice whose pixels are vectors of bands, in
 * the directions and the unit of its geometry. Axis and names stand in our description.
 */
export function writeNrrd(image: SavedImage): SavedFile[] {
  const header = new TextEncoder().encode(headerOf(image));
  const content = new Uint8Array(
    header.length + bytesPerValue(image) * image.data.length,
  );
  content.set(header);
  putValues(image, content, header.length);
  return [{ name: `${image.name}.nrrd`, content }];
}
