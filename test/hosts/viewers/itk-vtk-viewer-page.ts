import {
  itkVtkViewerHost,
  type ItkImage,
  type ItkVtkViewer,
  type ItkVtkViewerHost,
  type ItkVtkViewerHostOptions,
} from '../../../src/hosts/itk-vtk-viewer.js';
import { rendered } from '../../../src/hosts/itk-vtk-viewer/rendered.js';
import type { ViewProxy } from '../../../src/hosts/itk-vtk-viewer/viewer.js';
import type { Point } from '../../../src/imaging/geometry.js';
import type { Geometry } from '../../../src/spectral/cube.js';
import type { GivenVolume, HostHarness } from '../../conformance/suite.js';
import { onPage, pointAt, sendPointer } from './pointer.js';

interface GlView {
  getCanvas(): HTMLCanvasElement;
  getContext(): WebGL2RenderingContext;
  getSize(): [number, number];
  traverseAllPasses(): void;
  worldToDisplay(
    ...world: [number, number, number, unknown]
  ): [number, number, number];
}

/** More of the viewer than the adapter uses: what pages do with it. */
export interface Viewer extends ItkVtkViewer {
  setImageColorRange(range: number[], component: number, name: string): void;
  getImageColorMap(component: number, name: string): string;
  getImageColorRange(component: number, name: string): readonly number[];
  getLabelImage(): unknown;
  getLabelImageLabelNames(name: string): ReadonlyMap<number, string>;
  setCroppingPlanes(planes: readonly object[]): void;
  setViewMode(mode: 'XPlane' | 'YPlane' | 'ZPlane' | 'Volume'): void;
}

interface ItkVtkViewerModule {
  readonly version: string;
  createViewer(container: HTMLElement, options: object): Promise<Viewer>;
}

declare global {
  interface Window {
    itkVtkViewer?: ItkVtkViewerModule;
  }
}

/** The viewer's script, as pages load it. */
async function load(): Promise<ItkVtkViewerModule> {
  if (!window.itkVtkViewer) {
    const script = document.createElement('script');
    script.src = '/viewers/itk-vtk-viewer/itkVtkViewer.js';
    const loaded = new Promise((resolve) =>
      script.addEventListener('load', resolve),
    );
    document.head.append(script);
    await loaded;
  }
  return window.itkVtkViewer!;
}

export const module = await load();

export function toItk(
  { layout, width, height, bands, data, geometry }: GivenVolume,
  name = 'Image',
): ItkImage {
  const components = layout === 'components' ? bands : 1;
  return {
    imageType: {
      dimension: 3,
      componentType: data.constructor.name.replace('Array', '').toLowerCase(),
      pixelType: components > 1 ? 'VariableLengthVector' : 'Scalar',
      components,
    },
    name,
    origin: geometry.origin,
    spacing: geometry.spacing,
    direction: Float64Array.from(geometry.direction),
    size: [width, height, layout === 'slices' ? bands : 1],
    metadata: new Map(),
    data,
  };
}

/** A page with the viewer as its documentation makes one, and the host on it. */
export class ItkVtkViewerPage implements HostHarness {
  #before = '';
  #count = 0;

  private constructor(
    readonly page: HTMLElement,
    readonly container: HTMLElement,
    readonly viewer: Viewer,
    readonly host: ItkVtkViewerHost,
  ) {
    // The viewer captures the pointer, which browsers allow for real pointers only.
    this.view.getContainer().setPointerCapture = () => undefined;
    this.view.getContainer().releasePointerCapture = () => undefined;
    this.#before = this.#state();
  }

  static async open(
    options: Partial<ItkVtkViewerHostOptions> = {},
  ): Promise<ItkVtkViewerPage> {
    const page = document.createElement('div');
    const container = document.createElement('div');
    Object.assign(container.style, { width: '460px', height: '320px' });
    page.append(container);
    document.body.append(page);
    const viewer = await module.createViewer(container, {
      use2D: true,
      rotate: false,
    });
    // After the timer with which the viewer frames what it shows at first.
    await new Promise((resolve) => setTimeout(resolve, 2));
    const host = itkVtkViewerHost({ viewer, ...options });
    return new ItkVtkViewerPage(page, container, viewer, host);
  }

