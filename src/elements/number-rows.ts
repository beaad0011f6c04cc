import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { mostEndmembers } from '../engine/options.js';
import type { EndmemberCount } from '../engine/protocol.js';
import { countCurve, countCurveStyles } from './count-curve.js';
import { minusIcon, plusIcon } from './icons.js';
import { typed } from './typed.js';

export const least = 2;

export const numberStyles = [
  countCurveStyles,
  css`
    .number {
      display: flex;
      align-items: center;
      gap: 4px;
    }
    .number > button {
      height: 24px;
      padding: 0 8px;
    }
    .number > .hint {
      margin-left: 8px;
    }
    .stepper {
      display: grid;
      grid-template-columns: 26px 28px 26px;
      border-radius: var(--_radius);
      background: var(--_field);
    }
    .stepper:focus-within {
      outline: 2px solid var(--_focus);
      outline-offset: 1px;
    }
    .stepper input {
      text-align: center;
      font-weight: 600;
    }
    .stepper button {
      height: 24px;
    }
    .stepper svg {
      width: 14px;
      height: 14px;
    }
  `,
];

type Choose = (endmembers: number) => void;

function stepper(endmembers: number, choose: Choose): TemplateResult {
  return html`<div class="stepper">
    <button
      type="button"
      class="icon"
      tabindex="-1"
      aria-label="One endmember less"
      ?disabled=${endmembers <= least}
      @click=${() => choose(endmembers - 1)}
    >
      ${minusIcon}
    </button>
    <input
      id="count"
      type="number"
      min=${least}
      max=${mostEndmembers}
      .value=${String(endmembers)}
      @change=${(event: Event) => choose(typed(event, String(endmembers)))}
    />
    <button
      type="button"
      class="icon"
      tabindex="-1"
      aria-label="One endmember more"
      ?disabled=${endmembers >= mostEndmembers}
      @click=${() => choose(endmembers + 1)}
    >
      ${plusIcon}
    </button>
  </div>`;
}

/** A button that takes what the noise suggests. */
function suggestion(
  suggested: number | null,
  endmembers: number,
  choose: Choose,
): TemplateResult {
  return suggested === null
    ? html`<span class="hint">not determined</span>`
    : html`<button
        type="button"
        class=${suggested === endmembers ? 'bare' : ''}
        title="Take the suggested number"
        aria-describedby="why"
        @click=${() => choose(suggested)}
      >
        ${suggested} suggested
      </button>`;
}

/** The number of endmembers with what is suggested, the curve behind it and the reason; those three once they are known. */
export function numberRows(
  endmembers: number,
  count: EndmemberCount | null,
  choose: Choose,
): TemplateResult {
  return html`<div class="row">
      <label for="count">Endmembers</label>
      <div class="number">
        ${stepper(endmembers, choose)}
        ${count && suggestion(count.suggested, endmembers, choose)}
      </div>
    </div>
    ${
      count &&
      html`${countCurve(count.curves, endmembers)}
        <p class="hint under" id="why">${count.reason}</p>`
    }`;
}
