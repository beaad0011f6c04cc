import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { chooseFiles } from './choose-files.js';
import { controls } from './controls.js';
import {
  UnmixingLockEvent,
  UnmixingOpenEvent,
  UnmixingOrderEvent,
  UnmixingRemoveLayerEvent,
  UnmixingRenameLayerEvent,
  UnmixingSelectEvent,
  UnmixingShowLayersEvent,
  UnmixingStyleEvent,
} from './events.js';
import { formatShare } from './format.js';
import {
  binIcon,
  chevronIcon,
  eyeIcon,
  eyeOffIcon,
  lockIcon,
  pencilIcon,
  plusIcon,
  soloIcon,
  unlockIcon,
} from './icons.js';
import {
  isGroup,
  layerItems,
  layersOf,
  moved,
  siblings,
} from './layer-tree.js';
import type { LayerGroup, LayerItem } from './layer-tree.js';
import { layersStyles } from './layers.styles.js';
import './legend.js';
import './menu.js';
import type { MenuItem } from './menu.js';
import type { LayerEntry, SessionState } from './state.js';
import { base, tokens } from './theme.js';
import './thumbnail.js';

const isRemovable = ({ role, locked }: LayerEntry): boolean =>
  (role === 'picture' || role === 'diagnostic') && !locked;

