import type { vtkCamera } from '@kitware/vtk.js/Rendering/Core/Camera.js';
import {
  axisVector,
  planeOf,
  transposeDirection,
} from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { renderLayer, sameLook } from '../../imaging/render.js';
import type { Geometry } from '../../spectral/cube.js';
import type { LayerParts } from './parts.js';

/**
 * One layer as vtk.js draws it: a slice of finished colours, alone in a renderer of its own. Colours and alpha are those
 * of `renderLayer`, so limits, threshold and opacity are exact, and no transfer function of 1024 steps blurs an edge.
 */
export class DrawnLayer {
  /** What the pixels on the GPU were made from. */
  #drawn: Layer | null = null;
  #lift = 0;
  #hidden = false;

  constructor(
    public layer: Layer,
    readonly parts: LayerParts,
    camera: vtkCamera,
  ) {
    this.draw(layer);
    const { renderer, slice, mapper, image, scalars, colours, alpha } = parts;
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
    renderer.setActiveCamera(camera);
    renderer.addViewProp(slice);
  }

  draw(layer: Layer): void {
    const { slice } = this.parts;
    if (layer.style.visible && !sameLook(this.#drawn, layer)) {
      this.#paint(layer);
      this.#drawn = layer;
    }
    this.layer = layer;
    const property = slice.getProperty();
    if (layer.style.interpolation === 'linear')
      property.setInterpolationTypeToLinear();
    else property.setInterpolationTypeToNearest();
    this.hide(this.#hidden);
    this.lift(this.#lift);
  }

  /** Draws nothing, visible or not. */
  hide(hidden: boolean): void {
    this.#hidden = hidden;
    this.parts.renderer.setDraw(this.layer.style.visible && !hidden);
  }

  /** Draws the layer so many steps along the third axis: on the slice that the viewer shows of a stack. */
  lift(steps: number): void {
    this.#lift = steps;
    const [x, y, z] = axisVector(this.layer.geometry, 2);
    this.parts.slice.setPosition(x * steps, y * steps, z * steps);
  }

  /** Where it is drawn. */
  get geometry(): Geometry {
    return planeOf(this.layer.geometry, this.#lift);
  }

  #paint(layer: Layer): void {
    const { width, height, data } = renderLayer(layer);
    const { origin, spacing, direction } = layer.geometry;
    const { image, scalars } = this.parts;
    scalars.setName(layer.name);
    scalars.setData(new Uint8Array(data.buffer), 4);
    // Otherwise vtk.js looks at every value for them, on the page's thread.
    for (let c = 0; c < 4; c++) scalars.setRange({ min: 0, max: 255 }, c);
    scalars.setRange({ min: 0, max: 510 }, 4);
    image.setDimensions(width, height, 1);
    image.setOrigin([...origin]);
    image.setSpacing([...spacing]);
    image.setDirection(transposeDirection(direction));
    image.modified();
  }
}
