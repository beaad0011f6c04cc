import type { Layer } from '../../imaging/layer.js';
import type { Shown } from './stack.js';
import type { VolView } from './viewer.js';
import { sliceViews, type SliceView, type VtkSlice } from './views.js';

const dressed = new WeakSet<VtkSlice>();

/**
 * Makes the slices that VolView draws of our layers show their colours as they are, with the interpolation of their style,
 * and blend source over. VolView has no settings for these, so they are set on its slices of vtk.js.
 */
export function dress(volview: VolView, layers: readonly Shown[]): void {
  for (const view of sliceViews(volview)) {
    for (const { slice, layer } of slicesOf(view, layers)) {
      const { interpolation } = layer.style;
      slice
        .getProperty()
        .setInterpolationType(interpolation === 'linear' ? 1 : 0);
      if (dressed.has(slice)) continue;
      dressed.add(slice);
      const colours = slice.getProperty().getRGBTransferFunction(0);
      colours.removeAllPoints();
      colours.addRGBPoint(0, 0, 0, 0);
      colours.addRGBPoint(255, 1, 1, 1);
      // Translucent slices go to a pass that takes no order; these blend one after the other.
      slice.setForceOpaque(true);
    }
  }
}

/** Takes VolView's slices of our layers off its screen at once; they are deleted when Vue follows. */
export function undress(volview: VolView, layers: readonly Shown[]): void {
  for (const view of sliceViews(volview))
    for (const { slice } of slicesOf(view, layers))
      view.renderer.removeActor(slice);
}

interface DrawnLayer {
  readonly slice: VtkSlice;
  readonly layer: Layer;
}

function slicesOf(
  { renderer }: SliceView,
  layers: readonly Shown[],
): DrawnLayer[] {
  return renderer.getViewProps().flatMap((slice) => {
    if (!slice.isA('vtkImageSlice')) return [];
    const image = slice.getMapper()?.getInputData();
    const shown = layers.find(
      ({ place }) => place && place.plane.image === image,
    );
    return shown ? [{ slice, layer: shown.layer }] : [];
  });
}
