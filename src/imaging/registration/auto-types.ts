import type { Geometry } from '../../spectral/cube.js';
import type { Affine } from '../affine.js';
import type { RegistrationKind } from './kind.js';

/** A picture of one channel: value (x, y) lies at y * width + x. Values that are not finite are left out. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  readonly geometry: Geometry;
  /** One byte a pixel, 1 = leave this pixel out. */
  readonly mask?: Uint8Array;
}

/** How far an automatic registration is: first a search on a coarse grid, then elastix from the best places found. */
export interface RegisterProgress {
  readonly stage: 'search' | 'refine';
  /** Of the whole, 0 to 1. */
  readonly fraction: number;
}

export interface RegisterOptions {
  /** What may change from the start; from nothing, what may differ beside position, turn and (where units differ) scale. */
  readonly kind: RegistrationKind;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RegisterProgress) => void;
  /** Where itk-wasm's pipelines and worker lie (`itkAssets` of files); needed in a page, not in Node. */
  readonly assets?: string;
  /** Where registration-worker.js lies, when not next to this module. */
  readonly workerUrl?: string | URL;
  /** Seed of elastix's samples; equal seeds give equal maps. Default 1. */
  readonly seed?: number;
}

export interface Registered {
  /** Takes the moving image's world (x, y) to the fixed image's: what to compose onto its placement. */
  readonly map: Affine;
  /**
   * Normalised mutual information of the two images, over the pixels of the moving one that lie in the fixed one: from 1, when one
   * tells nothing of the other, to 2, when one tells all.
   */
  readonly likeness: number;
  /** The same at the start; null when there was none. */
  readonly likenessBefore: number | null;
  /** Share of the moving image's pixels that lie in the fixed image, 0 to 1. */
  readonly overlap: number;
}
