import vtkCamera from '@kitware/vtk.js/Rendering/Core/Camera.js';
import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import type { vtkRenderWindow } from '@kitware/vtk.js/Rendering/Core/RenderWindow.js';
import { corners, samePlace, type Point } from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { UnmixingError } from '../../spectral/errors.js';
import type { Undo } from '../host.js';
import { DrawnLayer } from './layers.js';
import { drawnSlices, geometryOf, sliceShown } from './volumes.js';

/** A layer of a stack; as the host's handle, but at once. */
export interface StackedLayer {
  readonly id: string;
  readonly update: (layer: Layer) => void;
  readonly remove: () => void;
}

/**
 * Our layers over a renderer of the viewer's, bottom first. Each is drawn in a renderer of its own, above the viewer's:
 * the viewer's renderer stays untouched, layers blend source over in exactly this order, and depth never hides one.
 * They share a camera that follows the viewer's, with a clipping range of their own.
 */
export class LayerStack {
  #layers: DrawnLayer[] = [];
  readonly #camera = vtkCamera.newInstance();
  /** Layers of the render window before ours. */
  #layersBelow = 1;
  #unfollow: Undo[] = [];

  constructor(
    readonly window: vtkRenderWindow,
    readonly below: vtkRenderer,
    /** Asks for a frame. */
    readonly redraw: () => void,
  ) {}

  get all(): readonly DrawnLayer[] {
    return this.#layers;
  }

  /** Corners of all layers, in the world. */
  get corners(): Point[] {
    return this.#layers.flatMap(({ layer, geometry }) =>
      corners(geometry, layer.image.width, layer.image.height),
    );
  }

  add(layer: Layer): StackedLayer {
    if (this.#layers.some((other) => other.layer.id === layer.id))
      throw new UnmixingError(
        'host',
        `invalid layer: ${layer.id} is drawn already (want another id, or an update)`,
      );
    const drawn = new DrawnLayer(layer, this.#camera);
    if (this.#layers.length === 0)
      this.#layersBelow = this.window.getNumberOfLayers();
    this.#layers.push(drawn);
    this.window.addRenderer(drawn.renderer);
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

  clear(): void {
    this.#remove(this.#layers);
  }

  #remove(gone: readonly DrawnLayer[]): void {
    const kept = this.#layers.filter((layer) => !gone.includes(layer));
    if (kept.length === this.#layers.length) return;
    for (const { renderer } of gone) this.window.removeRenderer(renderer);
    this.#layers = kept;
    this.#changed();
  }

  #changed(): void {
    this.#layers.forEach(({ renderer }, i) =>
      renderer.setLayer(this.#layersBelow + i),
    );
    this.window.setNumberOfLayers(this.#layersBelow + this.#layers.length);
    this.follow();
    this.redraw();
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
    const camera = this.below.getActiveCamera();
    watch(camera, () => this.#copyCamera(camera));
    watch(this.below, () => {
      if (this.below.getActiveCamera() === camera) this.#copyViewport();
      else this.follow();
    });
    for (const { mapper } of drawnSlices(this.below))
      watch(mapper, () => {
        this.#lift();
        this.#copyCamera(camera);
      });
    this.#lift();
    this.#copyViewport();
    this.#copyCamera(camera);
  }

  #copyViewport(): void {
    const viewport = this.below.getViewport();
    for (const { renderer } of this.#layers) renderer.setViewport(...viewport);
  }

  #copyCamera(from: vtkCamera): void {
    const to = this.#camera;
    to.setParallelProjection(from.getParallelProjection());
    to.setParallelScale(from.getParallelScale());
    to.setViewAngle(from.getViewAngle());
    to.setUseHorizontalViewAngle(from.getUseHorizontalViewAngle());
    const [u, v] = from.getWindowCenter();
    to.setWindowCenter(u, v);
    to.setPositionAndFocalPoint(from.getPosition(), from.getFocalPoint());
    to.setViewUp(from.getViewUp());
    const all = this.corners;
    const ends = [0, 1, 2].flatMap((axis) => {
      const along = all.map((corner) => corner[axis]);
      return [Math.min(...along), Math.max(...along)];
    });
    this.#layers[0]?.renderer.resetCameraClippingRange(
      ends as [number, number, number, number, number, number],
    );
  }

  /** Layers of a volume whose bands are slices go where the viewer shows one of them. */
  #lift(): void {
    const shown = drawnSlices(this.below).map(({ image, mapper }) => ({
      geometry: geometryOf(image),
      slice: sliceShown(image, mapper),
    }));
    for (const drawn of this.#layers) {
      const own = shown.find(({ geometry }) =>
        samePlace(geometry, drawn.layer.geometry),
      );
      drawn.lift(own?.slice ?? 0);
    }
  }
}
