/** A field of a TIFF directory: its number, its type (2 text, 3 SHORT, 4 LONG, 5 RATIONAL), its values. */
export type Field = readonly [number, number, readonly number[] | string];

export interface Page {
  readonly fields: readonly Field[];
  /** Strips or tiles. */
  readonly blocks: readonly Uint8Array[];
  /** Fields for their places and lengths: 273 and 279 for strips, 324 and 325 for tiles. */
  readonly tiled?: boolean;
}

/** Fields of a picture with one sample a pixel in one strip, not packed. */
export const grey = (
  width: number,
  height: number,
  bits = 8,
  format = 1,
): Field[] => [
  [256, 4, [width]],
  [257, 4, [height]],
  [258, 3, [bits]],
  [259, 3, [1]],
  [262, 3, [1]],
  [277, 3, [1]],
  [278, 4, [height]],
  [339, 3, [format]],
];

/** Fields with some of them replaced or added. */
export const withFields = (
  fields: readonly Field[],
  ...others: readonly Field[]
): Field[] => [
  ...fields.filter(([tag]) => others.every(([other]) => other !== tag)),
  ...others,
];

const sizes: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 5: 8 };

/** A TIFF file, classic or BigTIFF, of these pages. */
export function tiff(
  pages: readonly Page[],
  { little = true, big = false } = {},
): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  const put = (value: number, length: number, at = bytes.length): void => {
    for (let i = 0; i < length; i++)
      bytes[at + i] =
        Math.floor(value / 256 ** (little ? i : length - 1 - i)) & 255;
  };
  const offset = big ? 8 : 4;
  bytes.push(...(little ? [0x49, 0x49] : [0x4d, 0x4d]));
  put(big ? 43 : 42, 2);
  if (big) [8, 0].forEach((value) => put(value, 2));
  let link = bytes.length;
  put(0, offset);
  for (const { fields, blocks, tiled } of pages) {
    const places = blocks.map((block) => {
      const at = bytes.length;
      block.forEach((byte) => bytes.push(byte));
      return at;
    });
    const all: Field[] = [
      ...fields,
      [tiled ? 324 : 273, 4, places],
      [tiled ? 325 : 279, 4, blocks.map(({ length }) => length)],
    ];
    const outside = new Map<number, number>();
    const written = (type: number, values: Field[2], at?: number): void => {
      const list =
        typeof values === 'string'
          ? [...new TextEncoder().encode(`${values}\0`)]
          : values;
      list.forEach((value, i) => {
        const size = type === 5 ? 4 : sizes[type];
        put(value, size, at === undefined ? undefined : at + i * size);
      });
    };
    const lengthOf = (type: number, values: Field[2]): number =>
      typeof values === 'string'
        ? new TextEncoder().encode(values).length + 1
        : (values.length * sizes[type]) / (type === 5 ? 2 : 1);
    for (const [tag, type, values] of all)
      if (lengthOf(type, values) > offset) {
        outside.set(tag, bytes.length);
        written(type, values);
      }
    put(bytes.length, offset, link);
    put(all.length, big ? 8 : 2);
    for (const [tag, type, values] of all.toSorted((a, b) => a[0] - b[0])) {
      put(tag, 2);
      put(type, 2);
      put(lengthOf(type, values) / sizes[type], offset);
      const at = bytes.length;
      const place = outside.get(tag);
      put(place ?? 0, offset);
      if (place === undefined) written(type, values, at);
    }
    link = bytes.length;
    put(0, offset);
  }
  return Uint8Array.from(bytes);
}
