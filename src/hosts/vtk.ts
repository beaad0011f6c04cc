import type { Host } from './host.js';
import { hostOn, type VtkHostOptions } from './vtk/host.js';
import { drawsWithOwn, ownParts } from './vtk/own.js';

export type { VtkHostOptions } from './vtk/host.js';

/**
 * The adapter for a page made with vtk.js 37. Ordered translucent layers are exact to a level of 255. vtk.js cannot add
 * the light of slices, so `additive` is no capability: such layers are drawn translucent, and a caller that wants light
 * added blends them itself (imaging/composite). On a page that draws with another copy of vtk.js than this package has, every
 * change of a layer draws it anew.
 */
export function vtkHost(options: VtkHostOptions): Host {
  return hostOn(options, ownParts, !drawsWithOwn(options.renderer));
}
