import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { CubeDescription, CubeSummary } from '../engine/protocol.js';
import {
  axisUnits,
  drawsDescending,
  isDescending,
  quantities,
} from '../spectral/axis.js';
import { chooseFiles } from './choose-files.js';
import { controls } from './controls.js';
import { cubeStyles } from './cube.styles.js';
import {
  UnmixingCloseEvent,
  UnmixingDescribeEvent,
  UnmixingDismissEvent,
  UnmixingDisplayEvent,
  UnmixingOpenEvent,
  UnmixingStopEvent,
} from './events.js';
import {
  formatNumber,
  formatPosition,
  quantityNames,
  unitNames,
} from './format.js';
import { notice } from './notice.js';
import { select } from './select.js';
import { slider } from './slider.js';
import type { CubeDisplay, CubeState } from './state.js';
import { base } from './theme.js';

const reasons: readonly [keyof CubeSummary['masked'], string][] = [
  ['notFinite', 'not a number'],
  ['constant', 'constant'],
  ['saturated', 'saturated'],
  ['given', 'left out by the file'],
];

/** How many pixels are left out, and why. */
function maskedText({ masked }: CubeSummary): string {
  const parts = reasons
    .filter(([reason]) => masked[reason] > 0)
    .map(([reason, words]) => `${formatNumber(masked[reason])} ${words}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/**
 * What the cube is: its size, axis and quantity, what must still be said, and how it is shown.
 *
 * @fires unmixing-describe - the user said what the file left out
 * @fires unmixing-display - the user chose false colour or one band
 * @fires unmixing-open - the user chose other files
 * @fires unmixing-close - the user put the cube away
 * @fires unmixing-dismiss - the user has read what failed
 * @fires unmixing-stop - the user gave up files that were being read
 */
@customElement('unmixing-cube')
export class UnmixingCube extends LitElement {
  static override styles = [base, controls, cubeStyles];

  @property({ attribute: false }) cube: CubeState = { state: 'none' };
  @property({ attribute: false }) display: CubeDisplay = {
    mode: 'false-colour',
  };

  private async choose(): Promise<void> {
    const files = await chooseFiles();
    if (files.length > 0) this.dispatchEvent(new UnmixingOpenEvent(files));
  }

  private readonly openButton = html`<button
    type="button"
    @click=${() => void this.choose()}
  >
    Choose file
  </button>`;

  private show(display: CubeDisplay): void {
    this.dispatchEvent(new UnmixingDisplayEvent(display));
  }

  private describe(description: CubeDescription): void {
    this.dispatchEvent(new UnmixingDescribeEvent(description));
  }

  private axisRows({ axis }: CubeSummary): TemplateResult {
    const { values, unit, quantity } = axis;
    const ends = [values[0], values[values.length - 1]];
    if (isDescending(axis) !== drawsDescending(axis)) ends.reverse();
    const decimals = unit === 'µm' ? 2 : 0;
    const range = ends.map((end) => formatNumber(end, decimals)).join('\u2013');
    return html`<div class="row">
        <label for="unit">Axis</label>
        <div class="pair">
          <span>${range}</span>
          ${select({
            id: 'unit',
            label: 'Unit of the axis',
            choices: axisUnits.map((known) => [known, unitNames[known]]),
            chosen: unit,
            question: 'unit?',
            onChoice: (chosen) => this.describe({ unit: chosen }),
          })}
        </div>
      </div>
      <div class="row">
        <label for="quantity">Quantity</label>
        ${select({
          id: 'quantity',
          choices: quantities.map((known) => [known, quantityNames[known]]),
          chosen: quantity,
          question: 'what do the values mean?',
          onChoice: (chosen) => this.describe({ quantity: chosen }),
        })}
      </div>`;
  }

  private widthRow({ width, height }: CubeSummary): TemplateResult {
    return html`<div class="row">
        <label for="width">Width</label>
        <div class="field asked">
          <input
            id="width"
            type="number"
            min="1"
            max=${width * height}
            placeholder="pixels in a row"
            @change=${(event: Event) => {
              if (
                event.target instanceof HTMLInputElement &&
                event.target.value
              )
                this.describe({ width: event.target.valueAsNumber });
            }}
          />
          <span>px</span>
        </div>
      </div>
      <p class="hint">
        ${formatNumber(width * height)} spectra without an image shape: say how
        many make a row.
      </p>`;
  }

  private displayRows({ axis }: CubeSummary): TemplateResult {
    const { display } = this;
    const bands = axis.values.length;
    const modes = [
      ['false-colour', 'False colour'],
      ['band', 'One band'],
    ] as const;
    const chosen = display.mode === 'band' ? display.band : 0;
    const falls = isDescending(axis);
    // The slider runs the way the axis is drawn, so its ends match the plot's.
    const turned = falls !== drawsDescending(axis);
    const place = (band: number): number => (turned ? bands - 1 - band : band);
    return html`<div class="row">
        <span class="label" id="shown">Shown as</span>
        <div class="segments" role="radiogroup" aria-labelledby="shown">
          ${modes.map(
            ([mode, name]) =>
              html`<label>
                <input
                  type="radio"
                  name="mode"
                  .checked=${live(display.mode === mode)}
                  @change=${() =>
                    this.show(
                      mode === 'band'
                        ? { mode, band: Math.floor(bands / 2) }
                        : { mode },
                    )}
                />${name}
              </label>`,
          )}
        </div>
      </div>
      ${
        display.mode === 'band'
          ? html`<div class="row">
              <span class="label"
                >${formatPosition(axis.values[chosen], axis.unit)}</span
              >
              ${slider({
                label: 'Band',
                bare: true,
                text: formatPosition(axis.values[chosen], axis.unit),
                value: place(chosen),
                low: 0,
                high: bands - 1,
                step: 1,
                onValue: (value) =>
                  this.show({ mode: 'band', band: place(Math.round(value)) }),
              })}
            </div>`
          : null
      }`;
  }

  override render(): TemplateResult | null {
    const { cube } = this;
    switch (cube.state) {
      case 'none':
        return null;
      case 'opening':
        return html`<p class="hint">
            Reading ${cube.name}, ${Math.round(100 * cube.fraction)}&nbsp;%
          </p>
          <progress
            aria-label="Reading ${cube.name}"
            max="1"
            .value=${cube.fraction}
          ></progress>
          <button
            type="button"
            @click=${() => this.dispatchEvent(new UnmixingStopEvent())}
          >
            Cancel
          </button>`;
      case 'failed':
        return notice(cube.error.message, {
          error: true,
          actions: this.openButton,
        });
      case 'ready': {
        const { summary, type, missing, warnings } = cube;
        const { name, width, height, axis } = summary;
        return html`${
            cube.error
              ? notice(cube.error.message, {
                  error: true,
                  actions: html`${this.openButton}
                    <button
                      type="button"
                      class="bare"
                      @click=${() => this.dispatchEvent(new UnmixingDismissEvent())}
                    >
                      Dismiss
                    </button>`,
                })
              : null
          }
          ${[...warnings, ...summary.warnings].map((warning) =>
            notice(warning),
          )}
          <dl>
            <div class="row">
              <dt>Name</dt>
              <dd>${name}</dd>
            </div>
            <div class="row">
              <dt>Size</dt>
              <dd>
                ${formatNumber(width)} × ${formatNumber(height)} px,
                ${formatNumber(axis.values.length)} bands
              </dd>
            </div>
            <div class="row">
              <dt>From</dt>
              <dd>${type}</dd>
            </div>
            <div class="row">
              <dt>Left out</dt>
              <dd>${maskedText(summary)}</dd>
            </div>
          </dl>
          ${missing.includes('width') ? this.widthRow(summary) : null}
          ${this.axisRows(summary)} ${this.displayRows(summary)}
          <div class="actions">
            ${this.openButton}
            <button
              type="button"
              class="bare"
              @click=${() => this.dispatchEvent(new UnmixingCloseEvent())}
            >
              Close cube
            </button>
          </div>`;
      }
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-cube': UnmixingCube;
  }
}
