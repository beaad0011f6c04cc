import { findBadPixels } from '../algorithms/bad-pixels.js';
import type { Cube } from '../spectral/cube.js';
import { fillPixels } from './fill-pixels.js';
import type { BadPixelFate, StepOf } from './steps.js';
import { type Work, counted, were } from './work.js';

/** Leaves out or fills the marked pixels, beside those that are masked anyway, and says so. */
async function treat(
  cube: Cube,
  bad: Uint8Array,
  what: string,
  fate: BadPixelFate,
  own: (cube: Cube) => Cube,
  work: Work,
): Promise<Cube> {
  const found = bad.reduce((sum, one) => sum + one, 0);
  if (found === 0) {
    work.note('none was found.');
    return cube;
  }
  const mask = bad.map((one, n) => one | (cube.mask?.[n] ?? 0));
  if (fate === 'mask') {
    work.note(`${what} ${were(found)} masked.`);
    return { ...cube, mask };
  }
  const filled = await fillPixels(own({ ...cube, mask }), bad, work.pace);
  work.note(`${what} ${were(found)} filled from the neighbours.`);
  return filled;
}

/** Leaves out or fills pixels that are dead, saturated or not finite. */
export function treatBadPixels(
  cube: Cube,
  step: StepOf<'bad-pixels'>,
  own: (cube: Cube) => Cube,
  work: Work,
): Promise<Cube> {
  const { mask, counts } = findBadPixels(cube, step);
  const bad = mask.map((one, n) => one & ~(cube.mask?.[n] ?? 0));
  const kinds = [
    [counts.constant, 'dead'],
    [counts.saturated, 'saturated'],
    [counts.notFinite, 'incomplete'],
  ] as const;
  const what = kinds
    .filter(([count]) => count > 0)
    .map(([count, kind]) => counted(count, `${kind} pixel`))
    .join(', ');
  return treat(cube, bad, what, step.fate, own, work);
}

/** Leaves out or fills pixels chosen by hand, masked ones too; those outside the image are passed over. */
export function treatChosenPixels(
  cube: Cube,
  { pixels, fate }: StepOf<'chosen-pixels'>,
  own: (cube: Cube) => Cube,
  work: Work,
): Promise<Cube> {
  const chosen = new Uint8Array(cube.width * cube.height);
  for (const [x, y] of pixels)
    if (x < cube.width && y < cube.height) chosen[y * cube.width + x] = 1;
  const inside = chosen.reduce((sum, one) => sum + one, 0);
  return treat(cube, chosen, counted(inside, 'pixel'), fate, own, work);
}
