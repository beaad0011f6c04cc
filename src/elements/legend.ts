import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controls } from './controls.js';
import { ownLayers } from './entries.js';
import { formatShare } from './format.js';
import { shownEndmembers } from './shown.js';
import { limitWords, lookGradient } from './ramp-style.js';
import type { LayerEntry, SessionState } from './state.js';
import { styleMap } from './style-map.js';
import { base, tokens } from './theme.js';

/**
 * Numbers, colours and names of the endmembers that are shown, and the scales of maps about the result, to float over
 * the image; or, inset, to stand among other things.
 *
 * @csspart legend - the floating list
 */
@customElement('unmixing-legend')
export class UnmixingLegend extends LitElement {
  static override styles = [
    tokens,
    base,
    controls,
    css`
      :host {
        width: fit-content;
        max-width: 100%;
        background: none;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        padding: 5px 8px;
        border: 1px solid var(--_line);
        border-radius: 7px;
        background: var(--_veil);
      }
      :host([inset]) {
        width: auto;
      }
      :host([inset]) li {
        flex-wrap: wrap;
      }
      :host([inset]) ul {
        padding: 0;
        border: 0;
        background: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        min-width: 0;
      }
      i {
        width: 48px;
        height: 8px;
        border-radius: 2px;
        background: var(--_ramp);
      }
      .end {
        flex: none;
        color: var(--_text-2);
        white-space: nowrap;
      }
      .swatch + span,
      span:last-child:not(.end) {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        max-width: 160px;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionState | null = null;
  @property({ reflect: true }) theme: SessionState['theme'] = 'auto';
  @property({ type: Boolean, reflect: true }) inset = false;

  /** What the colours of a map about the result stand for; those of classes are the endmembers'. */
  private scale(layer: LayerEntry): TemplateResult {
    if (layer.image.kind === 'classes')
      return html`<li>
        <span>${layer.name}</span>
        <span class="end"
          >at least ${formatShare(this.session?.classThreshold ?? 0)}</span
        >
      </li>`;
    const { low, high } = limitWords(layer);
    return html`<li>
      <span>${layer.name}</span>
      <span class="end">${low}</span>
      <i style=${styleMap({ '--_ramp': lookGradient(layer.style) })}></i>
      <span class="end">${high}</span>
    </li>`;
  }

  /** The colours of a map that is not drawn in its endmember's. */
  private ramp(layer: LayerEntry | undefined): TemplateResult | null {
    return !layer || layer.style.colourMap === 'single'
      ? null
      : html`<i
          style=${styleMap({ '--_ramp': lookGradient(layer.style) })}
        ></i>`;
  }

  override render(): TemplateResult | null {
    const { session } = this;
    const shown = session && shownEndmembers(session);
    if (!session || !shown) return null;
    const own = ownLayers(session.layers, session.active);
    const visible = shown.names.flatMap((name, r) =>
      own.some(
        ({ endmember, image, style }) =>
          (endmember === r || image.kind === 'classes') && style.visible,
      )
        ? [{ name, r }]
        : [],
    );
    const maps = session.layers.filter(
      ({ role, style }) => role === 'diagnostic' && style.visible,
    );
    if (visible.length + maps.length === 0) return null;
    return html`<ul part="legend" aria-label="Legend">
      ${visible.map(
        ({ name, r }) =>
          html`<li>
            <span
              class="swatch small"
              style=${styleMap({ '--_fill': session.colours[r] ?? '#808080' })}
              >${r + 1}</span
            >
            <span>${name}</span>
            ${this.ramp(own.find(({ endmember }) => endmember === r))}
          </li>`,
      )}
      ${maps.map((layer) => this.scale(layer))}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-legend': UnmixingLegend;
  }
}
