import {
  indexToWorld,
  transposeDirection,
} from '../../../src/imaging/geometry.js';
import type { Point } from '../../../src/imaging/geometry.js';
import { cornerstoneHost } from '../../../src/hosts/cornerstone.js';
import type {
  CachedImage,
  Cornerstone,
  Viewport,
} from '../../../src/hosts/cornerstone/viewer.js';
import type { Host } from '../../../src/hosts/host.js';
import type { GivenVolume, HostHarness } from '../../conformance/suite.js';
import { pointAt, sendPointer } from './pointer.js';

/** What the tests use of the module beyond what the adapter does. */
export interface TestedCornerstone extends Cornerstone {
  init(configuration: object): boolean;
  isCornerstoneInitialized(): boolean;
  RenderingEngine: new (id: string) => {
    enableElement(input: object): void;
    disableElement(id: string): void;
    getViewport(id: string): TestedViewport;
    destroy(): void;
  };
  imageLoader: Cornerstone['imageLoader'] & {
    registerImageLoader(
      scheme: string,
      load: (id: string) => { promise: Promise<CachedImage> },
    ): void;
  };
  volumeLoader: {
    createAndCacheVolume(
      id: string,
      options: { imageIds: readonly string[] },
    ): Promise<{ loadStatus: { loaded: boolean } }>;
    createAndCacheVolumeFromImagesSync(
      id: string,
      imageIds: readonly string[],
    ): { modified(): void };
  };
  cache: Cornerstone['cache'] & {
    purgeCache(): void;
    getCacheSize(): number;
    _imageCache: Map<string, unknown>;
  };
}

export interface TestedViewport extends Viewport {
  setVolumes(volumes: { volumeId: string }[]): Promise<void>;
  addVolumes(volumes: object[]): Promise<void>;
  setStack(imageIds: string[], index?: number): Promise<void>;
  setProperties(properties: object, volumeId?: string): void;
  worldToCanvas(world: Point): [number, number];
  scroll(steps: number): void;
  setOrientation(orientation: string): void;
}

const address = '/viewers/cornerstone.js';

export async function loadCornerstone(): Promise<TestedCornerstone> {
  const module = (await import(address)) as TestedCornerstone;
  if (!module.isCornerstoneInitialized()) {
    // Browsers allow few contexts at a time.
    module.init({ rendering: { webGlContextCount: 1 } });
    registerMade(module);
  }
  return module;
}

/** Lets the module load images that `makeImages` made. */
export function registerMade({ imageLoader }: TestedCornerstone): void {
  imageLoader.registerImageLoader('made', (id) => ({
    promise: Promise.resolve(made.get(id)!),
  }));
}

/** Images that the page's loader can give. */
const made = new Map<string, CachedImage>();

let pages = 0;

/** A viewport of Cornerstone3D on a page, and what the suite asks of it. */
export abstract class ViewportPage implements HostHarness {
  abstract readonly host: Host;
  abstract readonly viewport: TestedViewport;
  protected readonly name = `page-${++pages}`;
  #volumes = 0;
  #before = '';

  /** @param page holds the element; what is in it besides is counted */
  constructor(
    readonly cornerstone: TestedCornerstone,
    readonly type: 'orthographic' | 'stack',
    readonly page: HTMLElement,
    readonly element: HTMLElement,
  ) {}

  abstract close(): void;

  /** Takes the viewer as it is now for one without a plugin. */
  protected remember(): void {
    this.#before = this.#state();
  }

  /** Images as a loader would make them, one a slice, with the place of each. */
  makeImages({
    width,
    height,
    bands,
    data,
    geometry,
    layout,
  }: GivenVolume): string[] {
    const slices = layout === 'slices' ? bands : 1;
    const each = data.length / slices;
    const name = `${this.name}-${++this.#volumes}`;
    return Array.from({ length: slices }, (_, k) => {
      const id = `made:${name}/${k}`;
      const image = this.cornerstone.imageLoader.createAndCacheLocalImage(id, {
        scalarData: data.slice(k * each, (k + 1) * each) as Uint8Array,
        dimensions: [width, height],
        spacing: [geometry.spacing[0], geometry.spacing[1]],
        origin: indexToWorld(geometry, [0, 0, k]),
        direction: transposeDirection(geometry.direction),
        targetBuffer: { type: data.constructor.name as 'Uint8Array' },
      });
      this.cornerstone.utilities.genericMetadataProvider.add(id, {
        type: 'generalSeriesModule',
        metadata: { modality: 'OT', seriesDescription: `Made ${name}` },
      });
      // As loaders say it; without, a stack is drawn inverted.
      Object.assign(image, {
        windowWidth: 256,
        windowCenter: 128,
        numberOfComponents: each / (width * height),
      });
      // Or OHIF takes it for one that came in part: Enums.ImageQualityStatus.FULL_RESOLUTION.
      made.set(id, Object.assign(image, { imageQualityStatus: 8 }));
      return id;
    });
  }

