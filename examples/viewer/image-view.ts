import '@kitware/vtk.js/Rendering/Profiles/Volume';
import vtkGenericRenderWindow from '@kitware/vtk.js/Rendering/Misc/GenericRenderWindow';
import type { Vector3 } from '@kitware/vtk.js/types';

/** A position in the world. */
export type Point = readonly [number, number, number];

/** A position in the view, CSS pixels from its upper left corner. */
export type Place = readonly [x: number, y: number];

const dot = (a: Point, b: Point): number =>
  a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Point, b: Point): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const away = (from: Point, along: Point, by: number): Vector3 => [
  from[0] + by * along[0],
  from[1] + by * along[1],
  from[2] + by * along[2],
];

/**
 * A vtk.js render window that looks straight down on images: wheel zooms, drag moves, nothing turns.
 * @fires change - what is seen moved, was resized or redrawn elsewhere
 */
export class ImageView extends EventTarget {
  readonly #window = vtkGenericRenderWindow.newInstance({
    listenWindowResize: false,
  });
  #fit: () => void = () => undefined;
  /** Parallel scale of the fitted view: half its height in world units. */
  #fitted = 1;
  #isFitted = true;
  #moves = false;

  constructor(readonly container: HTMLElement) {
    super();
    this.#window.getInteractor().setInteractorStyle(null);
    this.#window.setContainer(container);
    const camera = this.renderer.getActiveCamera();
    camera.setParallelProjection(true);
    camera.onModified(() => this.dispatchEvent(new Event('change')));
    new ResizeObserver(() => {
      this.#window.resize();
      if (this.#isFitted) this.fit();
      this.dispatchEvent(new Event('change'));
    }).observe(container);
    this.#listen();
  }

  get renderer() {
    return this.#window.getRenderer();
  }

  get renderWindow() {
    return this.#window.getRenderWindow();
  }

  /** World units that one CSS pixel covers. */
  get unitsPerPixel(): number {
    return (
      (2 * this.renderer.getActiveCamera().getParallelScale()) /
      Math.max(1, this.container.clientHeight)
    );
  }

  /** Zoom with the fitted view as 1. */
  get zoom(): number {
    return this.#fitted / this.renderer.getActiveCamera().getParallelScale();
  }

  /** When true a drag moves the image; otherwise only one with the middle button does. */
  set moves(moves: boolean) {
    this.#moves = moves;
    this.container.classList.toggle('moves', moves);
  }

  setBackground(colour: string): void {
    const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    this.renderer.setBackground(r / 255, g / 255, b / 255);
    this.render();
  }

  /** Where a position of the world is seen. */
  toView(world: Point): Place {
    const from = away(world, this.#focus, -1);
    const scale = 1 / this.unitsPerPixel;
    return [
      this.container.clientWidth / 2 + scale * dot(from, this.#right),
      this.container.clientHeight / 2 + scale * dot(from, this.#down),
    ];
  }

  /** The position of the world, in the plane looked at, that is seen at a place. */
  toWorld([x, y]: Place): Point {
    const scale = this.unitsPerPixel;
    return away(
      away(
        this.#focus,
        this.#right,
        scale * (x - this.container.clientWidth / 2),
      ),
      this.#down,
      scale * (y - this.container.clientHeight / 2),
    );
  }

  /** How everything is brought into view: the host knows how its images lie. */
  set fitting(fit: () => void) {
    this.#fit = fit;
  }

  /** Brings everything into view. */
  fit(): void {
    this.#fit();
    this.#fitted = this.renderer.getActiveCamera().getParallelScale();
    this.#isFitted = true;
    this.render();
  }

  /** Zooms by a factor and keeps what is seen at `place` there. */
  zoomBy(factor: number, place: Place = this.#middle): void {
    const before = this.toWorld(place);
    const camera = this.renderer.getActiveCamera();
    const zoom = Math.min(200, Math.max(0.2, this.zoom * factor));
    camera.setParallelScale(this.#fitted / zoom);
    this.#isFitted = false;
    this.#place(away(this.#focus, away(before, this.toWorld(place), -1), 1));
  }

  /** Moves the image by so many CSS pixels. */
  moveBy(x: number, y: number): void {
    const [middleX, middleY] = this.#middle;
    this.#isFitted = false;
    this.#place(this.toWorld([middleX - x, middleY - y]));
  }

  render(): void {
    this.renderWindow.render();
  }

  /** Draws anew and reads back what is seen. */
  readPixels(): { colourAt(place: Place): Uint8Array | null } {
    this.render();
    const gl = this.container.querySelector('canvas')?.getContext('webgl2');
    if (!gl) throw new Error('the view has no WebGL context');
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    const pixels = new Uint8Array(4 * width * height);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    return {
      colourAt: ([x, y]) => {
        const column = Math.floor((x / this.container.clientWidth) * width);
        const row = Math.floor((1 - y / this.container.clientHeight) * height);
        if (column < 0 || row < 0 || column >= width || row >= height)
          return null;
        const at = 4 * (row * width + column);
        return pixels.subarray(at, at + 3);
      },
    };
  }

  get #middle(): Place {
    return [this.container.clientWidth / 2, this.container.clientHeight / 2];
  }

  get #focus(): Vector3 {
    return this.renderer.getActiveCamera().getFocalPoint();
  }

  get #down(): Vector3 {
    const [x, y, z] = this.renderer.getActiveCamera().getViewUp();
    return [-x, -y, -z];
  }

  get #right(): Vector3 {
    const camera = this.renderer.getActiveCamera();
    return cross(camera.getDirectionOfProjection(), camera.getViewUp());
  }

  #place(focus: Point): void {
    const camera = this.renderer.getActiveCamera();
    const moved = away(focus, this.#focus, -1);
    const [x, y, z] = away(camera.getPosition(), moved, 1);
    camera.setPositionAndFocalPoint([x, y, z], [focus[0], focus[1], focus[2]]);
    this.render();
  }

  #listen(): void {
    const view = this.container;
    let last: Place | null = null;
    view.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        const box = view.getBoundingClientRect();
        const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
        const turn = Math.max(-120, Math.min(120, event.deltaY * lines));
        this.zoomBy(Math.exp(-turn / 400), [
          event.clientX - box.left,
          event.clientY - box.top,
        ]);
      },
      { passive: false },
    );
    // Before the host hears of it: a press that moves the image picks nothing.
    view.parentElement?.addEventListener(
      'pointerdown',
      (event) => {
        if (event.target instanceof Node && !view.contains(event.target))
          return;
        if (!(event.button === 1 || (this.#moves && event.button === 0)))
          return;
        event.preventDefault();
        event.stopPropagation();
        view.focus();
        last = [event.clientX, event.clientY];
        view.setPointerCapture(event.pointerId);
      },
      { capture: true },
    );
    view.addEventListener('pointermove', (event) => {
      if (!last) return;
      this.moveBy(event.clientX - last[0], event.clientY - last[1]);
      last = [event.clientX, event.clientY];
    });
    for (const end of ['pointerup', 'pointercancel'] as const)
      view.addEventListener(end, () => {
        last = null;
      });
  }
}
