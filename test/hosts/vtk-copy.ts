import type vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js';
import type vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData.js';
import type vtkCamera from '@kitware/vtk.js/Rendering/Core/Camera.js';
import type vtkImageMapper from '@kitware/vtk.js/Rendering/Core/ImageMapper.js';
import type vtkImageSlice from '@kitware/vtk.js/Rendering/Core/ImageSlice.js';
import type vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import type vtkGenericRenderWindow from '@kitware/vtk.js/Rendering/Misc/GenericRenderWindow.js';

/** A copy of vtk.js, laid as its script leaves it on window, as far as test pages use it. */
export interface VtkCopy {
  readonly Rendering: {
    readonly Core: {
      readonly vtkCamera: typeof vtkCamera;
      readonly vtkImageMapper: typeof vtkImageMapper;
      readonly vtkImageSlice: typeof vtkImageSlice;
      readonly vtkRenderer: typeof vtkRenderer;
    };
    readonly Misc: {
      readonly vtkGenericRenderWindow: typeof vtkGenericRenderWindow;
    };
  };
  readonly Common: {
    readonly Core: { readonly vtkDataArray: typeof vtkDataArray };
    readonly DataModel: { readonly vtkImageData: typeof vtkImageData };
  };
}

// A variable, as the runner would look for the file.
const address = '/__bundled/second-vtk.js';

/** Another copy than the one that tests import. */
export async function anotherCopy(): Promise<VtkCopy> {
  return ((await import(address)) as { default: VtkCopy }).default;
}

/** How many modifications a copy has counted. */
const counted = ({ Common }: VtkCopy): number =>
  Common.Core.vtkDataArray.newInstance({ size: 0, empty: true }).getMTime();

/** Lets one copy count further than another, at least by so many modifications. */
export function countAhead(ahead: VtkCopy, behind: VtkCopy, by = 0): void {
  const goal = counted(behind) + by;
  while (counted(ahead) < goal);
}
