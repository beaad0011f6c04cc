// A spectral cube as an NRRD file, made here: unsigned 16-bit values, one slice a band, little endian.
import { makeCube } from './dicom-made.mjs';

/** @returns the cube as makeCube gives it, and the bytes of its file: pixels of 0.5 mm */
export function makeNrrd() {
  const cube = makeCube();
  const { width, height, bands, values } = cube;
  const header = [
    'NRRD0004',
    'type: ushort',
    'dimension: 3',
    'space: left-posterior-superior',
    `sizes: ${width} ${height} ${bands}`,
    'space directions: (0.5,0,0) (0,0.5,0) (0,0,0.5)',
    'space origin: (0,0,0)',
    'kinds: domain domain domain',
    'endian: little',
    'encoding: raw',
    '\n',
  ].join('\n');
  const file = Buffer.concat([Buffer.from(header), Buffer.from(values.buffer)]);
  return { ...cube, file };
}
