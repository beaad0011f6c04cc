import type { SpectralAxis } from '../spectral/axis.js';
import type { Geometry } from '../spectral/cube.js';

/** What the values of a map of classes stand for: 0 is none. */
export interface SavedClasses {
  /** Of the classes 1, 2, … */
  readonly names: readonly string[];
  /** Red, green, blue of each, 0 to 255. */
  readonly colours?: readonly (readonly [number, number, number])[];
}

/** An image to save: a cube with its axis, or maps with a name each. */
export interface SavedImage {
  /** What its files are called, without ending. */
  readonly name: string;
  /** One line about what it is. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  /** Value (x, y, b) at (y * width + x) * bands + b. */
  readonly data: Float32Array;
  /** Names of the bands, such as those of endmembers; left out when they have none. */
  readonly bandNames?: readonly string[];
  /** Positions of the bands; left out when they are not spectral. */
  readonly axis?: SpectralAxis;
  /** When the one band holds classes: whole numbers, at most 255, that are written as such. */
  readonly classes?: SavedClasses;
  readonly geometry: Geometry;
}

/** A file that was written; a name with "/" lies in a folder. */
export interface SavedFile {
  readonly name: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}
