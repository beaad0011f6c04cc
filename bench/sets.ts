import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { weightSolver } from '../src/algorithms/abundances.js';
import { openFiles } from '../src/formats/open.js';
import { bandAxis } from '../src/spectral/axis.js';
import {
  type Cube,
  type Spectra,
  pixelSpectrum,
} from '../src/spectral/cube.js';
import { randomSource } from '../src/spectral/random.js';
import { makePhantom, phantomSpecs, shared } from './phantoms.js';
import type { Truth } from './score.js';

/** A cube with what is known of it. */
export interface TestSet {
  readonly name: string;
  readonly cube: Cube;
  /** Number of endmembers to ask for. */
  readonly endmembers: number;
  readonly truth: Truth | null;
}

/** Why a set is not there, or the set. */
export type Found =
  TestSet | { readonly name: string; readonly missing: string };

const none = new Set<number>();

const fileOf = async (path: string): Promise<File> =>
  new File([await openAsBlob(path)], basename(path));

/** The cube or spectra in an array of a MATLAB file, band-interleaved. */
async function matlab(path: string, variable: string): Promise<Cube | Spectra> {
  const file = await fileOf(path);
  const [opened] = await openFiles([file], {
    variables: { [file.name]: variable },
  });
  if (opened.kind === 'cube') return opened.cube;
  if (opened.kind === 'spectra') return opened.spectra;
  throw new Error(`${variable} of ${path} is a ${opened.kind}`);
}

async function matlabCube(path: string, variable: string): Promise<Cube> {
  const cube = await matlab(path, variable);
  if ('names' in cube) throw new Error(`${variable} of ${path} is no cube`);
  return cube;
}

/** Samson (Zhu): 95 x 95 x 156, unit-maximum endmembers, scaled-NNLS abundances. */
async function samson(): Promise<Found> {
  const folder = join(shared, 'data/samson');
  if (!existsSync(folder)) return { name: 'samson', missing: folder };
  const cube = await matlabCube(join(folder, 'samson_1.mat'), 'V');
  const { data: m } = await matlab(join(folder, 'end3.mat'), 'M');
  const { data: a } = await matlab(join(folder, 'end3.mat'), 'A');
  const { width, height, axis } = cube;
  const bands = axis.values.length;
  const abundances = new Float64Array(width * height * 3);
  // Pixels of A lie column by column.
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let r = 0; r < 3; r++)
        abundances[(y * width + x) * 3 + r] =
          a[r * width * height + x * height + y];
  return {
    name: 'samson',
    cube: { ...cube, name: 'samson', axis: bandAxis(bands, 'reflectance') },
    endmembers: 3,
    truth: {
      endmembers: [0, 1, 2].map((r) =>
        Float64Array.from(m.subarray(r * bands, (r + 1) * bands)),
      ),
      abundances,
      bandsOut: none,
      pixelsOut: none,
    },
  };
}

/** Sim1: 105 x 105 x 224, no pure pixels, with white noise at 30 dB. */
async function sim1(seed: number): Promise<Found> {
  const folder = join(shared, 'data/sim1');
  if (!existsSync(folder)) return { name: 'sim1', missing: folder };
  const cube = await matlabCube(join(folder, 'Sim1_Y_clean.mat'), 'Y_clean');
  const { data: e } = await matlab(join(folder, 'Sim1_E.mat'), 'E');
  const { data: a } = await matlab(join(folder, 'Sim1_A_true.mat'), 'A_true');
  const bands = cube.axis.values.length;
  const power = cube.data.reduce((sum, v) => sum + v * v, 0) / cube.data.length;
  const sigma = Math.sqrt(power / 10 ** 3);
  const random = randomSource(seed);
  return {
    name: 'sim1 30 dB',
    cube: {
      ...cube,
      name: 'sim1',
      axis: bandAxis(bands, 'reflectance'),
      data: cube.data.map((v) => v + sigma * random.normal()),
    },
    endmembers: 6,
    truth: {
      endmembers: Array.from({ length: 6 }, (_, r) =>
        Float64Array.from({ length: bands }, (_, b) => e[b * 6 + r]),
      ),
      abundances: Float64Array.from(a),
      bandsOut: none,
      pixelsOut: none,
    },
  };
}

/**
 * als2004 (MCR-ALS): 204 spectra of 96 channels from 4 components, one row of pixels. Its concentrations are not on the scale of its
 * matrix, so the shares held true are scaled NNLS with the true spectra, as for Samson.
 */
