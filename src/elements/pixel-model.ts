import { type PixelModel, reconstruct } from '../spectral/reconstruct.js';
import type { Unmixing } from '../spectral/unmixing.js';
import type { SessionState } from './state.js';

let last: {
  readonly unmixing: Unmixing;
  readonly pixel: number;
  readonly model: PixelModel | null;
} | null = null;

/**
 * What the result on show makes of the pixel under the pointer; null without a result, and for a pixel that is left out. The same object
 * as long as nothing of it changed.
 */
export function pixelModel({
  pointer,
  unmixing,
}: Pick<SessionState, 'pointer' | 'unmixing'>): PixelModel | null {
  if (!pointer?.spectrum || !unmixing) return null;
  const pixel = pointer.y * unmixing.width + pointer.x;
  if (last?.unmixing !== unmixing || last.pixel !== pixel)
    last = { unmixing, pixel, model: reconstruct(unmixing, pixel) };
  return last.model;
}
