import { type SpectralAxis, checkAxis } from './axis.js';
import { UnmixingError } from './errors.js';

/**
 * Where an image lies in the viewer's world:
 * world = origin + direction · (spacing ∘ (i, j, k)), with (0, 0, 0) the centre of the first pixel.
 */
export interface Geometry {
  readonly origin: readonly [number, number, number];
  readonly spacing: readonly [number, number, number];
  /** 3 x 3, row-major; column c is the world direction of index axis c. */
  readonly direction: readonly number[];
  /** Unit of origin and spacing; `null` when the file does not say. */
  readonly unit: 'µm' | 'mm' | null;
}

export const unitGeometry: Geometry = Object.freeze({
  origin: [0, 0, 0] as const,
  spacing: [1, 1, 1] as const,
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  unit: null,
});

/** Spectral image, band-interleaved by pixel: value (x, y, b) lies at (y * width + x) * bands + b. */
export interface Cube {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** One entry per band. */
  readonly axis: SpectralAxis;
  readonly data: Float32Array;
  readonly geometry: Geometry;
  /** One byte a pixel, 1 = leave this pixel out. */
  readonly mask?: Uint8Array;
  /** Names of bands that are maps, such as those of endmembers; then bands have no positions. */
  readonly bandNames?: readonly string[];
}

/** Visible-light or other picture, 8-bit RGBA, row by row from the top. */
export interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
  readonly geometry: Geometry;
}

/** An image of a cube to look at: `channels` values a pixel, and for each channel the values to show darkest and brightest. */
export interface CubeImage {
  readonly channels: 1 | 3;
  readonly values: Float32Array;
  readonly limits: readonly (readonly [number, number])[];
}

/** A set of spectra on one axis: value (s, b) lies at s * bands + b. */
export interface Spectra {
  readonly name: string;
  readonly axis: SpectralAxis;
  readonly names: readonly string[];
  readonly data: Float32Array;
}

/** The spectrum of pixel n as a view, not a copy. */
export function pixelSpectrum(cube: Cube, n: number): Float32Array {
  const bands = cube.axis.values.length;
  return cube.data.subarray(n * bands, (n + 1) * bands);
}

/** Refuses a cube whose parts do not fit together. */
export function checkCube({ width, height, axis, data, mask }: Cube): void {
  for (const [name, value] of [
    ['width', width],
    ['height', height],
  ] as const)
    if (!Number.isInteger(value) || value < 1)
      throw new UnmixingError(
        'input',
        `invalid ${name}: ${value} (want a whole number of pixels, at least 1)`,
      );
  checkAxis(axis);
  const want = width * height * axis.values.length;
  if (data.length !== want)
    throw new UnmixingError(
      'input',
      `invalid data: ${data.length} values (want ${width} x ${height} x ${axis.values.length} = ${want})`,
    );
  if (mask && mask.length !== width * height)
    throw new UnmixingError(
      'input',
      `invalid mask: ${mask.length} pixels (want ${width * height})`,
    );
}
