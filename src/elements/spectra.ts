import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { spectraTable } from '../formats/text/csv-write.js';
import type { CubeSummary } from '../engine/protocol.js';
import type { Spread } from '../spectral/unmixing.js';
import { controls } from './controls.js';
import { UnmixingCorrectEvent, UnmixingUnpinEvent } from './events.js';
import { withChosenPixel } from './chosen-pixels.js';
import {
  formatFigure,
  formatNumber,
  formatShare,
  quantityNames,
} from './format.js';
import { crosshairIcon, downloadIcon } from './icons.js';
import { drawnLine } from './identify/evidence.js';
import { insteadOf } from './instead.js';
import { pixelModel } from './pixel-model.js';
import type { PlotLine } from './plot.js';
import { recall, remember } from './remember.js';
import { saveFile } from './save-file.js';
import { inkColour, shownEndmembers } from './shown.js';
import {
  columnsOf,
  leastShare,
  linesOf,
  pixelShares,
} from './spectra-lines.js';
import type { Share, SpectraTab } from './spectra-lines.js';
import { spectraStyles } from './spectra.styles.js';
import type { SessionState } from './state.js';
import { styleMap } from './style-map.js';
import { base, tokens } from './theme.js';

const tabNames: Readonly<Record<SpectraTab, string>> = {
  pixel: 'Pixel',
  endmembers: 'Endmembers',
  residual: 'Residual',
};
/** Rows of the readout. */
const mostShares = 3;

/**
 * Spectra under the image: of the pixel under the pointer with what the model makes of it, of the endmembers, and
 * what is left over.
 *
 * @fires unmixing-correct - the user marked the pixel as bad
 * @fires unmixing-pin - the user held a pixel on the map
 * @fires unmixing-unpin - the user let go of the pixel that was held
 * @csspart plot - the drawing
 * @csspart map - the cube in small, to choose a pixel on
 * @csspart readout - the figures beside it
 */
@customElement('unmixing-spectra')
export class UnmixingSpectra extends LitElement {
  static override styles = [tokens, base, controls, spectraStyles];

  @property({ attribute: false }) session: SessionState | null = null;
  @property({ reflect: true }) theme: SessionState['theme'] = 'auto';
  /** It stands in the panel, one thing under the other, as high as it needs to be. */
  @property({ type: Boolean, reflect: true }) stacked = false;
  @state() private tab: SpectraTab = 'pixel';
  /** Draws how far runs disagree around the endmembers. */
  @state() private bands = recall('spread') !== false;

  /** Shows the map of the cube, where the viewer tells the pixel by itself. */
  @state() private mapped = recall('pixel map') === true;

  /** Without a viewer that tells the pixel, the map is the only way to one. */
  private get needsMap(): boolean {
    return this.session?.viewer.capabilities.has('pick') === false;
  }

  private get showsMap(): boolean {
    return (
      this.current === 'pixel' &&
      this.session?.cube.state === 'ready' &&
      (this.needsMap || this.mapped)
    );
  }

  private get tabs(): readonly SpectraTab[] {
    const { session } = this;
    if (!session || !shownEndmembers(session)) return ['pixel'];
    return session.unmixing
      ? ['pixel', 'endmembers', 'residual']
      : ['pixel', 'endmembers'];
  }

  private get current(): SpectraTab {
    return this.tabs.includes(this.tab) ? this.tab : 'pixel';
  }

  private async turn(event: KeyboardEvent): Promise<void> {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const { tabs } = this;
    const at = tabs.indexOf(this.current) + step + tabs.length;
    this.tab = tabs[at % tabs.length];
    await this.updateComplete;
    this.shadowRoot
      ?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')
      ?.focus();
  }

  private share(
    { endmember, name, share }: Share,
    spread: Spread | null = null,
  ): TemplateResult {
    const fill = this.session?.colours[endmember] ?? '#808080';
    return html`<li
      class="share"
      style=${styleMap({
        '--_fill': fill,
        '--_ink': inkColour(fill),
        '--_at': `${100 * share}%`,
      })}
    >
      <span class="swatch small">${endmember + 1}</span>
      <span class="name">${name}</span>
      <span>${formatShare(share)}</span>
      <span class="bar"></span>
      ${
        spread
          ? html`<span class="off"
              >±&nbsp;${formatFigure(spread.angles[endmember])}&nbsp;rad</span
            >`
          : null
      }
    </li>`;
  }

