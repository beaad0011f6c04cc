import type { vtkCamera } from '@kitware/vtk.js/Rendering/Core/Camera.js';
import type { vtkRenderWindow } from '@kitware/vtk.js/Rendering/Core/RenderWindow.js';
import {
  axisVector,
  planeOf,
  transposeDirection,
} from '../../imaging/geometry.js';
import type { Layer, RgbaImage } from '../../imaging/layer.js';
import { renderLayer, sameLook } from '../../imaging/render.js';
import type { Geometry } from '../../spectral/cube.js';
import type { LayerParts } from './parts.js';

/** What layers are drawn in. */
export interface Drawing {
  readonly window: vtkRenderWindow;
  /** Of the window's copy of vtk.js. */
  readonly camera: vtkCamera;
  /**
   * Makes parts for a layer; given where they are of another copy of vtk.js than the window. That copy tells what has changed
   * by comparing its own counts of modifications with those of the parts, and misses changes. So a layer is taken away with
   * every change and drawn by parts that the window has not seen yet.
   */
  readonly fresh?: () => LayerParts;
}

/** Where a layer is drawn. */
export interface Placement {
  /** The layer of the render window. */
  readonly level: number;
  readonly viewport: readonly [number, number, number, number];
  /** Steps along the third axis: to the slice that the viewer shows of a stack. */
  readonly lift: number;
  /** Draws nothing, visible or not. */
  readonly hidden: boolean;
}

/**
 * One layer as vtk.js draws it: a slice of finished colours, alone in a renderer of its own. Colours and alpha are those
 * of `renderLayer`, so limits, threshold and opacity are exact, and no transfer function of 1024 steps blurs an edge.
 */
export class DrawnLayer {
  /** Finished colours, and what they were made from: none before the layer is visible for the first time. */
  #picture: (RgbaImage & { readonly of: Layer }) | null = null;
  /** Whether the parts have the picture. */
  #filled = false;
  /** Where the layer is drawn as it is now; empty when it has changed since. */
  #place = '';
  #lift = 0;

  /** @throws UnmixingError when the layer cannot be drawn */
  constructor(
    public layer: Layer,
    public parts: LayerParts,
    readonly drawing: Drawing,
  ) {
    this.draw(layer);
    this.#prepare();
  }

  /** Takes what is to be drawn from the next `place` on. */
  draw(layer: Layer): void {
    if (layer.style.visible && !sameLook(this.#picture?.of ?? null, layer)) {
      this.#picture = { ...renderLayer(layer), of: layer };
      this.#filled = false;
    }
    this.layer = layer;
    this.#place = '';
  }

  /** Draws the layer there, with the next frame. */
  place({ level, viewport, lift, hidden }: Placement): void {
    const place = [level, viewport, lift, hidden].join();
    if (place === this.#place) return;
    this.#place = place;
    this.#lift = lift;
    const { window, fresh } = this.drawing;
    if (fresh && window.hasRenderer(this.parts.renderer)) {
      this.remove();
      this.parts = fresh();
      this.#prepare();
    }
    const { geometry, style } = this.layer;
    // A renderer that is in the window and draws nothing makes vtk.js throw when it is taken out.
    if (!style.visible || hidden) {
      this.remove();
      return;
    }
    const { renderer, slice } = this.parts;
    if (!this.#filled) this.#fill();
    const property = slice.getProperty();
    if (style.interpolation === 'linear')
      property.setInterpolationTypeToLinear();
    else property.setInterpolationTypeToNearest();
    const [x, y, z] = axisVector(geometry, 2);
    slice.setPosition(x * lift, y * lift, z * lift);
    renderer.setViewport(...viewport);
    renderer.setLayer(level);
    window.addRenderer(renderer);
  }

  remove(): void {
    this.drawing.window.removeRenderer(this.parts.renderer);
  }

  /** Where it is drawn. */
  get geometry(): Geometry {
    return planeOf(this.layer.geometry, this.#lift);
  }

  #prepare(): void {
    const { renderer, slice, mapper, image, scalars, colours, alpha } =
      this.parts;
    this.#filled = false;
    image.getPointData().setScalars(scalars);
    // Colours as they are. Without functions of its own a slice takes two textures more with every change, and frees none.
    colours.addRGBPoint(0, 0, 0, 0);
    colours.addRGBPoint(255, 1, 1, 1);
    alpha.addPoint(0, 0);
    alpha.addPoint(255, 1);
    const property = slice.getProperty();
    property.setRGBTransferFunction(0, colours);
    property.setPiecewiseFunction(0, alpha);
    mapper.setInputData(image);
    mapper.setKSlice(0);
    slice.setMapper(mapper);
    slice.setPickable(false);
    renderer.setInteractive(false);
    renderer.setActiveCamera(this.drawing.camera);
    renderer.addViewProp(slice);
  }

  #fill(): void {
    if (!this.#picture) return;
    const { width, height, data, of } = this.#picture;
    const { origin, spacing, direction } = of.geometry;
    const { image, scalars } = this.parts;
    scalars.setName(of.name);
    scalars.setData(new Uint8Array(data.buffer), 4);
    // Otherwise vtk.js looks at every value for them, on the page's thread.
    for (let c = 0; c < 4; c++) scalars.setRange({ min: 0, max: 255 }, c);
    scalars.setRange({ min: 0, max: 510 }, 4);
    image.setDimensions(width, height, 1);
    image.setOrigin([...origin]);
    image.setSpacing([...spacing]);
    image.setDirection(transposeDirection(direction));
    image.modified();
    this.#filled = true;
  }
}
