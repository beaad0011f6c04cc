import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cube, unitGeometry } from '../src/spectral/cube.js';

/** Folder of the data that do not belong to the project. */
export const shared = process.env.STRATIGRAPH_DATA ?? '../shared';

/** Where phantoms are kept once made. */
export const phantomFolder = 'build/bench/phantoms';

export const phantomSpecs: readonly string[] = [
  'clean',
  'contaminated',
  'ground',
  'glaze',
  'uneven',
];

export interface PhantomChanges {
  /** Added to the seed: another section of the same kind. */
  readonly shift?: number;
  readonly width?: number;
  readonly height?: number;
  readonly bands?: number;
}

/** Makes a phantom unless it was made before; tells its folder, or which file is not there. */
export function makePhantom(
  spec: string,
  { shift = 0, ...sizes }: PhantomChanges = {},
): { readonly folder: string } | { readonly missing: string } {
  const generator = join(shared, 'phantom/generate.mjs');
  if (!existsSync(generator)) return { missing: generator };
  const size = Object.entries(sizes).map(([name, value]) => `${name}${value}`);
  const folder = join(
    phantomFolder,
    [spec, ...(shift === 0 ? [] : [shift]), ...size].join('-'),
  );
  // The generator writes it last.
  if (!existsSync(join(folder, 'truth.json'))) {
    const described = JSON.parse(
      readFileSync(join(shared, 'phantom', `${spec}.json`), 'utf8'),
    ) as { seed: number };
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'spec.json');
    writeFileSync(
      file,
      JSON.stringify({ ...described, ...sizes, seed: described.seed + shift }),
    );
    execFileSync(process.execPath, [generator, file, folder]);
  }
  return { folder };
}

/** Sizes and axis of a phantom. */
export function readPhantomHeader(folder: string): Omit<Cube, 'data'> {
  const { spec } = JSON.parse(
    readFileSync(join(folder, 'truth.json'), 'utf8'),
  ) as {
    spec: {
      width: number;
      height: number;
      bands: number;
      wavenumbers: [number, number];
    };
  };
  const { width, height, bands } = spec;
  const [from, to] = spec.wavenumbers;
  return {
    name: folder,
    width,
    height,
    axis: {
      values: Float64Array.from(
        { length: bands },
        (_, b) => from + ((to - from) * b) / (bands - 1),
      ),
      unit: 'cm-1',
      quantity: 'absorbance',
    },
    geometry: unitGeometry,
  };
}

/** The cube of a phantom with no second copy on the way, so that memory can be told. */
export function readPhantom(folder: string): Cube {
  const header = readPhantomHeader(folder);
  const { buffer, byteOffset, byteLength } = readFileSync(
    join(folder, 'cube.img'),
  );
  return {
    ...header,
    data: new Float32Array(buffer, byteOffset, byteLength / 4),
  };
}
