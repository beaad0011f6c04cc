import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import type { LongTask } from '../host.js';

/**
 * Copies values that are band-interleaved by pixel already.
 * @throws UnmixingError `host` without memory for it; the signal's reason when it aborts
 */
export async function copied(
  values: ArrayLike<number>,
  task: LongTask,
): Promise<Float32Array> {
  const out = room(values.length);
  const whole = values as Float32Array;
  const step = 1 << 18;
  await inTurns(Math.ceil(values.length / step), task, (turn) => {
    out.set(whole.subarray(turn * step, (turn + 1) * step), turn * step);
  });
  return out;
}

/**
 * Lays slices, one band after the other, band-interleaved by pixel.
 * @param values value of pixel n in band b at b * pixels + n
 * @throws UnmixingError `host` without memory for it; the signal's reason when it aborts
 */
export function interleaved(
  values: ArrayLike<number>,
  pixels: number,
  bands: number,
  task: LongTask,
): Promise<Float32Array> {
  const whole = values as Float32Array;
  const slices = Array.from({ length: bands }, (_, b) =>
    whole.subarray(b * pixels, (b + 1) * pixels),
  );
  return interleavedSlices(slices, pixels, task);
}

/**
 * Lays slices that are kept apart, one band each, band-interleaved by pixel: a few pixels at a time, so that both sides
 * stay in the processor's cache.
 * @throws UnmixingError `host` without memory for it; the signal's reason when it aborts
 */
export async function interleavedSlices(
  slices: readonly ArrayLike<number>[],
  pixels: number,
  task: LongTask,
): Promise<Float32Array> {
  const bands = slices.length;
  const out = room(pixels * bands);
  const step = 64;
  await inTurns(Math.ceil(pixels / step), task, (turn) => {
    const first = turn * step;
    const last = Math.min(pixels, first + step);
    slices.forEach((slice, b) => {
      for (let n = first; n < last; n++) out[n * bands + b] = slice[n];
    });
  });
  return out;
}

function room(values: number): Float32Array<ArrayBuffer> {
  try {
    return new Float32Array(values);
  } catch (cause) {
    throw new UnmixingError(
      'host',
      `no memory for ${values} values (${Math.ceil((values * 4) / 1e6)} MB)`,
      { cause },
    );
  }
}

/** Works turn after turn and lets the page breathe in between. */
async function inTurns(
  turns: number,
  { signal, onProgress }: LongTask,
  work: (turn: number) => void,
): Promise<void> {
  const pace = keepPace(signal, onProgress);
  for (let turn = 0; turn < turns; turn++) {
    await pace(turn / turns);
    work(turn);
  }
  onProgress?.(1);
}
