import type { SpectralAxis } from '../../spectral/axis.js';
import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import type { Bytes } from '../common/bytes.js';
import { evenAxis } from '../common/even-axis.js';
import { type Grid, gridOf } from '../common/grid.js';
import {
  type OpusBlock,
  type Parameters,
  blockBytes,
  numberOf,
} from './blocks.js';
import { contentOf, isSeries, opusUnits } from './content.js';
import type { OpenOptions } from '../opened.js';
import { allocate } from '../common/samples.js';

/** Where the spectra of a block lie. */
interface Layout {
  readonly at: number;
  readonly spectra: number;
  /** Bytes from one spectrum to the next. */
  readonly stride: number;
}

export const damaged = (name: string, why: string): UnmixingError =>
  new UnmixingError('file', `${name} is damaged: ${why}.`);

/** The axis of FXV to LXV in NPT even steps. */
export function axisOf(
  parameters: Parameters,
  block: OpusBlock,
  name: string,
  warnings: string[],
): SpectralAxis {
  const points = numberOf(parameters, 'NPT') ?? 0;
  const first = numberOf(parameters, 'FXV');
  const last = numberOf(parameters, 'LXV');
  if (first === null || last === null)
    throw damaged(name, 'it does not say where its axis begins and ends');
  if (points < 1 || 4 * points > block.size)
    throw damaged(
      name,
      `it declares ${points} points in a block of ${block.size} bytes`,
    );
  const step = points > 1 ? (last - first) / (points - 1) : 0;
  const said = String(parameters.get('DXU') ?? '');
  const unit = opusUnits.get(said) ?? null;
  if (said && unit === null)
    warnings.push(`The unit "${said}" of the axis is not known.`);
  return {
    values: evenAxis(first, step, points, name),
    unit,
    quantity:
      block.derivative > 0 ? null : (contentOf(block)?.quantity ?? null),
  };
}

/**
 * Where spectra lie: a series has a head (version, spectra, first byte, bytes of values, bytes of notes after each), then
 * a table of those that were stored, and the spectra.
 */
export function layoutOf(
  bytes: Bytes,
  block: OpusBlock,
  points: number,
): Layout {
  if (!isSeries(block)) return { at: block.at, spectra: 1, stride: 0 };
  const part = blockBytes(bytes, block);
  const [spectra, from, size, notes] = [4, 8, 12, 16].map((at) =>
    part.int32(at),
  );
  const stride = size + notes;
  if (
    spectra < 1 ||
    from < 24 ||
    notes < 0 ||
    size < 4 * points ||
    from + spectra * stride > block.size
  )
    throw damaged(
      bytes.name,
      `a series of ${spectra} spectra of ${size} bytes does not fit its block of ${block.size}`,
    );
  return { at: block.at + from, spectra, stride };
}

export async function readValues(
  bytes: Bytes,
  { at, spectra, stride }: Layout,
  points: number,
  parameters: Parameters,
  order: Uint32Array | null,
  task: OpenOptions,
): Promise<Float32Array> {
  const pace = keepPace(task.signal, task.onProgress);
  const scale = numberOf(parameters, 'CSF') ?? 1;
  const isWhole = numberOf(parameters, 'DPF') === 2;
  const data = allocate(spectra * points, bytes.name);
  for (let n = 0; n < spectra; n++) {
    const from = at + n * stride;
    const to = (order ? order[n] : n) * points;
    for (let i = 0; i < points; i++)
      data[to + i] =
        scale *
        (isWhole ? bytes.int32(from + 4 * i) : bytes.float32(from + 4 * i));
    await pace(n / spectra);
  }
  return data;
}

/** The image of a series: so many points along x and y (NPX, NPY), from a place of the stage (AOX, AOY), so far apart. */
export function imageOf(parameters: Parameters, spectra: number): Grid | null {
  const named = (name: string): number => numberOf(parameters, name) ?? NaN;
  const [width, height] = [named('NPX'), named('NPY')];
  const [x, y, dx, dy] = ['AOX', 'AOY', 'DDX', 'DDY'].map(named);
  if (!(Number.isInteger(width) && width * height === spectra)) return null;
  if (!(dx > 0 && dy > 0)) return null;
  const place = (of: (n: number) => number): Float64Array =>
    Float64Array.from({ length: spectra }, (_, n) => of(n));
  return gridOf(
    place((n) => x + (n % width) * dx),
    place((n) => y + Math.floor(n / width) * dy),
  );
}
