import { keptPixels } from '../algorithms/columns.js';
import type { Cube } from '../spectral/cube.js';
import { timesTransposed } from '../algorithms/dense.js';
import { bandNoise } from '../algorithms/noise.js';
import { randomSource } from '../spectral/random.js';
import {
  type Subspace,
  type WeightedSpectra,
  leadingSubspace,
} from '../algorithms/subspace.js';
import { bridgeGaps } from './gaps.js';
import type { StepOf } from './steps.js';
import { type Work, counted, paced } from './work.js';

const mostComponents = 64;
/** Directions sought beyond those kept, so that the search by chance finds the kept ones exactly (Halko et al. 2011). */
const spare = 16;

/** Mean spectrum of the given pixels. */
async function meanSpectrum(
  { axis, data }: Cube,
  pixels: Uint32Array,
  { pace }: Work,
): Promise<Float64Array> {
  const bands = axis.values.length;
  const sum = new Float64Array(bands);
  await paced(pixels.length, bands, pace, (i) => {
    const from = pixels[i] * bands;
    for (let b = 0; b < bands; b++) sum[b] += data[from + b];
  });
  return sum.map((value) => value / pixels.length);
}

/**
 * How many components stand above the noise: their variance is larger than the largest that noise alone, as it is along
 * them, would show in as many pixels and bands (Marchenko & Pastur 1967).
 */
function countAbove(
  { values, directions }: Subspace,
  { pixels, bands, weights }: WeightedSpectra,
  noise: Float32Array,
): number {
  const edge = (1 + Math.sqrt(bands.length / pixels.length)) ** 2;
  return values.filter((s, k) => {
    let power = 0;
    for (let b = 0; b < bands.length; b++)
      power += (directions[k * bands.length + b] * weights[b] * noise[b]) ** 2;
    return s ** 2 / pixels.length > edge * power;
  }).length;
}

/** Puts mean + weighted components in the place of the spectra. */
async function rebuild(
  { cube, pixels, weights }: WeightedSpectra,
  { dimensions, directions, scores }: Subspace,
  kept: number,
  mean: Float64Array,
  { pace }: Work,
): Promise<void> {
  const bands = weights.length;
  const columns = new Float64Array(bands * kept);
  for (let b = 0; b < bands; b++)
    for (let k = 0; k < kept; k++)
      columns[b * kept + k] = directions[k * bands + b] / weights[b];
  const rows = 4; // what the product keeps in registers
  const held = new Float64Array(rows * kept);
  const block = new Float64Array(rows * bands);
  const blocks = Math.ceil(pixels.length / rows);
  await paced(blocks, rows * kept * bands, pace, (i) => {
    const here = Math.min(rows, pixels.length - i * rows);
    for (let r = 0; r < here; r++) {
      const from = (i * rows + r) * dimensions;
      held.set(scores.subarray(from, from + kept), r * kept);
    }
    timesTransposed(held, here, columns, bands, kept, block);
    for (let r = 0; r < here; r++) {
      const to = pixels[i * rows + r] * bands;
      for (let b = 0; b < bands; b++)
        cube.data[to + b] = mean[b] + block[r * bands + b];
    }
  });
}

/**
 * Keeps the mean and the leading components of the spectra, in place; the mean spectrum does not change.
 * PCA takes the bands as they are. MNF (Green et al. 1988) first divides each by its noise, which is measured between
 * neighbouring pixels and taken as independent from band to band, so that components are ordered by signal over noise.
 */
export async function denoise(
  cube: Cube,
  { kind, components }: StepOf<'pca' | 'mnf'>,
  work: Work,
): Promise<void> {
  const { skip, reopen } = await bridgeGaps(cube, work.pace);
  const pixels = keptPixels(skip);
  if (pixels.length === 0) return;
  const bands = Uint32Array.from(cube.axis.values, (_, b) => b);
  const noise = await bandNoise(cube, skip, work.pace);
  const weights = Float64Array.from(noise, (v) => (kind === 'mnf' ? 1 / v : 1));
  const source = { cube, pixels, bands, weights };
  const mean = await meanSpectrum(cube, pixels, work);
  await paced(pixels.length, bands.length, work.pace, (i) => {
    const from = pixels[i] * bands.length;
    for (let b = 0; b < bands.length; b++) cube.data[from + b] -= mean[b];
  });
  const space = await leadingSubspace(
    source,
    (components || mostComponents) + spare,
    new Float64Array(0),
    randomSource(1),
    work.pace,
  );
  const kept =
    components || Math.min(mostComponents, countAbove(space, source, noise));
  await rebuild(source, space, Math.min(kept, space.dimensions), mean, work);
  reopen();
  if (components === 0)
    work.note(`${counted(kept, 'component')} stood above the noise.`);
}
