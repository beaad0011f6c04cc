import { products } from '../algorithms/products.js';
import { forEachBlock } from '../algorithms/subspace.js';
import type { Pace } from '../spectral/pace.js';
import type { Residual } from '../spectral/unmixing.js';
import type { Model } from './finish.js';
import type { Prepared } from './steps.js';

/** What each kept pixel holds of the endmembers and of the nuisance terms: kept x (R + M). */
function factorsOf(
  kept: Uint32Array,
  { shares, gain, nuisance }: Model,
  order: number,
  terms: number,
): Float64Array {
  const parts = order + terms;
  const factors = new Float64Array(kept.length * parts);
  kept.forEach((n, i) => {
    for (let r = 0; r < order; r++)
      factors[i * parts + r] = gain[n] * shares[n * order + r];
    for (let m = 0; m < terms; m++)
      factors[i * parts + order + m] =
        nuisance?.coefficients[n * terms + m] ?? 0;
  });
  return factors;
}

/** What a model leaves of the data, per pixel and per band; excluded bands count in the spectrum only. */
export async function residualOf(
  { cube, kept, excludedBands }: Prepared,
  model: Model,
  pace: Pace,
): Promise<Residual> {
  const bands = excludedBands.length;
  const pixels = cube.width * cube.height;
  const order = model.endmembers.length / bands;
  const terms = model.nuisance?.names.length ?? 0;
  const parts = order + terms;
  const factors = factorsOf(kept, model, order, terms);
  const rows = Float64Array.from([
    ...model.endmembers,
    ...(model.nuisance?.spectra ?? []),
  ]);
  const counted = Float64Array.from(excludedBands, (out) => 1 - out);
  const included = counted.reduce((sum, v) => sum + v, 0);
  const rmseMap = new Float32Array(pixels);
  const angleMap = new Float32Array(pixels);
  const squares = new Float64Array(bands);
  const sums = new Float64Array(4 * kept.length);
  await forEachBlock(
    {
      cube,
      pixels: kept,
      bands: Uint32Array.from(excludedBands, (_, b) => b),
      weights: new Float64Array(bands).fill(1),
    },
    pace,
    (block, count, first) => {
      products().compareRows(
        block,
        factors.subarray(first * parts, (first + count) * parts),
        rows,
        counted,
        count,
        sums.subarray(4 * first, 4 * (first + count)),
        squares,
      );
    },
  );
  let total = 0;
  let angles = 0;
  kept.forEach((n, i) => {
    const [apart, along, measured, told] = sums.subarray(4 * i, 4 * i + 4);
    total += apart;
    rmseMap[n] = Math.sqrt(apart / included);
    angleMap[n] =
      measured > 0 && told > 0
        ? Math.acos(
            Math.max(-1, Math.min(1, along / Math.sqrt(measured * told))),
          )
        : Math.PI / 2;
    angles += angleMap[n];
  });
  return {
    rmse: Math.sqrt(total / (kept.length * included)),
    meanAngle: angles / kept.length,
    rmseMap,
    angleMap,
    spectrum: Float32Array.from(squares, (v) => Math.sqrt(v / kept.length)),
  };
}
