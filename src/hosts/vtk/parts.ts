import type vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js';
import type { vtkImageData } from '@kitware/vtk.js/Common/DataModel/ImageData.js';
import type { vtkPiecewiseFunction } from '@kitware/vtk.js/Common/DataModel/PiecewiseFunction.js';
import type { vtkColorTransferFunction } from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction.js';
import type { vtkImageMapper } from '@kitware/vtk.js/Rendering/Core/ImageMapper.js';
import type { vtkImageSlice } from '@kitware/vtk.js/Rendering/Core/ImageSlice.js';
import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';

/**
 * Fresh objects that one layer is drawn with, all of one copy of vtk.js. Best the one that draws the viewer: counts of
 * modifications are kept by each copy for itself, so that objects of another go stale when they are changed.
 */
export interface LayerParts {
  readonly renderer: vtkRenderer;
  /** Opaque, so that it stays in the pass that keeps the order. */
  readonly slice: vtkImageSlice;
  readonly mapper: vtkImageMapper;
  readonly image: vtkImageData;
  readonly scalars: vtkDataArray;
  readonly colours: vtkColorTransferFunction;
  readonly alpha: vtkPiecewiseFunction;
}
