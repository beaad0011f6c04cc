import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { controls } from '../controls.js';
import { UnmixingRegisterEvent } from '../events.js';
import { chevronIcon } from '../icons.js';
import { numberField } from '../number-field.js';
import type { Landmark, SessionState } from '../state.js';
import { base } from '../theme.js';
import type { RegisterAction, Side } from './action.js';
import { figuresOf, registrationOf } from './fit.js';
import { middleOf, placementOf } from './images.js';
import type { TwoImages } from './panes.js';
import { residualWords } from './words.js';

const sides = ['moving', 'fixed'] as const;

/** As many figures as a coordinate needs to be read. */
const rounded = (value: number): number => Number(value.toPrecision(6));

/**
 * Pairs of landmarks with how far each is off. One tab stop: arrows go from pair to pair, Enter opens the coordinates of one,
 * Delete removes it. A pair can be added by its coordinates.
 *
 * @fires unmixing-register - the user turned to a pair, changed, added or removed one
 */
@customElement('unmixing-landmarks')
export class UnmixingLandmarks extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      li + li,
      .draft {
        border-top: 1px solid var(--_line);
      }
      .pair {
        display: grid;
        grid-template-columns: 18px minmax(0, 1fr) auto 14px;
        gap: 8px;
        width: 100%;
        height: 28px;
        padding: 0 4px 0 0;
        justify-items: start;
        background: none;
        text-align: left;
      }
      .pair svg {
        width: 14px;
        height: 14px;
        color: var(--_text-3);
      }
      .pair[aria-expanded='true'] svg {
        transform: rotate(90deg);
      }
      .number {
        display: grid;
        place-items: center;
        width: 18px;
        height: 18px;
        border: 1px solid var(--_control);
        border-radius: 50%;
        font-size: 10.5px;
        font-weight: 600;
      }
      .pair[aria-expanded='true'] .number {
        background: var(--_accent);
        color: var(--_on-accent);
        border-color: var(--_accent);
      }
      .left {
        color: var(--_text-3);
        font-size: 11px;
      }
      .places {
        display: grid;
        gap: 4px;
        padding: 4px 0 8px;
      }
      .place {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 78px 78px;
        align-items: center;
        gap: 4px;
      }
      .place > span:first-child {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--_text-2);
      }
      .foot {
        display: flex;
        justify-content: flex-end;
        gap: 6px;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionState | null = null;
  @property({ attribute: false }) images: TwoImages | null = null;
  /** A pair to be added by its coordinates; null while none is. */
  @state() private draft: Landmark | null = null;

  private ask(action: RegisterAction): void {
    this.dispatchEvent(new UnmixingRegisterEvent(action));
  }

  /** Opens the fields of a new pair: in the middle of both images at first. */
  startDraft(): void {
    const { images } = this;
    if (!images) return;
    this.draft = {
      moving: middleOf(images.moving),
      fixed: middleOf(images.fixed),
    };
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.draft input')?.focus(),
    );
  }

  private keyed(event: KeyboardEvent, pair: number, count: number): void {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way !== undefined) this.turnTo((pair + way + count) % count);
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.ask({ do: 'remove', pair });
      if (count > 1)
        void this.updateComplete.then(() =>
          this.turnTo(Math.min(pair, count - 2)),
        );
    } else return;
    event.preventDefault();
  }

  private turnTo(pair: number): void {
    this.renderRoot
      .querySelector<HTMLElement>(`[data-pair="${pair}"]`)
      ?.focus();
  }

  private place(
    images: TwoImages,
    side: Side,
    what: string,
    [x, y]: readonly [number, number],
    give: (at: readonly [number, number]) => void,
  ): TemplateResult {
    const { name, source } = images[side];
    const field = (
      axis: 'x' | 'y',
      value: number,
      onValue: (value: number) => void,
    ): TemplateResult =>
      numberField({
        label: `${what}, ${axis} in ${name}`,
        value: rounded(value),
        unit: source.unit ?? 'px',
        onValue,
      });
    return html`<div class="place">
      <span title=${name}>${name}</span>
      ${field('x', x, (given) => give([given, y]))}
      ${field('y', y, (given) => give([x, given]))}
    </div>`;
  }

  private drafted(images: TwoImages, draft: Landmark): TemplateResult {
    return html`<div class="draft places" role="group" aria-label="New pair">
      ${sides.map((side) =>
        this.place(images, side, 'New landmark', draft[side], (at) => {
          this.draft = { ...draft, [side]: at };
        }),
      )}
      <div class="foot">
        <button
          type="button"
          class="bare"
          @click=${() => {
            this.draft = null;
          }}
        >
          Cancel
        </button>
        <button
          type="button"
          @click=${() => {
            this.ask({ do: 'add', landmark: draft });
            this.draft = null;
          }}
        >
          Add pair
        </button>
      </div>
    </div>`;
  }

  override render(): TemplateResult | null {
    const { session, images, draft } = this;
    if (!session || !images) return null;
    const { registrations, placements, registering } = session;
    const { moving, fixed } = images;
    const registration = registrationOf(registrations, moving.id, fixed.id);
    const landmarks = registration?.landmarks ?? [];
    const figures =
      registration && placementOf(placements, moving)
        ? figuresOf(registration, placements)
        : null;
    const { selected } = registering;
    const reached = selected ?? 0;
    const pair = (landmark: Landmark, i: number): TemplateResult => {
      const left = figures?.leftOut[i] ?? null;
      const open = i === selected;
      return html`<li>
        <button
          type="button"
          class="pair"
          data-pair=${i}
          tabindex=${i === reached ? 0 : -1}
          aria-expanded=${open}
          @click=${() => this.ask({ do: 'select', pair: open ? null : i })}
          @keydown=${(event: KeyboardEvent) => this.keyed(event, i, landmarks.length)}
        >
          <span class="number"><span class="sr">Pair </span>${i + 1}</span>
          <span>
            ${
              figures
                ? html`${residualWords(figures.residuals[i], fixed)}<span
                      class="sr"
                    >
                      off</span
                    >`
                : 'not fitted yet'
            }
          </span>
          <span class="left">
            ${left === null ? null : `without it ${residualWords(left, fixed)}`}
          </span>
          ${chevronIcon}
        </button>
        ${
          open
            ? html`<div class="places">
                ${sides.map((side) =>
                  this.place(
                    images,
                    side,
                    `Landmark ${i + 1}`,
                    landmark[side],
                    (at) => this.ask({ do: 'move', pair: i, side, at }),
                  ),
                )}
                <div class="foot">
                  <button
                    type="button"
                    @click=${() => this.ask({ do: 'remove', pair: i })}
                  >
                    Remove pair
                  </button>
                </div>
              </div>`
            : null
        }
      </li>`;
    };
    return html`${
      landmarks.length > 0
        ? html`<ul aria-label="Pairs of landmarks">
            ${landmarks.map(pair)}
          </ul>`
        : null
    }
    ${draft && this.drafted(images, draft)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-landmarks': UnmixingLandmarks;
  }
}
