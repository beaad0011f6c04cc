import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { controls } from './controls.js';
import { UnmixingActivateEvent, UnmixingCloseEvent } from './events.js';
import { formatNumber } from './format.js';
import { closeIcon } from './icons.js';
import type { CubeListing } from './state.js';
import { base } from './theme.js';

/** What a cube is doing, or how large it is. */
function words({ state, running, size }: CubeListing): string {
  if (running) return 'running';
  if (state === 'asking') return 'which one?';
  return size ? size.map((n) => formatNumber(n)).join(' × ') : 'opening';
}

/**
 * All cubes of the session: which one the panel is about.
 *
 * @fires unmixing-activate - the user turned to another cube
 * @fires unmixing-close - the user put a cube away
 */
@customElement('unmixing-cubes')
export class UnmixingCubes extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      fieldset {
        margin-bottom: 8px;
        border-radius: var(--_radius);
        background: var(--_field);
      }
      div {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 26px;
        align-items: center;
        height: 28px;
        padding-left: 8px;
        border-radius: var(--_radius);
      }
      div:hover {
        background: var(--_hover);
      }
      div:has(:checked) {
        background: var(--_segment);
      }
      div:has(input:focus-visible) {
        outline: 2px solid var(--_focus);
        outline-offset: -2px;
      }
      label {
        display: grid;
        grid-template-columns: 14px minmax(0, 1fr) auto;
        align-items: center;
        column-gap: 8px;
        height: 100%;
      }
      input {
        width: 14px;
        height: 14px;
        margin: 0;
        accent-color: var(--_accent);
      }
      input:focus-visible {
        outline: none;
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .what {
        font-size: 11px;
        color: var(--_text-2);
        white-space: nowrap;
      }
      button.icon {
        height: 24px;
      }
    `,
  ];

  @property({ attribute: false }) cubes: readonly CubeListing[] = [];
  /** The one that the panel is about, by its id. */
  @property() active = '';

  private row(cube: CubeListing): TemplateResult {
    const { id, name } = cube;
    return html`<div>
      <label>
        <input
          type="radio"
          name="cube"
          .checked=${live(id === this.active)}
          @change=${() => this.dispatchEvent(new UnmixingActivateEvent(id))}
        />
        <span class="name" title=${name}>${name}</span>
        <span class="what">${words(cube)}</span>
      </label>
      <button
        type="button"
        class="icon"
        aria-label="Close ${name}"
        title="Close"
        @click=${() => this.dispatchEvent(new UnmixingCloseEvent(id))}
      >
        ${closeIcon}
      </button>
    </div>`;
  }

  override render(): TemplateResult {
    return html`<fieldset>
      <legend class="sr">Cubes</legend>
      ${this.cubes.map((cube) => this.row(cube))}
    </fieldset>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-cubes': UnmixingCubes;
  }
}
