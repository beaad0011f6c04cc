import { findBadPixels } from '../algorithms/bad-pixels.js';
import { keptPixels } from '../algorithms/columns.js';
import { bandReliability } from '../algorithms/reliability.js';
import { checkCube, type Cube } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import type { CubeDescription, CubeSummary } from './protocol.js';

/** Mean spectrum of some pixels; zeros without any. */
function meanSpectrum({ axis, data }: Cube, pixels: Uint32Array): Float32Array {
  const bands = axis.values.length;
  const sum = new Float64Array(bands);
  for (const n of pixels)
    for (let b = 0, i = n * bands; b < bands; b++, i++) sum[b] += data[i];
  return Float32Array.from(sum, (v) => v / Math.max(1, pixels.length));
}

/**
 * What a user is told of a cube before unmixing.
 * @param original the image before its corrections
 * @param notes what those did
 * @throws UnmixingError `input` when its parts do not fit together
 */
export function summarise(
  cube: Cube,
  original: CubeSummary['original'] = cube,
  notes: readonly string[] = [],
): CubeSummary {
  checkCube(cube);
  const { mask, counts } = findBadPixels(cube);
  const kept = keptPixels(mask);
  const warnings: string[] = [];
  if (kept.length === 0)
    warnings.push(
      'No pixel is usable: all are dead, saturated, masked or hold values that are not finite.',
    );
  if (cube.axis.quantity === 'transmittance')
    warnings.push(
      'Transmittance does not add up linearly: convert it to absorbance for a faithful result.',
    );
  return {
    name: cube.name,
    width: cube.width,
    height: cube.height,
    axis: cube.axis,
    geometry: cube.geometry,
    original: {
      width: original.width,
      height: original.height,
      axis: original.axis,
    },
    notes,
    mean: meanSpectrum(cube, kept),
    reliability: bandReliability(cube, mask),
    mask,
    masked: counts,
    warnings,
  };
}

/** So many positions, evenly from the first to the last. */
function between([first, last]: readonly [number, number], bands: number) {
  if (!Number.isFinite(first - last) || (first === last && bands > 1))
    throw new UnmixingError(
      'input',
      `invalid axis: from ${first} to ${last} (want two different positions)`,
    );
  const step = bands > 1 ? (last - first) / (bands - 1) : 0;
  return Float64Array.from({ length: bands }, (_, b) =>
    b === bands - 1 ? last : first + b * step,
  );
}

/**
 * The cube with what the user says of it.
 * @throws UnmixingError `input` when the width does not divide the number of pixels, or the ends of the axis are equal
 */
export function describeCube(
  cube: Cube,
  { ends, unit, quantity, width = cube.width }: CubeDescription,
): Cube {
  const pixels = cube.width * cube.height;
  const height = pixels / width;
  if (!Number.isInteger(width) || width < 1 || !Number.isInteger(height))
    throw new UnmixingError(
      'input',
      `invalid width: ${width} (want a whole number that divides ${pixels} pixels)`,
    );
  return {
    ...cube,
    width,
    height,
    axis: {
      values: ends ? between(ends, cube.axis.values.length) : cube.axis.values,
      unit: unit ?? cube.axis.unit,
      quantity: quantity ?? cube.axis.quantity,
    },
  };
}
