import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { controls } from './controls.js';
import { moreIcon, plusIcon } from './icons.js';
import { base } from './theme.js';

/** One line of a menu, a line between two others, or a group under its name. */
export type MenuItem =
  | { readonly group: string; readonly items: readonly MenuItem[] }
  | {
      readonly label: string;
      readonly icon?: TemplateResult;
      readonly key?: string;
      readonly checked?: boolean;
      readonly disabled?: boolean;
      readonly act: () => void;
    }
  | 'line';

/**
 * A button, with three dots or words, and the menu it opens, drawn above everything so no box clips it.
 *
 * @csspart menu - the floating list
 */
@customElement('unmixing-menu')
export class UnmixingMenu extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: inline-block;
      }
      :host([skipped]) #button:not(:hover) {
        color: var(--_text-3);
      }
      #menu {
        position: fixed;
        inset: auto;
        margin: 0;
        min-width: 150px;
        max-width: calc(100vw - 8px);
        max-height: calc(100vh - 8px);
        padding: 4px;
        overflow: auto;
        border: 1px solid var(--_strong);
        border-radius: 7px;
        background: var(--_raised);
        color: var(--_text);
        box-shadow: 0 4px 16px rgb(0 0 0 / 30%);
      }
      #menu button {
        display: grid;
        grid-template-columns: 16px 1fr auto;
        width: 100%;
        height: 26px;
        padding: 0 8px;
        justify-items: start;
        border-radius: 4px;
        background: none;
      }
      #menu button:hover:not(:disabled),
      #menu button:focus-visible {
        background: var(--_hover);
      }
      #menu button:focus-visible {
        outline-offset: -2px;
      }
      #menu.grouped {
        columns: 2;
        column-gap: 4px;
      }
      .group {
        break-inside: avoid;
        padding-bottom: 6px;
      }
      .group > span {
        display: block;
        padding: 4px 8px 2px;
        font-size: 11px;
        color: var(--_text-3);
      }
      .group .none {
        display: none;
      }
      #menu .group button {
        grid-template-columns: 1fr auto;
      }
      kbd {
        font: inherit;
        color: var(--_text-3);
      }
      hr {
        height: 1px;
        margin: 4px 8px;
        border: 0;
        background: var(--_line);
      }
      .dot {
        width: 6px;
        height: 6px;
        margin: 0 5px;
        border-radius: 50%;
        background: currentColor;
      }
    `,
  ];

  @property() label = 'More';
  /** Words on the button, in place of the three dots. */
  @property() text = '';
  @property({ attribute: false }) items: readonly MenuItem[] = [];
  /** Keeps the button out of the tab order, where the list that holds it has its own keys. */
  @property({ type: Boolean, reflect: true }) skipped = false;
  @query('#menu') private menu!: HTMLElement;
  @query('#button') private opener!: HTMLButtonElement;

  /** Opens the menu at its button. */
  show(): void {
    this.menu.showPopover();
    const { right, bottom, top } = this.opener.getBoundingClientRect();
    const { width, height } = this.menu.getBoundingClientRect();
    const below = bottom + 2 + height <= innerHeight;
    this.menu.style.left = `${Math.max(4, right - width)}px`;
    this.menu.style.top = `${below ? bottom + 2 : Math.max(4, top - 2 - height)}px`;
    this.buttons()[0]?.focus();
  }

  private buttons(): HTMLButtonElement[] {
    return Array.from(
      this.menu.querySelectorAll<HTMLButtonElement>('button:not(:disabled)'),
    );
  }

  private move(event: KeyboardEvent): void {
    const buttons = this.buttons();
    const focused = this.shadowRoot?.activeElement;
    const at = buttons.findIndex((button) => button === focused);
    const to = {
      ArrowDown: (at + 1) % buttons.length,
      ArrowUp: (at - 1 + buttons.length) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    }[event.key];
    event.stopPropagation();
    if (event.key === 'Tab') this.menu.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    buttons[to]?.focus();
  }

  private item(item: MenuItem): TemplateResult {
    if (item === 'line') return html`<hr />`;
    if ('group' in item)
      return html`<div class="group" role="group" aria-label=${item.group}>
        <span aria-hidden="true">${item.group}</span>
        ${item.items.map((one) => this.item(one))}
      </div>`;
    const { label, icon, key, checked, disabled, act } = item;
    const mark = checked ? html`<span class="dot"></span>` : icon;
    return html`<button
      type="button"
      role=${checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked=${checked ?? false}
      ?disabled=${disabled}
      @click=${() => {
        this.menu.hidePopover();
        act();
      }}
    >
      ${mark ?? html`<span class="none"></span>`}
      <span>${label}</span>
      ${key ? html`<kbd>${key}</kbd>` : null}
    </button>`;
  }

  override render(): TemplateResult {
    const grouped = this.items.some(
      (item) => item !== 'line' && 'group' in item,
    );
    return html`<button
        id="button"
        type="button"
        class=${this.text ? '' : 'icon'}
        tabindex=${this.skipped ? -1 : 0}
        aria-haspopup="menu"
        aria-label=${this.label}
        title=${this.label}
        @click=${(event: Event) => {
          event.stopPropagation();
          this.show();
        }}
      >
        ${this.text ? html`${plusIcon}${this.text}` : moreIcon}
      </button>
      <div
        id="menu"
        class=${grouped ? 'grouped' : ''}
        part="menu"
        role="menu"
        popover
        aria-label=${this.label}
        @keydown=${this.move}
        @click=${(event: Event) => event.stopPropagation()}
      >
        ${this.items.map((item) => this.item(item))}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-menu': UnmixingMenu;
  }
}
