import { classMap } from '../spectral/classes.js';
import type { Cube } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { keepPace } from '../spectral/pace.js';
import type { Unmixing } from '../spectral/unmixing.js';
import type { UnmixOptions } from './options.js';
import { unmix } from './run.js';
import type { Prepared } from './steps.js';

/** With fewer pixels, two spectra are not told apart. */
const leastPixels = 20;

/** Columns and rows, first and one beyond the last, of the box around the pixels that are chosen. */
function boxOf(chosen: Uint8Array, width: number) {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  chosen.forEach((is, n) => {
    if (!is) return;
    const x = n % width;
    const y = Math.floor(n / width);
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + 1);
    bottom = Math.max(bottom, y + 1);
  });
  return { left, top, width: right - left, height: bottom - top };
}

/** The image around the chosen pixels, all others masked, less what the other endmembers tell of it. */
async function alone(
  cube: Cube,
  { endmembers, abundances, gain, names }: Unmixing,
  endmember: number,
  chosen: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<Cube> {
  const pace = keepPace(signal);
  const bands = cube.axis.values.length;
  const order = names.length;
  const { left, top, width, height } = boxOf(chosen, cube.width);
  const data = new Float32Array(width * height * bands);
  const mask = new Uint8Array(width * height);
  for (let i = 0; i < mask.length; i++) {
    await pace();
    const n = (top + Math.floor(i / width)) * cube.width + left + (i % width);
    if (!chosen[n]) {
      mask[i] = 1;
      continue;
    }
    const rest = data.subarray(i * bands, (i + 1) * bands);
    rest.set(cube.data.subarray(n * bands, (n + 1) * bands));
    for (let r = 0; r < order; r++) {
      const weight = r === endmember ? 0 : gain[n] * abundances[n * order + r];
      if (weight === 0) continue;
      for (let b = 0; b < bands; b++)
        rest[b] -= weight * endmembers[r * bands + b];
    }
  }
  return { ...cube, width, height, data, mask };
}

/**
 * Two endmembers in place of one: the pixels of which it has at least a share, and most, are unmixed into two by the method of the run,
 * less what the others tell of them.
 * @param threshold share of a pixel, 0 to 1
 * @returns 2 x L in the unit of the data, the one with the larger area first
 * @throws UnmixingError `input` where there are too few such pixels
 */
export async function splitEndmember(
  { cube, options }: Pick<Prepared, 'cube' | 'options'>,
  unmixing: Unmixing,
  endmember: number,
  threshold: number,
  {
    signal,
    onProgress,
  }: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (fraction: number) => void;
  },
): Promise<Float32Array> {
  const chosen = classMap(unmixing, threshold).map((of) =>
    Number(of === endmember + 1),
  );
  const count = chosen.reduce((sum, is) => sum + is, 0);
  if (count < leastPixels)
    throw new UnmixingError(
      'input',
      `${unmixing.names[endmember]} has the largest share, of at least ${Math.round(100 * threshold)} %, of only ${count} pixels: too few to tell two spectra apart (want at least ${leastPixels}).`,
    );
  const { seed, exclude, method, scaling }: UnmixOptions = options;
  const { result } = await unmix(
    await alone(cube, unmixing, endmember, chosen, signal),
    { endmembers: 2, seed, exclude, method, scaling },
    {
      signal,
      onProgress: ({ stage, fraction }) =>
        onProgress?.(
          ((stage === 'preparing' ? 0 : stage === 'subspace' ? 1 : 2) +
            Math.min(1, fraction)) /
            3,
        ),
    },
  );
  return result.unmixing.endmembers;
}
