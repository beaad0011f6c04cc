import type { SpectralAxis } from '../../spectral/axis.js';
import { unitGeometry } from '../../spectral/cube.js';
import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import type { Grid } from './grid.js';
import {
  type Missing,
  type OpenOptions,
  type Opened,
  partOf,
} from '../opened.js';
import { allocate } from './samples.js';
import { asTheyAre, tidy } from './values.js';
import { stem } from './words.js';

/** Spectra on one axis as they lie in a file that was checked to hold them all. */
export interface SpectraList {
  /** Name of the format. */
  readonly type: string;
  readonly axis: SpectralAxis;
  readonly count: number;
  /** Writes spectrum n of the file into `out`, one value a band. */
  readonly read: (n: number, out: Float32Array) => void;
  /** Where the spectra stand in an image; null when the file does not tell. */
  readonly grid: Grid | null;
  /** Names of spectra that are no image. */
  readonly names?: readonly string[];
}

/**
 * What a list of spectra opens as: a cube when its positions make an image; spectra when there is one, or when they have
 * names; otherwise a cube of one row, whose width is to be asked for.
 * @throws UnmixingError `file` when there is no spectrum or no band
 */
export async function openList(
  file: File,
  { type, axis, count, read, grid, names }: SpectraList,
  warnings: string[],
  task: OpenOptions,
): Promise<Opened> {
  const bands = axis.values.length;
  if (count < 1 || bands < 1)
    throw new UnmixingError('file', `${file.name} holds no spectrum.`);
  const name = stem(file.name);
  const data = allocate(count * bands, file.name);
  const pace = keepPace(task.signal, task.onProgress);
  for (let n = 0; n < count; n++) {
    const at = (grid ? grid.order[n] : n) * bands;
    read(n, data.subarray(at, at + bands));
    await pace((0.9 * n) / count);
  }
  const mask = await tidy(
    data,
    bands,
    asTheyAre,
    warnings,
    partOf(task, 0.9, 1),
  );
  if (names || count === 1)
    return {
      kind: 'spectra',
      type,
      warnings,
      spectra: { name, axis, names: names ?? [name], data },
    };
  const missing: Missing[] = [];
  if (axis.unit === null) missing.push('unit');
  if (axis.quantity === null) missing.push('quantity');
  if (!grid) missing.push('width');
  const { width, height, geometry } = grid ?? {
    width: count,
    height: 1,
    geometry: unitGeometry,
  };
  return {
    kind: 'cube',
    type,
    warnings,
    missing,
    cube: {
      name,
      width,
      height,
      axis,
      data,
      geometry,
      ...(mask && { mask }),
    },
  };
}
