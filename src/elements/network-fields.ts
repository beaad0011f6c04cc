import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import {
  networkConstantNames,
  networkConstants,
  wantedConstant,
} from '../engine/network-constants.js';
import type { NetworkConstantName } from '../engine/network-constants.js';
import type { NetworkOptions } from '../engine/options.js';
import { select } from './select.js';

type Give = (name: NetworkConstantName, value: unknown) => void;

function numberField(
  name: NetworkConstantName,
  label: string,
  unit: string | undefined,
  value: number,
  give: Give,
  refuse: (sentence: string) => void,
): TemplateResult {
  return html`<label class="field">
    <span>${label}</span>
    <input
      type="number"
      name=${name}
      step="any"
      .value=${String(value)}
      @change=${({ target }: Event) => {
        if (!(target instanceof HTMLInputElement)) return;
        const given = target.valueAsNumber;
        const want = wantedConstant(name, given);
        if (want === null) {
          refuse('');
          give(name, given);
        } else {
          target.value = String(value);
          refuse(`${label}: ${want}.`);
        }
      }}
    />
    ${unit ? html`<span>&nbsp;${unit}</span>` : null}
  </label>`;
}

/**
 * Every constant of the network but its epochs, as the table of constants describes them.
 * @param refuse is told what a constant must be, and an empty text once one is taken
 */
export function networkFields(
  network: NetworkOptions,
  give: Give,
  refuse: (sentence: string) => void,
): TemplateResult {
  const numbers: TemplateResult[] = [];
  const others: TemplateResult[] = [];
  for (const name of networkConstantNames) {
    if (name === 'epochs') continue;
    const constant = networkConstants[name];
    const value = network[name];
    if (constant.kind === 'choice')
      others.push(
        html`<div class="row choice">
          <label for=${name}>${constant.label}</label>
          ${select({
            id: name,
            choices: constant.choices,
            chosen: String(value),
            onChoice: (choice) => give(name, choice),
          })}
        </div>`,
      );
    else if (constant.kind === 'flag')
      others.push(
        html`<div class="row choice">
          <span class="label">${constant.label}</span>
          <input
            type="checkbox"
            role="switch"
            name=${name}
            aria-label=${constant.label}
            aria-checked=${value === true}
            .checked=${live(value === true)}
            @change=${() => give(name, value !== true)}
          />
        </div>`,
      );
    else if (typeof value === 'number')
      numbers.push(
        numberField(name, constant.label, constant.unit, value, give, refuse),
      );
  }
  return html`<div class="constants">${numbers}${others}</div>`;
}
