// A spectral cube as a NIfTI file, made here: unsigned 16-bit values, one frame a band, little endian.
import { makeCube } from './dicom-made.mjs';

const header = 352;
const unsignedShort = 512;

/** @returns the cube as makeCube gives it, and the bytes of its file: pixels of 0.5 mm, x to the left and y to the back of a patient */
export function makeNifti() {
  const cube = makeCube();
  const { width, height, bands, values } = cube;
  const bytes = new ArrayBuffer(header + values.byteLength);
  const view = new DataView(bytes);
  const shorts = (at, ...all) =>
    all.forEach((value, i) => view.setInt16(at + 2 * i, value, true));
  const floats = (at, ...all) =>
    all.forEach((value, i) => view.setFloat32(at + 4 * i, value, true));
  view.setInt32(0, 348, true);
  shorts(40, 4, width, height, 1, bands, 1, 1, 1);
  shorts(70, unsignedShort, 16);
  floats(76, 1, 0.5, 0.5, 0.5, 1);
  floats(108, header, 1, 0);
  view.setUint8(123, 2);
  floats(124, 1000, 0);
  shorts(254, 1);
  floats(280, -0.5, 0, 0, 0, 0, -0.5, 0, 0, 0, 0, 0.5, 0);
  new Uint8Array(bytes).set([0x6e, 0x2b, 0x31, 0], 344);
  new Uint16Array(bytes, header).set(values);
  return { ...cube, file: Buffer.from(bytes) };
}
