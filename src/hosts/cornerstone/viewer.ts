// What this adapter uses of @cornerstonejs/core, as far as it uses it. All of it is exported or documented there, but for the
// methods of vtk.js that its actors have.

type Numbers = ArrayLike<number>;
type Vector = [number, number, number];

/** The module object of @cornerstonejs/core, as the page has imported it. */
export interface Cornerstone {
  readonly version: string;
  readonly Enums: { readonly Events: Readonly<Record<string, string>> };
  readonly eventTarget: Pick<
    EventTarget,
    'addEventListener' | 'removeEventListener'
  >;
  readonly cache: {
    /** Undefined for each that is on its way. */
    getVolumes(): (CachedVolume | undefined)[];
    getVolume(id: string): CachedVolume | undefined;
    putVolumeSync(id: string, volume: CachedVolume): void;
    removeVolumeLoadObject(id: string): void;
    getImage(id: string): CachedImage | undefined;
    removeImageLoadObject(id: string, options?: { force: boolean }): void;
  };
  readonly ImageVolume: new (parts: VolumeParts) => CachedVolume;
  readonly imageLoader: {
    createAndCacheLocalImage(id: string, parts: ImageParts): CachedImage;
    loadAndCacheImage(id: string, options?: object): Promise<CachedImage>;
  };
  readonly metaData: { get(type: string, id: string): unknown };
  readonly utilities: {
    readonly genericMetadataProvider: {
      add(id: string, entry: { type: string; metadata: object }): void;
    };
  };
  createVolumeActor(
    parts: {
      volumeId: string;
      blendMode: number;
    },
    element: HTMLElement,
    viewportId: string,
    suppressEvents: boolean,
  ): Promise<VolumeActor>;
  getRenderingEngines(): RenderingEngine[];
}

export interface RenderingEngine {
  readonly id: string;
  readonly hasBeenDestroyed: boolean;
  getViewport(id: string): Viewport | undefined;
  getViewports(): Viewport[];
}

export interface CachedVolume {
  readonly volumeId: string;
  readonly dimensions: Numbers;
  readonly spacing: Numbers;
  readonly origin: Numbers;
  /** Column after column, as in vtk.js. */
  readonly direction: Numbers;
  readonly imageIds: readonly string[];
  readonly voxelManager: {
    readonly numberOfComponents?: number;
    getCompleteScalarDataArray(): Numbers;
  };
  /** Only of volumes that load slice after slice. */
  readonly loadStatus?: { readonly loaded: boolean };
  load(): void;
  /** Says that the values have changed. */
  modified(): void;
  readonly vtkOpenGLTexture: Texture & { delete(): void };
}

export interface CachedImage {
  readonly imageId: string;
  readonly rows: number;
  readonly columns: number;
  numberOfComponents: number;
  readonly voxelManager?: { getScalarData(): Numbers };
  getPixelData(): Numbers;
}

interface VolumeParts {
  readonly volumeId: string;
  readonly metadata: object;
  readonly dimensions: Vector;
  readonly spacing: Vector;
  readonly origin: Vector;
  readonly direction: readonly number[];
  readonly imageIds: string[];
  readonly dataType: 'Uint8Array';
  readonly numberOfComponents: number;
}

interface ImageParts {
  readonly scalarData: Uint8Array;
  readonly dimensions: [number, number];
  readonly spacing: [number, number];
  readonly origin: Vector;
  readonly direction: readonly number[];
  readonly targetBuffer: { type: 'Uint8Array' };
}

export interface Camera {
  readonly viewUp: Vector;
  readonly viewPlaneNormal: Vector;
  readonly position: Vector;
  readonly focalPoint: Vector;
  readonly parallelScale: number;
  readonly flipHorizontal?: boolean;
  readonly flipVertical?: boolean;
}

export interface ActorEntry {
  readonly uid: string;
  readonly actor: VolumeActor | ImageActor;
  readonly referencedId?: string;
}

interface Actor {
  setVisibility(visible: boolean): void;
  setPickable(pickable: boolean): void;
}

export interface VolumeActor extends Actor {
  getMapper(): { setSampleDistance(distance: number): void };
  getProperty(): {
    setIndependentComponents(independent: boolean): void;
    setInterpolationType(type: number): void;
    setScalarOpacityUnitDistance(index: number, distance: number): void;
    getRGBTransferFunction(index: number): ColourFunction;
    getScalarOpacity(index: number): AlphaFunction;
  };
}

export interface ImageActor extends Actor {
  setForceOpaque(opaque: boolean): void;
  setPosition(x: number, y: number, z: number): void;
  getProperty(): {
    setInterpolationType(type: number): void;
    setRGBTransferFunction(index: number, colours: ColourFunction): void;
    setPiecewiseFunction(index: number, alpha: AlphaFunction): void;
  };
  getMapper(): {
    getInputData(): {
      modified(): void;
      getPointData(): {
        getScalars(): {
          getData(): Uint8Array;
          setRange(range: { min: number; max: number }, index: number): void;
          modified(): void;
        };
      };
    };
  };
}

export interface ColourFunction {
  removeAllPoints(): void;
  addRGBPoint(x: number, r: number, g: number, b: number): void;
  setMappingRange(low: number, high: number): void;
}

export interface AlphaFunction {
  removeAllPoints(): void;
  addPoint(x: number, y: number): void;
}

/** What vtk.js draws with: it keeps what was sent to the GPU, by the objects that it was made from and who draws with it. */
export interface View {
  getViewNodeFor(mapper: object): VolumeNode | undefined;
  unregisterGraphicsResourceUser(source: object, user: object): void;
}

interface VolumeNode {
  get(...names: (keyof Kept)[]): Kept;
}

/** Private names of vtk.js 36: where they are others, nothing is freed before the page ends. */
interface Kept {
  readonly _colorTextureCore?: object;
  readonly _opacityTextureCore?: object;
  readonly _labelOutlineThicknessTextureCore?: object;
  readonly jitterTexture?: Texture;
}

export interface Texture {
  releaseGraphicsResources(view: View): void;
}

export interface Viewport {
  readonly id: string;
  readonly renderingEngineId: string;
  readonly type: string;
  readonly element: HTMLElement;
  readonly useCPURendering?: boolean;
  getCanvas(): HTMLCanvasElement;
  getCamera(): Camera;
  setCamera(camera: Partial<Camera>): void;
  canvasToWorld(canvas: [number, number]): Vector;
  getActors(): ActorEntry[];
  addActors(entries: ActorEntry[]): void;
  removeActors(ids: string[]): void;
  updateCameraClippingPlanesAndRange(): void;
  getFrameOfReferenceUID(): string | undefined;
  getRenderer(): { getVTKWindow(): { getViews(): View[] } };
  render(): void;
}

/** What only a viewport of a stack has. */
export interface StackViewport extends Viewport {
  getImageIds(): string[];
  getImageData():
    { readonly origin: Numbers; readonly direction: Numbers } | undefined;
  getLoaderImageOptions(id: string): object;
  addImages(
    images: {
      imageId: string;
      actorUID: string;
      callback(made: { imageActor: ImageActor }): void;
    }[],
  ): void;
}

export const isStack = (viewport: Viewport): viewport is StackViewport =>
  viewport.type === 'stack';
