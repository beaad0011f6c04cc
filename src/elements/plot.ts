import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type uPlot from 'uplot';
import {
  bandsInside,
  drawsDescending,
  isDescending,
} from '../spectral/axis.js';
import type { SpectralAxis, Window } from '../spectral/axis.js';
import { letEventsPass } from '../spectral/pace.js';
import { UnmixingExcludeEvent } from './events.js';
import { formatPosition, formatTicks } from './format.js';
import { plotInMemory } from './plot-canvas.js';
import {
  drawHeading,
  drawPeaks,
  drawTicks,
  drawWeights,
  drawWindows,
  niceTicks,
  stripHeight,
} from './plot-draw.js';
import type { Ink, StripKind } from './plot-draw.js';
import { drawSpreads, reachOf } from './plot-spread.js';
import type { Spread } from './plot-spread.js';
import { plotStyles } from './plot.styles.js';
import { base } from './theme.js';
import { joinWindows } from './windows.js';

/** One spectrum of a plot. */
export interface PlotLine {
  readonly label: string;
  /** One value a band, in the order of the axis. */
  readonly values: ArrayLike<number>;
  /** Any CSS colour, custom properties included. */
  readonly colour: string;
  readonly width?: number;
  readonly dashed?: boolean;
  /** Fills down to zero with a tenth of the colour. */
  readonly area?: boolean;
  /** Swatch of the endmember that it is of: its number, and the fill. */
  readonly swatch?: { readonly number: number; readonly fill: string };
  /** How far each value may be off on either side, drawn as a band. */
  readonly spread?: ArrayLike<number>;
}

/** Values of the bands in the order of rising positions. */
const rising = <T>(axis: SpectralAxis, values: T[]): T[] =>
  isDescending(axis) ? values.reverse() : values;

/**
 * Spectra on one axis: wavenumbers from high to low, others from low to high, the weights of the bands underneath,
 * excluded windows hatched. Where it is editable, dragging excludes a window and the edges of windows can be moved.
 *
 * @fires unmixing-exclude - the user added or moved a window
 * @csspart plot - the box of the drawing
 */
@customElement('unmixing-plot')
export class UnmixingPlot extends LitElement {
  static override styles = [base, plotStyles];

  @property({ attribute: false }) axis: SpectralAxis | null = null;
  @property({ attribute: false }) lines: readonly PlotLine[] = [];
  @property({ attribute: false }) weights: ArrayLike<number> | null = null;
  @property({ attribute: false }) windows: readonly Window[] = [];
  /** Windows can be made and moved with the pointer. */
  @property({ type: Boolean, reflect: true }) editable = false;
  /** How the weights are shown under the axis. */
  @property() strip: StripKind = 'none';
  /** Leaves the lines out of excluded windows. */
  @property({ type: Boolean }) gaps = false;
  /** Place of the line whose highest peaks are labelled. */
  @property({ type: Number }) peaks = -1;
  /** Draws values and grid at the left. */
  @property({ type: Boolean }) scaled = false;
  /** What is measured, in the upper corner. */
  @property() heading = '';
  /** What the drawing shows, in words. */
  @property() label = 'Spectra';
  /** Redraws in other colours. */
  @property() theme = 'auto';

  @state() private draft: readonly Window[] | null = null;
  @state() private under: string | null = null;
  @query('#plot') private box!: HTMLElement;