async function als2004(): Promise<Found> {
  const file = join(shared, 'data/als2004/als2004dataset.MAT');
  if (!existsSync(file)) return { name: 'als2004', missing: file };
  const cube = await matlabCube(file, 'MATRIX');
  const { data: pure } = await matlab(file, 'spure');
  const pixels = cube.width;
  const bands = cube.axis.values.length;
  const spectra = Array.from({ length: 4 }, (_, r) => {
    const s = Float64Array.from(pure.subarray(r * bands, (r + 1) * bands));
    const height = Math.max(...s);
    return s.map((v) => v / height);
  });
  const dot = (x: Float64Array, y: Float64Array): number =>
    x.reduce((sum, v, b) => sum + v * y[b], 0);
  const solve = weightSolver(
    Float64Array.from(spectra.flatMap((s) => spectra.map((t) => dot(s, t)))),
    4,
  );
  const strengths = Array.from({ length: pixels }, (_, n) => {
    const x = Float64Array.from(pixelSpectrum(cube, n));
    const parts = new Float64Array(4);
    solve(
      Float64Array.from(spectra, (s) => dot(s, x)),
      parts,
    );
    return parts;
  });
  const sums = strengths.map((parts) => parts.reduce((a, b) => a + b));
  // Between two peaks next to nothing is there: shares of nothing do not count.
  const least = 0.01 * Math.max(...sums);
  const pixelsOut = new Set(
    Array.from(sums.keys()).filter((n) => sums[n] < least),
  );
  const abundances = Float64Array.from(
    strengths.flatMap((parts, n) =>
      Array.from(parts, (v) => v / (sums[n] || 1)),
    ),
  );
  return {
    name: 'als2004',
    cube: { ...cube, name: 'als2004', axis: bandAxis(bands, 'absorbance') },
    endmembers: 4,
    truth: { endmembers: spectra, abundances, bandsOut: none, pixelsOut },
  };
}

async function openCube(...paths: string[]): Promise<Cube> {
  const [opened] = await openFiles(await Promise.all(paths.map(fileOf)), {});
  if (opened.kind !== 'cube') throw new Error(`${paths[0]} holds no cube`);
  return opened.cube;
}

/** A phantom as specified, or another section of the same kind: its seed raised by `shift`. */
async function phantom(spec: string, shift: number): Promise<Found> {
  const name = shift === 0 ? spec : `${spec}+${shift}`;
  const made = makePhantom(spec, { shift });
  if ('missing' in made) return { name, missing: made.missing };
  const { folder } = made;
  const told = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as {
    names: string[];
    dead_pixels: number[];
    contaminated_bands: number[];
  };
  const rows = readFileSync(join(folder, 'endmembers.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const abundances = await openCube(
    join(folder, 'abundances.hdr'),
    join(folder, 'abundances.img'),
  );
  return {
    name,
    cube: await openCube(join(folder, 'cube.hdr'), join(folder, 'cube.img')),
    endmembers: told.names.length,
    truth: {
      endmembers: told.names.map((_, r) =>
        Float64Array.from(rows, (row) => row[r + 1]),
      ),
      abundances: Float64Array.from(abundances.data),
      bandsOut: new Set(told.contaminated_bands),
      pixelsOut: new Set(told.dead_pixels),
    },
  };
}

async function realFtir(): Promise<Found> {
  const folder = join(shared, 'data/envi/CA_tiny_map');
  if (!existsSync(folder)) return { name: 'envi (real FTIR)', missing: folder };
  return {
    name: 'envi (real FTIR)',
    cube: await openCube(
      join(folder, 'CA small UF.hdr'),
      join(folder, 'CA small UF.dat'),
    ),
    endmembers: 3,
    truth: null,
  };
}

const others: Readonly<Record<string, (seed: number) => Promise<Found>>> = {
  samson,
  sim1,
  als2004,
  envi: realFtir,
};

/** What is run when nothing is named: every set, the phantoms with two seeds each. */
export const usualSets: readonly string[] = [
  'samson',
  'sim1',
  'als2004',
  ...phantomSpecs.flatMap((spec) => [spec, `${spec}+1000`]),
  'envi',
];

/**
 * A set by name; `clean+2000` is the phantom `clean` made with its seed raised by 2000.
 * @param seed of the noise, where a set has noise added
 * @throws Error naming the sets there are
 */
export function findSet(name: string, seed: number): Promise<Found> {
  if (name in others) return others[name](seed);
  const [, spec, shift] = /^([a-z]+)(?:\+(\d+))?$/.exec(name) ?? [];
  if (phantomSpecs.includes(spec))
    return phantom(spec, shift ? Number(shift) : 0);
  throw new Error(
    `no set ${name}: want ${[...Object.keys(others), ...phantomSpecs].join(', ')}, or a phantom with another seed, such as clean+2000`,
  );
}
