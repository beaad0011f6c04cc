import type { Ramp } from '../imaging/ramp.js';
import { layerStyleDefaults } from '../imaging/layer.js';
import type { CubeSummary } from '../engine/protocol.js';
import type { Unmixing } from '../spectral/unmixing.js';
import { cubeLayerId } from './entries.js';
import type { LayerEntry } from './state.js';

/** A map that tells about a result: what the model leaves, how far runs disagree, what is no material. */
export interface DiagnosticMap {
  readonly id: string;
  readonly group: string;
  /** In its group. */
  readonly label: string;
  /** On its layer. */
  readonly name: string;
  /** Unit of its values; empty for abundances. */
  readonly unit: string;
  /** One value a pixel. */
  readonly values: () => Float32Array;
}

/** One column of a table of rows that are `stride` long, times a factor. */
const column = (
  table: Float32Array,
  stride: number,
  at: number,
  factor = 1,
): Float32Array =>
  Float32Array.from(
    { length: table.length / stride },
    (_, n) => factor * table[n * stride + at],
  );

/** The greatest size that a term reaches over the bands that count. */
function heightOf(term: Float32Array, excluded: Uint8Array): number {
  let height = 0;
  for (let b = 0; b < term.length; b++)
    if (!excluded[b]) height = Math.max(height, Math.abs(term[b]));
  return height;
}

/**
 * Every map that a result has beside its abundances. Terms that are no material are told by the most that they add to a
 * spectrum, in the unit of the data.
 */
export function diagnosticMaps({
  axis,
  names,
  residual,
  spread,
  nuisance,
  excludedBands,
}: Unmixing): DiagnosticMap[] {
  const quantity = axis.quantity ?? '';
  const bands = axis.values.length;
  const terms = nuisance?.names.length ?? 0;
  return [
    {
      id: 'residual-rmse',
      group: 'Residual',
      label: 'Root mean square',
      name: 'Residual, RMS',
      unit: quantity,
      values: () => residual.rmseMap,
    },
    {
      id: 'residual-angle',
      group: 'Residual',
      label: 'Spectral angle',
      name: 'Residual angle',
      unit: 'rad',
      values: () => residual.angleMap,
    },
    ...(spread
      ? names.map((name, r) => ({
          id: `deviation-${r}`,
          group: `Deviation of ${spread.runs} runs`,
          label: name,
          name: `± ${name}`,
          unit: '',
          values: () => column(spread.abundances, names.length, r),
        }))
      : []),
    ...(nuisance
      ? nuisance.names.map((name, m) => ({
          id: `term-${m}`,
          group: 'No material',
          label: name,
          name,
          unit: quantity,
          values: () =>
            column(
              nuisance.coefficients,
              terms,
              m,
              heightOf(
                nuisance.spectra.subarray(m * bands, (m + 1) * bands),
                excludedBands,
              ),
            ),
        }))
      : []),
  ];
}

/** Pixels looked at for the limits. */
const mostSampled = 2 ** 15;
/** Below this share of the other side, values of one sign are noise around zero. */
const leastSide = 0.05;

/**
 * How to draw values: from the second to the last but second of a hundred, about zero where they have either sign.
 * @param values masked pixels are NaN
 */
function lookOf(values: Float32Array): {
  readonly ramp: Ramp;
  readonly limits: readonly [number, number];
} {
  const step = Math.max(1, Math.floor(values.length / mostSampled));
  const sorted = Float32Array.from(
    { length: Math.ceil(values.length / step) },
    (_, i) => values[i * step],
  )
    .filter(Number.isFinite)
    .sort();
  const at = (share: number): number =>
    sorted.at(Math.round(share * (sorted.length - 1))) ?? 0;
  const [low, high] = [at(0.02), at(0.98)];
  const sides = [-low, high];
  const most = Math.max(...sides);
  if (Math.min(...sides) > leastSide * most)
    return { ramp: 'balance', limits: [-most, most] };
  // Without a difference there is still a colour to show.
  return { ramp: 'heat', limits: [low, high > low ? high : low + 1] };
}

/** The layer of a map; pixels that are left out of the result are transparent. */
export function diagnosticEntry(
  { id, name, unit, values }: DiagnosticMap,
  mask: Uint8Array,
  {
    width,
    height,
    geometry,
  }: Pick<CubeSummary, 'width' | 'height' | 'geometry'>,
): LayerEntry {
  const shown = values().map((value, n) => (mask[n] ? Number.NaN : value));
  const { ramp, limits } = lookOf(shown);
  const least = shown.reduce(
    (low, value) => (value < low ? value : low),
    limits[0],
  );
  return {
    id,
    role: 'diagnostic',
    endmember: null,
    name,
    unit,
    image: { kind: 'map', width, height, values: shown, ramp },
    owner: cubeLayerId,
    source: geometry,
    geometry,
    locked: false,
    style: { ...layerStyleDefaults, opacity: 1, limits, threshold: least },
  };
}
