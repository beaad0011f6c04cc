import '@kitware/vtk.js/Rendering/OpenGL/ImageMapper.js';
import '@kitware/vtk.js/Rendering/OpenGL/ImageSlice.js';
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js';
import vtkPiecewiseFunction from '@kitware/vtk.js/Common/DataModel/PiecewiseFunction.js';
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData.js';
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction.js';
import vtkImageMapper from '@kitware/vtk.js/Rendering/Core/ImageMapper.js';
import { InterpolationType } from '@kitware/vtk.js/Rendering/Core/ImageProperty/Constants.js';
import vtkImageSlice from '@kitware/vtk.js/Rendering/Core/ImageSlice.js';
import vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import type { vtkCamera } from '@kitware/vtk.js/Rendering/Core/Camera.js';
import {
  axisVector,
  planeOf,
  transposeDirection,
} from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { renderLayer } from '../../imaging/render.js';
import type { Geometry } from '../../spectral/cube.js';

/**
 * One layer as vtk.js draws it: a slice of finished colours, alone in a renderer of its own. Colours and alpha are those
 * of `renderLayer`, so limits, threshold and opacity are exact, and no transfer function of 1024 steps blurs an edge.
 */
export class DrawnLayer {
  readonly renderer = vtkRenderer.newInstance();
  readonly #slice = vtkImageSlice.newInstance();
  readonly #mapper = vtkImageMapper.newInstance();
  /** What the pixels on the GPU were made from. */
  #drawn: Layer | null = null;
  #lift = 0;

  constructor(
    public layer: Layer,
    camera: vtkCamera,
  ) {
    this.draw(layer);
    const property = this.#slice.getProperty();
    property.setRGBTransferFunction(0, sameColours());
    property.setPiecewiseFunction(0, sameAlpha());
    this.#mapper.setSlicingMode(vtkImageMapper.SlicingMode.K);
    this.#slice.setMapper(this.#mapper);
    this.#slice.setForceOpaque(true);
    this.#slice.setPickable(false);
    this.renderer.setInteractive(false);
    this.renderer.setActiveCamera(camera);
    this.renderer.addViewProp(this.#slice);
  }

  draw(layer: Layer): void {
    if (layer.style.visible && !sameLook(this.#drawn, layer)) {
      this.#mapper.setInputData(toImageData(layer));
      this.#drawn = layer;
    }
    this.layer = layer;
    this.#slice
      .getProperty()
      .setInterpolationType(
        layer.style.interpolation === 'linear'
          ? InterpolationType.LINEAR
          : InterpolationType.NEAREST,
      );
    this.renderer.setDraw(layer.style.visible);
    this.lift(this.#lift);
  }

  /** Draws the layer so many steps along the third axis: on the slice that the viewer shows of a stack. */
  lift(steps: number): void {
    this.#lift = steps;
    const [x, y, z] = axisVector(this.layer.geometry, 2);
    this.#slice.setPosition(x * steps, y * steps, z * steps);
  }

  /** Where it is drawn. */
  get geometry(): Geometry {
    return planeOf(this.layer.geometry, this.#lift);
  }
}

// Colours as they are. Without functions of its own a slice takes two textures more with every change, and frees none.
function sameColours(): vtkColorTransferFunction {
  const colours = vtkColorTransferFunction.newInstance();
  colours.addRGBPoint(0, 0, 0, 0);
  colours.addRGBPoint(255, 1, 1, 1);
  return colours;
}

function sameAlpha(): vtkPiecewiseFunction {
  const alpha = vtkPiecewiseFunction.newInstance();
  alpha.addPoint(0, 0);
  alpha.addPoint(255, 1);
  return alpha;
}

/** Whether two layers have the same pixels in the same place, so that nothing needs to go to the GPU. */
function sameLook(a: Layer | null, b: Layer): boolean {
  if (!a || a.image !== b.image || a.geometry !== b.geometry) return false;
  const same = (one: readonly number[], other: readonly number[]): boolean =>
    one.every((value, i) => value === other[i]);
  return (
    a.style.opacity === b.style.opacity &&
    (b.image.kind === 'rgba' ||
      (a.style.threshold === b.style.threshold &&
        same(a.style.colour, b.style.colour) &&
        same(a.style.limits, b.style.limits)))
  );
}

function toImageData(layer: Layer): vtkImageData {
  const { width, height, data } = renderLayer(layer);
  const { origin, spacing, direction } = layer.geometry;
  const scalars = vtkDataArray.newInstance({
    name: layer.name,
    numberOfComponents: 4,
    values: new Uint8Array(data.buffer),
  });
  // Otherwise vtk.js looks at every value for them, on the page's thread.
  for (let c = 0; c < 4; c++) scalars.setRange({ min: 0, max: 255 }, c);
  scalars.setRange({ min: 0, max: 510 }, 4);
  const image = vtkImageData.newInstance();
  image.setDimensions(width, height, 1);
  image.setOrigin([...origin]);
  image.setSpacing([...spacing]);
  image.setDirection(transposeDirection(direction));
  image.getPointData().setScalars(scalars);
  return image;
}
