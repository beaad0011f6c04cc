import { axisVector, cross, indexToWorld } from '../../imaging/geometry.js';
import type { Grid } from './grid.js';
import type { Undo } from '../host.js';
import type { Niivue } from './viewer.js';
import { turned } from './world.js';

/** niivue's slice types, by the axis of its world that they look along. */
const [sagittal, coronal, axial] = [2, 1, 0];

/** Takes note of how volumes are shown, to bring it back. */
export function remember(nv: Niivue): Undo {
  const { sliceType, isRadiologicalConvention } = nv.opts;
  const crosshair = [...Array.from(nv.scene.crosshairPos)];
  const pan = [...Array.from(nv.scene.pan2Dxyzmm)];
  return () => {
    nv.scene.crosshairPos = crosshair;
    nv.setPan2Dxyzmm(pan);
    setSide(nv, isRadiologicalConvention);
    nv.setSliceType(sliceType);
  };
}

/**
 * Looks at the plane of an image, on its own slice, with the whole background in view.
 * @param alone whether nothing of the viewer's own is shown: then the side it is looked at from is such that its first column
 *   lies left. Otherwise that is for the viewer to say.
 */
export function lookAt(
  nv: Niivue,
  { geometry, width, height }: Grid,
  alone: boolean,
): void {
  const right = turned(axisVector(geometry, 0));
  const normal = cross(right, turned(axisVector(geometry, 1)));
  const sizes = normal.map(Math.abs);
  const axis = sizes.indexOf(Math.max(...sizes));
  const middle = [(width - 1) / 2, (height - 1) / 2, 0] as const;
  const mm = turned(indexToWorld(geometry, middle));
  const share = nv.mm2frac(mm, 0, true)[axis];
  if (share >= 0 && share <= 1) {
    const position = Float32Array.from(nv.scene.crosshairPos);
    position[axis] = share;
    nv.scene.crosshairPos = position;
  }
  nv.setPan2Dxyzmm([0, 0, 0, 1]);
  const type = [sagittal, coronal, axial][axis];
  if (alone && type !== sagittal) setSide(nv, right[0] < 0);
  nv.setSliceType(type);
}

/** niivue draws all its volumes anew for this. */
function setSide(nv: Niivue, radiological: boolean): void {
  if (nv.opts.isRadiologicalConvention !== radiological)
    nv.setRadiologicalConvention(radiological);
}
