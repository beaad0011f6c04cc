import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { chooseFiles } from './choose-files.js';
import { controls } from './controls.js';
import { UnmixingOpenEvent } from './events.js';
import { plusIcon } from './icons.js';
import type { LayerLines } from './layer-lines.js';
import { layersStyles } from './layers.styles.js';
import './legend.js';
import './menu.js';
import { isRegistered } from './placements.js';
import type { LayerEntry, SessionState } from './state.js';
import { base, tokens } from './theme.js';

/**
 * The layers, top-most first. One tab stop; arrows move, to the left and right close and open a group, Alt and arrows
 * reorder, Enter selects, Space hides, I shows one alone and then all that was seen before, F2 renames, L locks, Del removes.
 *
 * @fires unmixing-style - the user hid or showed a layer, or changed how it is drawn
 * @fires unmixing-show-layers - the user hid or showed several layers
 * @fires unmixing-order - the user put the layers in another order
 * @fires unmixing-select - the user turned to the map of an endmember
 * @fires unmixing-rename-layer - the user gave a layer another name
 * @fires unmixing-lock - the user held a layer against changes, or let it go
 * @fires unmixing-remove-layer - the user threw a picture or a map about the result away
 * @fires unmixing-pixel-size - the user said how large a pixel is
 * @fires unmixing-open - the user chose files to add
 * @csspart list - the part that scrolls
 * @csspart properties - the properties of the layer that is selected
 */
@customElement('unmixing-layers')
export class UnmixingLayers extends LitElement {
  static override styles = [tokens, base, controls, layersStyles];

  @property({ attribute: false }) session: SessionState | null = null;
  @property({ reflect: true }) theme: SessionState['theme'] = 'auto';
  /** It stands in the panel, under a heading that is there, as high as it needs to be. */
  @property({ type: Boolean, reflect: true }) stacked = false;

  /** Loaded with the first layer, so that the plugin's entry stays small. */
  @state() private lines: LayerLines | null = null;

  protected override willUpdate(): void {
    if (!this.lines && this.session?.layers.length) void this.load();
    if (this.lines?.current) void import('./layer-properties.js');
  }

  private async load(): Promise<void> {
    const { LayerLines } = await import('./layer-lines.js');
    this.lines ??= new LayerLines(this);
  }

  override updated(): void {
    this.lines?.keepFocus();
  }

  private readonly add = async (): Promise<void> => {
    const files = await chooseFiles();
    if (files.length > 0) this.dispatchEvent(new UnmixingOpenEvent(files));
  };

  /** Where it cannot float over the image. */
  private legend(): TemplateResult | null {
    const { session } = this;
    if (!session || session.viewer.capabilities.has('view')) return null;
    return html`<unmixing-legend
      inset
      theme=${this.theme}
      .session=${session}
    ></unmixing-legend>`;
  }

  private properties(layer: LayerEntry): TemplateResult {
    const { session } = this;
    const { image, owner } = layer;
    const picture = session?.pictures.find(
      ({ data }) => image.kind === 'rgba' && data === image.data,
    );
    const sizeable =
      picture?.geometry.unit === null ||
      (session?.cubes.find(({ id }) => id === layer.id)?.sizeable ?? false);
    const cube = session?.cube.state === 'ready' ? session.cube.summary : null;
    return html`<section
      class="properties"
      part="properties"
      aria-label="Layer ${layer.name}"
    >
      <unmixing-layer-properties
        .layer=${layer}
        .mask=${
          cube && owner === session?.active && layer.role !== 'picture'
            ? cube.mask
            : null
        }
        ?additive=${session?.viewer.capabilities.has('additive') ?? false}
        ?sizeable=${sizeable}
        ?registered=${session !== null && isRegistered(session, owner)}
      ></unmixing-layer-properties>
    </section>`;
  }

  override render(): TemplateResult | null {
    if (!this.session) return null;
    const { layers } = this.session;
    const { lines } = this;
    const current = lines?.current;
    return html`<div class="top">
        ${this.stacked ? this.legend() : html`<h2>Layers</h2>`}
        <button
          type="button"
          class="icon"
          aria-label="Add a picture"
          title="Add a picture"
          @click=${() => void this.add()}
        >
          ${plusIcon}
        </button>
        ${
          lines
            ? html`<unmixing-menu
                label="Menu of the layers"
                .items=${lines.menu()}
              ></unmixing-menu>`
            : null
        }
      </div>
      ${this.stacked ? null : this.legend()}
      <div class="list" part="list">
        ${
          layers.length === 0
            ? html`<p class="hint empty">Nothing is open yet.</p>`
            : html`<ul aria-label="Layers, top-most first">
                ${lines?.list()}
              </ul>`
        }
      </div>
      ${current ? this.properties(current) : null}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-layers': UnmixingLayers;
  }
}
