import type { vtkCamera } from '@kitware/vtk.js/Rendering/Core/Camera.js';
import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import { cross, type Point } from '../../imaging/geometry.js';
import type { Geometry } from '../../spectral/cube.js';
import { facing } from '../../imaging/framing.js';
import type { Undo, View } from '../host.js';

/**
 * Looks straight at an image, in parallel projection.
 * @param aspect width over height of the renderer's viewport
 */
export function frame(
  renderer: vtkRenderer,
  geometry: Geometry,
  corners: readonly Point[],
  aspect: number,
): void {
  const { eye, up, centre, radius, halfHeight } = facing(
    geometry,
    corners,
    aspect,
  );
  const [x, y, z] = centre;
  const far = 4 * radius;
  const camera = renderer.getActiveCamera();
  camera.setParallelProjection(true);
  // One after the other, as older copies of vtk.js have no call for both.
  camera.setFocalPoint(...centre);
  camera.setPosition(x + far * eye[0], y + far * eye[1], z + far * eye[2]);
  camera.setViewUp(up);
  camera.setParallelScale(halfHeight);
  camera.setClippingRange(0.1 * radius, 8 * radius);
  renderer.resetCameraClippingRange();
}

/** What a camera shows, as if in parallel projection. */
export function viewOf(camera: vtkCamera): View {
  const up = camera.getViewUp();
  const towards = camera.getDirectionOfProjection();
  const right = unit(cross(towards, up));
  return {
    centre: [...camera.getFocalPoint()],
    right,
    up: cross(right, towards),
    halfHeight: camera.getParallelProjection()
      ? camera.getParallelScale()
      : camera.getDistance() *
        Math.tan((camera.getViewAngle() * Math.PI) / 360),
  };
}

/** Shows this, in parallel projection, from as far as before. */
export function look(
  renderer: vtkRenderer,
  { centre, right, up, halfHeight }: View,
): void {
  const camera = renderer.getActiveCamera();
  const distance = camera.getDistance();
  const eye = cross(right, up);
  const [x, y, z] = centre;
  camera.setParallelProjection(true);
  camera.setFocalPoint(x, y, z);
  camera.setPosition(
    x + distance * eye[0],
    y + distance * eye[1],
    z + distance * eye[2],
  );
  camera.setViewUp([up[0], up[1], up[2]]);
  camera.setParallelScale(halfHeight);
  renderer.resetCameraClippingRange();
}

function unit(v: Point): [number, number, number] {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}

/**
 * Lets a camera draw all of these points that lie before it. vtk.js does the same in its renderer, but asks the camera for what
 * those of other versions do not have.
 */
export function clip(camera: vtkCamera, points: readonly Point[]): void {
  const eye = camera.getPosition();
  const towards = camera.getDirectionOfProjection();
  const depths = points.map((point) =>
    point.reduce((sum, value, i) => sum + (value - eye[i]) * towards[i], 0),
  );
  const [nearest, farthest] = [Math.min(...depths), Math.max(...depths)];
  if (farthest <= 0) return;
  const margin = 0.01 * farthest;
  camera.setClippingRange(
    Math.max(nearest - margin, 1e-4 * farthest),
    farthest + margin,
  );
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
    camera.setFocalPoint(...focalPoint);
    camera.setPosition(...position);
    camera.setViewUp(viewUp);
    camera.setClippingRange(near, far);
  };
}
