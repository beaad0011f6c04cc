import type { Random } from '../spectral/random.js';

/** Pixels whose encoder activations may lie on the device at once while the whole image is evaluated. */
export const stripPixels = 4096;
/** Pixels that the encoder sees to each side. */
export const encoderReach = 1;

/** How an image is cut into equal patches for training. */
export interface Tiling {
  readonly imageWidth: number;
  /** Size of every patch, no larger than the image. */
  readonly width: number;
  readonly height: number;
  /** Number of the top left pixel of each patch. */
  readonly corners: Uint32Array;
}

/** First pixels of patches along one side: every `stride`, and one that ends at the edge. */
function starts(length: number, patch: number, stride: number): number[] {
  const out: number[] = [];
  for (let at = 0; at + patch <= length; at += stride) out.push(at);
  if (out[out.length - 1] + patch < length) out.push(length - patch);
  return out;
}

/**
 * Patches of `patch` x `patch` pixels, `stride` apart, that cover the image; a smaller image is one patch.
 * Those without a single usable pixel are left out.
 * @param usable one byte a pixel, 0 = masked
 */
export function tile(
  imageWidth: number,
  imageHeight: number,
  patch: number,
  stride: number,
  usable: Uint8Array,
): Tiling {
  const width = Math.min(patch, imageWidth);
  const height = Math.min(patch, imageHeight);
  const step = Math.min(stride, patch);
  const corners: number[] = [];
  for (const y of starts(imageHeight, height, step))
    for (const x of starts(imageWidth, width, step)) {
      const corner = y * imageWidth + x;
      const rows = Array.from({ length: height }, (_, dy) => dy * imageWidth);
      if (
        rows.some((row) =>
          usable.subarray(corner + row, corner + row + width).some(Boolean),
        )
      )
        corners.push(corner);
    }
  return { imageWidth, width, height, corners: Uint32Array.from(corners) };
}

/** Pixels of some patches, patch after patch, row by row. */
export function pixelsOf(
  { imageWidth, width, height, corners }: Tiling,
  patches: Uint32Array,
): Int32Array {
  const pixels = new Int32Array(patches.length * width * height);
  let at = 0;
  for (const patch of patches)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        pixels[at++] = corners[patch] + y * imageWidth + x;
  return pixels;
}

/** All patches once, shuffled, `batch` at a time; the last batch may be smaller. */
export function batches(
  { corners }: Tiling,
  batch: number,
  random: Random,
): Uint32Array[] {
  const order = random.sample(corners.length, corners.length);
  const out: Uint32Array[] = [];
  for (let at = 0; at < order.length; at += batch)
    out.push(order.subarray(at, at + batch));
  return out;
}
