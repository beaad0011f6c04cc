import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { View } from '../../hosts/host.js';
import type { Layer } from '../../imaging/layer.js';
import { keepPace } from '../../spectral/pace.js';
import { controls } from '../controls.js';
import { UnmixingCompareEvent, UnmixingPickEvent } from '../events.js';
import { formatFigure, formatNumber, formatShare } from '../format.js';
import {
  aboveBelowIcon,
  leftRightIcon,
  pauseIcon,
  playIcon,
} from '../icons.js';
import { asUnmixingError } from '../layering.js';
import { lookGradient } from '../ramp-style.js';
import { select } from '../select.js';
import { slider } from '../slider.js';
import type { StagePointEvent, StageSplitEvent } from '../stage/panes.js';
import '../stage/stage.js';
import type { UnmixingStage } from '../stage/stage.js';
import type { ComparisonState, SessionState } from '../state.js';
import { styleMap } from '../style-map.js';
import { base, tokens } from '../theme.js';
import { subjectChoices } from './choices.js';
import { comparisonStyles } from './comparison.styles.js';
import { type Sides, differenceLayer, sameSides, sidesOf } from './differ.js';
import { Flicker, prefersStill } from './flicker.js';
import { rates } from './modes.js';
import { comparisonPanes } from './panes.js';
import { subjectOf } from './subjects.js';

type Side = 'first' | 'second';

/** The difference that is shown or made. */
interface Difference {
  readonly sides: Sides;
  readonly layer: Layer | null;
  /** 0 to 1, while it is made. */
  readonly fraction: number;
  readonly error: string | null;
}

/**
 * Two subjects against each other over the viewer's image, in one of our own modes: overlay, swipe, side by side, flicker or
 * difference. The camera is one for both, and so is the pointer, whose pixel's spectrum follows as over the viewer's image.
 *
 * @fires unmixing-compare - the user changed or ended it
 * @fires unmixing-pick - the pointer passed or pressed a place
 */
@customElement('unmixing-comparison')
export class UnmixingComparison extends LitElement {
  static override styles = [tokens, base, controls, comparisonStyles];

  @property({ attribute: false }) session: SessionState | null = null;
  @property({ reflect: true }) theme: SessionState['theme'] = 'auto';
  /** What is seen first; fits the images where it is null. */
  @property({ attribute: false }) start: View | null = null;

  @query('unmixing-stage') private readonly stage!: UnmixingStage | null;
  @state() private difference: Difference | null = null;

  readonly #flicker = new Flicker(this);
  #subtracting: AbortController | null = null;

