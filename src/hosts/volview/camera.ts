import type { Undo } from '../host.js';
import type { VolView } from './viewer.js';
import { sliceViews, type SliceView } from './views.js';

/** VolView's cameras as they were before they were first reset. */
export class Cameras {
  readonly #before = new Map<string, Undo>();

  constructor(readonly volview: VolView) {}

  /** Has VolView bring these datasets into view. */
  reset(datasets: readonly string[]): void {
    for (const view of sliceViews(this.volview)) {
      if (!datasets.includes(view.dataset)) continue;
      const { id } = view.info;
      if (!this.#before.has(id)) this.#before.set(id, this.#remember(view));
      view.resetCamera();
    }
  }

  bringBack(): void {
    for (const undo of this.#before.values()) undo();
    this.#before.clear();
  }

  #remember({ info, dataset, renderer }: SliceView): Undo {
    const camera = renderer.getActiveCamera();
    const [position, focalPoint, viewUp, scale] = [
      camera.getPosition(),
      camera.getFocalPoint(),
      camera.getViewUp(),
      camera.getParallelScale(),
    ];
    return () => {
      const now = sliceViews(this.volview).find(
        (view) => view.info.id === info.id && view.dataset === dataset,
      );
      if (now?.renderer.getActiveCamera() !== camera) return;
      camera.setPosition(...position);
      camera.setFocalPoint(...focalPoint);
      camera.setViewUp(...viewUp);
      camera.setParallelScale(scale);
      now.requestRender();
    };
  }
}
