import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { CubeSummary } from '../engine/protocol.js';
import type { NumberParameter, Parameter } from '../preprocess/corrections.js';
import type { Rectangle, Step } from '../preprocess/steps.js';
import { drawsDescending } from '../spectral/axis.js';
import type { SpectralAxis, Window } from '../spectral/axis.js';
import { formatNumber, formatSize, unitNames } from './format.js';
import { closeIcon, plusIcon } from './icons.js';
import { select } from './select.js';
import { slider } from './slider.js';
import {
  isRectangle,
  isWindow,
  parametersOf,
  pixelsIn,
  valueOf,
  windowsIn,
} from './step-words.js';

/** The image that a correction is set for. */
export type StepImage = Pick<CubeSummary, 'axis' | 'width' | 'height'>;

type Give = (value: unknown) => void;

/** Sliders have about so many places. */
const places = 200;
/** Wider ranges than this are no use on a straight slider. */
const widest = 1000;
/** More pixels than this are told by their number alone. */
const mostPixels = 24;

/** The nearest number that a parameter may be. */
function fitted(
  { type, least, most, odd }: NumberParameter,
  value: number,
): number {
  const held = Math.min(most, Math.max(least, value));
  if (odd) return 2 * Math.round((held - 1) / 2) + 1;
  return type === 'whole' ? Math.round(held) : held;
}

interface NumberField {
  readonly label: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
  readonly unit?: string;
  readonly onValue: (value: number) => void;
}

const numberField = (field: NumberField): TemplateResult =>
  html`<span class="field">
    <input
      type="number"
      step="any"
      aria-label=${field.label}
      min=${field.least ?? ''}
      max=${field.most ?? ''}
      .value=${String(field.value)}
      @change=${({ target }: Event) => {
        if (!(target instanceof HTMLInputElement)) return;
        const { value, valueAsNumber } = target;
        // What is refused or fitted must not stay in sight; not with `live`, which would undo what is being typed.
        target.value = String(field.value);
        if (value !== '') field.onValue(valueAsNumber);
      }}
    />
    ${field.unit ? html`<span>&nbsp;${field.unit}</span>` : null}
  </span>`;

/** What a slider can show of a number: the range it runs over, or its powers of ten; null where it is no use. */
function slidable(
  { type, least, most, odd, unit, logarithmic }: NumberParameter,
  { values }: SpectralAxis,
): { low: number; high: number; step: number } | null {
  if (logarithmic)
    return { low: Math.log10(least), high: Math.log10(most), step: 0.1 };
  if (unit === 'axis') {
    const ends = [values[0], values[values.length - 1]];
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    return { low, high, step: (high - low) / places };
  }
  if (most - least > widest) return null;
  const step = odd ? 2 : type === 'whole' ? 1 : (most - least) / places;
  return { low: least, high: most, step };
}

function numberRows(
  parameter: NumberParameter,
  value: number,
  { axis }: StepImage,
  give: Give,
): TemplateResult {
  const { label, least, most, unit, logarithmic, zero } = parameter;
  const range = slidable(parameter, axis);
  const units = {
    axis: axis.unit ? unitNames[axis.unit] : '',
    value: '',
    band: 'bands',
    pixel: 'px',
  };
  return html`<div class="value">
      <span class="label">${label}</span>
      ${numberField({
        label,
        value,
        least,
        most,
        unit: unit && units[unit],
        onValue: (given) => give(fitted(parameter, given)),
      })}
    </div>
    ${
      range &&
      slider({
        ...range,
        label,
        bare: true,
        text: formatSize(value),
        value: logarithmic ? Math.log10(value) : value,
        onValue: (given) =>
          give(
            fitted(
              parameter,
              Number(
                (logarithmic ? 10 ** given : given).toPrecision(
                  logarithmic ? 2 : 6,
                ),
              ),
            ),
          ),
      })
    }
    ${zero ? html`<p class="hint">0: ${zero}.</p>` : null}`;
}

/** Two ends in the order in which the axis is drawn. */
function windowFields(
  label: string,
  window: Window,
  axis: SpectralAxis,
  give: (window: Window) => void,
): TemplateResult {
  const ends = [Math.min(...window), Math.max(...window)];
  if (drawsDescending(axis)) ends.reverse();
  const end = (at: 0 | 1): TemplateResult =>
    numberField({
      label: `${label}, ${at === 0 ? 'from' : 'to'}`,
      value: ends[at],
      onValue: (value) => {
        if (value !== ends[1 - at])
          give(at === 0 ? [value, ends[1]] : [ends[0], value]);
      },
    });
  return html`<span class="ends">${end(0)}<span>–</span>${end(1)}</span>`;
}

