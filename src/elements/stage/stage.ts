import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { View } from '../../hosts/host.js';
import type { Point } from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { scaleBar } from '../../imaging/scale-bar.js';
import { controls } from '../controls.js';
import { closeIcon, fitIcon, minusIcon, plusIcon } from '../icons.js';
import type { SessionState } from '../state.js';
import { base, tokens } from '../theme.js';
import { divider } from './divider.js';
import { drawGroups } from './draw.js';
import { Gestures } from './gestures.js';
import { arrows, crossPath, markKey, marksLayer } from './marks.js';
import {
  StageCloseEvent,
  StageMarkEvent,
  StagePointEvent,
  StageSplitEvent,
} from './panes.js';
import type { StageMark, StagePane, StageSplit } from './panes.js';
import { LayerPixels } from './pixels.js';
import { stageStyles } from './stage.styles.js';
import {
  type Place,
  fitted,
  moved,
  sameView,
  toView,
  toWorld,
  unitsPerPixel,
  zoomed,
} from './view.js';

type PointMark = Extract<StageMark, { readonly kind: 'point' }>;

/** Screen pixels that the scale bar may take. */
const scaleRoom = 110;
const nowhere: Place = [0, 0];

/** What a canvas shows, to tell whether it must be drawn anew. */
interface Drawn {
  readonly groups: StagePane['groups'];
  readonly view: View;
  readonly size: Place;
  readonly ratio: number;
  readonly split: StageSplit | null;
}

/**
 * A view of our own on layers, the same in every viewer: one pane or two, each with a stack of layers and marks over it. Wheel,
 * drag, pinch and keys move the camera; the cameras of the panes are linked, and so is the pointer.
 *
 * @slot - what lies over all panes
 * @fires unmixing-stage-point - the pointer passed or pressed a place
 * @fires unmixing-stage-mark - the user moved a mark
 * @fires unmixing-stage-split - the user moved the divider
 * @fires unmixing-stage-close - the user closed it
 */
@customElement('unmixing-stage')
export class UnmixingStage extends LitElement {
  static override styles = [tokens, base, controls, stageStyles];

  @property({ attribute: false }) panes: readonly StagePane[] = [];
  /** The divider of all panes; null without one. */
  @property({ attribute: false }) split: StageSplit | null = null;
  /** What is seen. Fits all layers as soon as there are any, where it is null. */
  @property({ attribute: false }) view: View | null = null;
  /** All panes look at the same place, and the pointer is shown in all; else each pane has a camera of its own. */
  @property({ attribute: false }) linked = true;
  /** What arrows do while a pane has the focus: move the image, or a cross that Enter presses at. */
  @property({ attribute: false }) arrows: 'camera' | 'crosshair' = 'camera';
  /** How far an arrow moves a mark or the cross, world units; null for one pixel of the screen. */
  @property({ attribute: false }) step: number | null = null;
  @property({ reflect: true }) theme: SessionState['theme'] = 'auto';

  /** Where the pointer is, and in which pane. */
  @state() private hover: {
    readonly pane: string;
    readonly world: Point;
    readonly keyed: boolean;
  } | null = null;

