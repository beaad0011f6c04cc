import {
  type SpectralAxis,
  type Window,
  bandsInside,
} from '../spectral/axis.js';
import { keptPixels, spread } from '../algorithms/columns.js';
import type { Cube } from '../spectral/cube.js';
import { bandNoise } from '../algorithms/noise.js';
import { dot, times, transposedTimes } from '../algorithms/dense.js';
import type { Pace } from '../spectral/pace.js';
import { randomSource } from '../spectral/random.js';
import { type Subspace, leadingSubspace } from '../algorithms/subspace.js';
import type { Correct } from './each-spectrum.js';
import { bridgeGaps } from './gaps.js';

/** Where gases of the air absorb, wings and all, cm-1: what these bands show is not used to tell the solids. */
const airWindows: readonly Window[] = [
  [1300, 2000],
  [2200, 2480],
  [3450, 3950],
];
/** Pixels that the spectrum of a gas is found from, and the fewest that can tell it from solids. */
const mostPixels = 2048;
const leastPixels = 64;
/** How many patterns over the image the solids may make. */
const mostPatterns = 20;
/** What second differences multiply noise by at most: 1 + 2 + 1. */
const mostGain = 4;
/** Bands whose mean is an end of a window. */
const endBands = 3;

/** First band and number of bands of each run of bands inside the windows that has second differences. */
type Run = readonly [first: number, length: number];

function runsOf(inside: Uint8Array): Run[] {
  const runs: Run[] = [];
  for (let b = 0; b < inside.length;) {
    let end = b;
    while (inside[end]) end++;
    if (end - b > 2 * endBands) runs.push([b, end - b]);
    b = end + 1;
  }
  return runs;
}

/** Second differences within each run; 0 at its ends and elsewhere. */
function secondDifferences(
  spectrum: ArrayLike<number>,
  runs: readonly Run[],
  out: Float64Array,
): void {
  for (const [first, length] of runs)
    for (let b = first + 1; b < first + length - 1; b++)
      out[b] = spectrum[b - 1] - 2 * spectrum[b] + spectrum[b + 1];
}

/** The leading singular vectors of spectra on some bands, in units of their noise. */
const leading = (
  cube: Cube,
  pixels: Uint32Array,
  bands: Uint32Array,
  noise: Float32Array,
  keep: number,
  pace: Pace,
): Promise<Subspace> =>
  leadingSubspace(
    {
      cube,
      pixels,
      bands,
      weights: Float64Array.from(bands, (b) => 1 / noise[b]),
    },
    keep,
    new Float64Array(0),
    randomSource(1),
    pace,
  );

/** Orthonormal patterns over the pixels, pixels x count: what solids make of the bands where no gas absorbs. */
async function solidPatterns(
  cube: Cube,
  pixels: Uint32Array,
  bands: Uint32Array,
  noise: Float32Array,
  pace: Pace,
): Promise<Float64Array> {
  const { dimensions, scores, values } = await leading(
    cube,
    pixels,
    bands,
    noise,
    mostPatterns,
    pace,
  );
  return scores.map((score, i) => {
    const value = values[i % dimensions];
    return value > 1e-6 * values[0] ? score / value : 0;
  });
}

/**
 * How strongly each pixel shows lines that no solid explains: the leading singular vector of the second differences inside
 * the windows, less the patterns of the solids. Null when noise could be as tall.
 */
async function gasPattern(
  cube: Cube,
  pixels: Uint32Array,
  runs: readonly Run[],
  patterns: Float64Array,
  noise: Float32Array,
  pace: Pace,
): Promise<Float64Array | null> {
  const bands = cube.axis.values.length;
  const count = pixels.length;
  const lines = new Float64Array(count * bands);
  pixels.forEach((n, i) =>
    secondDifferences(
      cube.data.subarray(n * bands, (n + 1) * bands),
      runs,
      lines.subarray(i * bands, (i + 1) * bands),
    ),
  );
  const inside = Uint32Array.from(
    runs.flatMap(([b, n]) => Array.from({ length: n }, (_, i) => b + i)),
  );
  const dimensions = patterns.length / count;
  const along = transposedTimes(patterns, dimensions, lines, bands, count);
  const explained = times(patterns, count, along, dimensions, bands);
  const rest = Float32Array.from(lines, (value, i) => value - explained[i]);
  const {
    values,
    scores,
    dimensions: found,
  } = await leading(
    { ...cube, width: count, height: 1, data: rest },
    Uint32Array.from(pixels.keys()),
    inside,
    noise,
    4,
    pace,
  );
  // The largest singular value of unit noise, count x bands.
  const edge = mostGain * (Math.sqrt(count) + Math.sqrt(inside.length));
  if (found === 0 || values[0] <= edge) return null;
  return scores.filter((_, i) => i % found === 0);
}