/** A new window: a twentieth in the middle of the axis. */
function middleOf({ values }: SpectralAxis): Window {
  const last = values.length - 1;
  return [values[Math.round(0.475 * last)], values[Math.round(0.525 * last)]];
}

function windowsRows(
  label: string,
  windows: readonly Window[],
  axis: SpectralAxis,
  give: Give,
): TemplateResult {
  return html`${windows.map(
      (window, i) =>
        html`<div class="value">
          ${windowFields(`${label} ${i + 1}`, window, axis, (changed) =>
            give(windows.with(i, changed)),
          )}
          <button
            type="button"
            class="icon"
            aria-label="Remove window ${i + 1}"
            title="Remove"
            @click=${() => give(windows.toSpliced(i, 1))}
          >
            ${closeIcon}
          </button>
        </div>`,
    )}
    <div class="value">
      <span class="hint">Drag in the plot, or give both ends.</span>
      <button type="button" @click=${() => give([...windows, middleOf(axis)])}>
        ${plusIcon}Window
      </button>
    </div>`;
}

const sides = [
  ['x', 'Left'],
  ['y', 'Top'],
  ['width', 'Width'],
  ['height', 'Height'],
] as const;

const rectangleRows = (rectangle: Rectangle, give: Give): TemplateResult =>
  html`<div class="sides">
    ${sides.map(
      ([side, label]) =>
        html`<label
          ><span>${label}</span> ${numberField({
            label: `${label}, pixels`,
            value: rectangle[side],
            unit: 'px',
            onValue: (value) =>
              give({ ...rectangle, [side]: Math.max(0, Math.round(value)) }),
          })}</label
        >`,
    )}
  </div>`;

function pixelsRows(value: unknown, give: Give): TemplateResult {
  const pixels = pixelsIn(value);
  return html`<ul class="chips" aria-label="Chosen pixels">
      ${pixels.slice(0, mostPixels).map(
        ([x, y], i) =>
          html`<li class="chip">
            <span>${formatNumber(x)}, ${formatNumber(y)}</span>
            <button
              type="button"
              class="drop"
              aria-label="Use pixel ${x}, ${y} again"
              title="Use it again"
              @click=${() => give(pixels.toSpliced(i, 1))}
            >
              ${closeIcon}
            </button>
          </li>`,
      )}
    </ul>
    <p class="hint">
      ${
        pixels.length > mostPixels
          ? `And ${formatNumber(pixels.length - mostPixels)} more. `
          : ''
      }Press
      a pixel in the image, then “Mask this pixel” beside its spectrum.
    </p>`;
}

function rows(
  name: string,
  parameter: Parameter,
  value: unknown,
  image: StepImage,
  give: Give,
): TemplateResult | null {
  const { label } = parameter;
  switch (parameter.type) {
    case 'number':
    case 'whole':
      return typeof value === 'number'
        ? numberRows(parameter, value, image, give)
        : null;
    case 'choice': {
      const { choices } = parameter;
      return html`<div class="value">
        <label for=${name}>${label}</label>
        ${select({
          id: name,
          choices: choices.map((choice) => [choice.value, choice.label]),
          chosen: typeof value === 'string' ? value : null,
          onChoice: give,
        })}
      </div>`;
    }
    case 'window':
      return isWindow(value)
        ? html`<div class="value">
            <span class="label">${label}</span>
            ${windowFields(label, value, image.axis, give)}
          </div>`
        : null;
    case 'windows':
      return windowsRows(label, windowsIn(value), image.axis, give);
    case 'rectangle':
      return isRectangle(value) ? rectangleRows(value, give) : null;
    case 'pixels':
      return pixelsRows(value, give);
  }
}

/** The values of a correction to edit, as the table of corrections describes them. */
export const stepFields = (
  step: Step,
  image: StepImage,
  give: (name: string, value: unknown) => void,
): TemplateResult =>
  html`${parametersOf(step).map(([name, parameter]) =>
    rows(name, parameter, valueOf(step, name), image, (value) =>
      give(name, value),
    ),
  )}`;
