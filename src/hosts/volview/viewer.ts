import type { Undo } from '../host.js';
import type { VueNode } from './tree.js';

/** The version that the adapter was tested with. All of it is private to VolView, so no other is tried. */
export const tested = '4.4.1';

/** The parts of vtk.js's vtkDataArray, in VolView's own copy, that are used here. */
export interface VtkArray {
  getData(): ArrayLike<number>;
  getNumberOfComponents(): number;
  /** Empty, of the same type. */
  newClone(): VtkArray;
  setData(values: Uint8Array, components: number): void;
  setRange(range: { min: number; max: number }, component: number): void;
}

/** Likewise of vtkImageData. */
export interface VtkImage {
  getDimensions(): [number, number, number];
  getSpacing(): [number, number, number];
  /** Column after column. */
  getDirection(): ArrayLike<number>;
  getExtent(): ArrayLike<number>;
  indexToWorld(index: readonly number[]): ArrayLike<number>;
  setDimensions(x: number, y: number, z: number): void;
  setOrigin(origin: readonly number[]): void;
  setSpacing(spacing: readonly number[]): void;
  setDirection(direction: readonly number[]): void;
  getPointData(): {
    getScalars(): VtkArray | null;
    setScalars(scalars: VtkArray): void;
  };
  modified(): void;
}

/** Anatomical planes, by which VolView names its 2D views. */
export type Orientation = 'Axial' | 'Coronal' | 'Sagittal';

/** An image in VolView's cache. */
export interface HeldImage {
  getVtkImageData(): VtkImage;
  getImageMetadata(): {
    readonly name: string;
    /** Along which axis of the image the slices of each plane follow one another. */
    readonly lpsOrientation: Readonly<Record<Orientation, 0 | 1 | 2>>;
  };
  isLoaded(): boolean;
}

/** One of VolView's views, shown or not. */
export interface ViewInfo {
  readonly id: string;
  readonly type: string;
  readonly dataID: string | null | undefined;
  readonly options?: { readonly orientation?: Orientation };
}

/** How a layer is coloured in one view. */
export interface Colouring {
  readonly transferFunction: {
    readonly preset: string;
    readonly mappingRange: readonly number[];
  };
  readonly opacityFunction: {
    readonly mode: number;
    readonly nodes: readonly never[];
    readonly mappingRange: readonly number[];
  };
  readonly blendConfig: {
    readonly opacity: number;
    readonly visibility: boolean;
  };
}

interface Store {
  /** With flush "post" it calls when what is on the screen has followed. */
  $subscribe(
    listener: () => void,
    options: { readonly detached: true; readonly flush: 'post' },
  ): Undo;
}

/** The stores of VolView that are used here, under names of ours. */
export interface Stores {
  /** Every image, those of layers too. */
  readonly cache: Store & {
    readonly imageById: Readonly<Record<string, HeldImage | undefined>>;
    addVTKImageData(
      image: VtkImage,
      name: string,
      options: { readonly id: string },
    ): string;
  };
  /** Datasets that are no DICOM series. */
  readonly images: Store & {
    addVTKImageData(name: string, image: VtkImage): string;
  };
  readonly dicom: Store;
  readonly datasets: Store & {
    readonly idsAsSelections: readonly string[];
    remove(id: string): void;
  };
  readonly layers: Store & {
    /** Layers of each dataset, bottom first. `selection` is the dataset that is layered, `id` its image in the cache. */
    readonly parentToLayers: Record<
      string,
      readonly { readonly selection: string; readonly id: string }[] | undefined
    >;
    deleteLayer(parent: string, selection: string): void;
  };
  readonly views: Store & {
    readonly activeView: string | null | undefined;
    getAllViews(): readonly ViewInfo[];
    setDataForView(view: string, dataset: string | null): void;
  };
  readonly slices: Store & {
    getConfig(view: string, dataset: string): { readonly slice: number };
  };
  readonly colouring: Store & {
    /** By view, then by layer. */
    readonly configs: Readonly<
      Record<
        string,
        Readonly<Record<string, Colouring | undefined>> | undefined
      >
    >;
    updateConfig(view: string, layer: string, patch: Colouring): void;
    removeData(layer: string): void;
  };
}

/** VolView as it runs on a page. */
export interface VolView {
  /** The window it runs in. */
  readonly page: Window & typeof globalThis;
  /** The element it is mounted in. */
  readonly element: HTMLElement;
  readonly version: string;
  readonly stores: Stores;
  /** Opens files, as a drop on its page does. */
  load(files: readonly File[]): Promise<void>;
  /** What Vue has drawn, from the root on. */
  tree(): VueNode;
}
