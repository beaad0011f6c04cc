import { type Geometry, unitGeometry } from '../../spectral/cube.js';
import { isUnmixingError } from '../../spectral/errors.js';
import { Bytes } from '../common/bytes.js';
import { startsWith } from '../head.js';
import { decodeJpeg } from '../common/jpeg.js';
import type { Opened } from '../opened.js';
import { stem } from '../common/words.js';

// Where the picture lies is written into the JPEG's Exif tags: the standard ones for the size of the focal plane hold the
// size of the whole picture, and a tag of Renishaw's own its upper left corner (py-wdf-reader; seen in a map of WiRE).
const exifTag = 0x8769;
const widthTag = 0xa20e;
const heightTag = 0xa20f;
const unitTag = 0xa210;
const cornerTag = 0xfea0;
/** Exif's codes of units, in µm. */
const micrometres: Readonly<Record<number, number>> = { 3: 1e4, 4: 1e3, 5: 1 };

/** The TIFF structure inside the Exif segment of a JPEG; null when there is none. */
function exifOf({ bytes, name }: Bytes): Bytes | null {
  const jpeg = new Bytes(bytes, name, false);
  for (let at = 2; jpeg.uint8(at) === 0xff && jpeg.uint8(at + 1) !== 0xda;) {
    const size = jpeg.uint16(at + 2);
    if (startsWith(bytes, 'Exif\0\0', at + 4)) {
      jpeg.need(at, 2 + size);
      const tiff = bytes.subarray(at + 10, at + 2 + size);
      return new Bytes(tiff, name, startsWith(tiff, 'II'));
    }
    at += 2 + size;
  }
  return null;
}

/** Places of the values of a directory's entries, by tag. */
function entriesOf(tiff: Bytes, at: number): ReadonlyMap<number, number> {
  const count = tiff.uint16(at);
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const entry = at + 2 + 12 * i;
      return [tiff.uint16(entry), entry + 8];
    }),
  );
}

/** Number i of the rational numbers that an entry points to; NaN without the entry. */
function rational(tiff: Bytes, entry: number | undefined, i = 0): number {
  if (entry === undefined) return NaN;
  const at = tiff.uint32(entry) + 8 * i;
  return tiff.int32(at) / tiff.int32(at + 4);
}

/** Where a picture of so many pixels lies, from its Exif tags; null when they do not say. */
function geometryOf(
  jpeg: Bytes,
  width: number,
  height: number,
): Geometry | null {
  const tiff = exifOf(jpeg);
  if (!tiff) return null;
  const image = entriesOf(tiff, tiff.uint32(4));
  const exif = image.get(exifTag);
  if (exif === undefined) return null;
  const plane = entriesOf(tiff, tiff.uint32(exif));
  const unit = plane.get(unitTag);
  const factor = unit === undefined ? NaN : micrometres[tiff.uint16(unit)];
  const left = factor * rational(tiff, image.get(cornerTag), 0);
  const top = factor * rational(tiff, image.get(cornerTag), 1);
  const dx = (factor * rational(tiff, plane.get(widthTag))) / width;
  const dy = (factor * rational(tiff, plane.get(heightTag))) / height;
  if (!Number.isFinite(left + top) || !(dx > 0 && dy > 0)) return null;
  return {
    ...unitGeometry,
    origin: [left + dx / 2, top + dy / 2, 0],
    spacing: [dx, dy, 1],
    unit: 'µm',
  };
}

/** A damaged tag leaves a picture without a place. */
function placeOf(jpeg: Bytes, width: number, height: number): Geometry | null {
  try {
    return geometryOf(jpeg, width, height);
  } catch (error) {
    if (isUnmixingError(error)) return null;
    throw error;
  }
}

/**
 * Opens the white-light image of a .wdf. When it cannot be read, a warning says so, and the spectra stay without it.
 */
export async function openWhiteLight(
  jpeg: Bytes,
  warnings: string[],
): Promise<Opened | null> {
  const pixels = await decodeJpeg(jpeg.bytes);
  if (!pixels) {
    warnings.push('The white-light image is damaged: it was skipped.');
    return null;
  }
  const geometry = placeOf(jpeg, pixels.width, pixels.height);
  const name = `${stem(jpeg.name)} white light`;
  return {
    kind: 'picture',
    type: 'Renishaw .wdf',
    warnings: geometry ? [] : [`${name} does not say where it lies.`],
    picture: { name, ...pixels, geometry: geometry ?? unitGeometry },
  };
}
