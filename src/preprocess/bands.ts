import { type Window, bandsInside } from '../spectral/axis.js';
import type { Cube } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { type Work, paced } from './work.js';

/** A cube of some bands of another, in their order; the same cube when it is all of them. */
async function selectBands(
  cube: Cube,
  kept: Uint32Array,
  { pace }: Work,
): Promise<Cube> {
  const { values } = cube.axis;
  if (kept.length === values.length) return cube;
  const pixels = cube.width * cube.height;
  const data = new Float32Array(pixels * kept.length);
  await paced(pixels, values.length, pace, (n) => {
    const to = n * kept.length;
    const from = n * values.length;
    for (let i = 0; i < kept.length; i++)
      data[to + i] = cube.data[from + kept[i]];
  });
  return {
    ...cube,
    axis: { ...cube.axis, values: Float64Array.from(kept, (b) => values[b]) },
    data,
  };
}

const indices = (chosen: Uint8Array, value: number): Uint32Array =>
  Uint32Array.from([...chosen.keys()].filter((b) => chosen[b] === value));

/**
 * Keeps the bands inside a window, ends included.
 * @throws UnmixingError `input` when there is none
 */
export function keepRange(
  cube: Cube,
  window: Window,
  work: Work,
): Promise<Cube> {
  const { values } = cube.axis;
  const kept = indices(bandsInside(cube.axis, [window]), 1);
  if (kept.length === 0)
    throw new UnmixingError(
      'input',
      `window is ${window.join(' to ')} (want one that holds a band from ${values[0]} to ${values[values.length - 1]})`,
    );
  return selectBands(cube, kept, work);
}

/**
 * Takes the bands inside windows out, ends included.
 * @throws UnmixingError `input` when none would be left
 */
export function cutWindows(
  cube: Cube,
  windows: readonly Window[],
  work: Work,
): Promise<Cube> {
  const kept = indices(bandsInside(cube.axis, windows), 0);
  if (kept.length === 0)
    throw new UnmixingError(
      'input',
      `windows hold all ${cube.axis.values.length} bands (want at least 1 left)`,
    );
  return selectBands(cube, kept, work);
}
