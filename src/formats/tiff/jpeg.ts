import { jpegSize } from '../common/jpeg.js';

/**
 * Unpacks a strip or tile in JPEG with geotiff's decoder, which is loaded on first use. It believes what the stream
 * says of its size, so that is compared first.
 * @param tables quantisation and Huffman tables that all blocks share (TIFF Technical Note 2)
 * @returns the samples as they are in the stream, or none when it is of another size or damaged
 */
export async function unpackJpeg(
  packed: Uint8Array<ArrayBuffer>,
  width: number,
  rows: number,
  tables: Uint8Array<ArrayBuffer> | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const none = new Uint8Array(0);
  const size = jpegSize(packed);
  if (size?.[0] !== width || size[1] !== rows) return none;
  const { getDecoder } = await import('geotiff');
  try {
    const decoder = await getDecoder(7, {
      tileWidth: width,
      tileHeight: rows,
      planarConfiguration: 1,
      bitsPerSample: 8,
      predictor: 1,
      ...(tables && { JPEGTables: tables }),
    });
    return new Uint8Array(await decoder.decode(packed.buffer)).slice();
  } catch {
    return none;
  }
}
