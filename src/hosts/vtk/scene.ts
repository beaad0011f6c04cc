import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import type { vtkRenderWindow } from '@kitware/vtk.js/Rendering/Core/RenderWindow.js';
import { planeOf } from '../../imaging/geometry.js';
import { watchPointer } from '../common/pointer.js';
import type { Camera, Host, Undo } from '../host.js';
import { frame, look, remember, viewOf } from './camera.js';
import { worldUnder, type Surface, type View } from './pointer.js';
import type { LayerParts } from './parts.js';
import { LayerStack } from './stack.js';
import { geometryOf, shapeOf, sliceShown, type DrawnSlice } from './volumes.js';

/** A viewer that draws with vtk.js, whichever copy. */
export interface SceneOptions {
  readonly renderWindow: vtkRenderWindow;
  readonly renderer: vtkRenderer;
  /** The element that vtk.js draws in. */
  readonly container: HTMLElement;
  /** The slices that the viewer draws now. */
  readonly slices: () => readonly DrawnSlice[];
  /** Makes parts for a layer, where they are of another copy than the viewer: then every change takes new ones. */
  readonly fresh?: () => LayerParts;
}

/** What is seen of a viewer that draws with vtk.js, and our layers over it. */
export class Scene {
  readonly stack: LayerStack;
  #asked = 0;
  #bringBackCamera: Undo | null = null;

  constructor(readonly options: SceneOptions) {
    const { renderWindow: window, renderer: below, slices, fresh } = options;
    const redraw = (): void => this.redraw();
    // Of its copy of vtk.js.
    const camera = below.makeCamera();
    this.stack = new LayerStack({
      window,
      below,
      camera,
      slices,
      redraw,
      ...(fresh && { fresh }),
    });
  }

  /** With the next frame of the page. */
  redraw(): void {
    this.#asked ||= requestAnimationFrame(() => {
      this.#asked = 0;
      this.#render();
    });
  }

  watchPick(listener: Parameters<Host['onPick']>[0]): Undo {
    const { container, renderer } = this.options;
    return watchPointer(
      container,
      (event) => worldUnder(event, this.#view, renderer, this.#surfaces),
      listener,
    );
  }

  /** Brings the layers into view. */
  fit(): void {
    const { all, corners } = this.stack;
    if (all.length === 0) return;
    const { renderer } = this.options;
    this.#bringBackCamera ??= remember(renderer.getActiveCamera());
    frame(renderer, all[0].geometry, corners, this.#aspect || 1);
    this.redraw();
  }

  /** Width over height of what the renderer draws; not a number where that is nothing. */
  get #aspect(): number {
    const [width, height] = this.#view.getSize();
    const [left, bottom, right, top] = this.options.renderer.getViewport();
    return (width * (right - left)) / (height * (top - bottom));
  }

  /** @param watch keeps what takes a listener back */
  camera(watch: (undo: Undo) => Undo): Camera {
    const { renderer } = this.options;
    return {
      view: () => ({
        ...viewOf(renderer.getActiveCamera()),
        ...(this.#aspect > 0 && { aspect: this.#aspect }),
      }),
      look: (view) => {
        this.#bringBackCamera ??= remember(renderer.getActiveCamera());
        look(renderer, view);
        this.redraw();
      },
      onMove(listener) {
        const subscription = renderer
          .getActiveCamera()
          .onModified(() => listener());
        return watch(() => subscription.unsubscribe());
      },
    };
  }

  dispose(): void {
    this.stack.clear();
    this.#bringBackCamera?.();
    this.#bringBackCamera = null;
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
    this.#render();
  }

  #render(): void {
    const { renderWindow } = this.options;
    if (!renderWindow.isDeleted()) renderWindow.render();
  }

  get #view(): View {
    return this.options.renderWindow.getViews()[0] as View;
  }

  /** What the pointer can meet, from the top. */
  get #surfaces(): Surface[] {
    return [
      ...[...this.stack.all]
        .reverse()
        .filter(({ layer }) => layer.style.visible)
        .map(({ layer: { image }, geometry }) => ({
          geometry,
          width: image.width,
          height: image.height,
        })),
      ...this.options.slices().flatMap(surfaceOf),
    ];
  }
}

/** The plane of an image that a slice shows: along its third axis, the only one across which pixels of a cube lie. */
function surfaceOf({ image, mapper }: DrawnSlice): Surface[] {
  const { width, height } = shapeOf(image);
  const slice = sliceShown(image, mapper);
  return slice === null
    ? []
    : [{ geometry: planeOf(geometryOf(image), slice), width, height }];
}
