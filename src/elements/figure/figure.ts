import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Camera, Undo } from '../../hosts/host.js';
import { layOut } from '../../session/figure/layout.js';
import { UnmixingError, isUnmixingError } from '../../spectral/errors.js';
import { isOwnMode } from '../compare/modes.js';
import { controls } from '../controls.js';
import { UnmixingCameraEvent, UnmixingCaptionEvent } from '../events.js';
import { formatNumber } from '../format.js';
import { copyIcon, downloadIcon } from '../icons.js';
import { asUnmixingError } from '../layering.js';
import { notice } from '../notice.js';
import { saveFile } from '../save-file.js';
import { segments } from '../segments.js';
import { select } from '../select.js';
import type { SessionState } from '../state.js';
import { switchStyles } from '../switch.styles.js';
import { base } from '../theme.js';
import { Throttle } from '../throttle.js';
import { drawOn, measureText } from './canvas.js';
import { captionOf } from './caption.js';
import { Difference } from './compared.js';
import {
  FigureDescriber,
  type NamedFigure,
  type Seen,
  extentsOf,
} from './describe.js';
import { figureFile, pngOf } from './files.js';
import {
  type Choices,
  formats,
  kinds,
  recallChoices,
  rememberChoices,
  scales,
  themes,
  widths,
} from './figure-choices.js';
import { figureStyles } from './figure.styles.js';

/** Where a viewer does not say how wide it is. */
const usualAspect = 4 / 3;

type Work =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly fraction: number }
  | { readonly state: 'failed'; readonly error: UnmixingError };

/**
 * Figures of what is seen, of each map, or of all maps side by side, with a preview, to be saved or copied. What the user
 * chooses is remembered.
 *
 * @fires unmixing-caption - the user wrote the caption
 * @fires unmixing-camera - asks for the viewer's camera
 * @csspart preview - the box around the figure
 */
@customElement('unmixing-figure')
export class UnmixingFigure extends LitElement {
  static override styles = [base, controls, switchStyles, figureStyles];

  @property({ attribute: false }) session: SessionState | null = null;

  @state() private choices = recallChoices();
  @state() private work: Work = { state: 'idle' };
  @state() private said = '';
  /** How often the viewer looked elsewhere. */
  @state() private moves = 0;
  /** Null until they are described for the first time. */
  @state() private figures: readonly NamedFigure[] | null = null;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  private readonly describer = new FigureDescriber();
  private readonly difference = new Difference();
  private camera: Camera | null = null;
  private unwatch: Undo | null = null;
  private task: AbortController | null = null;
  private readonly moved = new Throttle<null>(() => {
    this.moves += 1;
  });
  private readonly drawing = new Throttle<null>(() => void this.refresh());

  override connectedCallback(): void {
    super.connectedCallback();
    const asked = new UnmixingCameraEvent();
    this.dispatchEvent(asked);
    this.camera = asked.camera;
    this.unwatch = this.camera?.onMove(() => this.moved.give(null)) ?? null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unwatch?.();
    this.moved.clear();
    this.drawing.clear();
    this.task?.abort();
  }

  private get seen(): Seen | null {
    const view = this.camera?.view();
    return view ? { view, aspect: view.aspect ?? usualAspect } : null;
  }

  /** As the user wrote it, else as the result tells it. */
  private get caption(): string {
    const { session } = this;
    if (!session) return '';
    const what = this.what(session);
    const maps = what === 'maps' || what === 'sheet';
    return (
      session.caption ??
      captionOf(session, new Date(), !maps || this.choices.beneath)
    );
  }

  private choose(patch: Partial<Choices>): void {
    this.choices = { ...this.choices, ...patch };
    this.said = '';
    if (this.work.state === 'failed') this.work = { state: 'idle' };
    rememberChoices(this.choices);
  }

  /** The comparison can be drawn while it is on show. */
  private what({ comparison }: SessionState): Choices['what'] {
    const { what } = this.choices;
    return what === 'compared' && !(comparison && isOwnMode(comparison.mode))
      ? 'seen'
      : what;
  }

  private async describe(
    session: SessionState,
  ): Promise<readonly NamedFigure[]> {
    const choices = { ...this.choices, what: this.what(session) };
    return this.describer.describe({
      session,
      choices,
      seen: this.seen,
      caption: choices.caption ? this.caption : '',
      difference:
        choices.what === 'compared' ? await this.difference.of(session) : null,
    });
  }

