import { html } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import {
  UnmixingLockEvent,
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
import type { MenuItem } from './menu.js';
import type { LayerEntry, SessionState } from './state.js';
import './thumbnail.js';

const isRemovable = ({ role, locked }: LayerEntry): boolean =>
  (role === 'picture' || role === 'diagnostic') && !locked;

/** Whether all of it may be put elsewhere. */
const isMovable = (item: LayerItem): boolean =>
  layersOf(item).every(({ locked }) => !locked);

/** What the lines keep between two pictures of them. */
interface Held {
  /** A layer that is no map and was chosen here. */
  readonly chosen: string | null;
  readonly focused: string | null;
  readonly renaming: string | null;
  readonly closed: ReadonlySet<string>;
  /** What is shown alone, and what was visible before. */
  readonly alone: {
    readonly id: string;
    readonly before: readonly string[];
  } | null;
  readonly dragged: string | null;
  readonly over: { readonly id: string; readonly after: boolean } | null;
}

/** The lines of the list of layers, their keys and what can be done with each: loaded with the first layer. */
export class LayerLines {
  private held: Held = {
    chosen: null,
    focused: null,
    renaming: null,
    closed: new Set(),
    alone: null,
    dragged: null,
    over: null,
  };

  constructor(
    private readonly element: LitElement & {
      readonly session: SessionState | null;
    },
  ) {}

  private set(patch: Partial<Held>): void {
    this.held = { ...this.held, ...patch };
    this.element.requestUpdate();
  }

  private get layers(): readonly LayerEntry[] {
    return this.element.session?.layers ?? [];
  }

  private get items(): readonly LayerItem[] {
    return this.element.session ? layerItems(this.element.session) : [];
  }

  /** What has a line of its own now, from top to bottom. */
  private get lines(): readonly LayerItem[] {
    return this.items.flatMap((item) =>
      isGroup(item) && !this.held.closed.has(item.id)
        ? [item, ...item.layers]
        : [item],
    );
  }

  get current(): LayerEntry | null {
    const { layers } = this;
    const { session } = this.element;
    return (
      layers.find(({ id }) => id === this.held.chosen) ??
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
    this.set({ focused: id });
    const { session } = this.element;
    const other =
      session && session.cubes.length > 1 && owner !== session.active;
    this.set({ chosen: endmember === null || other ? id : null });
    if (endmember !== null && !other)
      this.element.dispatchEvent(new UnmixingSelectEvent(endmember));
  }

  private line(id: string | null): HTMLElement | null {
    return id === null
      ? null
      : (this.element.shadowRoot?.querySelector<HTMLElement>(
          `li[data-layer='${CSS.escape(id)}']`,
        ) ?? null);
  }

  private async focusRow(id: string): Promise<void> {
    this.set({ focused: id });
    await this.element.updateComplete;
    this.line(id)?.querySelector<HTMLElement>('.name')?.focus();
  }

  /** A row that moved takes the focus along. */
  keepFocus(): void {
    const { focused } = this.held;
    const { shadowRoot } = this.element;
    const row = shadowRoot?.activeElement?.closest<HTMLElement>('li');
    if (row?.dataset.layer === undefined || row.dataset.layer === focused)
      return;
    this.line(focused)?.querySelector<HTMLElement>('.name')?.focus();
  }

  private order(ids: readonly string[] | null): void {
    if (ids) this.element.dispatchEvent(new UnmixingOrderEvent(ids));
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
    const closed = new Set(this.held.closed);
    if (open) closed.delete(group);
    else closed.add(group);
    this.set({ closed });
  }

  private toggle(item: LayerItem): void {
    if (!isGroup(item)) {
      const visible = !item.style.visible;
      this.element.dispatchEvent(new UnmixingStyleEvent(item.id, { visible }));
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
    this.element.dispatchEvent(
      new UnmixingShowLayersEvent(layers.map(({ id }) => id)),
    );
  }

  /** Shows it alone; when it is alone already, what was visible before. */
  private isolate(item: LayerItem): void {
    const visible = this.layers.filter(({ style }) => style.visible);
    const own = layersOf(item);
    const { alone } = this.held;
    const isAlone =
      alone?.id === item.id && visible.every((layer) => own.includes(layer));
    this.set({
      alone: isAlone
        ? null
        : { id: item.id, before: visible.map(({ id }) => id) },
    });
    this.show(
      isAlone
        ? this.layers.filter(({ id }) => alone.before.includes(id))
        : [...own],
    );
  }

  private async rename({ id, locked }: LayerEntry): Promise<void> {
    if (locked) return;
    this.set({ renaming: id });
    await this.element.updateComplete;
    this.line(id)?.querySelector<HTMLInputElement>('.rename')?.select();
  }

  private named({ id, name }: LayerEntry, event: Event): void {
    if (this.held.renaming !== id) return;
    this.set({ renaming: null });
    const given =
      event.target instanceof HTMLInputElement ? event.target.value.trim() : '';
    if (given && given !== name)
      this.element.dispatchEvent(new UnmixingRenameLayerEvent(id, given));
  }

  private lock({ id, locked }: LayerEntry): void {
    this.element.dispatchEvent(new UnmixingLockEvent(id, !locked));
  }

  private throwAway(layer: LayerEntry): void {
    if (isRemovable(layer))
      this.element.dispatchEvent(new UnmixingRemoveLayerEvent(layer.id));
  }

  /** The item of the dragged one's list that a line belongs to. */
  private target(id: string): string | null {
    const { items } = this;
    const { dragged } = this.held;
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
    this.set({ over: { id: target, after } });
  }

  private drop(event: DragEvent): void {
    const { dragged, over } = this.held;
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
    const over = this.held.over?.id === id;
    const classes = [
      child ? 'child' : '',
      isGroup(item) ? 'group' : '',
      visible ? '' : 'hidden',
      over ? 'over' : '',
      over && this.held.over?.after ? 'after' : '',
    ];
    const movable = isMovable(item) && this.held.renaming === null;
    return html`<li
      class=${classes.join(' ').trim()}
      data-layer=${id}
      draggable=${movable ? 'true' : 'false'}
      aria-current=${this.current?.id === id}
      @dragstart=${(event: DragEvent) => {
        event.dataTransfer?.setData('text/plain', item.name);
        this.set({ dragged: id });
      }}
      @dragover=${(event: DragEvent) => this.dragOver(event, id)}
      @drop=${(event: DragEvent) => this.drop(event)}
      @dragend=${() => {
        this.set({ dragged: null, over: null });
      }}
    >
      ${this.eye(item, visible)}
      <unmixing-thumbnail .layers=${stamp}></unmixing-thumbnail>
      ${inside}
    </li>`;
  }

  private stop(id: string): number {
    const { lines } = this;
    const { focused } = this.held;
    const stop = lines.find((item) => item.id === focused) ?? lines.at(0);
    return stop?.id === id ? 0 : -1;
  }

  private row(layer: LayerEntry, child: boolean): TemplateResult {
    const { id, name, style, locked } = layer;
    const { visible } = style;
    const label =
      this.held.renaming === id
        ? html`<input
            class="rename"
            type="text"
            aria-label="Name of layer ${name}"
            .value=${name}
            @blur=${(event: Event) => this.named(layer, event)}
            @keydown=${(event: KeyboardEvent) => {
              event.stopPropagation();
              if (event.key === 'Enter') this.named(layer, event);
              else if (event.key === 'Escape') this.set({ renaming: null });
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
              this.set({ focused: id });
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
    const open = !this.held.closed.has(id);
    const shown = layers.filter(({ style }) => style.visible);
    const visible = shown.length > 0;
    const { session } = this.element;
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
            this.set({ focused: id });
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

  list(): TemplateResult[] {
    return this.items.flatMap((item) =>
      !isGroup(item)
        ? [this.row(item, false)]
        : [
            this.group(item),
            ...(this.held.closed.has(item.id)
              ? []
              : item.layers.map((layer) => this.row(layer, true))),
          ],
    );
  }

  menu(): MenuItem[] {
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
}
