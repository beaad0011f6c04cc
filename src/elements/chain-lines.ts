import type { ChainMeans } from '../engine/protocol.js';
import { isDescending } from '../spectral/axis.js';
import type { SpectralAxis } from '../spectral/axis.js';
import type { PlotLine } from './plot.js';

/** Bands farther apart than so many times the usual step have something cut out between them. */
const gap = 3;

/** Values on one axis read at the positions of another, straight between bands; NaN where bands were cut out. */
function resample(
  values: Float32Array,
  from: SpectralAxis,
  to: SpectralAxis,
): Float32Array {
  const last = from.values.length - 1;
  const turned = isDescending(from);
  const x = (i: number): number => from.values[turned ? last - i : i];
  const y = (i: number): number => values[turned ? last - i : i];
  const steps = Float64Array.from({ length: last }, (_, i) => x(i + 1) - x(i));
  const widest = gap * (steps.sort()[last >> 1] ?? 0);
  return Float32Array.from(to.values, (position) => {
    if (position < x(0) || position > x(last)) return NaN;
    // The first band at or above the position.
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (x(middle) < position) low = middle + 1;
      else high = middle;
    }
    if (x(low) === position) return y(low);
    const step = x(low) - x(low - 1);
    if (step > widest) return NaN;
    const share = (position - x(low - 1)) / step;
    return y(low - 1) + share * (y(low) - y(low - 1));
  });
}

interface Span {
  readonly least: number;
  readonly most: number;
}

function spanOf(values: Float32Array): Span {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0
    ? { least: 0, most: 0 }
    : {
        least: finite.reduce((a, b) => Math.min(a, b)),
        most: finite.reduce((a, b) => Math.max(a, b)),
      };
}

/** Spectra whose spans differ more than so many times cannot be read on one scale. */
const alike = 4;

/** Before and after as lines of one plot on the axis of the original, and whether each has a scale of its own. */
export function chainLines(
  { before, after, axis }: Omit<ChainMeans, 'notes'>,
  original: SpectralAxis,
): { readonly lines: readonly PlotLine[]; readonly apart: boolean } {
  const a = spanOf(before);
  const b = spanOf(after);
  const ratio = (a.most - a.least) / (b.most - b.least);
  const apart =
    axis.quantity !== original.quantity ||
    !(ratio < alike && ratio > 1 / alike) ||
    a.most < b.least ||
    b.most < a.least;
  const onScale = (value: number): number =>
    b.least + (value - a.least) / (ratio || 1);
  return {
    apart,
    lines: [
      {
        label: 'Before',
        values: apart ? before.map(onScale) : before,
        colour: 'var(--_text-2)',
        width: 1,
        dashed: true,
      },
      {
        label: 'After',
        values: resample(after, axis, original),
        colour: 'var(--_text)',
      },
    ],
  };
}