  readonly #sizes = new Map<string, Place>();
  readonly #views = new Map<string, View>();
  readonly #gestures = new Map<string, Gestures>();
  readonly #drawn = new WeakMap<HTMLCanvasElement, Drawn>();
  readonly #pixels = new LayerPixels();
  readonly #observer = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries)
      if (target instanceof HTMLElement && target.dataset['pane'])
        this.#sizes.set(target.dataset['pane'], [
          contentRect.width,
          contentRect.height,
        ]);
    this.requestUpdate();
  });

  /** Where a position of the world is seen in a pane, CSS pixels; null while the pane shows nothing. */
  toView(pane: string, world: Point): Place | null {
    const view = this.viewOf(pane);
    return view && toView(view, this.sizeOf(pane), world);
  }

  /** The position of the world at a place of a pane; null while it shows nothing. */
  toWorld(pane: string, x: number, y: number): Point | null {
    const view = this.viewOf(pane);
    return view && toWorld(view, this.sizeOf(pane), [x, y]);
  }

  /** What a pane shows of its world; null while it shows nothing. */
  viewOf(pane: string): View | null {
    return this.linked ? this.view : (this.#views.get(pane) ?? null);
  }

  /** Lets a pane, and with linked cameras all of them, show this. */
  look(view: View, pane: string): void {
    if (this.linked) this.view = view;
    else {
      this.#views.set(pane, view);
      this.requestUpdate();
    }
  }

  /** Brings everything into view. */
  fit(): void {
    for (const { id } of this.linked ? this.panes.slice(0, 1) : this.panes) {
      const view = this.#fitted(id);
      if (view) this.look(view, id);
    }
  }

  /** Zooms in by a factor about the middle. */
  zoomBy(factor: number): void {
    for (const { id } of this.linked ? this.panes.slice(0, 1) : this.panes)
      this.#zoom(id, factor, this.#middle(id));
  }

  /** The divider, or else the first pane, as soon as it is there. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() =>
      this.renderRoot
        .querySelector<HTMLElement>(this.split ? '.divider' : '.ground')
        ?.focus(options),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#keyPressed);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#keyPressed);
    this.#observer.disconnect();
    this.hover = null;
  }

  readonly #keyPressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  };

  #close(): void {
    this.dispatchEvent(new StageCloseEvent());
  }

  private sizeOf(pane: string): Place {
    return this.#sizes.get(pane) ?? nowhere;
  }

  #middle(pane: string): Place {
    const [width, height] = this.sizeOf(pane);
    return [width / 2, height / 2];
  }

  #layersOf(panes: readonly StagePane[]): Layer[] {
    return panes.flatMap(({ groups }) =>
      groups.flatMap(({ layers }) => layers.filter((one) => one.style.visible)),
    );
  }

  #fitted(pane: string): View | null {
    const size = this.sizeOf(pane);
    if (!(size[0] > 0 && size[1] > 0)) return null;
    const seen = this.linked
      ? this.panes
      : this.panes.filter(({ id }) => id === pane);
    return fitted(this.#layersOf(seen), size);
  }

  #zoom(pane: string, factor: number, at: Place): void {
    const view = this.viewOf(pane);
    if (!view) return;
    this.look(
      zoomed(view, this.sizeOf(pane), factor, at, this.#fitted(pane)),
      pane,
    );
  }

  #move(pane: string, by: Place): void {
    const view = this.viewOf(pane);
    if (view) this.look(moved(view, this.sizeOf(pane), by), pane);
  }

  #point(
    pane: string,
    at: Place | null,
    pressed: boolean,
    keyed = false,
  ): void {
    const world = at && this.toWorld(pane, ...at);
    this.hover = world && { pane, world, keyed };
    this.dispatchEvent(new StagePointEvent(pane, world, pressed));
  }

  #gesturesOf(pane: string): Gestures {
    let gestures = this.#gestures.get(pane);
    if (!gestures) {
      gestures = new Gestures({
        move: (by) => this.#move(pane, by),
        zoom: (factor, at) => this.#zoom(pane, factor, at),
        pass: (at) => this.#point(pane, at, false),
        press: (at) => this.#point(pane, at, true),
      });
      this.#gestures.set(pane, gestures);
    }
    return gestures;
  }

  /** CSS pixels of one step. */
  #stride(pane: string): number {
    const view = this.viewOf(pane);
    return this.step !== null && view
      ? this.step / unitsPerPixel(view, this.sizeOf(pane))
      : 1;
  }

  #paneKey(pane: string, event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    if (arrow && this.arrows === 'crosshair') this.#aim(pane, arrow, event);
    else if (arrow) {
      const far = event.shiftKey ? -200 : -20;
      this.#move(pane, [far * arrow[0], far * arrow[1]]);
    } else if (event.key === '+' || event.key === '=')
      this.#zoom(pane, 1.25, this.#aimed(pane));
    else if (event.key === '-') this.#zoom(pane, 0.8, this.#aimed(pane));
    else if (event.key === 'f' || event.key === 'F') this.fit();
    else if (event.key === 'Enter')
      this.#point(pane, this.#aimed(pane), true, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Where keys act: at the cross they move, else in the middle. */
  #aimed(pane: string): Place {
    const at =
      this.arrows === 'crosshair' &&
      this.hover?.pane === pane &&
      this.toView(pane, this.hover.world);
    return at || this.#middle(pane);
  }

  /** Moves the cross, and the image with it at the edges. */
  #aim(pane: string, [x, y]: Place, { shiftKey }: KeyboardEvent): void {
    const [width, height] = this.sizeOf(pane);
    const far = this.#stride(pane) * (shiftKey ? 10 : 1);
    const from = this.#aimed(pane);
    const to: Place = [from[0] + far * x, from[1] + far * y];
    const held: Place = [
      Math.min(width - 16, Math.max(16, to[0])),
      Math.min(height - 16, Math.max(16, to[1])),
    ];
    this.#move(pane, [held[0] - to[0], held[1] - to[1]]);
    this.#point(pane, held, false, true);
  }

  #tellMark(
    pane: string,
    { id }: PointMark,
    what: StageMarkEvent['what'],
    world: Point,
  ): void {
    this.dispatchEvent(new StageMarkEvent(pane, id, what, world));
  }

  #markKey(pane: string, mark: PointMark, event: KeyboardEvent): void {
    const asked = markKey(event);
    const from = this.toView(pane, mark.at);
    if (!asked || !from) return;
    event.preventDefault();
    event.stopPropagation();
    if ('what' in asked) {
      this.#tellMark(pane, mark, asked.what, mark.at);
      return;
    }
    const far = this.#stride(pane);
    const world = this.toWorld(
      pane,
      from[0] + far * asked.by[0],
      from[1] + far * asked.by[1],
    );
    if (world) this.#tellMark(pane, mark, 'step', world);
  }

  /** Drags a mark by where it was taken hold of. */
  #markPress(pane: string, mark: PointMark, event: PointerEvent): void {
    const held = event.currentTarget;
    const from = this.toView(pane, mark.at);
    if (event.button !== 0 || !from || !(held instanceof SVGElement)) return;
    event.preventDefault();
    event.stopPropagation();
    held.focus();
    held.setPointerCapture(event.pointerId);
    const until = new AbortController();
    const { signal } = until;
    let dragged = false;
    const place = (now: PointerEvent): Point =>
      this.toWorld(
        pane,
        from[0] + now.clientX - event.clientX,
        from[1] + now.clientY - event.clientY,
      ) ?? mark.at;
    held.addEventListener(
      'pointermove',
      (now) => {
        const far = Math.hypot(
          now.clientX - event.clientX,
          now.clientY - event.clientY,
        );
        if (!dragged && far < 3) return;
        if (!dragged) this.#tellMark(pane, mark, 'start', mark.at);
        dragged = true;
        this.#tellMark(pane, mark, 'move', place(now));
      },
      { signal },
    );
    const end = (now: PointerEvent): void => {
      until.abort();
      if (dragged) this.#tellMark(pane, mark, 'end', place(now));
      else this.#tellMark(pane, mark, 'select', mark.at);
    };
    held.addEventListener('pointerup', end, { signal });
    held.addEventListener('pointercancel', end, { signal });
  }

  /** One update a frame, however much is asked for. */
  protected override async scheduleUpdate(): Promise<void> {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await super.scheduleUpdate();
  }

  protected override willUpdate(): void {
    for (const { id } of this.panes)
      if (!this.viewOf(id)) {
        const view = this.#fitted(id);
        if (!view) continue;
        if (this.linked) this.view = view;
        else this.#views.set(id, view);
      }
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const shown = new Set(this.panes.map(({ id }) => id));
    for (const known of [this.#sizes, this.#views, this.#gestures])
      for (const id of [...known.keys()]) if (!shown.has(id)) known.delete(id);
    for (const box of this.renderRoot.querySelectorAll<HTMLElement>('.pane'))
      this.#observer.observe(box);
    for (const { id, groups } of this.panes) this.#draw(id, groups);
  }

  #draw(pane: string, groups: StagePane['groups']): void {
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>(
      `[data-pane="${CSS.escape(pane)}"] canvas`,
    );
    const view = this.viewOf(pane);
    const size = this.sizeOf(pane);
    if (!canvas || !view || !(size[0] > 0 && size[1] > 0)) return;
    const ratio = devicePixelRatio;
    const { split } = this;
    const now: Drawn = { groups, view, size, ratio, split };
    const before = this.#drawn.get(canvas);
    if (before && sameDrawn(before, now)) return;
    this.#drawn.set(canvas, now);
    const [width, height] = size.map((length) =>
      Math.max(1, Math.round(length * ratio)),
    );
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    drawGroups(canvas, groups, {
      view,
      size,
      ratio,
      split,
      pixels: this.#pixels,
    });
  }

  private pane({ id, name, marks = [] }: StagePane): TemplateResult {
    const gestures = this.#gesturesOf(id);
    const view = this.viewOf(id);
    const size = this.sizeOf(id);
    const { hover } = this;
    const crossed =
      hover && view && (hover.keyed || (this.linked && hover.pane !== id));
    const does =
      this.arrows === 'camera' ? 'arrows move' : 'arrows move the cross';
    return html`<div class="pane" data-pane=${id}>
      <div
        class="ground"
        role="group"
        tabindex="0"
        aria-label="${name}: ${does}, plus and minus zoom, F fits, Enter picks a place"
        @wheel=${{ handleEvent: gestures.wheel, passive: false }}
        @pointerdown=${gestures.down}
        @pointermove=${gestures.move}
        @pointerup=${gestures.up}
        @pointercancel=${gestures.up}
        @pointerleave=${gestures.leave}
        @keydown=${(event: KeyboardEvent) => this.#paneKey(id, event)}
      >
        <canvas></canvas>
      </div>
      ${
        view
          ? marksLayer(
              marks,
              {
                size,
                place: (world) => toView(view, size, world),
                press: (mark, event) => this.#markPress(id, mark, event),
                key: (mark, event) => this.#markKey(id, mark, event),
              },
              crossed ? toView(view, size, hover.world) : null,
            )
          : null
      }
      ${
        this.arrows === 'camera'
          ? html`<svg
              class="marks aim"
              width=${size[0]}
              height=${size[1]}
              aria-hidden="true"
            >
              <path class="halo" d=${crossPath(this.#middle(id))} />
              <path class="line" d=${crossPath(this.#middle(id))} />
            </svg>`
          : null
      }
      ${
        this.split
          ? divider(
              this.split,
              () => this.split?.at ?? 0.5,
              (at) => this.dispatchEvent(new StageSplitEvent(at)),
            )
          : null
      }
    </div>`;
  }

  private tools(): TemplateResult {
    const tool = (
      icon: TemplateResult,
      label: string,
      key: string,
      act: () => void,
    ): TemplateResult =>
      html`<button
        type="button"
        aria-label=${label}
        title="${label} (${key})"
        @click=${act}
      >
        ${icon}
      </button>`;
    return html`<div class="tools veil" role="toolbar" aria-label="View">
      ${tool(closeIcon, 'Close', 'Escape', () => this.#close())}
      ${tool(plusIcon, 'Zoom in', '+', () => this.zoomBy(1.25))}
      ${tool(minusIcon, 'Zoom out', '−', () => this.zoomBy(0.8))}
      ${tool(fitIcon, 'Fit the image', 'F', () => this.fit())}
    </div>`;
  }

  private scale(): TemplateResult | null {
    const pane = this.panes.at(-1);
    const view = pane && this.viewOf(pane.id);
    const layer = pane && this.#layersOf([pane]).at(0);
    if (!view || !layer) return null;
    const size = this.sizeOf(pane.id);
    if (!(size[1] > 0)) return null;
    const bar = scaleBar(
      unitsPerPixel(view, size),
      scaleRoom,
      layer.geometry.unit,
    );
    return html`<div class="scale veil">
      <span>${bar.label}</span>
      <svg width=${Math.ceil(bar.pixels) + 1} height="7" aria-hidden="true">
        <path d="M.5 0v6.5h${bar.pixels}v-6.5" />
      </svg>
    </div>`;
  }

  override render(): TemplateResult {
    return html`<div class="panes">
        ${repeat(
          this.panes,
          ({ id }) => id,
          (pane) => this.pane(pane),
        )}
      </div>
      <div class="over"><slot></slot></div>
      ${this.tools()} ${this.scale()}`;
  }
}

const sameDrawn = (a: Drawn, b: Drawn): boolean =>
  a.ratio === b.ratio &&
  a.size[0] === b.size[0] &&
  a.size[1] === b.size[1] &&
  a.split?.at === b.split?.at &&
  a.split?.upright === b.split?.upright &&
  sameView(a.view, b.view) &&
  a.groups.length === b.groups.length &&
  a.groups.every((group, i) => {
    const other = b.groups[i];
    return (
      group === other ||
      (group.opacity === other.opacity &&
        group.side === other.side &&
        group.layers.length === other.layers.length &&
        group.layers.every((layer, k) => layer === other.layers[k]))
    );
  });

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-stage': UnmixingStage;
  }
}
