import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import { meetPlane, pixelAt, type Point } from '../../imaging/geometry.js';
import type { Geometry } from '../../spectral/cube.js';

/** An image in the view: what the pointer can meet. */
export interface Surface {
  readonly geometry: Geometry;
  readonly width: number;
  readonly height: number;
}

/** The part of vtk.js's OpenGL view that is used here. */
export interface View {
  getCanvas(): HTMLCanvasElement;
  getSize(): [number, number];
  isInViewport(x: number, y: number, renderer: vtkRenderer): boolean;
  displayToWorld(
    x: number,
    y: number,
    z: number,
    renderer: vtkRenderer,
  ): ArrayLike<number>;
}

/**
 * Where a point of the page meets the first of these images that it lies on, or null. The ray is met with the image's
 * plane, which is exact for rotated images, in parallel and in perspective views.
 */
export function worldUnder(
  client: { readonly clientX: number; readonly clientY: number },
  view: View,
  renderer: vtkRenderer,
  surfaces: readonly Surface[],
): Point | null {
  const box = view.getCanvas().getBoundingClientRect();
  const [width, height] = view.getSize();
  const x = ((client.clientX - box.left) / box.width) * width;
  const y = (1 - (client.clientY - box.top) / box.height) * height;
  if (!view.isInViewport(x, y, renderer)) return null;
  const at = (depth: number): Point => {
    const [a, b, c] = Array.from(view.displayToWorld(x, y, depth, renderer));
    return [a, b, c];
  };
  const ray = [at(0), at(1)] as const;
  for (const { geometry, width: columns, height: rows } of surfaces) {
    const world = meetPlane(geometry, ray);
    if (world && pixelAt(geometry, columns, rows, world)) return world;
  }
  return null;
}