  /** What is seen now; null before anything is. */
  get view(): View | null {
    return this.stage?.view ?? null;
  }

  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.stage?.focus(options));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#keyPressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#keyPressed);
    this.#subtracting?.abort();
    this.#subtracting = null;
    this.difference = null;
  }

  /** Space and D, unless they belong to a field or a button. */
  readonly #keyPressed = (event: KeyboardEvent): void => {
    const comparison = this.session?.comparison;
    const [target] = event.composedPath();
    if (
      !comparison ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      (target instanceof Element &&
        target.matches('button, input, select, [role="button"]'))
    )
      return;
    if (event.key === ' ' && comparison.mode === 'flicker') this.#toggle();
    else if (event.key.toLowerCase() === 'd' && comparison.mode === 'swipe')
      this.#change({ upright: !comparison.upright });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #change(patch: Partial<ComparisonState>): void {
    const comparison = this.session?.comparison;
    if (comparison)
      this.dispatchEvent(new UnmixingCompareEvent({ ...comparison, ...patch }));
  }

  #toggle(): void {
    if (this.#flicker.running) this.#flicker.stop();
    else this.#flicker.start(this.session?.comparison?.rate ?? rates[0]);
  }

  #pointed({ world, pressed }: StagePointEvent): void {
    const [x, y, z] = world ?? [0, 0, 0];
    this.dispatchEvent(
      new UnmixingPickEvent(world && { world: [x, y, z], pressed }),
    );
  }

  /** Flickers by itself when it is turned to, unless less motion is asked for; stops in any other mode. */
  #followFlicker(before: ComparisonState['mode'] | undefined): void {
    const comparison = this.session?.comparison;
    if (comparison?.mode !== 'flicker') this.#flicker.stop();
    else if (before !== 'flicker') {
      this.#flicker.show('first');
      if (!prefersStill()) this.#flicker.start(comparison.rate);
    } else if (this.#flicker.running) this.#flicker.start(comparison.rate);
  }

  #followDifference(): void {
    const { session } = this;
    const comparison = session?.comparison;
    const [first, second] =
      session && comparison?.mode === 'difference'
        ? [comparison.first, comparison.second].map((id) =>
            subjectOf(session, id),
          )
        : [null, null];
    if (!session || !first || !second) {
      this.#subtracting?.abort();
      this.difference = null;
      return;
    }
    const sides = sidesOf(first, second, session);
    if (this.difference && sameSides(this.difference.sides, sides)) return;
    void this.#subtract(sides);
  }

  async #subtract(sides: Sides): Promise<void> {
    this.#subtracting?.abort();
    const end = new AbortController();
    this.#subtracting = end;
    // What was shown before stays until the new one is there.
    const before = this.difference?.layer ?? null;
    const tell = (more: Partial<Difference>): void => {
      if (!end.signal.aborted)
        this.difference = {
          ...{ sides, layer: before, fraction: 0, error: null },
          ...more,
        };
    };
    tell({});
    try {
      const pace = keepPace(end.signal, (fraction) => tell({ fraction }));
      tell({ layer: await differenceLayer(sides, pace), fraction: 1 });
    } catch (error) {
      tell({ layer: null, error: asUnmixingError(error, 'input').message });
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('session')) return;
    this.#followFlicker(changed.get('session')?.comparison?.mode);
    this.#followDifference();
  }

  protected override firstUpdated(): void {
    if (this.stage) this.stage.view = this.start;
  }

  /** What one side shows, to be changed in place. */
  private tag(side: Side, session: SessionState): TemplateResult {
    const { comparison } = session;
    const on = comparison?.mode === 'flicker' && this.#flicker.shown === side;
    return html`<div class="tag ${side} ${on ? 'on' : ''}">
      ${select({
        id: side,
        label: side === 'first' ? 'First image' : 'Second image',
        choices: subjectChoices(session),
        chosen: comparison?.[side] ?? null,
        onChoice: (id) => this.#change({ [side]: id }),
      })}
    </div>`;
  }

  private swipeTop(
    session: SessionState,
    { divider, upright }: ComparisonState,
  ): TemplateResult {
    const at = styleMap({ '--_at': `${100 * divider}%` });
    const turned = upright ? 'level' : 'upright';
    const second = html`${this.tag('second', session)}
      <div class="veil tight">
        <button
          type="button"
          aria-label="Turn the divider ${turned}"
          title="Turn the divider ${turned} (D)"
          aria-keyshortcuts="D"
          @click=${() => this.#change({ upright: !upright })}
        >
          ${upright ? aboveBelowIcon : leftRightIcon}
        </button>
      </div>`;
    return upright
      ? html`<div class="top swipe" style=${at}>
          ${this.tag('first', session)}
          <div class="pair">${second}</div>
        </div>`
      : html`<div class="top">${this.tag('first', session)}</div>
          <div class="pair below" style=${at}>${second}</div>`;
  }

  private flickerControls({ rate }: ComparisonState): TemplateResult {
    const { running } = this.#flicker;
    return html`<div class="veil">
      <button
        type="button"
        aria-label=${running ? 'Pause' : 'Flicker'}
        title="${running ? 'Pause' : 'Flicker'} (Space)"
        aria-keyshortcuts="Space"
        @click=${() => this.#toggle()}
      >
        ${running ? pauseIcon : playIcon}
      </button>
      <div class="rate">
        ${slider({
          label: 'Changes a second',
          value: rate,
          low: rates[0],
          high: rates[1],
          step: 0.5,
          text: `${rate} changes a second`,
          bare: true,
          onValue: (value) => this.#change({ rate: value }),
        })}
      </div>
      <span>${rate} a second</span>
    </div>`;
  }

  private differenceScale(): TemplateResult | null {
    const { difference } = this;
    if (!difference) return null;
    const { sides, layer, fraction, error } = difference;
    if (error !== null)
      return html`<div class="scale">
        <p class="veil error" role="alert">${error}</p>
      </div>`;
    if (!layer)
      return html`<div class="scale">
        <p class="veil">
          Subtracting, ${formatShare(Math.round(100 * fraction) / 100)}
        </p>
      </div>`;
    if (sides.kind === 'colours')
      return html`<div class="scale">
        <p class="veil">Colours apart, black where they are alike</p>
      </div>`;
    const most = layer.style.limits[1];
    const said =
      sides.unit === ''
        ? `${formatNumber(100 * most, most < 0.1 ? 1 : 0)}\u00a0%`
        : formatFigure(most);
    const unit = sides.unit === '' ? '' : `\u00a0${sides.unit}`;
    return html`<div class="scale">
      <p class="veil">
        ${sides.of ? html`<span class="said">${sides.of}</span>` : null}
        <span>−${said}</span>
        <span
          class="ramp"
          style=${styleMap({ '--_ramp': lookGradient(layer.style) })}
        ></span>
        <span>+${said}${unit}</span>
      </p>
    </div>`;
  }

  private top(
    session: SessionState,
    comparison: ComparisonState,
  ): TemplateResult {
    const [first, second] = (['first', 'second'] as const).map((side) =>
      this.tag(side, session),
    );
    switch (comparison.mode) {
      case 'swipe':
        return this.swipeTop(session, comparison);
      case 'side-by-side':
        return html`<div class="top halves">${first}${second}</div>`;
      case 'overlay':
        return html`<div class="top">
          ${first}
          <div class="veil mix">
            ${slider({
              label: 'Mix',
              value: Math.round(100 * comparison.mix),
              low: 0,
              high: 100,
              step: 1,
              text: `${Math.round(100 * comparison.mix)} % of the second`,
              bare: true,
              onValue: (value) => this.#change({ mix: value / 100 }),
            })}
            <span class="figure">${formatShare(comparison.mix)}</span>
          </div>
          ${second}
        </div>`;
      case 'flicker':
        return html`<div class="top">
          ${first}${this.flickerControls(comparison)}${second}
        </div>`;
      default:
        return html`<div class="top">
          ${first}
          <span class="veil" aria-label="minus">−</span>
          ${second}${this.differenceScale()}
        </div>`;
    }
  }

  override render(): TemplateResult | null {
    const { session } = this;
    const comparison = session?.comparison;
    const shown =
      session &&
      comparison &&
      comparisonPanes(session, comparison, {
        flicked: this.#flicker.shown,
        difference: this.difference?.layer ?? null,
      });
    if (!shown) return null;
    return html`<unmixing-stage
        theme=${this.theme}
        .panes=${shown.panes}
        .split=${shown.split}
        @unmixing-stage-point=${(event: StagePointEvent) => this.#pointed(event)}
        @unmixing-stage-split=${({ at }: StageSplitEvent) =>
          this.#change({ divider: at })}
        @unmixing-stage-close=${() =>
          this.dispatchEvent(new UnmixingCompareEvent(null))}
        >${this.top(session, comparison)}</unmixing-stage
      >
      <p class="sr" role="status">
        ${
          comparison.mode === 'flicker'
            ? this.#flicker.running
              ? 'Flickering'
              : `Paused at ${shown.names[this.#flicker.shown === 'first' ? 0 : 1]}`
            : comparison.mode === 'difference' &&
                this.difference?.layer === null &&
                this.difference.error === null
              ? 'Subtracting'
              : ''
        }
      </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-comparison': UnmixingComparison;
  }
}