  private chart: uPlot | null = null;
  private built = '';
  /** As it was last seen: asking for it, at each of many redraws, makes the browser lay the page out. */
  private size: { readonly width: number; readonly height: number } | null =
    null;
  private spreads: readonly (Spread | null)[] = [];
  private colours = new Map<string, string>();
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)');
  private readonly resized = new ResizeObserver(() => this.fitBox());

  override connectedCallback(): void {
    super.connectedCallback();
    this.scheme.addEventListener('change', this.recolour);
    this.resized.observe(this);
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.scheme.removeEventListener('change', this.recolour);
    this.resized.disconnect();
    this.chart?.destroy();
    this.chart = null;
    this.size = null;
  }

  /** In a task of its own: what changes in a session changes in many elements at once. */
  protected override async scheduleUpdate(): Promise<void> {
    await letEventsPass();
    await super.scheduleUpdate();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.size === 1 && changed.has('under')) return;
    if (changed.has('theme')) this.colours.clear();
    this.draw();
  }

  private readonly recolour = (): void => {
    this.colours.clear();
    this.draw();
  };

  private fitBox(): void {
    const { width, height } = (this.size = this.measured());
    if (!this.chart) this.draw();
    else if (width > 0 && height > 0) this.chart.setSize({ width, height });
  }

  private measured(): { readonly width: number; readonly height: number } {
    return { width: this.clientWidth, height: this.clientHeight };
  }

  /** A CSS colour as the canvas understands it. */
  private colour(expression: string): string {
    let known = this.colours.get(expression);
    if (known === undefined) {
      this.box.style.color = expression;
      known = getComputedStyle(this.box).color;
      this.colours.set(expression, known);
    }
    return known;
  }

  private ink(): Ink {
    const family = getComputedStyle(this).fontFamily;
    return {
      text: this.colour('var(--_text)'),
      faint: this.colour('var(--_text-3)'),
      line: this.colour('var(--_line)'),
      strong: this.colour('var(--_strong)'),
      surface: this.colour('var(--_surface)'),
      font: `${10.5 * devicePixelRatio}px ${family}`,
    };
  }

  private get shown(): readonly Window[] {
    return this.draft ?? this.windows;
  }

  private draw(): void {
    const { axis } = this;
    const { width, height } = (this.size ??= this.measured());
    if (!axis || width === 0 || height === 0 || !this.hasUpdated) return;
    const built = [
      drawsDescending(axis),
      this.strip,
      this.scaled,
      ...this.lines.map(({ width, dashed, area }) => [width, dashed, area]),
    ].join();
    const data = this.table(axis);
    if (this.chart && built === this.built) {
      this.chart.setData(data);
      return;
    }
    this.chart?.destroy();
    this.built = built;
    this.chart = plotInMemory(
      this.options(axis, width, height),
      data,
      this.box,
    );
  }

  /** uPlot wants positions that rise. */
  private table(axis: SpectralAxis): uPlot.AlignedData {
    const out = this.gaps ? bandsInside(axis, this.shown) : null;
    const there = (values: ArrayLike<number>): (number | null)[] => {
      const column = new Array<number | null>(values.length);
      for (let b = 0; b < column.length; b++)
        column[b] = out?.[b] || !Number.isFinite(values[b]) ? null : values[b];
      return rising(axis, column);
    };
    this.spreads = this.lines.map(({ spread }) =>
      spread ? there(spread) : null,
    );
    return [
      rising(axis, Array.from(axis.values)),
      ...this.lines.map(({ values }) => there(values)),
    ];
  }

  private get orderedWeights(): ArrayLike<number> | null {
    if (!this.weights || !this.axis) return null;
    return rising(this.axis, Array.from(this.weights));
  }

  private options(
    axis: SpectralAxis,
    width: number,
    height: number,
  ): uPlot.Options {
    const descending = drawsDescending(axis);
    const under = this.strip === 'none' ? 0 : stripHeight[this.strip] + 6;
    const font = `10.5px ${getComputedStyle(this).fontFamily}`;
    const text = () => this.colour('var(--_text-3)');
    return {
      width,
      height,
      padding: [16, this.scaled ? 12 : 0, 0, this.scaled ? null : 0],
      legend: { show: false },
      cursor: {
        drag: { x: false, y: false },
        y: false,
        points: { show: false },
      },
      scales: {
        x: { time: false, dir: descending ? -1 : 1 },
        y: {
          range: (u, least, most) => {
            const [low, high] = reachOf(u.data, this.spreads, least, most);
            const spread = high - low || Math.abs(high) || 1;
            return [
              this.scaled ? Math.min(0, low) : low - 0.04 * spread,
              high + (this.peaks >= 0 ? 0.1 : 0.04) * spread,
            ];
          },
        },
      },
      series: [
        {},
        ...this.lines.map(
          ({ label, width = 1.25, dashed }, i): uPlot.Series => ({
            label,
            width,
            dash: dashed ? [4, 3] : undefined,
            points: { show: false },
            stroke: () => this.colour(this.lines[i]?.colour ?? 'currentColor'),
            fill: () =>
              this.lines[i]?.area
                ? this.colour(
                    `color-mix(in srgb, ${this.lines[i].colour} 10%, transparent)`,
                  )
                : 'transparent',
          }),
        ),
      ],
      axes: [
        {
          font,
          stroke: text,
          grid: { show: false },
          ticks: { show: false },
          size: under + 20,
          gap: under + 4,
          splits: (u, _, low, high) =>
            niceTicks(
              low,
              high,
              Math.max(2, u.bbox.width / devicePixelRatio / 52),
            ),
          // Drawn with the unit, so that none is cut off.
          values: (_, ticks) => ticks.map(() => ''),
        },
        {
          show: this.scaled,
          font,
          stroke: text,
          size: 44,
          gap: 6,
          space: 32,
          grid: { stroke: () => this.colour('var(--_line)'), width: 1 },
          ticks: { show: false },
          values: (_, ticks) => formatTicks(ticks),
        },
      ],
      hooks: {
        drawAxes: [
          (u) =>
            drawSpreads(
              u,
              this.spreads,
              this.lines.map(({ colour }) => this.colour(colour)),
            ),
        ],
        draw: [
          (u) => {
            const ink = this.ink();
            const weights = this.orderedWeights;
            if (weights) drawWeights(u, weights, this.strip, this.shown, ink);
            drawWindows(u, this.shown, this.strip, this.editable, ink);
            drawPeaks(u, this.peaks + 1, descending, ink);
            drawTicks(u, this.axis?.unit ?? null, this.strip, ink);
            drawHeading(u, this.heading, ink);
          },
        ],
        setCursor: [(u) => this.readOut(u)],
      },
    };
  }

  private readOut(u: uPlot): void {
    const { idx } = u.cursor;
    this.under =
      idx === null || idx === undefined || (u.cursor.left ?? -1) < 0
        ? null
        : formatPosition(u.data[0][idx], this.axis?.unit ?? null);
  }

  /** Position on the axis under the pointer, held inside the plot. */
  private at(event: PointerEvent, u: uPlot): number {
    const { left, width } = u.over.getBoundingClientRect();
    const x = Math.min(width, Math.max(0, event.clientX - left));
    return u.posToVal(x, 'x');
  }

  private edgeNear(
    event: PointerEvent,
    u: uPlot,
  ): { window: number; end: 0 | 1 } | null {
    const x = event.clientX - u.over.getBoundingClientRect().left;
    for (const [window, ends] of this.windows.entries())
      for (const end of [0, 1] as const)
        if (Math.abs(u.valToPos(ends[end], 'x') - x) <= 6)
          return { window, end };
    return null;
  }

  private readonly pointerMoved = (event: PointerEvent): void => {
    if (!this.editable || !this.chart) return;
    this.chart.over.style.cursor = this.edgeNear(event, this.chart)
      ? 'ew-resize'
      : 'crosshair';
  };

  private readonly pointerPressed = (event: PointerEvent): void => {
    const { chart } = this;
    if (!this.editable || !chart || event.button !== 0) return;
    const edge = this.edgeNear(event, chart);
    const fixed = edge
      ? this.windows[edge.window][edge.end === 0 ? 1 : 0]
      : this.at(event, chart);
    const others = this.windows.filter((_, i) => i !== edge?.window);
    const from = event.clientX;
    const ended = new AbortController();
    const finish = (keep: boolean): void => {
      const { draft } = this;
      this.draft = null;
      ended.abort();
      if (keep && draft)
        this.dispatchEvent(new UnmixingExcludeEvent(joinWindows(draft)));
    };
    const listen = { signal: ended.signal };
    this.box.setPointerCapture(event.pointerId);
    this.box.addEventListener(
      'pointermove',
      (moved) => {
        // A press that hardly moves is no window.
        if (!edge && !this.draft && Math.abs(moved.clientX - from) < 3) return;
        this.draft = [...others, [fixed, this.at(moved, chart)]];
      },
      listen,
    );
    this.box.addEventListener('pointerup', () => finish(true), listen);
    this.box.addEventListener('pointercancel', () => finish(false), listen);
    window.addEventListener(
      'keydown',
      ({ key }) => {
        if (key === 'Escape') finish(false);
      },
      listen,
    );
  };

  override render(): TemplateResult {
    return html`<div
        id="plot"
        part="plot"
        role="img"
        aria-label=${this.label}
        @pointerdown=${this.pointerPressed}
        @pointermove=${this.pointerMoved}
      ></div>
      ${this.under === null ? null : html`<output>${this.under}</output>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-plot': UnmixingPlot;
  }
}
