import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CubeDescription, CubeSummary } from '../engine/protocol.js';
import {
  axisUnits,
  drawsDescending,
  isDescending,
  quantities,
} from '../spectral/axis.js';
import type { SpectralAxis } from '../spectral/axis.js';
import { controls } from './controls.js';
import { cubeStyles } from './cube.styles.js';
import {
  UnmixingChooseEvent,
  UnmixingCloseEvent,
  UnmixingDescribeEvent,
  UnmixingDismissEvent,
  UnmixingDisplayEvent,
  UnmixingStopEvent,
} from './events.js';
import {
  formatNumber,
  formatPosition,
  quantityNames,
  unitNames,
} from './format.js';
import { notice } from './notice.js';
import './open-ways.js';
import { select } from './select.js';
import { segments } from './segments.js';
import { slider } from './slider.js';
import type { Choice, CubeDisplay, CubeState, ReadyState } from './state.js';
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
 * @fires unmixing-open-url - the user gave an address
 * @fires unmixing-choose - the user chose one of several things that could be the cube
 * @fires unmixing-close - the user put the cube away
 * @fires unmixing-dismiss - the user has read what failed
 * @fires unmixing-stop - the user gave up files that were being read or asked about
 */
@customElement('unmixing-cube')
export class UnmixingCube extends LitElement {
  static override styles = [base, controls, cubeStyles];

  @property({ attribute: false }) cube: CubeState = { state: 'none' };
  @property({ attribute: false }) display: CubeDisplay = {
    mode: 'false-colour',
  };

  private stop(): void {
    this.dispatchEvent(new UnmixingStopEvent());
  }

  private show(display: CubeDisplay): void {
    this.dispatchEvent(new UnmixingDisplayEvent(display));
  }

  private describe(description: CubeDescription): void {
    this.dispatchEvent(new UnmixingDescribeEvent(description));
  }

  private choose(event: SubmitEvent): void {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const chosen = new FormData(event.currentTarget).get('choice');
    if (typeof chosen === 'string')
      this.dispatchEvent(new UnmixingChooseEvent(chosen));
  }

  /** Which of several things is the cube? */
  private question({ file, choices }: Choice): TemplateResult {
    return html`<form @submit=${this.choose}>
      <fieldset>
        <legend>
          ${
            file === null
              ? 'Several cubes were opened: choose one.'
              : `${file} holds several arrays: choose the image.`
          }
        </legend>
        <div class="choices">
          ${choices.map(
            ({ id, description }, i) =>
              html`<label>
                <input
                  type="radio"
                  name="choice"
                  value=${id}
                  ?checked=${i === 0}
                />
                <span>${id}</span>
                <span class="hint">${description}</span>
              </label>`,
          )}
        </div>
      </fieldset>
      <div class="actions">
        <button type="submit" class="primary">Open</button>
        <button type="button" class="bare" @click=${() => this.stop()}>
          Cancel
        </button>
      </div>
    </form>`;
  }

  private choiceRow({
    file,
    choices,
    chosen,
  }: NonNullable<ReadyState['choice']>): TemplateResult {
    return html`<div class="row">
      <label for="choice">${file === null ? 'Cube' : 'Array'}</label>
      ${select({
        id: 'choice',
        choices: choices.map(({ id }) => [id, id]),
        chosen,
        onChoice: (id) => this.dispatchEvent(new UnmixingChooseEvent(id)),
      })}
    </div>`;
  }

  private unitSelect({ values, unit }: SpectralAxis, numbered: boolean) {
    return select({
      id: 'unit',
      label: 'Unit of the axis',
      choices: axisUnits.map((known) => [known, unitNames[known]]),
      chosen: unit,
      question: 'unit?',
      onChoice: (chosen) =>
        this.describe(
          numbered && chosen === 'band'
            ? { unit: chosen, ends: [1, values.length] }
            : { unit: chosen },
        ),
    });
  }