  async addVolume(volume: GivenVolume): Promise<void> {
    await this.show(this.makeImages(volume));
  }

  /** Shows images as a stack or as a volume; gives the volume's id. */
  async show(ids: string[]): Promise<string> {
    const { viewport } = this;
    const id = `volume:${ids[0]}`;
    if (viewport.type === 'stack') await viewport.setStack(ids);
    else {
      const made =
        this.cornerstone.volumeLoader.createAndCacheVolumeFromImagesSync(
          id,
          ids,
        );
      await viewport.setVolumes([{ volumeId: id }]);
      made.modified();
    }
    viewport.setProperties({ voiRange: { lower: 0, upper: 255 } });
    await this.frame();
    this.#before = this.#state();
    return id;
  }

  /** The next frame. */
  frame(): Promise<void> {
    return new Promise((resolve) => {
      this.element.addEventListener(
        this.cornerstone.Enums.Events.IMAGE_RENDERED,
        () => resolve(),
        { once: true },
      );
      this.viewport.render();
    });
  }

  /** What waits for the viewer's events and images has been done. */
  async settled(): Promise<void> {
    await this.frame();
    await this.host.orderLayers([]);
    await this.frame();
  }

  async pixel(world: Point): Promise<[number, number, number]> {
    await this.frame();
    const canvas = this.viewport.getCanvas();
    const scale = canvas.width / canvas.clientWidth;
    const [x, y] = this.viewport
      .worldToCanvas(world)
      .map((value) => Math.floor(value * scale));
    const [r, g, b] = canvas.getContext('2d')!.getImageData(x, y, 1, 1).data;
    return [r, g, b];
  }

  screen(world: Point): { x: number; y: number } {
    const box = this.viewport.getCanvas().getBoundingClientRect();
    const [x, y] = this.viewport.worldToCanvas(world);
    return { x: box.left + x, y: box.top + y };
  }

  async point(world: Point, pressed = false): Promise<void> {
    await pointAt(this.element, this.screen(world), pressed);
  }

  async leave(): Promise<void> {
    sendPointer(this.element, 'pointerleave');
  }

  #state(): string {
    const { viewport, cornerstone } = this;
    return JSON.stringify({
      actors: viewport.getActors().map(({ uid }) => uid),
      camera: viewport.getCamera(),
      volumes: cornerstone.cache.getVolumes().map((volume) => volume?.volumeId),
      images: [...cornerstone.cache._imageCache.keys()],
      size: cornerstone.cache.getCacheSize(),
      elements: this.page.getElementsByTagName('*').length,
      style: this.page.getAttribute('style'),
    });
  }

  leftovers(): readonly string[] {
    const now = this.#state();
    return now === this.#before ? [] : [`${this.#before} became ${now}`];
  }
}

/** A page with one viewport of Cornerstone3D, as its documentation makes one, and the host on it. */
export class CornerstonePage extends ViewportPage {
  readonly engine;
  readonly host: Host;

  constructor(
    cornerstone: TestedCornerstone,
    type: 'orthographic' | 'stack' = 'orthographic',
    options: object = {},
  ) {
    const page = document.createElement('div');
    const element = document.createElement('div');
    super(cornerstone, type, page, element);
    page.style.position = 'relative';
    Object.assign(element.style, { width: '240px', height: '180px' });
    page.append(element);
    document.body.append(page);
    this.engine = new cornerstone.RenderingEngine(this.name);
    this.enable(type);
    this.remember();
    this.host = cornerstoneHost({ cornerstone, element, ...options });
  }

  enable(type: string): void {
    this.engine.enableElement({
      viewportId: 'view',
      element: this.element,
      type,
      defaultOptions: { orientation: 'acquisition' },
    });
  }

  get viewport(): TestedViewport {
    return this.engine.getViewport('view');
  }

  close(): void {
    this.engine.destroy();
    this.cornerstone.cache.purgeCache();
    this.page.remove();
  }
}
