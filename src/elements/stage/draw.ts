import type { View } from '../../hosts/host.js';
import type { LayerPixels } from './pixels.js';
import type { StageGroup, StageSplit } from './panes.js';
import { type Place, imageTransform } from './view.js';

/** Draws the groups of a pane, bottom first, on a canvas whose size is that of the pane in device pixels. */
export function drawGroups(
  canvas: HTMLCanvasElement,
  groups: readonly StageGroup[],
  {
    view,
    size,
    ratio,
    split,
    pixels,
  }: {
    readonly view: View;
    /** CSS pixels. */
    readonly size: Place;
    readonly ratio: number;
    readonly split: StageSplit | null;
    readonly pixels: LayerPixels;
  },
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (const group of groups) {
    const { opacity = 1, side } = group;
    if (opacity <= 0) continue;
    const paint = (
      onto: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    ): void => {
      for (const layer of group.layers) {
        const { visible, opacity: own, blending, interpolation } = layer.style;
        const drawn = visible && own > 0 ? pixels.of(layer) : null;
        if (!drawn) continue;
        onto.globalAlpha = own;
        onto.globalCompositeOperation =
          blending === 'additive' ? 'lighter' : 'source-over';
        onto.imageSmoothingEnabled = interpolation === 'linear';
        onto.setTransform(...imageTransform(view, size, layer.geometry, ratio));
        onto.drawImage(drawn, 0, 0);
      }
    };
    context.save();
    if (side && split) clipTo(context, side, split, canvas);
    if (opacity === 1) paint(context);
    else {
      // A group that is faded as a whole is put together first.
      const apart = new OffscreenCanvas(canvas.width, canvas.height);
      const onto = apart.getContext('2d');
      if (onto) {
        paint(onto);
        context.globalAlpha = opacity;
        context.drawImage(apart, 0, 0);
      }
    }
    context.restore();
  }
}

/** Lets only one side of the divider through; it runs along whole device pixels. */
function clipTo(
  context: CanvasRenderingContext2D,
  side: 'first' | 'second',
  { at, upright }: StageSplit,
  { width, height }: HTMLCanvasElement,
): void {
  const [across, along] = upright ? [width, height] : [height, width];
  const edge = Math.round(across * at);
  const [from, to] = side === 'first' ? [0, edge] : [edge, across];
  context.beginPath();
  if (upright) context.rect(from, 0, to - from, along);
  else context.rect(0, from, along, to - from);
  context.clip();
}