  get view(): ViewProxy {
    return this.viewer.getViewProxy();
  }

  get #gl(): GlView {
    return this.view.getRenderWindow().getViews()[0] as GlView;
  }

  /** Few bands as users give them to the viewer, many by the plugin. */
  async addVolume(volume: GivenVolume): Promise<void> {
    const name = `volume-${++this.#count}`;
    const image = toItk(volume, name);
    await rendered(this.viewer, name, () =>
      volume.bands > 16
        ? this.host.showCube(image)
        : this.viewer.setImage(image, name),
    );
    this.viewer.setImageColorMap('Grayscale', 0, name);
    this.viewer.setImageColorRange([0, 255], 0, name);
    this.#uncrop(volume.geometry);
    this.#before = this.#state();
  }

  /** The viewer crops turned images by a box that does not hold them: opens it, as its users do with the handles. */
  #uncrop({ origin, direction }: Geometry): void {
    this.viewer.setCroppingPlanes(
      [0, 1, 2].flatMap((axis) =>
        [-1, 1].map((side) => {
          const out = [0, 3, 6].map((row) => side * direction[row + axis]);
          return {
            origin: out.map((step, i) => origin[i] + 1000 * step),
            normal: out.map((step) => -step),
          };
        }),
      ),
    );
  }

  /** Position in the frame, from its bottom left. */
  #display([x, y, z]: Point): [number, number] {
    const [a, b] = this.#gl.worldToDisplay(x, y, z, this.view.getRenderer());
    return [a, b];
  }

  async pixel(world: Point): Promise<[number, number, number]> {
    // Now, also where the viewer waits for a frame of an animation.
    this.#gl.traverseAllPasses();
    const [x, y] = this.#display(world).map(Math.floor);
    const one = new OffscreenCanvas(1, 1).getContext('2d')!;
    const [, height] = this.#gl.getSize();
    one.drawImage(this.#gl.getCanvas(), -x, y - height + 1);
    const [red, green, blue] = one.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  }

  screen(world: Point): { x: number; y: number } {
    const size = this.#gl.getSize();
    const [x, y] = this.#display(world);
    return onPage(this.#gl.getCanvas(), [x, size[1] - y], size);
  }

  async point(world: Point, pressed = false): Promise<void> {
    await pointAt(this.view.getContainer(), this.screen(world), pressed);
  }

  async leave(): Promise<void> {
    sendPointer(this.view.getContainer(), 'pointerleave');
  }

  #state(): string {
    const { view, viewer } = this;
    const camera = view.getRenderer().getActiveCamera();
    const manager = view.getProxyManager() as unknown as {
      getSources(): readonly unknown[];
    };
    return JSON.stringify({
      renderers: view.getRenderWindow().getRenderers().length,
      layers: view.getRenderWindow().getNumberOfLayers(),
      props: view.getRenderer().getViewProps().length,
      sources: manager.getSources().length,
      names: viewer.getLayerNames(),
      camera: [
        camera.getPosition(),
        camera.getFocalPoint(),
        camera.getViewUp(),
        camera.getParallelProjection(),
        camera.getParallelScale(),
        camera.getClippingRange(),
      ],
      elements: this.page.childElementCount,
      style: this.page.getAttribute('style'),
    });
  }

  leftovers(): readonly string[] {
    const now = this.#state();
    return now === this.#before ? [] : [`${this.#before} became ${now}`];
  }

  close(): void {
    // The viewer has no end: it may be at work still, and must not draw what is gone.
    const interactor = this.view.getRenderWindow().getInteractor();
    (
      interactor as unknown as { setEnableRender(enabled: boolean): void }
    ).setEnableRender(false);
    // Browsers allow few contexts at a time, and free them late.
    const gl = this.#gl.getContext().getExtension('WEBGL_lose_context');
    this.page.remove();
    gl?.loseContext();
  }
}