  protected override updated(changed: PropertyValues): void {
    const { session } = this;
    const before = changed.get('session') as SessionState | null | undefined;
    // The pointer replaces the session with every move.
    const others =
      changed.has('session') &&
      session &&
      (before?.layers !== session.layers ||
        before.composite !== session.composite ||
        before.comparison !== session.comparison ||
        before.caption !== session.caption ||
        before.unmixing !== session.unmixing ||
        before.selected !== session.selected);
    if (others || changed.has('choices') || changed.has('moves'))
      this.drawing.give(null);
  }

  /** Draws the first of the figures, as large as it is seen. */
  private async refresh(): Promise<void> {
    const { session } = this;
    if (!session) return;
    try {
      this.figures = await this.describe(session);
      await this.updateComplete;
      const { canvas } = this;
      const figure = this.figures.at(0)?.figure;
      if (!canvas || !figure) return;
      const drawing = layOut(figure, measureText);
      const room = canvas.parentElement?.clientWidth ?? drawing.width;
      drawOn(
        canvas,
        drawing,
        Math.min(2, (room * devicePixelRatio) / drawing.width),
      );
    } catch (caught) {
      this.work = { state: 'failed', error: asUnmixingError(caught, 'input') };
    }
  }

  private async save(): Promise<void> {
    const { session, choices } = this;
    if (!session || this.work.state === 'running') return;
    this.task = new AbortController();
    this.work = { state: 'running', fraction: 0 };
    this.said = '';
    try {
      const what = this.what(session);
      const stem = `${subjectOf(session)}-${stems[what]}`;
      const file = await figureFile(
        await this.describe(session),
        stem,
        choices,
        {
          signal: this.task.signal,
          onProgress: (fraction) => {
            this.work = { state: 'running', fraction };
          },
        },
      );
      saveFile(file);
      this.said = 'Saved';
      this.work = { state: 'idle' };
    } catch (caught) {
      this.work = this.task.signal.aborted
        ? { state: 'idle' }
        : { state: 'failed', error: asUnmixingError(caught, 'file') };
    }
  }

  private async copy(): Promise<void> {
    const figure = this.figures?.at(0)?.figure;
    if (!figure) return;
    try {
      const png = pngOf(layOut(figure, measureText), this.choices.scale).then(
        (bytes) => new Blob([bytes], { type: 'image/png' }),
      );
      // Given at once, while the press still allows it.
      await navigator.clipboard.write([
        new ClipboardItem({ 'image/png': png }),
      ]);
      this.said = 'Copied';
    } catch (caught) {
      const error = isUnmixingError(caught)
        ? caught
        : new UnmixingError(
            'host',
            'This page may not copy images: save the figure instead.',
            { cause: caught },
          );
      this.work = { state: 'failed', error };
    }
  }

  private switch(
    label: string,
    name: 'legend' | 'bar' | 'caption' | 'beneath',
  ): TemplateResult {
    return html`<label
      >${label}
      <input
        type="checkbox"
        role="switch"
        aria-checked=${this.choices[name]}
        .checked=${live(this.choices[name])}
        @change=${() => this.choose({ [name]: !this.choices[name] })}
    /></label>`;
  }

  private extents(session: SessionState): (readonly [string, string])[] {
    return [
      ...(this.camera ? ([['view', 'As the viewer shows it']] as const) : []),
      ['all', 'All images'],
      ...extentsOf(session).map(
        ({ id, role, name }) =>
          [id, role === 'abundance' ? 'Abundances' : name] as const,
      ),
    ];
  }

  private captionFields(session: SessionState): TemplateResult {
    return html`<div class="caption">
      <textarea
        aria-label="Caption of the figure"
        .value=${live(this.caption)}
        @change=${({ target }: Event) => {
          if (target instanceof HTMLTextAreaElement)
            this.dispatchEvent(new UnmixingCaptionEvent(target.value));
        }}
      ></textarea>
      ${
        session.caption === null
          ? null
          : html`<button
              type="button"
              class="bare"
              @click=${() => this.dispatchEvent(new UnmixingCaptionEvent(null))}
            >
              As the result tells it
            </button>`
      }
    </div>`;
  }

  /** What the file will be. */
  private sizeWords(): string {
    const figures = this.figures ?? [];
    const figure = figures.at(0)?.figure;
    if (!figure) return '';
    const { format, scale } = this.choices;
    const { width, height } = layOut(figure, measureText);
    const each = figures.length > 1 ? ' each, in one zip' : '';
    return format === 'svg'
      ? `${formatNumber(width)} × ${formatNumber(height)} px, text and lines as vectors${each}`
      : `${formatNumber(width * scale)} × ${formatNumber(height * scale)} pixels, ${96 * scale} to the inch${each}`;
  }

