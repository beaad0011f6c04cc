// Writers for the sample's files: ENVI images, CSV tables, PNG pictures.
import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

/** An ENVI image of float32 values, band-interleaved by pixel: `path`.hdr and `path`.img. */
export function writeEnvi(path, { width, height, bands, data, lines }) {
  const header = [
    'ENVI',
    `samples = ${width}`,
    `lines = ${height}`,
    `bands = ${bands}`,
    'header offset = 0',
    'file type = ENVI Standard',
    'data type = 4',
    'interleave = bip',
    'byte order = 0',
    ...lines,
  ];
  writeFileSync(`${path}.hdr`, `${header.join('\n')}\n`);
  writeFileSync(
    `${path}.img`,
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
}

/** A table: the axis, then one column for each spectrum. */
export function writeSpectra(path, wavenumbers, names, spectra) {
  const bands = wavenumbers.length;
  const rows = [['wavenumber (cm-1)', ...names].join(',')];
  for (let b = 0; b < bands; b++)
    rows.push(
      [
        wavenumbers[b].toFixed(3),
        ...names.map((_, r) => spectra[r * bands + b].toPrecision(7)),
      ].join(','),
    );
  writeFileSync(path, `${rows.join('\n')}\n`);
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

/** Cyclic redundancy check of a PNG chunk (PNG specification, annex D). */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** An 8-bit RGB picture; its pixel size, µm, is written in pixels a metre. */
export function writePng(path, { width, height, pixels, pixelSize }) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB, deflate, no interlace
  const density = Buffer.alloc(9);
  const perMetre = Math.round(1e6 / pixelSize);
  density.writeUInt32BE(perMetre, 0);
  density.writeUInt32BE(perMetre, 4);
  density[8] = 1; // the unit is the metre
  // Each row is the difference to the pixel on its left (filter 1), which packs better.
  const stride = 3 * width;
  const filtered = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const to = y * (stride + 1);
    filtered[to] = 1;
    for (let i = 0; i < stride; i++)
      filtered[to + 1 + i] =
        pixels[y * stride + i] - (i < 3 ? 0 : pixels[y * stride + i - 3]);
  }
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', head),
      chunk('pHYs', density),
      chunk('IDAT', deflateSync(filtered, { level: 7 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

/**
 * A world file: the affine from pixel indices to µm, one number a line
 * (column step x, y; row step x, y; centre of the upper left pixel x, y).
 */
export function writeWorldFile(path, step, [x, y]) {
  const lines = [step, 0, 0, step, x, y].map((value) => value.toFixed(6));
  writeFileSync(path, `${lines.join('\n')}\n`);
}