  private maskButton({
    cube,
    pointer,
    chain,
  }: SessionState): TemplateResult | null {
    if (cube.state !== 'ready' || !pointer?.pinned) return null;
    const { x, y } = pointer;
    const { width, mask } = cube.summary;
    if (mask[y * width + x]) return null;
    return html`<button
      type="button"
      class="mask"
      title="Leave it out, as a correction"
      @click=${() =>
        this.dispatchEvent(
          new UnmixingCorrectEvent(withChosenPixel(chain.steps, [x, y])),
        )}
    >
      Mask this pixel
    </button>`;
  }

  private pixelReadout(session: SessionState): TemplateResult {
    const { pointer, unmixing } = session;
    if (!pointer)
      return html`<div class="title"><h3>Mean of the cube</h3></div>
        <p class="hint">
          ${
            this.needsMap
              ? 'Press on the map to see a pixel; arrow keys move it.'
              : 'Move over the image to see a pixel; press to hold it.'
          }
        </p>`;
    const model = pixelModel(session);
    const shares = pixelShares(session);
    const listed = shares
      .filter(({ share }) => share >= leastShare)
      .slice(0, mostShares);
    const others = shares.length - listed.length;
    const rest = shares[listed.length]?.share ?? 0;
    return html`<div class="title">
        <h3>Pixel ${formatNumber(pointer.x)}, ${formatNumber(pointer.y)}</h3>
        ${this.maskButton(session)}
        ${
          pointer.pinned
            ? html`<button
                type="button"
                class="bare"
                title="${this.needsMap ? 'Show the mean again' : 'Follow the pointer again'} (Escape)"
                @click=${() => this.dispatchEvent(new UnmixingUnpinEvent())}
              >
                Let go
              </button>`
            : null
        }
      </div>
      ${
        model
          ? html`<ul aria-label="Shares of the pixel">
                ${listed.map((share) => this.share(share))}
              </ul>
              ${
                others > 0
                  ? html`<p class="hint">
                      ${others} ${others === 1 ? 'other' : 'others'} below
                      ${rest < leastShare ? '1' : formatNumber(100 * rest + 1)}&nbsp;%
                    </p>`
                  : null
              }
              <dl>
                <dt>Angle</dt>
                <dd>${formatNumber(model.angle, 3)} rad</dd>
                <dt>RMSE</dt>
                <dd>${formatFigure(model.rmse)}</dd>
              </dl>`
          : html`<p class="hint">
              ${
                unmixing
                  ? 'This pixel is left out of the model.'
                  : 'Its shares follow after unmixing.'
              }
            </p>`
      }`;
  }

  private endmemberReadout(session: SessionState): TemplateResult | null {
    const shown = shownEndmembers(session);
    if (!shown) return null;
    return html`<div class="title">
        <h3>${shown.live ? 'Endmembers so far' : 'Share of the area'}</h3>
      </div>
      <ul aria-label="Shares of the area">
        ${shown.names.map((name, endmember) =>
          this.share(
            { endmember, name, share: shown.areas[endmember] },
            shown.spread,
          ),
        )}
      </ul>
      ${
        shown.spread
          ? html`<p class="hint">
              ±: mean angle between ${shown.spread.runs} runs. What all get
              wrong alike does not show in it.
            </p>`
          : null
      }`;
  }

  /** Shows and hides the bands, where several runs tell them. */
  private spreadButton(session: SessionState): TemplateResult | null {
    const spread = shownEndmembers(session)?.spread;
    if (!spread) return null;
    return html`<button
      type="button"
      class="spread"
      aria-pressed=${this.bands}
      title="Standard deviation of ${spread.runs} runs"
      @click=${() => {
        this.bands = !this.bands;
        remember('spread', this.bands);
      }}
    >
      Spread
    </button>`;
  }

  private residualReadout({ unmixing }: SessionState): TemplateResult | null {
    if (!unmixing) return null;
    const { rmse, meanAngle } = unmixing.residual;
    return html`<div class="title"><h3>What the model leaves</h3></div>
      <dl>
        <dt>RMSE</dt>
        <dd>${formatFigure(rmse)}</dd>
        <dt>Mean angle</dt>
        <dd>${formatNumber(meanAngle, 3)} rad</dd>
      </dl>
      <p class="hint">
        Bands that stand out hold what no endmember explains.
      </p>`;
  }

  private map(
    session: SessionState,
    { width, height }: CubeSummary,
  ): TemplateResult {
    const layers = session.layers.filter(
      ({ role, style }) => role !== 'picture' && style.visible,
    );
    return html`<unmixing-pixel-map
      part="map"
      title=${this.needsMap ? insteadOf.pick : ''}
      .layers=${layers.reverse()}
      .width=${width}
      .height=${height}
      .pixel=${session.pointer}
    ></unmixing-pixel-map>`;
  }

