import type { SpectralAxis } from '../spectral/axis.js';
import { spread } from '../algorithms/columns.js';
import { type Cube, pixelSpectrum } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { type ChainTask, applyChain, inStep } from './chain.js';
import { rectangleInside } from './crop.js';
import type { Step } from './steps.js';

/** Mean spectra over a sample of pixels, without and with a chain. */
export interface Preview {
  /** On the axis of the cube given. */
  readonly before: Float32Array;
  readonly after: Float32Array;
  /** Of `after`. */
  readonly axis: SpectralAxis;
  readonly notes: readonly string[];
}

const mostPairs = 250;

/** The part of the image that all crops leave, the pixels chosen by hand, and what remains to be done to a sample of it. */
interface Reduced {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** One byte a pixel of the whole image, 1 = not for the sample. */
  readonly skip: Uint8Array;
  readonly steps: readonly Step[];
}

/**
 * Does to the choice of the sample what a sample cannot show: crops and chosen pixels. Binning in space does not change
 * a mean, and bad pixels have no neighbours in a sample to be filled from: they are left out.
 */
async function reduce(cube: Cube, steps: readonly Step[]): Promise<Reduced> {
  const skip = cube.mask?.slice() ?? new Uint8Array(cube.width * cube.height);
  // The image as it is at each step: its size, where it starts and how many pixels of the cube one of its pixels spans.
  let { width, height } = cube;
  let left = 0;
  let top = 0;
  let across = 1;
  let down = 1;
  const rest: Step[] = [];
  for (const [i, step] of steps.entries()) {
    const off: Step = { ...step, on: false };
    if (!step.on) rest.push(step);
    else if (step.kind === 'bad-pixels') rest.push({ ...step, fate: 'mask' });
    else if (step.kind === 'crop') {
      const image = { width, height };
      const kept = await inStep(i, step, () =>
        rectangleInside(step.rectangle, image),
      );
      left += kept.x * across;
      top += kept.y * down;
      ({ width, height } = kept);
      rest.push(off);
    } else if (step.kind === 'spatial-bin') {
      const stepX = Math.min(step.size, width);
      const stepY = Math.min(step.size, height);
      width = Math.floor(width / stepX);
      height = Math.floor(height / stepY);
      across *= stepX;
      down *= stepY;
      rest.push(off);
    } else if (step.kind === 'chosen-pixels') {
      for (const [x, y] of step.pixels) {
        if (x >= width || y >= height) continue;
        for (let v = top + y * down; v < top + (y + 1) * down; v++) {
          const from = v * cube.width + left + x * across;
          skip.fill(1, from, from + across);
        }
      }
      rest.push(off);
    } else rest.push(step);
  }
  return {
    left,
    top,
    width: width * across,
    height: height * down,
    skip,
    steps: rest,
  };
}

/** A few hundred pixels spread evenly, in rows of two neighbours, so that the noise can be told from the scene. */
function sampleOf(
  cube: Cube,
  { left, top, width, height, skip }: Reduced,
): Cube {
  const [stepX, stepY, next] =
    width > 1 ? [2, 1, 1] : height > 1 ? [1, 2, cube.width] : [1, 1, 0];
  const firsts: number[] = [];
  for (let y = top; y + stepY <= top + height; y += stepY)
    for (let x = left; x + stepX <= left + width; x += stepX) {
      const n = y * cube.width + x;
      if (!skip[n] && !skip[n + next]) firsts.push(n);
    }
  if (firsts.length === 0)
    throw new UnmixingError(
      'input',
      'There is no pixel to show corrections of: all are masked.',
    );
  const bands = cube.axis.values.length;
  const rows = spread(Uint32Array.from(firsts), mostPairs);
  const columns = next > 0 ? 2 : 1;
  const data = new Float32Array(rows.length * columns * bands);
  rows.forEach((n, row) => {
    for (let c = 0; c < columns; c++)
      data.set(pixelSpectrum(cube, n + c * next), (row * columns + c) * bands);
  });
  return {
    ...cube,
    width: columns,
    height: rows.length,
    data,
    mask: undefined,
  };
}

/** Mean of each band over the pixels that are not masked and finite there; NaN where there is none. */
function meanSpectrum({ axis, data, mask }: Cube): Float32Array {
  const bands = axis.values.length;
  const sum = new Float64Array(bands);
  const count = new Uint32Array(bands);
  for (let n = 0; n * bands < data.length; n++) {
    if (mask?.[n]) continue;
    for (let b = 0; b < bands; b++) {
      const value = data[n * bands + b];
      if (!Number.isFinite(value)) continue;
      sum[b] += value;
      count[b]++;
    }
  }
  return Float32Array.from(sum, (value, b) => value / count[b]);
}

/**
 * What a chain does to the mean spectrum, in a fraction of a second: over at most 500 pixels, the same for the same chain.
 * Rules and numbers that come from the image (noise, components, the spectrum of a gas, the largest value)
 * come from the sample here.
 * @throws UnmixingError `input` as `applyChain`; `signal.reason` when aborted
 */
export async function previewChain(
  cube: Cube,
  steps: readonly Step[],
  task: ChainTask = {},
): Promise<Preview> {
  const reduced = await reduce(cube, steps);
  const sample = sampleOf(cube, reduced);
  const { cube: corrected, notes } = await applyChain(
    sample,
    reduced.steps,
    task,
  );
  return {
    before: meanSpectrum(sample),
    after: meanSpectrum(corrected),
    axis: corrected.axis,
    notes,
  };
}