  /** Where the axis begins and ends, of a file that does not say. */
  private endRows(axis: SpectralAxis, asked: boolean): TemplateResult {
    const { values } = axis;
    const given = (): void => {
      const ends = ['first', 'last'].map((id) => {
        const field = this.shadowRoot?.getElementById(id);
        return field instanceof HTMLInputElement && field.value
          ? field.valueAsNumber
          : Number.NaN;
      });
      if (ends.every(Number.isFinite))
        this.describe({ ends: [ends[0], ends[1]] });
    };
    const field = (id: string, label: string, value: number) =>
      html`<label for=${id}>${label}</label>
        <div class="pair">
          <div class="field ${asked ? 'asked' : ''}">
            <input
              id=${id}
              type="number"
              step="any"
              placeholder="position"
              .value=${asked ? '' : String(value)}
              @change=${given}
            />
          </div>
          ${id === 'first' ? this.unitSelect(axis, true) : null}
        </div>`;
    return html`<div class="row">
        ${field('first', 'First band', values[0])}
      </div>
      <div class="row">
        ${field('last', 'Last band', values[values.length - 1])}
      </div>
      <p class="hint">
        The file does not say where its ${formatNumber(values.length)} bands
        lie. Give the first and the last in its order, or take band as the unit:
        then they are numbered.
      </p>`;
  }

  private rangeRow(axis: SpectralAxis): TemplateResult {
    const { values, unit } = axis;
    const ends = [values[0], values[values.length - 1]];
    if (isDescending(axis) !== drawsDescending(axis)) ends.reverse();
    const decimals = unit === 'µm' ? 2 : 0;
    const range = ends.map((end) => formatNumber(end, decimals)).join('\u2013');
    return html`<div class="row">
      <label for="unit">Axis</label>
      <div class="pair">
        <span>${range}</span>
        ${this.unitSelect(axis, false)}
      </div>
    </div>`;
  }

  private axisRows({ summary, unsaid, missing }: ReadyState): TemplateResult {
    const { axis } = summary.original;
    const { quantity } = axis;
    return html`${
        unsaid.includes('axis')
          ? this.endRows(axis, missing.includes('axis'))
          : this.rangeRow(axis)
      }
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

  private widthRow(
    { width, height }: CubeSummary['original'],
    asked: boolean,
  ): TemplateResult {
    return html`<div class="row">
        <label for="width">Width</label>
        <div class="field ${asked ? 'asked' : ''}">
          <input
            id="width"
            type="number"
            min="1"
            max=${width * height}
            placeholder="pixels in a row"
            .value=${asked ? '' : String(width)}
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
        ${segments({
          id: 'shown',
          label: 'Shown as',
          choices: modes,
          chosen: display.mode,
          onChoice: (mode) =>
            this.show(
              mode === 'band'
                ? { mode, band: Math.floor(bands / 2) }
                : { mode },
            ),
        })}
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
          <button type="button" @click=${() => this.stop()}>Cancel</button>`;
      case 'asking':
        return this.question(cube);
      case 'failed':
        return html`${notice(cube.error.message, { error: true })}
          <unmixing-open-ways></unmixing-open-ways>`;
      case 'ready': {
        const { summary, type, missing, unsaid, choice, warnings } = cube;
        const { width, height, axis } = summary.original;
        return html`${
            cube.error
              ? notice(cube.error.message, {
                  error: true,
                  actions: html`<button
                    type="button"
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
              <dd>${summary.name}</dd>
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
          ${choice ? this.choiceRow(choice) : null}
          ${
            unsaid.includes('width')
              ? this.widthRow(summary.original, missing.includes('width'))
              : null
          }
          ${this.axisRows(cube)} ${this.displayRows(summary)}
          <unmixing-open-ways>
            <button
              type="button"
              class="bare"
              @click=${() => this.dispatchEvent(new UnmixingCloseEvent())}
            >
              Close cube
            </button>
          </unmixing-open-ways>`;
      }
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-cube': UnmixingCube;
  }
}
