import { UnmixingError } from '../spectral/errors.js';
import { readAxis, warnOfBadBands } from './envi/axis.js';
import { readGeometry } from './envi/geometry.js';
import { type EnviHeader, parseEnviHeader, readList } from './envi/header.js';
import { readNames } from './envi/names.js';
import { type Group, type OpenOptions, type Opened, partOf } from './opened.js';
import { type Layout, readSamples } from './common/samples.js';
import { tidy } from './common/values.js';
import { bothBytes, bytes, count, stem } from './common/words.js';

/** A header longer than this is no header. */
const longestHeader = 16e6;

/** Refuses data shorter than declared, or longer by a row of pixels or more; says so of a few spare bytes. */
function checkSize(header: EnviHeader, data: File, warnings: string[]): void {
  const { samples, lines, bands, offset, bytesPerValue } = header;
  const declared = offset + samples * lines * bands * bytesPerValue;
  const [holds, wants] = bothBytes(data.size, declared);
  const spare = data.size - declared;
  if (spare < 0 || spare >= samples * bytesPerValue)
    throw new UnmixingError(
      'file',
      `${data.name} holds ${holds} but its header declares ${wants} (${lines} lines x ${samples} samples x ${bands} bands x ${count(bytesPerValue, 'byte')}${offset > 0 ? ` after ${offset}` : ''}).`,
    );
  if (spare > 0)
    warnings.push(
      `${data.name} holds ${bytes(spare)} more than its header declares; they are not read.`,
    );
}

/** Share of 32-bit floats that a measurement could hold: zero, or of a size between 1e-12 and 1e12. */
function sensibleShare(view: DataView, littleEndian: boolean): number {
  const values = Math.floor(view.byteLength / 4);
  let sensible = 0;
  for (let i = 0; i < values; i++) {
    const size = Math.abs(view.getFloat32(4 * i, littleEndian));
    if (size === 0 || (size > 1e-12 && size < 1e12)) sensible++;
  }
  return sensible / Math.max(1, values);
}

/** The byte order, looked up in the numbers themselves where the header leaves it out. */
async function byteOrder(
  header: EnviHeader,
  data: File,
  warnings: string[],
): Promise<boolean> {
  if (header.littleEndian !== null || header.bytesPerValue === 1)
    return header.littleEndian ?? true;
  let little = true;
  if (header.type === 'float32') {
    const view = new DataView(
      await data.slice(header.offset, header.offset + 65536).arrayBuffer(),
    );
    little = sensibleShare(view, true) >= sensibleShare(view, false);
  }
  warnings.push(
    `The header does not say its byte order: ${little ? 'little' : 'big'}-endian is taken.`,
  );
  return little;
}

/** A factor or a marker from the header; null when it is absent or no number. */
function readNumber(
  header: EnviHeader,
  key: string,
  warnings: string[],
): number | null {
  const said = readList(header, key)?.[0];
  if (said === undefined) return null;
  const value = said === '' ? NaN : Number(said);
  if (Number.isNaN(value) && !/^nan$/i.test(said)) {
    warnings.push(`The header says "${key} = ${said}", which is not used.`);
    return null;
  }
  return value;
}

/** Fields that say something of the values or bands which is not put to use. */
const unused = [
  'data gain values',
  'data offset values',
  'data reflectance gain values',
  'data reflectance offset values',
  'fwhm',
  'solar irradiance',
];

function warnOfUnused({ fields }: EnviHeader, warnings: string[]): void {
  const there = unused.filter((key) => fields.has(key));
  if (there.length > 0)
    warnings.push(
      `Not used of the header: ${there.join(', ')}; values are as they are stored.`,
    );
}

/** How the values of an image lie; a library is `lines` pixels of `samples` bands. */
function layoutOf(header: EnviHeader, littleEndian: boolean): Layout {
  const { samples, lines, bands, interleave } = header;
  const shape = header.library
    ? { blocks: lines, rows: samples, rowLength: 1 }
    : interleave === 'bip'
      ? { blocks: samples * lines, rows: bands, rowLength: 1 }
      : interleave === 'bil'
        ? { blocks: lines, rows: bands, rowLength: samples }
        : { blocks: 1, rows: bands, rowLength: samples * lines };
  return { ...header, ...shape, littleEndian };
}

/**
 * Opens an ENVI image (a cube) or spectral library (spectra).
 * @throws UnmixingError `file` when the header is wrong or does not fit the data
 */
export async function openEnvi(
  { file: headerFile, beside: [dataFile] }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  if (headerFile.size > longestHeader)
    throw new UnmixingError(
      'file',
      `${headerFile.name} holds ${bytes(headerFile.size)}, too much for an ENVI header.`,
    );
  const header = parseEnviHeader(await headerFile.text(), headerFile.name);
  const warnings: string[] = [];
  checkSize(header, dataFile, warnings);
  if (header.library && header.bands !== 1)
    throw new UnmixingError(
      'file',
      `${headerFile.name} is a spectral library of ${header.bands} bands (want 1: each line is a spectrum).`,
    );
  const bands = header.library ? header.samples : header.bands;
  const place = readAxis(header, bands, headerFile.name, warnings);
  warnOfBadBands(header, place, warnings);
  warnOfUnused(header, warnings);
  const littleEndian = await byteOrder(header, dataFile, warnings);
  const data = await readSamples(
    dataFile,
    dataFile.name,
    layoutOf(header, littleEndian),
    partOf(task, 0, 0.9),
  );
  const scale = readNumber(header, 'reflectance scale factor', warnings);
  const mask = await tidy(
    data,
    bands,
    {
      scale: scale !== null && scale > 0 && scale < Infinity ? scale : 1,
      ignored: readNumber(header, 'data ignore value', warnings),
      order: place.order,
    },
    warnings,
    partOf(task, 0.9, 1),
  );
  const { axis, bandNames, missing } = place;
  const name = stem(dataFile.name);
  if (header.library) {
    const said = readNames(header, 'spectra names', header.lines) ?? [];
    const names = Array.from(
      { length: header.lines },
      (_, i) => said[i] || `Spectrum ${i + 1}`,
    );
    return [
      {
        kind: 'spectra',
        type: 'ENVI spectral library',
        warnings,
        spectra: { name, axis, names, data },
      },
    ];
  }
  return [
    {
      kind: 'cube',
      type: 'ENVI',
      warnings,
      missing,
      cube: {
        name,
        width: header.samples,
        height: header.lines,
        axis,
        data,
        geometry: readGeometry(header, warnings),
        ...(mask && { mask }),
        ...(bandNames && { bandNames }),
      },
    },
  ];
}
