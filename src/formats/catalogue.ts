import { agilentData, isAgilent, isAgilentPart } from './agilent/look.js';
import { enviDataNames } from './envi/header.js';
import { type Head, startsWith } from './head.js';
import { readMetaHead, readNrrdHead } from './itk/declared.js';
import type { ItkReader } from './itk/run.js';
import type { Opener } from './opened.js';
import { isTable } from './text/look.js';
import { isSpc } from './spc/look.js';
import { baseName, ending, stem } from './common/words.js';
import { isInFolder, isZarr } from './zarr/look.js';

/** A format that can be opened: how it is told, what belongs to it, and the code that reads it. */
export interface Format {
  /** As people know it. */
  readonly name: string;
  /** Endings that its files usually have, in lower case: for pickers, and to tell a damaged file from one we do not know. */
  readonly endings: readonly string[];
  /** Whether a file is in this format: by its bytes, and by its name only where bytes cannot tell. */
  readonly recognise: (head: Head) => boolean;
  /** For a header: names that its data may carry, in the order in which they are tried; null when it holds the data itself. */
  readonly data?: (head: Head) => readonly string[] | null;
  /** Whether another file, by its name, is a part of this one. */
  readonly isPart?: (head: Head, other: string) => boolean;
  /** Loads the code that reads it. */
  readonly load: () => Promise<Opener>;
}

const itk = async (reader: ItkReader): Promise<Opener> =>
  (await import('./itk.js')).openerOf(reader);

const isNiftiPair = ({ bytes }: Head): boolean =>
  startsWith(bytes, 'ni1\0', 344);

