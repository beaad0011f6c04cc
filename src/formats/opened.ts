import type { Cube, Picture, Spectra } from '../spectral/cube.js';

/**
 * What a file left out and a person must say. `axis`: the bands have no positions and are numbered;
 * `width`: the file is a list of spectra without an image shape.
 */
export type Missing = 'axis' | 'unit' | 'quantity' | 'width';

interface Read {
  /** Name of the format, as people know it: "ENVI", "Bruker .dpt", "NRRD". */
  readonly type: string;
  /** Plain sentences about what was skipped, repaired or assumed. */
  readonly warnings: readonly string[];
}

/** One of several things in a file that could be the image. */
export interface Variable {
  /** What `OpenOptions.variables` takes to choose it: its path or name in the file. */
  readonly id: string;
  /** For people: shape and number type, such as "95 × 9025, float64". */
  readonly description: string;
}

/** What opening a file gave. */
export type Opened =
  | (Read & {
      readonly kind: 'cube';
      readonly cube: Cube;
      readonly missing: readonly Missing[];
    })
  | (Read & { readonly kind: 'spectra'; readonly spectra: Spectra })
  | (Read & { readonly kind: 'picture'; readonly picture: Picture })
  /** The file holds several arrays and does not say which is meant: ask, then open it again with `variables`. */
  | (Read & {
      readonly kind: 'variables';
      /** Name of the file. */
      readonly name: string;
      readonly variables: readonly Variable[];
    });

export interface OpenOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
  /** Where itk-wasm's pipelines and worker lie, for NRRD, MetaImage, NIfTI, PNG and JPEG in a page; none needed in Node. */
  readonly itkAssets?: string;
  /** The variable to take, by the name of the file that holds several. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** One thing to open: a file, and those that belong to it, such as the data of a header or the tiles of a mosaic. */
export interface Group {
  readonly file: File;
  readonly beside: readonly File[];
}

/**
 * Opens one group; a file may hold several things, such as a cube and its picture.
 * @throws UnmixingError `file` with one sentence; `signal.reason` when aborted
 */
export type Opener = (
  group: Group,
  task: OpenOptions,
) => Promise<readonly Opened[]>;

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
