// Ways to damage a file, drawn by chance: equal seeds give equal damage.

/** One of a list. */
const of = (chance, list) => list[chance.below(list.length)];

/** A place in the file, one time in two among its first bytes, where headers are. */
const placeIn = (bytes, chance) =>
  chance.below(
    chance.uniform() < 0.5 ? Math.min(bytes.length, 2048) : bytes.length,
  );

const truncate = (bytes, chance) => bytes.slice(0, chance.below(bytes.length));

function flipBits(bytes, chance) {
  for (let flips = 1 + chance.below(16); flips > 0; flips--)
    bytes[placeIn(bytes, chance)] ^= 1 << chance.below(8);
  return bytes;
}

/** What counts and sizes are made to say. */
const lies = [
  0, 1, -1, 2, 255, 256, 65535, 65536, 0x7fffffff, -0x80000000, 0x7ffffff0, 1e6,
  1e8, 1e9,
];

/** One or more binary numbers of 1 to 8 bytes, whole or floating, become something else. */
function lie(bytes, chance) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let times = 1 + chance.below(3); times > 0; times--) {
    const width = of(chance, [1, 2, 4, 4, 4, 8]);
    const aligned = chance.uniform() < 0.8 ? width : 1;
    const at = Math.floor(placeIn(bytes, chance) / aligned) * aligned;
    if (at + width > bytes.length) continue;
    const value = of(chance, lies);
    const little = chance.uniform() < 0.8;
    if (width === 1) view.setUint8(at, value);
    else if (width === 2) view.setInt16(at, value, little);
    else if (width === 4) {
      const kind = chance.below(4);
      if (kind === 0)
        view.setFloat32(at, of(chance, [NaN, Infinity, -1, 1e30, 0]), little);
      else if (kind === 1)
        view.setInt32(at, view.getInt32(at, little) * 2, little);
      else view.setInt32(at, value, little);
    } else if (chance.uniform() < 0.5) view.setFloat64(at, value, little);
    else
      view.setBigInt64(at, BigInt(value) << BigInt(chance.below(24)), little);
  }
  return bytes;
}

const wrongNumbers = [
  '0',
  '-1',
  '1',
  '65537',
  '999999999',
  '99999999999999999999',
  '1e308',
  '-1e308',
  'NaN',
  'inf',
  '',
  '0x10',
  '1.5',
  '1,5',
  '{',
];

/** Numbers written as text become others: dimensions that are huge, negative or no numbers at all. */
function lieInText(bytes, chance) {
  const limit = 65536;
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, limit));
  const found = [...text.matchAll(/\d+(\.\d+)?/g)];
  if (found.length === 0) return lie(bytes, chance);
  const { 0: old, index } =
    chance.uniform() < 0.5
      ? found[chance.below(Math.min(40, found.length))]
      : of(chance, found);
  return joined(
    bytes.subarray(0, index),
    new TextEncoder().encode(of(chance, wrongNumbers)),
    bytes.subarray(index + old.length),
  );
}

function joined(...parts) {
  const out = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const noise = (length, chance) =>
  Uint8Array.from({ length }, () => chance.below(256));

/** A stretch is overwritten with noise. */
function overwrite(bytes, chance) {
  const at = placeIn(bytes, chance);
  bytes.set(
    noise(Math.min(1 + chance.below(256), bytes.length - at), chance),
    at,
  );
  return bytes;
}

/** Only the signature is left of the file; the rest is noise. */
const randomBytes = (bytes, chance) =>
  joined(
    bytes.slice(0, of(chance, [0, 4, 16, 64, 512])),
    noise(chance.below(4096), chance),
  );

/** A stretch is taken out, doubled, or noise is put in. */
function shift(bytes, chance) {
  const at = placeIn(bytes, chance);
  const length = Math.min(1 + chance.below(512), bytes.length - at);
  const [head, part, tail] = [
    bytes.subarray(0, at),
    bytes.subarray(at, at + length),
    bytes.subarray(at + length),
  ];
  const way = chance.below(3);
  if (way === 0) return joined(head, tail);
  if (way === 1) return joined(head, part, part, tail);
  return joined(head, noise(length, chance), part, tail);
}

const ways = {
  truncate,
  flipBits,
  lie,
  lieInText,
  overwrite,
  randomBytes,
  shift,
};

/**
 * Damages one of the files.
 * @param files each { name, bytes }; they stay as they are
 * @param chance a source of chance, as src/spectral/random.ts makes it
 * @returns copies, with the way and the file that was damaged
 */
export function mutate(files, chance) {
  const hurt = chance.below(files.length);
  const way = of(chance, Object.keys(ways));
  return {
    way,
    hurt: files[hurt].name,
    files: files.map(({ name, bytes }, i) => ({
      name,
      bytes: i === hurt ? ways[way](bytes.slice(), chance) : bytes,
    })),
  };
}
