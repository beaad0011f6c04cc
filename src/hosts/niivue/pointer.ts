import type { Niivue } from './viewer.js';
import { turned } from './world.js';

/** Where a point of the page lies in the host's world: on a slice of niivue's background, or null. */
export function worldUnder(
  client: { readonly clientX: number; readonly clientY: number },
  nv: Niivue,
): [number, number, number] | null {
  if (nv.volumes.length === 0) return null;
  const box = nv.canvas.getBoundingClientRect();
  const share = nv.canvasPos2frac([
    ((client.clientX - box.left) / box.width) * nv.canvas.width,
    ((client.clientY - box.top) / box.height) * nv.canvas.height,
  ]);
  if (share[0] < 0) return null;
  const mm = nv.frac2mm(share, 0, true);
  return turned([mm[0], mm[1], mm[2]]);
}
