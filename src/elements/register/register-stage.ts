import { LitElement, css, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import {
  type Affine,
  applyTo,
  identity,
  invert,
} from '../../imaging/affine.js';
import type { Point } from '../../imaging/geometry.js';
import { controls } from '../controls.js';
import { UnmixingRegisterEvent } from '../events.js';
import { recall, remember } from '../remember.js';
import { segments } from '../segments.js';
import { slider } from '../slider.js';
import type {
  StageMarkEvent,
  StagePane,
  StagePointEvent,
  StageSplitEvent,
} from '../stage/panes.js';
import '../stage/stage.js';
import type { UnmixingStage } from '../stage/stage.js';
import type { RegisteringState, SessionState } from '../state.js';
import { base, tokens } from '../theme.js';
import type { Place, RegisterAction, Side } from './action.js';
import { registrationOf } from './fit.js';
import { dragged } from './handles.js';
import { pairOf, pixelOf } from './images.js';
import { nudgeOf } from './nudge-keys.js';
import {
  type PointerPlace,
  type TwoImages,
  landmarkPanes,
  nudgePane,
  reviewPane,
} from './panes.js';

/** Alternations a second: slower than what may harm (WCAG 2.3.1 allows 3 flashes). */
const flickerRate = 2;

const comparisons = [
  ['swipe', 'Swipe'],
  ['flicker', 'Flicker'],
] as const;

const isSide = (pane: string): pane is Side =>
  pane === 'moving' || pane === 'fixed';

const flat = ([x, y]: Point): Place => [x, y];

/**
 * The registration over the viewer's image: both images side by side with their landmarks, one over the other with handles, or a
 * proposal against what is.
 *
 * @fires unmixing-register - the user set, moved or removed a mark, moved the image, or closed the stage
 */
@customElement('unmixing-register-stage')
export class UnmixingRegisterStage extends LitElement {
  static override styles = [
    tokens,
    base,
    controls,
    css`
      :host,
      unmixing-stage {
        height: 100%;
      }
      .bar {
        position: absolute;
        inset: 8px 8px auto 52px;
        width: fit-content;
        margin-inline: auto;
        padding: 6px 8px 6px 12px;
        border: 1px solid var(--_line);
        border-radius: 7px;
        background: var(--_veil);
        pointer-events: auto;
      }
      .bar,
      .group {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 6px 8px;
      }
      .group {
        color: var(--_text-2);
      }
      .bar .slider {
        width: 150px;
      }
      /* The words before it say as much. */
      .bar .label {
        position: absolute;
        clip-path: inset(50%);
      }
    `,
  ];

  @property({ attribute: false }) session: SessionState | null = null;
  @property({ reflect: true }) theme: SessionState['theme'] = 'auto';

  /** Opacity of the image that is moved, where it lies over the other. */
  @state() private mix = this.recalledMix();
  @state() private at = 0.5;
  @state() private comparison: (typeof comparisons)[number][0] = 'swipe';
  @state() private flickered: 'before' | 'after' = 'before';
  @state() private pointer: PointerPlace | null = null;
  @query('unmixing-stage') private readonly stage!: UnmixingStage;

  #held: { readonly from: Place; readonly map: Affine | undefined } | null =
    null;
  #flicker: ReturnType<typeof setInterval> | undefined;

  private recalledMix(): number {
    const mix = recall('register mix');
    return typeof mix === 'number' && mix >= 0 && mix <= 1 ? mix : 0.6;
  }

  private ask(action: RegisterAction): void {
    this.dispatchEvent(new UnmixingRegisterEvent(action));
  }

  private get images(): TwoImages | null {
    if (!this.session) return null;
    const { moving, fixed } = pairOf(this.session);
    return moving && fixed ? { moving, fixed } : null;
  }

  private get shows(): RegisteringState['stage'] {
    return this.session?.registering.stage ?? 'closed';
  }

  /** A place of a pane's world, where the file of its image has it. */
  #source(side: Side, world: Point): Place {
    const map = this.images && this.session?.placements[this.images.fixed.id];
    return side === 'fixed' && map
      ? applyTo(invert(map), flat(world))
      : flat(world);
  }

  private pointed({ pane, world, pressed }: StagePointEvent): void {
    if (!isSide(pane)) return;
    this.pointer = world && { side: pane, at: flat(world) };
    if (world && pressed)
      this.ask({ do: 'mark', side: pane, at: this.#source(pane, world) });
  }

  private marked({ pane, mark, what, world }: StageMarkEvent): void {
    if (pane === 'nudge') this.handled(mark, what, world);
    else if (isSide(pane)) this.landmarked(pane, Number(mark), what, world);
  }

  private landmarked(
    side: Side,
    pair: number,
    what: StageMarkEvent['what'],
    world: Point,
  ): void {
    const { images, session } = this;
    if (!images || !session) return;
    const { moving, fixed } = images;
    const { landmarks = [] } =
      registrationOf(session.registrations, moving.id, fixed.id) ?? {};
    const at = this.#source(side, world);
    const waits = pair >= landmarks.length;
    if (what === 'remove')
      this.ask(waits ? { do: 'unmark' } : { do: 'remove', pair });
    else if (what === 'select') this.ask({ do: 'select', pair });
    else if (what === 'start') {
      if (!waits) this.ask({ do: 'select', pair });
    } else
      this.ask(
        waits ? { do: 'mark', side, at } : { do: 'move', pair, side, at },
      );
  }

  private handled(
    handle: string,
    what: StageMarkEvent['what'],
    world: Point,
  ): void {
    const { images, session } = this;
    if (!images || !session) return;
    const map = session.placements[images.moving.id];
    const to = flat(world);
    if (what === 'start') this.#held = { from: to, map };
    else if (what === 'step') {
      const from = this.#handleAt(handle);
      if (from)
        this.ask({
          do: 'place',
          map: dragged(handle, from, to, images.moving, map),
        });
    } else if (this.#held && (what === 'move' || what === 'end')) {
      const { from, map: start } = this.#held;
      this.ask({
        do: 'place',
        map: dragged(handle, from, to, images.moving, start),
      });
      if (what === 'end') this.#held = null;
    }
  }

  #handleAt(handle: string): Place | null {
    for (const { marks = [] } of this.panes)
      for (const mark of marks)
        if (mark.kind === 'point' && mark.id === handle) return flat(mark.at);
    return null;
  }

  /** Before the stage takes a key for its camera. */
  readonly #nudged = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    if (this.shows !== 'nudge' || !(target instanceof Element)) return;
    if (target.closest('input, button, .tools')) return;
    const nudge = nudgeOf(event);
    if (!nudge || target instanceof SVGElement) return;
    event.preventDefault();
    event.stopPropagation();
    this.ask(nudge);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#nudged, { capture: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#nudged, { capture: true });
    this.#endFlicker();
  }

  override focus(options?: FocusOptions): void {
    this.stage.focus(options);
  }

  #endFlicker(): void {
    clearInterval(this.#flicker);
    this.#flicker = undefined;
  }

  protected override willUpdate(): void {
    const flickers = this.shows === 'review' && this.comparison === 'flicker';
    if (!flickers) this.#endFlicker();
    else
      this.#flicker ??= setInterval(() => {
        this.flickered = this.flickered === 'before' ? 'after' : 'before';
      }, 1000 / flickerRate);
  }

  /** Other images, or another way to show them, are fitted anew. */
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('session')?.registering;
    const now = this.session?.registering;
    if (before && now && before.stage !== now.stage && now.stage !== 'closed')
      void this.stage.updateComplete.then(() => this.stage.focus());
  }

  private get panes(): readonly StagePane[] {
    const { images, session } = this;
    if (!images || !session) return [];
    const { work } = session.registering;
    switch (this.shows) {
      case 'landmarks':
        return landmarkPanes(images, session, this.pointer);
      case 'nudge':
        return [nudgePane(images, session, this.mix)];
      case 'review':
        return work.state === 'proposed'
          ? [
              reviewPane(
                images,
                session,
                work.result.map,
                this.mix,
                this.comparison === 'swipe' ? 'both' : this.flickered,
              ),
            ]
          : [];
      case 'closed':
        return [];
    }
  }

  private mixer({ moving }: TwoImages): TemplateResult {
    return html`<span aria-hidden="true">Opacity</span> ${slider({
        label: `Opacity of ${moving.name}`,
        value: Math.round(100 * this.mix),
        low: 0,
        high: 100,
        step: 5,
        unit: '%',
        onValue: (value) => {
          this.mix = value / 100;
          remember('register mix', this.mix);
        },
      })}`;
  }

  private button(
    label: string,
    action: RegisterAction,
    primary = false,
  ): TemplateResult {
    return html`<button
      type="button"
      class=${primary ? 'primary' : ''}
      @click=${() => this.ask(action)}
    >
      ${label}
    </button>`;
  }

  private bar(images: TwoImages, session: SessionState): TemplateResult {
    const { pending, work } = session.registering;
    switch (this.shows) {
      case 'nudge':
        return html`<p class="group">
            Arrows move, [ ] turn (Shift ×10), + − scale
          </p>
          <div class="group">
            ${this.mixer(images)}
            ${this.button('Landmarks', { do: 'stage', show: 'landmarks' })}
            ${this.button('Done', { do: 'stage', show: 'closed' }, true)}
          </div>`;
      case 'review':
        return html`<div class="group">
            <p>
              ${
                this.comparison === 'swipe'
                  ? 'Before left, after right'
                  : this.flickered === 'before'
                    ? 'Before'
                    : 'After'
              }
            </p>
            ${segments({
              id: 'comparison',
              label: 'Show',
              choices: comparisons,
              chosen: this.comparison,
              onChoice: (chosen) => {
                this.comparison = chosen;
              },
            })}
          </div>
          <div class="group">
            ${this.mixer(images)}
            ${
              work.state === 'proposed'
                ? html`${this.button('Keep before', { do: 'reject' })}
                  ${this.button('Accept', { do: 'accept' }, true)}`
                : null
            }
          </div>`;
      default:
        return html`<p class="group" role="status">
            ${
              pending
                ? `Now the same place in ${images[pending.side === 'moving' ? 'fixed' : 'moving'].name}`
                : 'Mark the same place in both images: click, or arrows and Enter'
            }
          </p>
          <div class="group">
            ${pending ? this.button('Take back', { do: 'unmark' }) : null}
            ${this.button('Overlay', { do: 'stage', show: 'nudge' })}
            ${this.button('Done', { do: 'stage', show: 'closed' }, true)}
          </div>`;
    }
  }

  override render(): TemplateResult | null {
    const { images, session } = this;
    if (!images || !session || this.shows === 'closed') return null;
    const { placements } = session;
    const pixels = [
      pixelOf(images.moving, placements[images.moving.id] ?? identity),
      pixelOf(images.fixed, placements[images.fixed.id]),
    ];
    return html`<unmixing-stage
      theme=${this.theme}
      .panes=${this.panes}
      .linked=${this.shows !== 'landmarks'}
      .arrows=${this.shows === 'review' ? 'camera' : 'crosshair'}
      .step=${Math.min(...pixels)}
      .split=${
        this.shows === 'review' && this.comparison === 'swipe'
          ? { at: this.at, upright: true }
          : null
      }
      @unmixing-stage-point=${this.pointed}
      @unmixing-stage-mark=${this.marked}
      @unmixing-stage-split=${(event: StageSplitEvent) => {
        this.at = event.at;
      }}
      @unmixing-stage-close=${() => this.ask({ do: 'stage', show: 'closed' })}
    >
      <div class="bar">${this.bar(images, session)}</div>
    </unmixing-stage>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-register-stage': UnmixingRegisterStage;
  }
}