/** Whether all of it may be put elsewhere. */
const isMovable = (item: LayerItem): boolean =>
  layersOf(item).every(({ locked }) => !locked);

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

  /** A layer that is no map and was chosen here. */
  @state() private chosen: string | null = null;
  @state() private focused: string | null = null;
  @state() private renaming: string | null = null;
  @state() private closed: ReadonlySet<string> = new Set();
  /** What is shown alone, and what was visible before. */
  @state() private alone: {
    readonly id: string;
    readonly before: readonly string[];
  } | null = null;
  @state() private dragged: string | null = null;
  @state() private over: {
    readonly id: string;
    readonly after: boolean;
  } | null = null;

  private get layers(): readonly LayerEntry[] {
    return this.session?.layers ?? [];
  }

  private get items(): readonly LayerItem[] {
    return this.session ? layerItems(this.session) : [];
  }

  /** What has a line of its own now, from top to bottom. */
  private get lines(): readonly LayerItem[] {
    return this.items.flatMap((item) =>
      isGroup(item) && !this.closed.has(item.id)
        ? [item, ...item.layers]
        : [item],
    );
  }

  private get current(): LayerEntry | null {
    const { session, layers } = this;
    return (
      layers.find(({ id }) => id === this.chosen) ??
      layers.find(
        ({ endmember, owner }) =>
          endmember !== null &&
          endmember === session?.selected &&
          (owner === session.active || session.cubes.length < 2),
      ) ??
      null
    );
  }

  private choose({ id, endmember, owner }: LayerEntry): void {
    this.focused = id;
    const { session } = this;
    const other =
      session && session.cubes.length > 1 && owner !== session.active;
    this.chosen = endmember === null || other ? id : null;
    if (endmember !== null && !other)
      this.dispatchEvent(new UnmixingSelectEvent(endmember));
  }

  private line(id: string | null): HTMLElement | null {
    return id === null
      ? null
      : (this.shadowRoot?.querySelector<HTMLElement>(
          `li[data-layer='${CSS.escape(id)}']`,
        ) ?? null);
  }

  private async focusRow(id: string): Promise<void> {
    this.focused = id;
    await this.updateComplete;
    this.line(id)?.querySelector<HTMLElement>('.name')?.focus();
  }

  protected override willUpdate(): void {
    // Loaded when first needed, so that the plugin's entry stays small.
    if (this.current) void import('./layer-properties.js');
  }

  /** A row that moved takes the focus along. */
  override updated(): void {
    const { shadowRoot, focused } = this;
    const row = shadowRoot?.activeElement?.closest<HTMLElement>('li');
    if (row?.dataset.layer === undefined || row.dataset.layer === focused)
      return;
    this.line(focused)?.querySelector<HTMLElement>('.name')?.focus();
  }

  private order(ids: readonly string[] | null): void {
    if (ids) this.dispatchEvent(new UnmixingOrderEvent(ids));
  }

  private step(item: LayerItem, way: number): void {
    const { items } = this;
    const found = siblings(items, item.id);
    const next = found?.list[found.at + way];
    if (next && isMovable(item))
      this.order(moved(items, item.id, next.id, way > 0));
    void this.focusRow(item.id);
  }

  private key(event: KeyboardEvent, item: LayerItem): void {
    const { lines } = this;
    const at = lines.findIndex(({ id }) => id === item.id);
    const layer = isGroup(item) ? null : item;
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = { Home: 0, End: lines.length - 1 }[event.key];
    const next = lines.at(to ?? at + (way ?? 0));
    if (way !== undefined && event.altKey) this.step(item, way);
    else if (event.altKey || event.ctrlKey || event.metaKey) return;
    else if (to !== undefined || way !== undefined) {
      if (next && at + (way ?? 0) >= 0) void this.focusRow(next.id);
    } else if (event.key === 'ArrowRight') this.open(item.id, true);
    else if (event.key === 'ArrowLeft') {
      const group = this.items.find(
        (one) => isGroup(one) && layer && one.layers.includes(layer),
      );
      if (group) void this.focusRow(group.id);
      else this.open(item.id, false);
    } else if (event.key === ' ') this.toggle(item);
    else if (event.key.toLowerCase() === 'i') this.isolate(item);
    else if (!layer) return;
    else if (event.key === 'F2') void this.rename(layer);
    else if (event.key.toLowerCase() === 'l') this.lock(layer);
    else if (event.key === 'Delete') this.throwAway(layer);
    else return;
    event.preventDefault();
  }

  private open(group: string, open: boolean): void {
    const closed = new Set(this.closed);
    if (open) closed.delete(group);
    else closed.add(group);
    this.closed = closed;
  }

  private toggle(item: LayerItem): void {
    if (!isGroup(item)) {
      const visible = !item.style.visible;
      this.dispatchEvent(new UnmixingStyleEvent(item.id, { visible }));
      return;
    }
    const none = item.layers.every(({ style }) => !style.visible);
    this.show(
      this.layers.filter((layer) =>
        item.layers.includes(layer) ? none : layer.style.visible,
      ),
    );
  }

  private show(layers: readonly LayerEntry[]): void {
    this.dispatchEvent(new UnmixingShowLayersEvent(layers.map(({ id }) => id)));
  }

  /** Shows it alone; when it is alone already, what was visible before. */
  private isolate(item: LayerItem): void {
    const visible = this.layers.filter(({ style }) => style.visible);
    const own = layersOf(item);
    const { alone } = this;
    const isAlone =
      alone?.id === item.id && visible.every((layer) => own.includes(layer));
    this.alone = isAlone
      ? null
      : { id: item.id, before: visible.map(({ id }) => id) };
    this.show(
      isAlone
        ? this.layers.filter(({ id }) => alone.before.includes(id))
        : [...own],
    );
  }

  private async rename({ id, locked }: LayerEntry): Promise<void> {
    if (locked) return;
    this.renaming = id;
    await this.updateComplete;
    this.line(id)?.querySelector<HTMLInputElement>('.rename')?.select();
  }

  private named({ id, name }: LayerEntry, event: Event): void {
    if (this.renaming !== id) return;
    this.renaming = null;
    const given =
      event.target instanceof HTMLInputElement ? event.target.value.trim() : '';
    if (given && given !== name)
      this.dispatchEvent(new UnmixingRenameLayerEvent(id, given));
  }

  private lock({ id, locked }: LayerEntry): void {
    this.dispatchEvent(new UnmixingLockEvent(id, !locked));
  }

  private throwAway(layer: LayerEntry): void {
    if (isRemovable(layer))
      this.dispatchEvent(new UnmixingRemoveLayerEvent(layer.id));
  }

  private readonly add = async (): Promise<void> => {
    const files = await chooseFiles();
    if (files.length > 0) this.dispatchEvent(new UnmixingOpenEvent(files));
  };

  /** The item of the dragged one's list that a line belongs to. */
  private target(id: string): string | null {
    const { items, dragged } = this;
    const found = dragged === null ? null : siblings(items, dragged);
    return (
      found?.list.find(
        (item) => item.id === id || layersOf(item).some((one) => one.id === id),
      )?.id ?? null
    );
  }

  private dragOver(event: DragEvent, id: string): void {
    const target = this.target(id);
    if (target === null || !(event.currentTarget instanceof HTMLElement))
      return;
    event.preventDefault();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    // Under the head of an open group lie its layers.
    const after = target !== id || event.clientY > top + height / 2;
    this.over = { id: target, after };
  }

  private drop(event: DragEvent): void {
    const { dragged, over } = this;
    if (dragged === null || !over) return;
    event.preventDefault();
    event.stopPropagation();
    this.order(moved(this.items, dragged, over.id, over.after));
  }

  private eye(item: LayerItem, visible: boolean): TemplateResult {
    const verb = visible ? 'Hide' : 'Show';
    return html`<button
      type="button"
      class="eye"
      tabindex="-1"
      aria-label="${verb} ${isGroup(item) ? `all of ${item.name}` : item.name}"
      title="${verb}; with Alt: this alone"
      @click=${(event: MouseEvent) =>
        event.altKey ? this.isolate(item) : this.toggle(item)}
    >
      ${visible ? eyeIcon : eyeOffIcon}
    </button>`;
  }

  /** What every line has: its place in the list, its eye and its stamp. */
  private frame(
    item: LayerItem,
    { child, visible }: { child: boolean; visible: boolean },
    stamp: readonly LayerEntry[],
    inside: TemplateResult,
  ): TemplateResult {
    const { id } = item;
    const over = this.over?.id === id;
    const classes = [
      child ? 'child' : '',
      isGroup(item) ? 'group' : '',
      visible ? '' : 'hidden',
      over ? 'over' : '',
      over && this.over?.after ? 'after' : '',
    ];
    const movable = isMovable(item) && this.renaming === null;
    return html`<li
      class=${classes.join(' ').trim()}
      data-layer=${id}
      draggable=${movable ? 'true' : 'false'}
      aria-current=${this.current?.id === id}
      @dragstart=${(event: DragEvent) => {
        event.dataTransfer?.setData('text/plain', item.name);
        this.dragged = id;
      }}
      @dragover=${(event: DragEvent) => this.dragOver(event, id)}
      @drop=${(event: DragEvent) => this.drop(event)}
      @dragend=${() => {
        this.dragged = null;
        this.over = null;
      }}
    >
      ${this.eye(item, visible)}
      <unmixing-thumbnail .layers=${stamp}></unmixing-thumbnail>
      ${inside}
    </li>`;
  }

  private stop(id: string): number {
    const { lines, focused } = this;
    const stop = lines.find((item) => item.id === focused) ?? lines.at(0);
    return stop?.id === id ? 0 : -1;
  }

  private row(layer: LayerEntry, child: boolean): TemplateResult {
    const { id, name, style, locked } = layer;
    const { visible } = style;
    const label =
      this.renaming === id
        ? html`<input
            class="rename"
            type="text"
            aria-label="Name of layer ${name}"
            .value=${name}
            @blur=${(event: Event) => this.named(layer, event)}
            @keydown=${(event: KeyboardEvent) => {
              event.stopPropagation();
              if (event.key === 'Enter') this.named(layer, event);
              else if (event.key === 'Escape') this.renaming = null;
              else return;
              void this.focusRow(id);
            }}
          />`
        : html`<button
            type="button"
            class="name"
            tabindex=${this.stop(id)}
            title=${name}
            aria-description="${visible ? '' : 'hidden, '}${locked ? 'locked, ' : ''}opacity ${formatShare(style.opacity)}"
            @click=${() => this.choose(layer)}
            @dblclick=${() => void this.rename(layer)}
            @focus=${() => {
              this.focused = id;
            }}
            @keydown=${(event: KeyboardEvent) => this.key(event, layer)}
          >
            <span>${name}</span>${
              locked ? html`<span class="lock">${lockIcon}</span>` : null
            }
          </button>`;
    return this.frame(
      layer,
      { child, visible },
      [layer],
      html`${label}<span class="share">${formatShare(style.opacity)}</span>`,
    );
  }

  private group(group: LayerGroup): TemplateResult {
    const { id, name, layers } = group;
    const open = !this.closed.has(id);
    const shown = layers.filter(({ style }) => style.visible);
    const visible = shown.length > 0;
    const { session } = this;
    const blended =
      session?.composite.on === true &&
      layers.every(({ role }) => role === 'abundance');
    return this.frame(
      group,
      { child: false, visible },
      [...(visible ? shown : layers)].reverse(),
      html`<button
          type="button"
          class="name"
          tabindex=${this.stop(id)}
          title=${name}
          aria-expanded=${open}
          @click=${() => this.open(id, !open)}
          @focus=${() => {
            this.focused = id;
          }}
          @keydown=${(event: KeyboardEvent) => this.key(event, group)}
        >
          <span>${name}</span><span class="chevron">${chevronIcon}</span>
        </button>
        <span class="share"
          >${blended ? 'blended' : `${shown.length} of ${layers.length}`}</span
        >`,
    );
  }

  private list(): TemplateResult[] {
    return this.items.flatMap((item) =>
      !isGroup(item)
        ? [this.row(item, false)]
        : [
            this.group(item),
            ...(this.closed.has(item.id)
              ? []
              : item.layers.map((layer) => this.row(layer, true))),
          ],
    );
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

  private menu(): MenuItem[] {
    const { current } = this;
    const on =
      (act: (layer: LayerEntry) => void): (() => void) =>
      () => {
        if (current) act(current);
      };
    return [
      {
        label: 'Rename',
        icon: pencilIcon,
        key: 'F2',
        disabled: !current || current.locked,
        act: on((layer) => void this.rename(layer)),
      },
      {
        label: current?.locked ? 'Unlock' : 'Lock',
        icon: current?.locked ? unlockIcon : lockIcon,
        key: 'L',
        disabled: !current,
        act: on((layer) => this.lock(layer)),
      },
      {
        label: 'Show alone',
        icon: soloIcon,
        key: 'I',
        disabled: !current,
        act: on((layer) => this.isolate(layer)),
      },
      {
        label: 'Show all',
        icon: eyeIcon,
        disabled: this.layers.every(({ style }) => style.visible),
        act: () => this.show(this.layers),
      },
      'line',
      {
        label: 'Remove',
        icon: binIcon,
        key: 'Del',
        disabled: !current || !isRemovable(current),
        act: on((layer) => this.throwAway(layer)),
      },
    ];
  }

  /** Whether it was brought onto another image, whose unit its place has then. */
  private isPlaced(owner: string): boolean {
    const { placements = {}, registrations = [] } = this.session ?? {};
    return (
      owner in placements ||
      registrations.some(
        ({ moving, fixed, landmarks }) =>
          landmarks.length > 0 && [moving, fixed].includes(owner),
      )
    );
  }

  private properties(layer: LayerEntry): TemplateResult {
    const { session } = this;
    const { image, owner } = layer;
    const picture = session?.pictures.find(
      ({ data }) => image.kind === 'rgba' && data === image.data,
    );
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
        ?sizeable=${picture?.geometry.unit === null && !this.isPlaced(owner)}
      ></unmixing-layer-properties>
    </section>`;
  }

  override render(): TemplateResult | null {
    if (!this.session) return null;
    const { layers, current } = this;
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
          .items=${this.menu()}
        ></unmixing-menu>
      </div>
      ${this.stacked ? null : this.legend()}
      <div class="list" part="list">
        ${
          layers.length === 0
            ? html`<p class="hint empty">Nothing is open yet.</p>`
            : html`<ul aria-label="Layers, top-most first">
                ${this.list()}
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
