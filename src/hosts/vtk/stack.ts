import type { vtkCamera } from '@kitware/vtk.js/Rendering/Core/Camera.js';
import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import { corners, samePlace, type Point } from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { UnmixingError } from '../../spectral/errors.js';
import { promised } from '../common/undoing.js';
import type { LayerHandle, Undo } from '../host.js';
import { clip } from './camera.js';
import { DrawnLayer, type Drawing } from './layers.js';
import type { LayerParts } from './parts.js';
import { geometryOf, sliceShown, type DrawnSlice } from './volumes.js';

/** A layer of a stack; as the host's handle, but at once. */
export interface StackedLayer {
  readonly id: string;
  readonly update: (layer: Layer) => void;
  readonly remove: () => void;
}

/** The host's handle on it. */
export const handle = ({ id, update, remove }: StackedLayer): LayerHandle => ({
  id,
  update: (next) => promised(() => update(next)),
  remove: () => promised(remove),
});

/** What a stack lies over. Its camera is for the layers alone. */
export interface StackOptions extends Drawing {
  /** The viewer's renderer: it is read, never changed. */
  readonly below: vtkRenderer;
  /** The slices that the viewer draws now. */
  readonly slices: () => readonly DrawnSlice[];
  /** Asks for a frame. */
  readonly redraw: () => void;
}

/**
 * Our layers over a renderer of the viewer's, bottom first. Each is drawn in a renderer of its own, above the viewer's:
 * the viewer's renderer stays untouched, layers blend source over in exactly this order, and depth never hides one.
 * They share a camera that follows the viewer's, with a clipping range of their own.
 */
export class LayerStack {
  #layers: DrawnLayer[] = [];
  /** Layers of the render window before ours. */
  #layersBelow = 1;
  #unfollow: Undo[] = [];
  #hidden = false;

  constructor(readonly options: StackOptions) {}

  get all(): readonly DrawnLayer[] {
    return this.#layers;
  }

  /** Corners of all layers, in the world. */
  get corners(): Point[] {
    return this.#layers.flatMap(({ layer, geometry }) =>
      corners(geometry, layer.image.width, layer.image.height),
    );
  }

  /** @param parts fresh ones */
  add(layer: Layer, parts: LayerParts): StackedLayer {
    if (this.#layers.some((other) => other.layer.id === layer.id))
      throw new UnmixingError(
        'host',
        `invalid layer: ${layer.id} is drawn already (want another id, or an update)`,
      );
    const drawn = new DrawnLayer(layer, parts, this.options);
    if (this.#layers.length === 0)
      this.#layersBelow = this.options.window.getNumberOfLayers();
    this.#layers.push(drawn);
    this.#changed();
    return {
      id: layer.id,
      update: (next) => {
        if (!this.#layers.includes(drawn))
          throw new UnmixingError(
            'host',
            `invalid layer: ${layer.id} was removed (want a layer that is drawn)`,
          );
        drawn.draw(next);
        this.#changed();
      },
      remove: () => this.#remove([drawn]),
    };
  }

  order(ids: readonly string[]): void {
    const rank = ({ layer }: DrawnLayer): number => ids.indexOf(layer.id);
    this.#layers = [...this.#layers].sort((a, b) => rank(a) - rank(b));
    this.#changed();
  }

  /** Draws no layer, visible or not, until it is told to draw them again. */
  hide(hidden: boolean): void {
    this.#hidden = hidden;
    this.#place();
    this.options.redraw();
  }

  clear(): void {
    this.#remove(this.#layers);
  }

  #remove(gone: readonly DrawnLayer[]): void {
    const kept = this.#layers.filter((layer) => !gone.includes(layer));
    if (kept.length === this.#layers.length) return;
    for (const layer of gone) layer.remove();
    this.#layers = kept;
    this.#changed();
  }

  #changed(): void {
    this.options.window.setNumberOfLayers(
      this.#layersBelow + this.#layers.length,
    );
    this.follow();
    this.options.redraw();
  }

  /** Follows the viewer's camera, viewport and slices, as they are now, for as long as there are layers. */
  follow(): void {
    for (const undo of this.#unfollow.splice(0)) undo();
    if (this.#layers.length === 0) return;
    const watch = (
      source: { onModified(listener: () => void): { unsubscribe(): void } },
      listener: () => void,
    ): void => {
      const subscription = source.onModified(listener);
      this.#unfollow.push(() => subscription.unsubscribe());
    };
    const camera = this.options.below.getActiveCamera();
    watch(camera, () => this.#copyCamera(camera));
    watch(this.options.below, () => {
      if (this.options.below.getActiveCamera() === camera) this.#place();
      else this.follow();
    });
    for (const { mapper } of this.options.slices())
      watch(mapper, () => {
        this.#place();
        this.#copyCamera(camera);
      });
    this.#place();
    this.#copyCamera(camera);
  }

  #copyCamera(from: vtkCamera): void {
    const to = this.options.camera;
    to.setParallelProjection(from.getParallelProjection());
    to.setParallelScale(from.getParallelScale());
    to.setViewAngle(from.getViewAngle());
    to.setUseHorizontalViewAngle(from.getUseHorizontalViewAngle());
    const [u, v] = from.getWindowCenter();
    to.setWindowCenter(u, v);
    to.setFocalPoint(...from.getFocalPoint());
    to.setPosition(...from.getPosition());
    to.setViewUp(from.getViewUp());
    clip(to, this.corners);
  }

  /** Draws the layers where they belong now: those of a volume whose bands are slices where the viewer shows one of them. */
  #place(): void {
    const shown = this.options.slices().map(({ image, mapper }) => ({
      geometry: geometryOf(image),
      slice: sliceShown(image, mapper),
    }));
    const viewport = this.options.below.getViewport();
    this.#layers.forEach((drawn, i) => {
      const own = shown.find(({ geometry }) =>
        samePlace(geometry, drawn.layer.geometry),
      );
      drawn.place({
        level: this.#layersBelow + i,
        viewport,
        lift: own?.slice ?? 0,
        hidden: this.#hidden,
      });
    });
  }
}
