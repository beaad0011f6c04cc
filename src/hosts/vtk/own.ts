import '@kitware/vtk.js/Rendering/OpenGL/ImageMapper.js';
import '@kitware/vtk.js/Rendering/OpenGL/ImageSlice.js';
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js';
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData.js';
import vtkPiecewiseFunction from '@kitware/vtk.js/Common/DataModel/PiecewiseFunction.js';
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction.js';
import vtkImageMapper from '@kitware/vtk.js/Rendering/Core/ImageMapper.js';
import vtkImageSlice from '@kitware/vtk.js/Rendering/Core/ImageSlice.js';
import vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import type { LayerParts } from './parts.js';

/** Parts of the vtk.js that this package is installed beside. */
export function ownParts(): LayerParts {
  const slice = vtkImageSlice.newInstance();
  slice.setForceOpaque(true);
  return {
    renderer: vtkRenderer.newInstance(),
    slice,
    mapper: vtkImageMapper.newInstance(),
    image: vtkImageData.newInstance(),
    scalars: vtkDataArray.newInstance({ size: 0, empty: true }),
    colours: vtkColorTransferFunction.newInstance(),
    alpha: vtkPiecewiseFunction.newInstance(),
  };
}

/** Whether a page draws with this copy of vtk.js: each counts modifications for itself, so here ours counts the page's, too. */
export function drawsWithOwn(renderer: vtkRenderer): boolean {
  const count = (): number => vtkPiecewiseFunction.newInstance().getMTime();
  const [first, second] = [count(), count()];
  renderer.makeCamera();
  return count() - second > second - first;
}
