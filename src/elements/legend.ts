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

interface Materials {
  readonly names: readonly string[];
  /** #rrggbb */
  readonly colours: readonly string[];
}

/** The endmembers of a cube that are on show; null while there are none. */
function materialsOf(session: SessionState, cube: string): Materials | null {
  if (cube === session.active) {
    const shown = shownEndmembers(session);
    return shown && { names: shown.names, colours: session.colours };
  }
  const other = session.cubes.find(({ id }) => id === cube);
  return other?.unmixing
    ? { names: other.unmixing.names, colours: other.colours }
    : null;
}

/**
 * Numbers, colours and names of the endmembers that are shown, and the scales of maps about the result, to float over
 * the image; or, inset, to stand among other things. Where materials of several cubes are shown, each cube has a line under
 * its name.
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
      [part='legend'] {
        display: grid;
        gap: 4px;
        padding: 5px 8px;
        border: 1px solid var(--_line);
        border-radius: 7px;
        background: var(--_veil);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
      }
      .cube {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--_text-2);
        font-size: 11px;
        font-weight: 400;
        line-height: 15px;
      }
      ul + .cube {
        margin-top: 2px;
      }
      :host([inset]) {
        width: auto;
      }
      :host([inset]) li {
        flex-wrap: wrap;
      }
      :host([inset]) [part='legend'] {
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

  /** Materials of a cube whose maps, or classes, are shown. */
  private materials(
    own: readonly LayerEntry[],
    { names, colours }: Materials,
  ): TemplateResult[] {
    return names.flatMap((name, r) => {
      const shows = own.some(
        ({ endmember, image, style }) =>
          (endmember === r || image.kind === 'classes') && style.visible,
      );
      if (!shows) return [];
      return [
        html`<li>
          <span
            class="swatch small"
            style=${styleMap({ '--_fill': colours[r] ?? '#808080' })}
            >${r + 1}</span
          >
          <span>${name}</span>
          ${this.ramp(own.find(({ endmember }) => endmember === r))}
        </li>`,
      ];
    });
  }

  /** What is shown of one cube. */
  private lines(session: SessionState, cube: string): TemplateResult[] {
    const own = ownLayers(session.layers, cube);
    const materials = materialsOf(session, cube);
    return [
      ...(materials ? this.materials(own, materials) : []),
      ...own
        .filter(({ role, style }) => role === 'diagnostic' && style.visible)
        .map((layer) => this.scale(layer)),
    ];
  }

  override render(): TemplateResult | null {
    const { session } = this;
    if (!session) return null;
    const groups = session.cubes
      .map(({ id, name }) => ({ name, lines: this.lines(session, id) }))
      .filter(({ lines }) => lines.length > 0);
    if (groups.length === 0) return null;
    const several = session.cubes.length > 1;
    return html`<section part="legend" aria-label="Legend">
      ${groups.map(
        ({ name, lines }) =>
          html`${several ? html`<p class="cube">${name}</p>` : null}
            <ul aria-label=${several ? `Legend of ${name}` : 'Legend'}>
              ${lines}
            </ul>`,
      )}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-legend': UnmixingLegend;
  }
}
