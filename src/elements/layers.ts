import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { chooseFiles } from './choose-files.js';
import { controls } from './controls.js';
import {
  UnmixingOpenEvent,
  UnmixingOrderEvent,
  UnmixingRemoveLayerEvent,
  UnmixingSelectEvent,
  UnmixingStyleEvent,
} from './events.js';
import { formatShare } from './format.js';
import { binIcon, eyeIcon, eyeOffIcon, plusIcon } from './icons.js';
import { layerProperties } from './layer-properties.js';
import { layersStyles } from './layers.styles.js';
import './legend.js';
import './menu.js';
import type { MenuItem } from './menu.js';
import type { LayerEntry, SessionState } from './state.js';
import { base, tokens } from './theme.js';
import './thumbnail.js';

const isRemovable = ({ role }: LayerEntry): boolean =>
  role === 'picture' || role === 'diagnostic';

/**
 * The layers, top-most first. One tab stop; arrows move, Alt and arrows reorder, Enter selects, Space hides, Del removes.
 *
 * @fires unmixing-style - the user changed how a layer is drawn
 * @fires unmixing-order - the user put the layers in another order
 * @fires unmixing-select - the user turned to the map of an endmember
 * @fires unmixing-remove-layer - the user threw a picture or a map about the result away
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

  /** A layer that is no map and was chosen here. */
  @state() private chosen: string | null = null;
  @state() private focused: string | null = null;
  @state() private dragged: string | null = null;
  @state() private over: {
    readonly id: string;
    readonly after: boolean;
  } | null = null;

  private get layers(): readonly LayerEntry[] {
    return this.session?.layers ?? [];
  }

  private get current(): LayerEntry | null {
    const { session, layers } = this;
    return (
      layers.find(({ id }) => id === this.chosen) ??
      layers.find(
        ({ endmember }) =>
          endmember !== null && endmember === session?.selected,
      ) ??
      null
    );
  }

  private choose({ id, endmember }: LayerEntry): void {
    this.focused = id;
    this.chosen = endmember === null ? id : null;
    if (endmember !== null)
      this.dispatchEvent(new UnmixingSelectEvent(endmember));
  }

  private async focusRow(id: string): Promise<void> {
    this.focused = id;
    await this.updateComplete;
    this.shadowRoot
      ?.querySelector<HTMLElement>(`li[data-layer='${id}'] .name`)
      ?.focus();
  }

  protected override willUpdate(): void {
    // Loaded when first needed, so that the plugin's entry stays small.
    const { current } = this;
    if (current?.role === 'diagnostic' && current.image.kind === 'map')
      void import('./contrast.js');
  }

  /** A row that moved takes the focus along. */
  override updated(): void {
    const { shadowRoot, focused } = this;
    const row = shadowRoot?.activeElement?.closest<HTMLElement>('li');
    if (row?.dataset.layer === undefined || row.dataset.layer === focused)
      return;
    shadowRoot
      ?.querySelector<HTMLElement>(`li[data-layer='${focused}'] .name`)
      ?.focus();
  }

  /** Moves a layer before or after another. */
  private move(id: string, other: string, after: boolean): void {
    if (id === other) return;
    const ids = this.layers.map((layer) => layer.id);
    const rest = ids.filter((one) => one !== id);
    rest.splice(rest.indexOf(other) + (after ? 1 : 0), 0, id);
    if (rest.join() !== ids.join())
      this.dispatchEvent(new UnmixingOrderEvent(rest));
  }

  private key(event: KeyboardEvent, layer: LayerEntry): void {
    const { layers } = this;
    const at = layers.indexOf(layer);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step === undefined ? undefined : layers[at + step];
    if (step !== undefined && event.altKey) {
      if (next) this.move(layer.id, next.id, step > 0);
      void this.focusRow(layer.id);
    } else if (next) void this.focusRow(next.id);
    else if (event.key === ' ') this.toggle(layer);
    else if (event.key === 'Delete' && isRemovable(layer))
      this.dispatchEvent(new UnmixingRemoveLayerEvent(layer.id));
    else return;
    event.preventDefault();
  }

  private toggle({ id, style }: LayerEntry): void {
    this.dispatchEvent(new UnmixingStyleEvent(id, { visible: !style.visible }));
  }

  private toggleAll(maps: readonly LayerEntry[]): void {
    const visible = maps.every(({ style }) => !style.visible);
    for (const { id, style } of maps)
      if (style.visible !== visible)
        this.dispatchEvent(new UnmixingStyleEvent(id, { visible }));
  }

  private readonly add = async (): Promise<void> => {
    const files = await chooseFiles();
    if (files.length > 0) this.dispatchEvent(new UnmixingOpenEvent(files));
  };

  private dragOver(event: DragEvent, id: string): void {
    if (this.dragged === null || !(event.currentTarget instanceof HTMLElement))
      return;
    event.preventDefault();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    this.over = { id, after: event.clientY > top + height / 2 };
  }

  private eye(visible: boolean, name: string, act: () => void): TemplateResult {
    return html`<button
      type="button"
      class="eye"
      tabindex="-1"
      aria-label="${visible ? 'Hide' : 'Show'} ${name}"
      title=${visible ? 'Hide' : 'Show'}
      @click=${act}
    >
      ${visible ? eyeIcon : eyeOffIcon}
    </button>`;
  }

  private row(layer: LayerEntry, grouped: boolean): TemplateResult {
    const { id, name, style } = layer;
    const over = this.over?.id === id;
    const classes = [
      grouped && layer.role === 'abundance' ? 'child' : '',
      style.visible ? '' : 'hidden',
      over ? 'over' : '',
      over && this.over?.after ? 'after' : '',
    ];
    const stop = this.layers.some((one) => one.id === this.focused)
      ? this.focused
      : this.layers[0]?.id;
    return html`<li
      class=${classes.join(' ').trim()}
      data-layer=${id}
      draggable="true"
      aria-current=${this.current?.id === id}
      @dragstart=${(event: DragEvent) => {
        event.dataTransfer?.setData('text/plain', name);
        this.dragged = id;
      }}
      @dragover=${(event: DragEvent) => this.dragOver(event, id)}
      @drop=${(event: DragEvent) => {
        if (this.dragged === null || !this.over) return;
        event.preventDefault();
        event.stopPropagation();
        this.move(this.dragged, id, this.over.after);
      }}
      @dragend=${() => {
        this.dragged = null;
        this.over = null;
      }}
    >
      ${this.eye(style.visible, name, () => this.toggle(layer))}
      <unmixing-thumbnail .layers=${[layer]}></unmixing-thumbnail>
      <button
        type="button"
        class="name"
        tabindex=${stop === id ? 0 : -1}
        title=${name}
        aria-description="${style.visible ? '' : 'hidden, '}opacity ${formatShare(style.opacity)}"
        @click=${() => this.choose(layer)}
        @focus=${() => {
          this.focused = id;
        }}
        @keydown=${(event: KeyboardEvent) => this.key(event, layer)}
      >
        ${name}
      </button>
      <span class="share">${formatShare(style.opacity)}</span>
    </li>`;
  }

  private group(maps: readonly LayerEntry[]): TemplateResult {
    const visible = maps.some(({ style }) => style.visible);
    const shown = maps.filter(({ style }) => style.visible);
    return html`<li class=${visible ? '' : 'hidden'}>
      ${this.eye(visible, 'all abundances', () => this.toggleAll(maps))}
      <unmixing-thumbnail
        .layers=${[...(visible ? shown : maps)].reverse()}
      ></unmixing-thumbnail>
      <span class="name">Abundances</span>
      <span class="share"
        >${this.session?.composite.on ? 'blended' : `${shown.length} of ${maps.length}`}</span
      >
    </li>`;
  }

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

  override render(): TemplateResult | null {
    if (!this.session) return null;
    const { layers, current } = this;
    const maps = layers.filter(({ role }) => role === 'abundance');
    const grouped = maps.length > 1;
    const items: MenuItem[] = [
      {
        label: 'Remove layer',
        icon: binIcon,
        key: 'Del',
        disabled: !current || !isRemovable(current),
        act: () => {
          if (current)
            this.dispatchEvent(new UnmixingRemoveLayerEvent(current.id));
        },
      },
    ];
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
        <unmixing-menu
          label="Menu of the layers"
          .items=${items}
        ></unmixing-menu>
      </div>
      ${this.stacked ? null : this.legend()}
      <div class="list" part="list">
        ${
          layers.length === 0
            ? html`<p class="hint empty">Nothing is open yet.</p>`
            : html`<ul aria-label="Layers, top-most first">
                ${layers.map((layer) =>
                  grouped && layer === maps[0]
                    ? [this.group(maps), this.row(layer, grouped)]
                    : this.row(layer, grouped),
                )}
              </ul>`
        }
      </div>
      ${
        current
          ? layerProperties(current, (patch) =>
              this.dispatchEvent(new UnmixingStyleEvent(current.id, patch)),
            )
          : null
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-layers': UnmixingLayers;
  }
}
