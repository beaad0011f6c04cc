import type { Shown } from './stack.js';
import type { VolView } from './viewer.js';
import {
  sliceViews,
  type SliceView,
  type VtkRenderer,
  type VtkSlice,
} from './views.js';

const dressed = new WeakSet<VtkSlice>();

/**
 * Makes the slices that VolView draws of our layers show their colours as they are, with the interpolation of their style,
 * and blend in our order. VolView has no settings for these, so they are set on its slices of vtk.js.
 */
export function dress(volview: VolView, layers: readonly Shown[]): void {
  for (const view of sliceViews(volview)) {
    const ours = slicesOf(view, layers);
    for (const { slice, rank } of ours) {
      const { interpolation } = layers[rank].layer.style;
      slice
        .getProperty()
        .setInterpolationType(interpolation === 'linear' ? 1 : 0);
      if (dressed.has(slice)) continue;
      dressed.add(slice);
      const colours = slice.getProperty().getRGBTransferFunction(0);
      colours.removeAllPoints();
      colours.addRGBPoint(0, 0, 0, 0);
      colours.addRGBPoint(255, 1, 1, 1);
      // Translucent slices go to a pass that takes no order; these blend source over, one after the other.
      slice.setForceOpaque(true);
    }
    restack(view.renderer, ours);
  }
}

/** Takes VolView's slices of our layers off its screen at once; they are deleted when Vue follows. */
export function undress(volview: VolView, layers: readonly Shown[]): void {
  for (const view of sliceViews(volview))
    for (const { slice } of slicesOf(view, layers))
      view.renderer.removeActor(slice);
}

interface Ranked {
  readonly slice: VtkSlice;
  readonly rank: number;
}

function slicesOf({ renderer }: SliceView, layers: readonly Shown[]): Ranked[] {
  return renderer.getViewProps().flatMap((slice) => {
    if (!slice.isA('vtkImageSlice')) return [];
    const image = slice.getMapper()?.getInputData();
    const rank = layers.findIndex(({ place }) => place?.plane.image === image);
    return rank < 0 || !image ? [] : [{ slice, rank }];
  });
}

/** Slices of one plane are drawn in the order in which they came to the renderer. */
function restack(renderer: VtkRenderer, ours: readonly Ranked[]): void {
  const sorted = [...ours].sort((a, b) => a.rank - b.rank);
  if (sorted.every((one, n) => one === ours[n])) return;
  for (const { slice } of ours) renderer.removeActor(slice);
  for (const { slice } of sorted) renderer.addActor(slice);
}