/** Every format, in the order in which a file is tried: those with a signature first, plain text last. */
export const formats: readonly Format[] = [
  {
    name: 'PNG',
    endings: ['png'],
    recognise: ({ bytes }) => startsWith(bytes, '\x89PNG'),
    load: () => itk('png'),
  },
  {
    name: 'JPEG',
    endings: ['jpg', 'jpeg'],
    recognise: ({ bytes }) => startsWith(bytes, '\xff\xd8\xff'),
    load: () => itk('jpeg'),
  },
  {
    name: 'TIFF',
    endings: ['tif', 'tiff'],
    // "II" or "MM" for the byte order, then 42, or 43 in a BigTIFF.
    recognise: ({ bytes }) =>
      ['II*\0', 'II+\0', 'MM\0*', 'MM\0+'].some((signature) =>
        startsWith(bytes, signature),
      ),
    load: async () => (await import('./tiff.js')).openTiff,
  },
  {
    name: 'NIfTI',
    endings: ['nii', 'gz'],
    recognise: (head) =>
      isNiftiPair(head) ||
      startsWith(head.bytes, 'n+1\0', 344) ||
      (startsWith(head.bytes, '\x1f\x8b') && /\.nii\.gz$/i.test(head.name)),
    data: (head) => (isNiftiPair(head) ? [`${stem(head.name)}.img`] : null),
    load: () => itk('nifti'),
  },
  {
    name: 'Thermo OMNIC',
    endings: ['spa', 'spg', 'srs', 'map'],
    recognise: ({ bytes }) =>
      ['Spectral Data File', 'Spectral Exte File'].some((signature) =>
        startsWith(bytes, signature),
      ),
    load: async () => (await import('./omnic.js')).openOmnic,
  },
  {
    name: 'Renishaw .wdf',
    endings: ['wdf'],
    recognise: ({ bytes }) => startsWith(bytes, 'WDF1'),
    load: async () => (await import('./wdf.js')).openWdf,
  },
  {
    name: 'SPC',
    endings: ['spc'],
    recognise: isSpc,
    load: async () => (await import('./spc.js')).openSpc,
  },
  {
    name: 'Bruker OPUS',
    endings: ['0', '1', '2', '001'],
    recognise: ({ bytes }) => startsWith(bytes, '\n\n\xfe\xfe'),
    load: async () => (await import('./opus.js')).openOpus,
  },
  {
    name: 'PerkinElmer',
    endings: ['fsm', 'sp'],
    recognise: ({ bytes }) => startsWith(bytes, 'PEPE'),
    load: async () => (await import('./perkinelmer.js')).openPerkinElmer,
  },
  {
    name: 'Agilent',
    endings: ['bsp', 'dmt'],
    recognise: isAgilent,
    data: agilentData,
    isPart: isAgilentPart,
    load: async () => (await import('./agilent.js')).openAgilent,
  },
  {
    name: 'HDF5',
    endings: ['h5', 'hdf5', 'hdf', 'nxs', 'nexus', 'ptir', 'mat'],
    // Behind a block of the user's, whose size doubles from 512 bytes; MATLAB v7.3 has one of 512.
    recognise: ({ bytes }) =>
      [0, 512, 1024, 2048, 4096, 8192, 16384, 32768].some((at) =>
        startsWith(bytes, '\x89HDF\r\n\x1a\n', at),
      ),
    load: async () => (await import('./hdf5.js')).openHdf5,
  },
  {
    name: 'MATLAB',
    endings: ['mat'],
    // Version 5 in either byte order.
    recognise: ({ bytes }) =>
      ['\0\x01IM', '\x01\0MI'].some((end) => startsWith(bytes, end, 124)),
    load: async () => (await import('./matlab.js')).openMatlab,
  },
  {
    name: 'NumPy .npy',
    endings: ['npy'],
    recognise: ({ bytes }) => startsWith(bytes, '\x93NUMPY'),
    // What we write beside an array: its axis, names and geometry.
    isPart: ({ name }, other) => baseName(other) === `${baseName(name)}.json`,
    load: async () => (await import('./npy.js')).openNpy,
  },
  {
    name: 'OME-Zarr',
    endings: ['zarr'],
    recognise: isZarr,
    isPart: isInFolder,
    load: async () => (await import('./zarr.js')).openZarr,
  },
  {
    name: 'ENVI',
    endings: ['hdr', 'img', 'dat', 'raw', 'bip', 'bil', 'bsq', 'sli'],
    recognise: ({ text }) => /^\uFEFF?\s*ENVI\s/.test(text),
    data: ({ name }) => enviDataNames(name),
    load: async () => (await import('./envi.js')).openEnvi,
  },
  {
    name: 'NRRD',
    endings: ['nrrd', 'nhdr'],
    recognise: ({ text }) => readNrrdHead(text) !== null,
    data: ({ text }) => {
      const file = readNrrdHead(text)?.dataFile;
      return file ? [file] : null;
    },
    load: () => itk('nrrd'),
  },
  {
    name: 'MetaImage',
    endings: ['mha', 'mhd'],
    recognise: ({ text }) => readMetaHead(text) !== null,
    data: ({ text }) => {
      const file = readMetaHead(text)?.dataFile;
      return file ? [file] : null;
    },
    load: () => itk('meta'),
  },
  {
    name: 'JCAMP-DX',
    endings: ['jdx', 'dx', 'jcm', 'jcamp'],
    // Comments may stand before the title.
    recognise: ({ text }) =>
      /^\uFEFF?\s*(\$\$[^\n]*\n\s*)*##\s*TITLE\s*=/i.test(text),
    load: async () => (await import('./jcamp.js')).openJcamp,
  },
  {
    name: 'RRUFF',
    endings: ['rruff', 'txt'],
    recognise: ({ text }) => /^\uFEFF?\s*##[^=\n]{1,100}=/.test(text),
    load: async () => (await import('./rruff.js')).openRruff,
  },
  {
    name: 'Text table',
    endings: ['dpt', 'csv', 'txt', 'tsv', 'xyz', 'asc'],
    recognise: ({ text, name }) => isTable(text) || ending(name) === 'dpt',
    load: async () => (await import('./text.js')).openText,
  },
];

/** The format of a file; undefined when it is in none that we know. */
export const formatOf = (head: Head): Format | undefined =>
  formats.find(({ recognise }) => recognise(head));
