import { findBadPixels } from '../algorithms/bad-pixels.js';
import { keptPixels } from '../algorithms/columns.js';
import { bandsInside, co2Window } from '../spectral/axis.js';
import type { Cube } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { startsFromChance, type UnmixOptions } from './options.js';
import { counted } from './words.js';

/** A baseline of three terms would eat the spectra of cubes with fewer bands. */
export const leastBandsForBaseline = 24;

const refuse = (message: string): never => {
  throw new UnmixingError('input', message);
};

/** One byte a band, 1 where every kept pixel has the same value. */
function constantBands(cube: Cube, kept: Uint32Array): Uint8Array {
  const bands = cube.axis.values.length;
  const constant = new Uint8Array(bands).fill(1);
  const first = kept[0] * bands;
  let left = bands;
  for (let i = 1; i < kept.length && left > 0; i++)
    for (let b = 0; b < bands; b++)
      if (
        constant[b] &&
        cube.data[kept[i] * bands + b] !== cube.data[first + b]
      ) {
        constant[b] = 0;
        left--;
      }
  return constant;
}

/** Masks the pixels that cannot be used; refuses an image that has too few of them. */
export function keepPixels(
  cube: Cube,
  options: UnmixOptions,
  warnings: string[],
): { mask: Uint8Array; kept: Uint32Array } {
  const pixels = cube.width * cube.height;
  if (pixels === 1)
    refuse(
      'invalid image: 1 pixel (want at least 2: one spectrum cannot be unmixed blindly)',
    );
  if (cube.axis.values.length === 1)
    refuse(
      'invalid image: 1 band (want at least 2: one band has no spectra to unmix)',
    );
  const { mask, counts } = findBadPixels(cube);
  const kept = keptPixels(mask);
  const reasons = [
    [counts.notFinite, 'not finite'],
    [counts.constant, 'dead (the same value in every band)'],
    [counts.saturated, 'saturated'],
    [counts.given, 'masked in the file or viewer'],
  ] as const;
  const told = reasons
    .filter(([count]) => count > 0)
    .map(([count, why]) => `${count} ${why}`)
    .join(', ');
  if (kept.length === 0)
    refuse(`invalid image: none of ${pixels} pixels is usable (${told})`);
  if (options.endmembers > kept.length)
    refuse(
      `invalid endmembers: ${options.endmembers} (want at most ${kept.length}, the number of usable pixels)`,
    );
  if (told)
    warnings.push(
      `Left out ${counted(pixels - kept.length, 'pixel')}: ${told}.`,
    );
  return { mask, kept };
}

/** Leaves out the windows of the user, carbon dioxide and constant bands; refuses an image that has too few left. */
export function excludeBands(
  cube: Cube,
  kept: Uint32Array,
  options: UnmixOptions,
  warnings: string[],
): Uint8Array {
  const excluded = bandsInside(cube.axis, options.exclude);
  if (excluded.every(Boolean))
    refuse(
      `invalid exclude: all ${excluded.length} bands lie in the excluded windows (want at least 2 bands left)`,
    );
  // Published recipes leave out what the user says, and nothing by themselves.
  if (cube.axis.unit === 'cm-1' && !startsFromChance(options.preset)) {
    const carbon = bandsInside(cube.axis, [co2Window]);
    const more = carbon.filter((inside, b) => inside && !excluded[b]).length;
    const left = excluded.filter((out, b) => !out && !carbon[b]).length;
    if (more > 0 && left >= leastBandsForBaseline) {
      carbon.forEach((inside, b) => inside && (excluded[b] = 1));
      warnings.push(
        `Left out ${counted(more, 'band')} from ${co2Window[0]} to ${co2Window[1]} cm-1, where carbon dioxide of the air absorbs.`,
      );
    }
  }
  const constant = constantBands(cube, kept);
  const flat = constant.filter((is, b) => is && !excluded[b]).length;
  if (flat > 0) {
    constant.forEach((is, b) => is && (excluded[b] = 1));
    warnings.push(
      `Left out ${counted(flat, 'band')} with the same value in every pixel.`,
    );
  }
  const left = excluded.length - excluded.filter(Boolean).length;
  if (left < 2)
    refuse(
      `invalid image: ${left} of ${excluded.length} bands differ between pixels and are not excluded (want at least 2)`,
    );
  return excluded;
}
