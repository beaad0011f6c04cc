import { corners, dot, subtract } from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { facing } from '../../imaging/framing.js';
import { heightOver, type Slab } from './slab.js';
import { isStack, type Camera, type Viewport } from './viewer.js';

/**
 * A view straight at layers that holds all of them. It stays on the slice that is shown where the first layer lies in it.
 * @param slab of the first layer
 */
export function viewOf(
  viewport: Viewport,
  layers: readonly Layer[],
  slab: Slab,
): Partial<Camera> {
  const [{ geometry }] = layers;
  const { clientWidth, clientHeight } = viewport.getCanvas();
  const { eye, up, centre, radius, halfHeight } = facing(
    geometry,
    layers.flatMap((layer) =>
      corners(layer.geometry, layer.image.width, layer.image.height),
    ),
    clientWidth / clientHeight || 1,
  );
  const shown = viewport.getCamera().focalPoint;
  const height = heightOver(geometry, shown);
  const within = slab.shown && height > slab.low && height < slab.high;
  const along = within ? dot(subtract(shown, centre), eye) : 0;
  const [x, y, z] = eye;
  const at = (far: number): [number, number, number] => [
    centre[0] + far * x,
    centre[1] + far * y,
    centre[2] + far * z,
  ];
  return {
    viewUp: up,
    viewPlaneNormal: eye,
    focalPoint: at(along),
    position: at(along + 2 * radius),
    parallelScale: halfHeight,
    flipHorizontal: false,
    flipVertical: false,
  };
}

/** Moves the camera, and with it what cuts volumes down to the slice that is shown: cornerstone forgets that when it only turns. */
export function moveCamera(viewport: Viewport, camera: Partial<Camera>): void {
  viewport.setCamera(camera);
  viewport.updateCameraClippingPlanesAndRange();
  // That was for images; volumes want their own range back, which comes with the camera.
  if (!isStack(viewport)) viewport.setCamera(camera);
}