  private actions(): TemplateResult {
    const { work } = this;
    const figures = this.figures ?? [];
    if (work.state === 'running')
      return html`<div class="actions">
        <progress
          aria-label="Making figures"
          max="1"
          .value=${work.fraction}
        ></progress>
        <button type="button" @click=${() => this.task?.abort()}>Cancel</button>
      </div>`;
    const several = figures.length > 1;
    return html`<div class="actions">
      <button
        type="button"
        class="primary"
        ?disabled=${figures.length === 0}
        @click=${() => void this.save()}
      >
        ${downloadIcon}${several ? `Save ${figures.length} figures` : 'Save figure'}
      </button>
      ${
        several
          ? null
          : html`<button
              type="button"
              aria-label="Copy the figure as PNG"
              ?disabled=${figures.length === 0}
              @click=${() => void this.copy()}
            >
              ${copyIcon}${this.said === 'Copied' ? 'Copied' : 'Copy'}
            </button>`
      }
    </div>`;
  }

  override render(): TemplateResult | null {
    const { session, choices, work } = this;
    if (!session) return null;
    const figures = this.figures ?? [];
    const what = this.what(session);
    const comparable = session.comparison && isOwnMode(session.comparison.mode);
    const extents = this.extents(session);
    const [first] = figures;
    return html`<div
        class="preview ${choices.theme === 'transparent' ? 'clear' : ''}"
        part="preview"
      >
        ${
          figures.length > 0
            ? html`<canvas
                role="img"
                aria-label="Preview: ${first.name}${
                  figures.length > 1 ? `, the first of ${figures.length}` : ''
                }"
              ></canvas>`
            : html`<p class="hint">
                ${
                  this.figures === null
                    ? ''
                    : what === 'maps' || what === 'sheet'
                      ? 'No map is shown: unmix first, or turn a map on in Layers.'
                      : 'No layer is shown: turn one on in Layers.'
                }
              </p>`
        }
      </div>
      <div class="row">
        <label for="what">Shows</label>
        ${select({
          id: 'what',
          choices: comparable
            ? kinds
            : kinds.filter(([kind]) => kind !== 'compared'),
          chosen: what,
          onChoice: (kind) => this.choose({ what: kind }),
        })}
      </div>
      <div class="row">
        <label for="extent">Extent</label>
        ${select({
          id: 'extent',
          choices: extents,
          chosen: (extents.find(([id]) => id === choices.extent) ??
            extents[this.camera ? 1 : 0])[0],
          onChoice: (extent) => this.choose({ extent }),
        })}
      </div>
      <div class="row">
        <label for="width">Width</label>
        ${select({
          id: 'width',
          choices: widths,
          chosen:
            widths.find(([width]) => Number(width) === choices.width)?.[0] ??
            widths[0][0],
          onChoice: (width) => this.choose({ width: Number(width) }),
        })}
      </div>
      <div class="row">
        ${segments({
          id: 'ground',
          label: 'Ground',
          choices: themes,
          chosen: choices.theme,
          onChoice: (theme) => this.choose({ theme }),
        })}
      </div>
      <div class="switches">
        ${this.switch('Legend', 'legend')} ${this.switch('Scale bar', 'bar')}
        ${this.switch('Caption', 'caption')}
        ${
          what === 'maps' || what === 'sheet'
            ? this.switch('Images beneath', 'beneath')
            : null
        }
      </div>
      ${choices.caption ? this.captionFields(session) : null}
      <div class="row">
        ${segments({
          id: 'format',
          label: 'Format',
          choices: formats,
          chosen: choices.format,
          onChoice: (format) => this.choose({ format }),
        })}
      </div>
      ${
        choices.format === 'png'
          ? html`<div class="row">
              ${segments({
                id: 'scale',
                label: 'Resolution',
                choices: scales,
                chosen: choices.scale,
                onChoice: (scale) => this.choose({ scale }),
              })}
            </div>`
          : null
      }
      <p class="hint">${this.sizeWords()}</p>
      ${this.actions()}
      ${
        work.state === 'failed'
          ? notice(work.error.message, { error: true })
          : null
      }
      <div class="sr" role="status">
        ${work.state === 'running' ? 'Making figures' : this.said}
      </div>`;
  }
}

/** How the names of files end. */
const stems: Readonly<Record<Choices['what'], string>> = {
  seen: 'figure',
  compared: 'comparison',
  maps: 'maps',
  sheet: 'maps',
};

/** What the figures are of, as a file's name begins. */
function subjectOf({ cube, layers }: SessionState): string {
  if (cube.state === 'ready') return cube.summary.name;
  return layers.at(-1)?.name ?? 'images';
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-figure': UnmixingFigure;
  }
}
