import { describe } from '../common/description.js';
import { bytesPerValue } from '../common/put-values.js';
import type { SavedClasses, SavedFile, SavedImage } from '../saved.js';

/** Longest side of a chunk, and most bands in it: 4 MB. */
const chunkSide = 128;
const chunkBands = 64;

const json = (value: object): string => `${JSON.stringify(value, null, 1)}\n`;

/** What viewers need to show a channel: its name, a colour and limits (OME-Zarr 0.5, "omero"). */
function channelsOf({ axis, bandNames, bands, data }: SavedImage): object[] {
  const low = new Float64Array(bands).fill(Infinity);
  const high = new Float64Array(bands).fill(-Infinity);
  for (let n = 0; n < data.length; n += bands)
    for (let b = 0; b < bands; b++) {
      const value = data[n + b];
      if (value < low[b]) low[b] = value;
      if (value > high[b]) high[b] = value;
    }
  return Array.from({ length: bands }, (_, b) => {
    const [start, end] = high[b] > low[b] ? [low[b], high[b]] : [0, 1];
    return {
      label:
        bandNames?.[b] ??
        (axis
          ? `${axis.values[b]} ${axis.unit ?? ''}`.trim()
          : `Band ${b + 1}`),
      color: 'FFFFFF',
      active: b === 0,
      window: { start, end, min: start, max: end },
    };
  });
}

/** What label values stand for (OME-Zarr 0.5, "image-label"). */
const labelsOf = ({ names, colours }: SavedClasses): object => ({
  properties: names.map((name, i) => ({ 'label-value': i + 1, name })),
  ...(colours && {
    colors: colours.map((rgb, i) => ({
      'label-value': i + 1,
      rgba: [...rgb, 255],
    })),
  }),
});

/** Attributes of the group: OME-Zarr 0.5, and our own description beside it. */
function attributesOf(image: SavedImage): object {
  const { name, classes, geometry } = image;
  const { origin, spacing, unit } = geometry;
  const spelt = { µm: 'micrometer', mm: 'millimeter' };
  const length = unit ? { unit: spelt[unit] } : {};
  const dataset = {
    path: '0',
    coordinateTransformations: [
      { type: 'scale', scale: [1, spacing[1], spacing[0]] },
      { type: 'translation', translation: [0, origin[1], origin[0]] },
    ],
  };
  return {
    ome: {
      version: '0.5',
      multiscales: [
        {
          name,
          axes: [
            { name: 'c', type: 'channel' },
            { name: 'y', type: 'space', ...length },
            { name: 'x', type: 'space', ...length },
          ],
          datasets: [dataset],
        },
      ],
      omero: { channels: channelsOf(image) },
      ...(classes && { 'image-label': labelsOf(classes) }),
    },
    stratigraph: describe(image),
  };
}

/** One chunk, channel after channel and row by row; what lies beyond the image is NaN, or no class. */
function chunkOf(
  image: SavedImage,
  [deep, rows, columns]: readonly number[],
  [c, y, x]: readonly number[],
): Uint8Array<ArrayBuffer> {
  const { width, height, bands, data } = image;
  const each = bytesPerValue(image);
  const view = new DataView(new ArrayBuffer(each * deep * rows * columns));
  let at = 0;
  for (let b = c * deep; b < (c + 1) * deep; b++)
    for (let row = y * rows; row < (y + 1) * rows; row++)
      for (let column = x * columns; column < (x + 1) * columns; column++) {
        const isInside = b < bands && row < height && column < width;
        const value = isInside ? data[(row * width + column) * bands + b] : NaN;
        if (each === 4) view.setFloat32(at, value, true);
        else view.setUint8(at, value);
        at += each;
      }
  return new Uint8Array(view.buffer);
}

/**
 * Writes 32-bit floats (bytes, of classes) as a folder of OME-Zarr 0.5 (Zarr version 3), chunks not packed. Axis, names and geometry stand
 * in its metadata as far as that has places for them, and wholly in our description, the attribute "stratigraph".
 */
export function writeOmeZarr(image: SavedImage): SavedFile[] {
  const { name, width, height, bands } = image;
  const folder = `${name}.ome.zarr`;
  const shape = [bands, height, width];
  const chunk = [chunkBands, chunkSide, chunkSide].map((most, i) =>
    Math.min(most, shape[i]),
  );
  const group = {
    zarr_format: 3,
    node_type: 'group',
    attributes: attributesOf(image),
  };
  const array = {
    zarr_format: 3,
    node_type: 'array',
    shape,
    data_type: image.classes ? 'uint8' : 'float32',
    chunk_grid: { name: 'regular', configuration: { chunk_shape: chunk } },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    fill_value: image.classes ? 0 : 'NaN',
    codecs: [
      image.classes
        ? { name: 'bytes' }
        : { name: 'bytes', configuration: { endian: 'little' } },
    ],
    dimension_names: ['c', 'y', 'x'],
    attributes: {},
  };
  const files: SavedFile[] = [
    { name: `${folder}/zarr.json`, content: json(group) },
    { name: `${folder}/0/zarr.json`, content: json(array) },
  ];
  const [across, down, deep] = [2, 1, 0].map((i) =>
    Math.ceil(shape[i] / chunk[i]),
  );
  for (let c = 0; c < deep; c++)
    for (let y = 0; y < down; y++)
      for (let x = 0; x < across; x++)
        files.push({
          name: `${folder}/0/c/${c}/${y}/${x}`,
          content: chunkOf(image, chunk, [c, y, x]),
        });
  return files;
}