  /** Shows and hides the map, where the pixel can be pointed at in the viewer. */
  private mapButton(): TemplateResult | null {
    if (this.current !== 'pixel' || this.needsMap) return null;
    return html`<button
      type="button"
      class="icon"
      aria-label="Map of the cube"
      aria-pressed=${this.mapped}
      title="Map of the cube, to choose a pixel by keys"
      @click=${() => {
        this.mapped = !this.mapped;
        remember('pixel map', this.mapped);
      }}
    >
      ${crosshairIcon}
    </button>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('session')?.identifying.drawn ?? null;
    const drawn = this.session?.identifying.drawn ?? null;
    // Where it is drawn is shown.
    if (changed.has('session') && drawn && drawn !== before)
      this.tab = 'endmembers';
    // Loaded when first needed, so that the plugin's entry stays small.
    const { state: opened = 'none' } = this.session?.cube ?? {};
    if (opened !== 'none') void import('./plot.js');
    if (this.showsMap) void import('./pixel-map.js');
  }

  private keys(lines: readonly PlotLine[]): TemplateResult {
    return html`<ul aria-label="Lines">
      ${lines.map(
        ({ label, colour, dashed, swatch }) =>
          html`<li
            style=${styleMap({
              '--_ink': colour,
              ...(swatch && { '--_fill': swatch.fill }),
            })}
            title=${swatch ? label : nothing}
          >
            <i class=${dashed ? 'dashed' : ''}></i>
            ${
              swatch
                ? html`<span class="swatch small">${swatch.number}</span>
                    <span class="heard">${label}</span>`
                : html`<span>${label}</span>`
            }
          </li>`,
      )}
    </ul>`;
  }

  override render(): TemplateResult | null {
    const { session, current } = this;
    if (!session) return null;
    const { cube, request } = session;
    if (cube.state !== 'ready')
      return html`<div class="top">
          <div role="tablist" aria-label="Spectra">
            <button
              type="button"
              role="tab"
              id="tab-pixel"
              aria-selected="true"
            >
              Pixel
            </button>
          </div>
        </div>
        <p class="hint empty">Spectra show when a cube is open.</p>`;
    const lines = linesOf(session, current, this.bands);
    const { axis, reliability } = cube.summary;
    // Later lines are drawn over earlier ones: what was measured comes last.
    const drawn = [...lines].reverse();
    const keys =
      current === 'endmembers' && !drawnLine(session)
        ? lines.slice(0, 0)
        : lines;
    return html`<div class="top">
        <div
          role="tablist"
          aria-label="Spectra"
          @keydown=${(event: KeyboardEvent) => void this.turn(event)}
        >
          ${this.tabs.map(
            (tab) =>
              html`<button
                type="button"
                role="tab"
                id="tab-${tab}"
                aria-selected=${tab === current}
                aria-controls="spectra"
                tabindex=${tab === current ? 0 : -1}
                @click=${() => {
                  this.tab = tab;
                }}
              >
                ${tabNames[tab]}
              </button>`,
          )}
        </div>
        <div class="keys">${this.keys(keys)}</div>
        ${current === 'endmembers' ? this.spreadButton(session) : null}
        ${this.mapButton()}
        <button
          type="button"
          class="icon"
          aria-label="Save these spectra as CSV"
          title="Save these spectra as CSV"
          @click=${() =>
            saveFile(
              new File(
                [spectraTable(axis, columnsOf(lines))],
                `${cube.summary.name}-${current}.csv`,
                { type: 'text/csv' },
              ),
            )}
        >
          ${downloadIcon}
        </button>
      </div>
      <div
        class="body ${this.showsMap ? 'mapped' : ''}"
        id="spectra"
        role="tabpanel"
        aria-labelledby="tab-${current}"
      >
        ${this.showsMap ? this.map(session, cube.summary) : null}
        <unmixing-plot
          part="plot"
          scaled
          gaps
          strip="strip"
          theme=${this.theme}
          peaks=${current === 'endmembers' ? -1 : lines.length - 1}
          heading=${axis.quantity ? quantityNames[axis.quantity] : ''}
          label="${tabNames[current]}: ${lines.map(({ label }) => label).join(', ')}"
          .axis=${axis}
          .lines=${drawn}
          .weights=${reliability}
          .windows=${request.exclude}
        ></unmixing-plot>
        <aside part="readout" aria-label="Figures">
          ${
            current === 'pixel'
              ? this.pixelReadout(session)
              : current === 'endmembers'
                ? this.endmemberReadout(session)
                : this.residualReadout(session)
          }
        </aside>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-spectra': UnmixingSpectra;
  }
}
