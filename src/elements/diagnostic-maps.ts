import {
  autoLimits,
  balancedLimits,
  fullLimits,
  hasSign,
} from '../imaging/auto-limits.js';
import type { LimitedImage } from '../imaging/auto-limits.js';
import { layerStyleDefaults } from '../imaging/layer.js';
import type { CubeSummary } from '../engine/protocol.js';
import type { Unmixing } from '../spectral/unmixing.js';
import { layerId, numbered } from './entries.js';
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

/** How to draw values: about zero where they have either sign. */
function lookOf(
  image: LimitedImage,
): Pick<LayerEntry['style'], 'colourMap' | 'limits'> {
  const limits = autoLimits(image);
  return hasSign(limits)
    ? { colourMap: 'balance', limits: balancedLimits(image) }
    : { colourMap: 'heat', limits };
}

/** The layer of a map; pixels that are left out of the result are transparent. */
export function diagnosticEntry(
  cube: string,
  { id, name, unit, values }: DiagnosticMap,
  mask: Uint8Array,
  {
    width,
    height,
    geometry,
  }: Pick<CubeSummary, 'width' | 'height' | 'geometry'>,
): LayerEntry {
  const shown = values().map((value, n) => (mask[n] ? Number.NaN : value));
  const image = { kind: 'map', width, height, values: shown } as const;
  const look = lookOf(image);
  const [least] = fullLimits(image);
  return {
    id: layerId(cube, id),
    role: 'diagnostic',
    endmember: null,
    name: numbered(name, cube),
    unit,
    image,
    owner: cube,
    source: geometry,
    geometry,
    locked: false,
    style: {
      ...layerStyleDefaults,
      ...look,
      opacity: 1,
      threshold: Math.min(least, look.limits[0]),
    },
  };
}
