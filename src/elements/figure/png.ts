/** Of every PNG file (PNG specification, third edition, 5.2). */
const signature = 8;
/** Length, type and checksum of the header chunk, and what it holds. */
const header = 12 + 13;

let table: Uint32Array | null = null;

/** CRC-32 as PNG has it (ISO 3309; polynomial reversed). */
function checksum(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let rest = n;
    for (let bit = 0; bit < 8; bit++)
      rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
    return rest;
  });
  let sum = 0xffffffff;
  for (const byte of bytes) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

function chunk(type: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, checksum(bytes.subarray(4, -4)));
  return bytes;
}

/** Pixels a metre, alike along both axes. */
function physicalSize(scale: number): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(9);
  const view = new DataView(content.buffer);
  // One CSS pixel is 1/96 inch of 25.4 mm.
  const perMetre = Math.round((96 * scale) / 0.0254);
  view.setUint32(0, perMetre);
  view.setUint32(4, perMetre);
  content[8] = 1;
  return chunk('pHYs', content);
}

/** International text: keyword, not compressed, no language, no translated keyword. */
const words = (keyword: string, text: string): Uint8Array<ArrayBuffer> =>
  chunk(
    'iTXt',
    new TextEncoder().encode(
      `${keyword}\0\0\0\0\0${text.replaceAll('\0', '')}`,
    ),
  );

/**
 * A PNG file that also tells how large it is meant to be, so that a figure has one size on paper at every resolution, and says
 * what it shows.
 * @param png as a browser writes it: its header is its first chunk
 * @param scale its pixels for each CSS pixel
 */
export function toldPng(
  png: Uint8Array,
  scale: number,
  texts: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const at = signature + header;
  const parts = [
    png.subarray(0, at),
    physicalSize(scale),
    ...Object.entries(texts)
      .filter(([, text]) => text !== '')
      .map(([keyword, text]) => words(keyword, text)),
    png.subarray(at),
  ];
  const told = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let to = 0;
  for (const part of parts) {
    told.set(part, to);
    to += part.length;
  }
  return told;
}
