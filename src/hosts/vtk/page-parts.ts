import { UnmixingError } from '../../spectral/errors.js';
import { hasMethods, valueOf } from '../common/shapes.js';
import type { LayerParts } from './parts.js';

/** The classes that a layer is drawn with, where vtk.js has them. */
const places = {
  renderer: 'Rendering.Core.vtkRenderer',
  slice: 'Rendering.Core.vtkImageSlice',
  mapper: 'Rendering.Core.vtkImageMapper',
  image: 'Common.DataModel.vtkImageData',
  scalars: 'Common.Core.vtkDataArray',
  colours: 'Rendering.Core.vtkColorTransferFunction',
  alpha: 'Common.DataModel.vtkPiecewiseFunction',
} as const;

/** What vtk.js puts on window where a page loads it as a script. */
export type VtkNamespace = object;

interface Class {
  newInstance(initial?: object): object;
}

function classAt(vtk: VtkNamespace, place: string): Class | null {
  let at: unknown = vtk;
  for (const name of place.split('.'))
    at = isObject(at) ? valueOf(at, name) : undefined;
  return isObject(at) && hasMethods(at, 'newInstance') ? (at as Class) : null;
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/**
 * Makes the objects of a layer from the copy of vtk.js that a page has as a script, so that no second one is loaded.
 * @throws UnmixingError `host` when it lacks one of them
 */
export function pageParts(vtk: VtkNamespace): () => LayerParts {
  const missing = Object.values(places).find((place) => !classAt(vtk, place));
  if (missing !== undefined)
    throw new UnmixingError(
      'host',
      `This vtk.js is not one that the plugin knows: ${missing} is missing (tested with 37.4.3).`,
    );
  const make = (part: keyof typeof places, initial?: object): object =>
    classAt(vtk, places[part])!.newInstance(initial);
  return () => {
    const parts = {
      renderer: make('renderer'),
      slice: make('slice'),
      mapper: make('mapper'),
      image: make('image'),
      scalars: make('scalars', { size: 0, empty: true }),
      colours: make('colours'),
      alpha: make('alpha'),
    } as unknown as LayerParts;
    parts.slice.setForceOpaque(true);
    return parts;
  };
}
