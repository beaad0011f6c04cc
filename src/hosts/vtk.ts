import { UnmixingError } from '../spectral/errors.js';
import type { Host } from './host.js';
import { hostOn, type VtkHostOptions } from './vtk/host.js';
import { drawsWithOwn, ownParts } from './vtk/own.js';

export type { VtkHostOptions } from './vtk/host.js';

/**
 * The adapter for a page made with vtk.js 37. Ordered translucent layers are exact to a level of 255. vtk.js cannot add
 * the light of slices, so `additive` is no capability: such layers are drawn translucent, and a caller that wants light
 * added blends them itself (imaging/composite).
 * @throws UnmixingError `host` when the page draws with another copy of vtk.js, as its layers would not follow changes
 */
export function vtkHost(options: VtkHostOptions): Host {
  if (!drawsWithOwn(options.renderer))
    throw new UnmixingError(
      'host',
      'This page draws with another copy of vtk.js than the plugin: bundle both with one, or load vtk.js as a script and let activate() find it.',
    );
  return hostOn(options, ownParts);
}
