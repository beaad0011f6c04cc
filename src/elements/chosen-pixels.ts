import { newStep } from '../preprocess/check-steps.js';
import type { Pixel, Step } from '../preprocess/steps.js';

/** Corrections after which a pixel has another place. */
const moves = ({ kind, on }: Step): boolean =>
  on && (kind === 'crop' || kind === 'spatial-bin');

/**
 * The chain with one more pixel left out.
 * @param pixel its place in the image with all corrections: it is counted from the last of them that moves pixels
 */
export function withChosenPixel(
  steps: readonly Step[],
  pixel: Pixel,
): readonly Step[] {
  const place = steps.findLastIndex(moves) + 1;
  const known = steps.findIndex(
    ({ kind, on }, i) => i >= place && kind === 'chosen-pixels' && on,
  );
  const step = steps[known] ?? newStep('chosen-pixels');
  if (step.kind !== 'chosen-pixels') return steps;
  const chosen = { ...step, pixels: [...step.pixels, pixel] };
  return known < 0
    ? steps.toSpliced(place, 0, chosen)
    : steps.with(known, chosen);
}
