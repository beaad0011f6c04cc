import type { SpectralAxis } from '../spectral/axis.js';
import type { Geometry } from '../spectral/cube.js';
import type { Point } from '../imaging/geometry.js';
import type { Layer } from '../imaging/layer.js';

/** Takes back what was done; a second call does nothing. */
export type Undo = () => void;

/** Everything that a viewer may be able to do. */
export const capabilities = [
  'volumes',
  'ordered-layers',
  'additive',
  'pick',
  'classes',
  'compare',
  'affine',
  'camera',
  'panel-left',
  'panel-right',
  'panel-bottom',
  'view',
] as const;

/**
 * What a viewer can do.
 * - `volumes`: holds volumes that can be read
 * - `ordered-layers`: draws translucent layers source over, in the order given
 * - `additive`: adds light for layers with additive blending
 * - `pick`: tells the pixel under the pointer
 * - `classes`: shows layers of classes as labels of its own, with their names
 * - `compare`: shows two images against each other in a way of its own
 * - `affine`: draws images whose axes are not perpendicular where their geometry says
 * - `camera`: tells what it shows of its world, and shows what it is told to
 * - `panel-…`, `view`: places where an element can be mounted
 */
export type Capability = (typeof capabilities)[number];

/** A place for an element; `view` floats over the image. Where there is that, `cover` hides the image, under what `view` holds. */
export type PanelPlace = 'left' | 'right' | 'bottom' | 'view' | 'cover';

/** A volume the viewer holds, as listed; reading it is another step. */
export interface VolumeRef {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Number of values a pixel, be they components or slices along the third axis. */
  readonly bands: number;
}

/** A volume's values, copied out and laid band-interleaved by pixel: (x, y, b) at (y * width + x) * bands + b. */
export interface HostVolume extends VolumeRef {
  readonly data: Float32Array;
  readonly geometry: Geometry;
  /** When the viewer knows the spectral axis; most do not. */
  readonly axis: SpectralAxis | null;
}

/** What lies under the pointer. */
export interface Pick {
  /** Position in the host's world. */
  readonly world: readonly [number, number, number];
  /** True when the pointer was pressed there, false when it only passes. */
  readonly pressed: boolean;
}

/** A layer the host draws. */
export interface LayerHandle {
  readonly id: string;
  /** Draws the layer as it is now: image, style, geometry. Resolves when the host will show it with its next frame. */
  update(layer: Layer): Promise<void>;
  /** Leaves no trace of it. */
  remove(): Promise<void>;
}

/** Two images of one grid, against each other. */
export interface Comparison {
  readonly first: Layer;
  readonly second: Layer;
  readonly mode: 'checkerboard' | 'blend' | 'cyan-magenta';
}

/** What a viewer shows of its world, in parallel projection. */
export interface View {
  /** Position in the middle of the picture. */
  readonly centre: Point;
  /** Unit vectors of the world that point to the right and up in the picture. */
  readonly right: Point;
  readonly up: Point;
  /** Half the height of what is seen, in the unit of the world. */
  readonly halfHeight: number;
  /** Width over height of the picture, as far as the viewer tells it; to look somewhere it is not asked for. */
  readonly aspect?: number;
}

/** Of viewers with the capability `camera`. */
export interface Camera {
  view(): View;
  look(view: View): void;
  onMove(listener: () => void): Undo;
}

export interface LongTask {
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** The port to a viewer. One adapter per viewer implements it; all pass test/conformance. */
export interface Host {
  readonly id: string;
  readonly version: string;
  readonly capabilities: ReadonlySet<Capability>;
  volumes(): Promise<readonly VolumeRef[]>;
  /** @throws UnmixingError `host` when there is no such volume or it cannot be read */
  readVolume(id: string, options?: LongTask): Promise<HostVolume>;
  onVolumesChanged(listener: () => void): Undo;
  /** Adds on top of the layers added before. */
  addLayer(layer: Layer): Promise<LayerHandle>;
  /** Draws the layers in this order, bottom first; those not named stay below. */
  orderLayers(ids: readonly string[]): Promise<void>;
  /** Calls with null when the pointer leaves the image. Throws nothing without the capability: it never calls. */
  onPick(listener: (pick: Pick | null) => void): Undo;
  mountPanel(element: HTMLElement, where: PanelPlace): Undo;
  /** Only with the capability `compare`: shows the two in place of everything else; null ends it. */
  compare?(comparison: Comparison | null): Promise<void>;
  /** Only with the capability `camera`. */
  readonly camera?: Camera;
  /** Brings all layers into view. */
  fit(): void;
  /** Leaves the viewer as it was found: removes layers, panels and listeners. */
  dispose(): void;
}
