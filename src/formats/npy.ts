import { unitGeometry } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { type PlacedArray, every, readPlaced } from './arrays.js';
import { bandsOf } from './common/bands.js';
import { type Description, readDescription } from './common/description.js';
import { parseJson } from './common/json.js';
import { type NpyHeader, readNpyHeader } from './npy/header.js';
import { type Group, type OpenOptions, type Opened, partOf } from './opened.js';
import { decoderOf } from './common/samples.js';
import { asTheyAre, tidy } from './common/values.js';
import { bothBytes, stem } from './common/words.js';

/** Bytes read at a time, or one row of the slowest dimension where that is more. */
const chunkBytes = 4 * 2 ** 20;
/** A description longer than this is none of ours. */
const longestDescription = 64e6;

function checkShape(file: File, header: NpyHeader): void {
  const { shape, bytesPerValue, offset } = header;
  const said = `(${shape.join(', ')})`;
  if (shape.length < 2 || shape.length > 3)
    throw new UnmixingError(
      'file',
      `${file.name} is an array of shape ${said} (want height x width x bands, or spectra x bands).`,
    );
  const declared =
    offset + shape.reduce((all, size) => all * size, bytesPerValue);
  const [holds, wants] = bothBytes(file.size, declared);
  if (declared === offset || file.size !== declared)
    throw new UnmixingError(
      'file',
      `${file.name} holds ${holds} but its header declares ${wants}, for shape ${said}.`,
    );
}

/** The array of a file whose size was checked. */
function arrayOf(file: File, header: NpyHeader): PlacedArray {
  const { type, bytesPerValue, littleEndian, columnMajor, shape, offset } =
    header;
  const rows = columnMajor ? shape[shape.length - 1] : shape[0];
  const rowValues = shape.reduce((all, size) => all * size, 1) / rows;
  const chunkRows = Math.max(
    1,
    Math.floor(chunkBytes / (rowValues * bytesPerValue)),
  );
  return {
    id: file.name,
    shape,
    columnMajor,
    check: () => undefined,
    read: async (take, { signal, onProgress }) => {
      for (let row = 0; row < rows; row += chunkRows) {
        signal?.throwIfAborted();
        const count = Math.min(chunkRows, rows - row) * rowValues;
        const from = offset + row * rowValues * bytesPerValue;
        const buffer = await file
          .slice(from, from + count * bytesPerValue)
          .arrayBuffer();
        const values = new Float32Array(count);
        decoderOf(buffer, type, littleEndian)(0, count, values);
        take(values, row);
        onProgress?.(Math.min(1, (row + chunkRows) / rows));
      }
    },
  };
}

/** What we wrote beside it, where that is there. */
async function describedBy(
  beside: File | undefined,
  bands: number,
  warnings: string[],
): Promise<Description | null> {
  if (!beside || beside.size > longestDescription) return null;
  const said = parseJson(await beside.text());
  return readDescription(said ?? null, bands, warnings);
}

/**
 * Opens a NumPy array, height x width x bands or spectra x bands, with the description that lies beside it when we wrote it.
 * @throws UnmixingError `file` with one sentence
 */
export async function openNpy(
  { file, beside: [beside] }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const header = await readNpyHeader(file);
  checkShape(file, header);
  const { shape } = header;
  const warnings: string[] = [];
  const isList = shape.length === 2;
  const [height, width, bands] = isList ? [1, ...shape] : shape;
  const description = await describedBy(beside, bands, warnings);
  const { axis, bandNames, missing } = bandsOf(bands, description, []);
  const places = [
    ...(isList ? [] : [every(height, width * bands)]),
    every(width, bands),
    every(bands, 1),
  ];
  const data = await readPlaced(
    arrayOf(file, header),
    places,
    places.length - 1,
    file.name,
    partOf(task, 0, 0.9),
  );
  const mask = await tidy(
    data,
    bands,
    asTheyAre,
    warnings,
    partOf(task, 0.9, 1),
  );
  return [
    {
      kind: 'cube',
      type: 'NumPy .npy',
      warnings,
      missing: isList ? [...missing, 'width'] : missing,
      cube: {
        name: stem(file.name),
        width,
        height,
        axis,
        data,
        geometry: description?.geometry ?? unitGeometry,
        ...(mask && { mask }),
        ...(bandNames && { bandNames }),
      },
    },
  ];
}
