import '@kitware/vtk.js/Rendering/Profiles/Volume.js';
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js';
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData.js';
import vtkCamera from '@kitware/vtk.js/Rendering/Core/Camera.js';
import vtkImageMapper from '@kitware/vtk.js/Rendering/Core/ImageMapper.js';
import { InterpolationType } from '@kitware/vtk.js/Rendering/Core/ImageProperty/Constants.js';
import vtkImageSlice from '@kitware/vtk.js/Rendering/Core/ImageSlice.js';
import vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import vtkGenericRenderWindow from '@kitware/vtk.js/Rendering/Misc/GenericRenderWindow.js';
import { transposeDirection, type Point } from '../../src/imaging/geometry.js';
import { vtkHost, type VtkHostOptions } from '../../src/hosts/vtk.js';
import type { GivenVolume, HostHarness } from '../conformance/suite.js';
import type { VtkCopy } from './vtk-copy.js';

/** The copy of vtk.js that the tests and the plugin import. */
export const ownCopy: VtkCopy = {
  Rendering: {
    Core: { vtkCamera, vtkImageMapper, vtkImageSlice, vtkRenderer },
    Misc: { vtkGenericRenderWindow },
  },
  Common: { Core: { vtkDataArray }, DataModel: { vtkImageData } },
};

interface GlView {
  getContext(): WebGL2RenderingContext;
  getCanvas(): HTMLCanvasElement;
  getSize(): [number, number];
  worldToDisplay(
    x: number,
    y: number,
    z: number,
    renderer: unknown,
  ): [number, number, number];
}

export function toImage(
  { layout, width, height, bands, data, geometry }: GivenVolume,
  { Common }: VtkCopy = ownCopy,
): vtkImageData {
  const image = Common.DataModel.vtkImageData.newInstance();
  image.setDimensions(width, height, layout === 'slices' ? bands : 1);
  image.setOrigin([...geometry.origin]);
  image.setSpacing([...geometry.spacing]);
  image.setDirection(transposeDirection(geometry.direction));
  image.getPointData().setScalars(
    Common.Core.vtkDataArray.newInstance({
      name: 'Scalars',
      numberOfComponents: layout === 'components' ? bands : 1,
      values: data,
    }),
  );
  return image;
}

/** A page with a vtk.js viewer as its documentation makes one, and the host on it. */
export class VtkPage implements HostHarness {
  readonly page = document.createElement('div');
  readonly container = document.createElement('div');
  readonly viewer;
  readonly held: vtkImageData[] = [];
  readonly host;
  #before = '';

  /** @param vtk the copy of vtk.js that draws the page */
  constructor(
    options: Partial<VtkHostOptions> = {},
    readonly vtk: VtkCopy = ownCopy,
  ) {
    this.viewer = vtk.Rendering.Misc.vtkGenericRenderWindow.newInstance();
    this.page.append(this.container);
    document.body.append(this.page);
    Object.assign(this.container.style, { width: '240px', height: '180px' });
    // vtk.js captures the pointer, which browsers allow for real pointers only.
    this.container.setPointerCapture = () => undefined;
    this.container.releasePointerCapture = () => undefined;
    this.viewer.setContainer(this.container);
    this.viewer.resize();
    this.#before = this.#state();
    this.host = vtkHost({
      renderWindow: this.renderWindow,
      renderer: this.renderer,
      container: this.container,
      volumes: () => this.held,
      ...options,
    });
  }

  get renderWindow() {
    return this.viewer.getRenderWindow();
  }

  get renderer() {
    return this.viewer.getRenderer();
  }

  get view(): GlView {
    return this.renderWindow.getViews()[0] as GlView;
  }

  /** Draws what vtk.js can draw, as grey or colour; holds the rest. */
  async addVolume(volume: GivenVolume): Promise<void> {
    const image = toImage(volume, this.vtk);
    if (volume.layout === 'components' && volume.bands > 4) {
      this.held.push(image);
      this.renderWindow.render();
    } else this.draw(image);
  }

  draw(image: vtkImageData): vtkImageMapper {
    const { Core } = this.vtk.Rendering;
    const mapper = Core.vtkImageMapper.newInstance();
    mapper.setInputData(image);
    mapper.setSlicingMode(Core.vtkImageMapper.SlicingMode.K);
    const slice = Core.vtkImageSlice.newInstance();
    slice.setMapper(mapper);
    slice.getProperty().setInterpolationType(InterpolationType.NEAREST);
    this.renderer.addViewProp(slice);
    this.renderer.resetCamera();
    this.renderWindow.render();
    this.#before = this.#state();
    return mapper;
  }

  /** Position in the frame, from its bottom left. */
  #display([x, y, z]: Point): [number, number] {
    const [a, b] = this.view.worldToDisplay(x, y, z, this.renderer);
    return [a, b];
  }

  async pixel(world: Point): Promise<[number, number, number]> {
    this.renderWindow.render();
    const gl = this.view.getContext();
    const [x, y] = this.#display(world).map(Math.floor);
    const found = new Uint8Array(4);
    gl.readPixels(x, y, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, found);
    return [found[0], found[1], found[2]];
  }

  screen(world: Point): { x: number; y: number } {
    const box = this.view.getCanvas().getBoundingClientRect();
    const [width, height] = this.view.getSize();
    const [x, y] = this.#display(world);
    return {
      x: box.left + (x / width) * box.width,
      y: box.top + (1 - y / height) * box.height,
    };
  }

  async point(world: Point, pressed = false): Promise<void> {
    const { x, y } = this.screen(world);
    this.#send('pointermove', x, y);
    await new Promise((resolve) =>
      requestAnimationFrame(() => requestAnimationFrame(resolve)),
    );
    if (!pressed) return;
    this.#send('pointerdown', x, y);
    this.#send('pointerup', x, y);
  }

  async leave(): Promise<void> {
    this.#send('pointerleave', 0, 0);
  }

  #send(type: string, clientX: number, clientY: number): void {
    // On the container, as vtk.js captures the pointer there.
    this.container.dispatchEvent(
      new PointerEvent(type, {
        clientX,
        clientY,
        button: type === 'pointermove' || type === 'pointerleave' ? -1 : 0,
        bubbles: type !== 'pointerleave',
        pointerType: 'mouse',
      }),
    );
  }

  #state(): string {
    const camera = this.renderer.getActiveCamera();
    return JSON.stringify({
      renderers: this.renderWindow.getRenderers().length,
      layers: this.renderWindow.getNumberOfLayers(),
      props: this.renderer.getViewProps().length,
      camera: [
        camera.getPosition(),
        camera.getFocalPoint(),
        camera.getViewUp(),
        camera.getParallelProjection(),
        camera.getParallelScale(),
        camera.getClippingRange(),
      ],
      elements: this.page.getElementsByTagName('*').length,
      style: this.page.getAttribute('style'),
    });
  }

  leftovers(): readonly string[] {
    const now = this.#state();
    return now === this.#before ? [] : [`${this.#before} became ${now}`];
  }

  close(): void {
    // Browsers allow few contexts at a time, and free them late.
    const gl = this.view.getContext().getExtension('WEBGL_lose_context');
    this.viewer.delete();
    gl?.loseContext();
    this.page.remove();
  }
}
