import { type Geometry, unitGeometry } from '../../spectral/cube.js';
import { UnmixingError, isUnmixingError } from '../../spectral/errors.js';
import { readBmp } from './bmp.js';
import type { Bytes } from '../common/bytes.js';
import { startsWith } from '../head.js';
import { type Section, omnic } from './sections.js';
import type { OpenOptions, Opened } from '../opened.js';
import { stem } from '../common/words.js';

/**
 * Where a picture of so many pixels lies: its lower left and upper right corners on the stage, whose y runs upwards.
 * Seen in small_Omnic.map: of its sections with corners, one that begins with 1 and 4 is as wide and high as the picture, and
 * has its centre where the map has.
 */
function geometryOf(
  bytes: Bytes,
  sections: readonly Section[],
  width: number,
  height: number,
): Geometry | null {
  const found = sections.find(
    ({ at, size }) =>
      size >= 22 && bytes.uint16(at) === 1 && bytes.uint16(at + 2) === 4,
  );
  if (!found) return null;
  const [left, bottom, right, top] = bytes.floats(found.at + 6, 4);
  const dx = (right - left) / width;
  const dy = (top - bottom) / height;
  if (!(dx > 0 && dy > 0 && Number.isFinite(dx + dy))) return null;
  return {
    ...unitGeometry,
    origin: [left + dx / 2, -top + dy / 2, 0],
    spacing: [dx, dy, 1],
    unit: 'µm',
  };
}

/** The picture of a map; a damaged one is skipped with a warning. */
export async function openPicture(
  bytes: Bytes,
  { at, size }: Section,
  corners: readonly Section[],
  warnings: string[],
  task: OpenOptions,
): Promise<Opened | null> {
  try {
    // Four bytes with the size come before the bitmap.
    const bmp = bytes.part(at + 4, size - 4);
    if (!startsWith(bmp.bytes, 'BM'))
      throw new UnmixingError('file', 'it is no bitmap.');
    const pixels = await readBmp(bmp, task);
    const { width, height } = pixels;
    const geometry = geometryOf(bytes, corners, width, height);
    const name = `${stem(bytes.name)} picture`;
    return {
      kind: 'picture',
      type: omnic,
      warnings: [
        geometry
          ? 'The picture lies as if the y of the stage ran upwards, which the file does not say.'
          : 'The picture does not say where it lies.',
      ],
      picture: { name, ...pixels, geometry: geometry ?? unitGeometry },
    };
  } catch (error) {
    if (!isUnmixingError(error)) throw error;
    warnings.push(`The picture was skipped: ${error.message}`);
    return null;
  }
}
