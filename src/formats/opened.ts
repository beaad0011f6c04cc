import type { Cube, Picture, Spectra } from '../spectral/cube.js';

/** What a file left out and a person must say; `width`: the file is a list of spectra without an image shape. */
export type Missing = 'unit' | 'quantity' | 'width';

interface Read {
  /** Name of the format, as people know it: "ENVI", "Bruker .dpt", "NRRD". */
  readonly type: string;
  /** Plain sentences about what was skipped, repaired or assumed. */
  readonly warnings: readonly string[];
}

/** What opening files gave: a cube, spectra, or a picture. */
export type Opened =
  | (Read & {
      readonly kind: 'cube';
      readonly cube: Cube;
      readonly missing: readonly Missing[];
    })
  | (Read & { readonly kind: 'spectra'; readonly spectra: Spectra })
  | (Read & { readonly kind: 'picture'; readonly picture: Picture });

export interface OpenOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
  /** Where itk-wasm's pipelines and worker lie, for NRRD, MetaImage, NIfTI, TIFF and PNG in a page; none needed in Node. */
  readonly itkAssets?: string;
}

/** The part of a task from `from` to `to`, as a task of its own. */
export function partOf(
  task: OpenOptions,
  from: number,
  to: number,
): OpenOptions {
  return {
    ...task,
    onProgress: (fraction) => task.onProgress?.(from + (to - from) * fraction),
  };
}
