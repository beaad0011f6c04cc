import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Parameter } from '../preprocess/corrections.js';
import type { Step } from '../preprocess/steps.js';
import type { SpectralAxis } from '../spectral/axis.js';
import { numberRows } from './number-field.js';
import {
  pixelsRows,
  rectangleRows,
  windowFields,
  windowsRows,
} from './place-fields.js';
import { select } from './select.js';
import {
  isRectangle,
  isWindow,
  parametersOf,
  pixelsIn,
  valueOf,
  windowsIn,
} from './step-words.js';

function rows(
  name: string,
  parameter: Parameter,
  value: unknown,
  axis: SpectralAxis,
  give: (value: unknown) => void,
): TemplateResult | null {
  const { label } = parameter;
  switch (parameter.type) {
    case 'number':
    case 'whole':
      return typeof value === 'number'
        ? numberRows(parameter, value, axis, give)
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
            ${windowFields(label, value, axis, give)}
          </div>`
        : null;
    case 'windows':
      return windowsRows(label, windowsIn(value), axis, give);
    case 'rectangle':
      return isRectangle(value) ? rectangleRows(value, give) : null;
    case 'pixels':
      return pixelsRows(pixelsIn(value), give);
  }
}

/**
 * The values of a correction to edit, as the table of corrections describes them.
 * @param axis of the image as it was opened
 */
export const stepFields = (
  step: Step,
  axis: SpectralAxis,
  give: (name: string, value: unknown) => void,
): TemplateResult =>
  html`${parametersOf(step).map(([name, parameter]) =>
    rows(name, parameter, valueOf(step, name), axis, (value) =>
      give(name, value),
    ),
  )}`;