/** Takes the straight line between its ends off each run, so that no step is left where a window ends. */
function closeEnds(spectrum: Float64Array, runs: readonly Run[]): void {
  for (const [first, length] of runs) {
    const run = spectrum.subarray(first, first + length);
    const mean = (part: Float64Array): number =>
      part.reduce((sum, value) => sum + value, 0) / endBands;
    const left = mean(run.subarray(0, endBands));
    const right = mean(run.subarray(length - endBands));
    run.forEach((value, i) => {
      run[i] = value - left - ((right - left) * i) / (length - 1);
    });
  }
}

/** Subtracts `spectrum` so often that the second differences of what is left have none of its lines. */
function subtractLines(spectrum: Float64Array, runs: readonly Run[]): Correct {
  const lines = new Float64Array(spectrum.length);
  secondDifferences(spectrum, runs, lines);
  const size = dot(lines, lines);
  // The amount is ⟨Δ²x, Δ²s⟩ / ⟨Δ²s, Δ²s⟩ = ⟨x, Δ²ᵀΔ²s⟩ / size.
  const probe = new Float64Array(spectrum.length);
  for (let b = 1; b < lines.length - 1; b++) {
    probe[b - 1] += lines[b] / size;
    probe[b] -= (2 * lines[b]) / size;
    probe[b + 1] += lines[b] / size;
  }
  return (values) => {
    let amount = 0;
    for (let b = 0; b < probe.length; b++) amount += probe[b] * values[b];
    for (let b = 0; b < probe.length; b++) values[b] -= amount * spectrum[b];
    return true;
  };
}

const indices = (axis: SpectralAxis, keep: (band: number) => boolean) =>
  Uint32Array.from([...axis.values.keys()].filter(keep));

/**
 * Finds the spectrum of a gas in the image itself, and how to subtract it. Gas varies over an image in a way of its own:
 * the solids' ways are seen in the bands where no gas absorbs; what is left of the narrow lines inside the windows
 * is the gas's way, and the regression of the image on it is the gas's spectrum.
 * @returns null where no gas stands above the noise
 */
export async function findGas(
  cube: Cube,
  windows: readonly Window[],
  pace: Pace,
): Promise<Correct | null> {
  const { axis, data } = cube;
  const bands = axis.values.length;
  const runs = runsOf(bandsInside(axis, windows));
  const air = bandsInside(axis, [...windows, ...airWindows]);
  const solid = indices(axis, (b) => !air[b]);
  const { skip, reopen } = await bridgeGaps(cube, pace);
  const pixels = spread(keptPixels(skip), mostPixels);
  let correct: Correct | null = null;
  if (runs.length > 0 && solid.length > 0 && pixels.length >= leastPixels) {
    const noise = await bandNoise(cube, skip, pace);
    const patterns = await solidPatterns(cube, pixels, solid, noise, pace);
    const amounts = await gasPattern(cube, pixels, runs, patterns, noise, pace);
    if (amounts) {
      const spectrum = new Float64Array(bands);
      const size = dot(amounts, amounts);
      pixels.forEach((n, i) => {
        for (const [first, length] of runs)
          for (let b = first; b < first + length; b++)
            spectrum[b] += (amounts[i] * data[n * bands + b]) / size;
      });
      closeEnds(spectrum, runs);
      correct = subtractLines(spectrum, runs);
    }
  }
  reopen();
  return correct;
}
