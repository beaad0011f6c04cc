import type { vtkCamera } from '@kitware/vtk.js/Rendering/Core/Camera.js';
import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import { axisVector, cross, dot, type Point } from '../../imaging/geometry.js';
import type { Geometry } from '../../spectral/cube.js';
import type { Undo } from '../host.js';

/** Room left around what is framed, as a factor. */
const margin = 1.04;

/**
 * Looks straight at an image as images are shown: its first row on top, its first column left, parallel projection, all
 * corners in view. For an image without rotation the camera so stands on the side of negative z and up is negative y.
 * @param aspect width over height of the renderer's viewport
 */
export function frame(
  renderer: vtkRenderer,
  geometry: Geometry,
  corners: readonly Point[],
  aspect: number,
): void {
  const right = unit(axisVector(geometry, 0));
  const back = unit(cross(axisVector(geometry, 1), right));
  const up = cross(back, right);
  const middle = (axis: Point): [number, number] => {
    const along = corners.map((corner) => dot(corner, axis));
    const [low, high] = [Math.min(...along), Math.max(...along)];
    return [(low + high) / 2, (high - low) / 2];
  };
  const [[x, halfWidth], [y, halfHeight], [z, halfDepth]] = [
    middle(right),
    middle(up),
    middle(back),
  ];
  const at = (distance: number): [number, number, number] => {
    const place = (i: number): number =>
      x * right[i] + y * up[i] + (z + distance) * back[i];
    return [place(0), place(1), place(2)];
  };
  const radius = Math.hypot(halfWidth, halfHeight, halfDepth);
  const camera = renderer.getActiveCamera();
  camera.setParallelProjection(true);
  camera.setPositionAndFocalPoint(at(4 * radius), at(0));
  camera.setViewUp(up);
  camera.setParallelScale(margin * Math.max(halfHeight, halfWidth / aspect));
  camera.setClippingRange(0.1 * radius, 8 * radius);
  renderer.resetCameraClippingRange();
}

/** Takes note of a camera, to bring it back there. */
export function remember(camera: vtkCamera): Undo {
  const position = camera.getPosition();
  const focalPoint = camera.getFocalPoint();
  const viewUp = camera.getViewUp();
  const [near, far] = camera.getClippingRange();
  const parallel = camera.getParallelProjection();
  const scale = camera.getParallelScale();
  return () => {
    camera.setParallelProjection(parallel);
    camera.setParallelScale(scale);
    camera.setPositionAndFocalPoint(position, focalPoint);
    camera.setViewUp(viewUp);
    camera.setClippingRange(near, far);
  };
}

function unit(v: Point): [number, number, number] {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}
