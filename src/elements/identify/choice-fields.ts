import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { measures } from '../../session/identify.js';
import type { SpectralAxis } from '../../spectral/axis.js';
import { unitNames } from '../format.js';
import { segments } from '../segments.js';
import { select } from '../select.js';
import type { IdentifyChoices } from './ask.js';
import { rangesOf, rangesText } from './choices.js';
import { measureNames } from './words.js';

const hints: Readonly<Record<IdentifyChoices['measure'], string>> = {
  derivative: 'Blind to offsets, nearly so to baselines. 1 is alike.',
  correlation: 'Blind to offsets and heights. 1 is alike.',
  angle: 'Blind to heights alone. 0 is alike.',
  distance: 'Root mean square, both drawn from 0 to 1. 0 is alike.',
};

interface Fields {
  readonly choices: IdentifyChoices;
  readonly axis: SpectralAxis;
  /** Ranges that were typed and cannot be; null while all is well. */
  readonly wrong: string | null;
  readonly onChoice: (patch: Partial<IdentifyChoices>) => void;
  readonly onWrong: (text: string | null) => void;
}

const toggle = (
  id: string,
  label: string,
  on: boolean,
  give: (on: boolean) => void,
): TemplateResult =>
  html`<div class="row">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      type="checkbox"
      role="switch"
      aria-checked=${on}
      .checked=${on}
      @change=${({ target }: Event) => {
        if (target instanceof HTMLInputElement) give(target.checked);
      }}
    />
  </div>`;

/** How endmembers are compared with references. */
export function choiceFields({
  choices,
  axis,
  wrong,
  onChoice,
  onWrong,
}: Fields): TemplateResult {
  const { measure, ranges, weighted, penetration, members } = choices;
  const unit = axis.unit === null ? '' : unitNames[axis.unit];
  const given = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    const found = rangesOf(target.value);
    onWrong(found ? null : target.value);
    if (found) onChoice({ ranges: found });
  };
  return html`<div class="row">
      <label for="measure">Measure</label>
      ${select({
        id: 'measure',
        choices: measures.map((known) => [known, measureNames[known]]),
        chosen: measure,
        onChoice: (known) => onChoice({ measure: known }),
      })}
    </div>
    <p class="hint under-field">${hints[measure]}</p>
    <div class="row">
      <label for="ranges">Ranges</label>
      <div class="field">
        <input
          id="ranges"
          type="text"
          spellcheck="false"
          autocomplete="off"
          placeholder="all included bands"
          aria-invalid=${wrong !== null}
          aria-describedby="ranges-hint"
          .value=${wrong ?? rangesText(ranges, axis.unit)}
          @change=${given}
        /><span>${unit}</span>
      </div>
    </div>
    <p
      id="ranges-hint"
      class="hint under-field ${wrong === null ? '' : 'invalid'}"
    >
      ${
        wrong === null
          ? 'Such as 1800–650, 3000–2800.'
          : 'Want ranges such as 1800–650, 3000–2800, or none for all.'
      }
    </p>
    ${toggle('weighted', 'By reliability', weighted, (on) =>
      onChoice({ weighted: on }),
    )}
    ${toggle('penetration', 'Transmission', penetration, (on) =>
      onChoice({ penetration: on }),
    )}
    <p class="hint under-field">
      References were measured in transmission, the image by ATR: they count
      times the penetration depth, which grows with the wavelength. Crystal and
      angle scale all bands alike; no measure sees that.
    </p>
    <div class="row">
      ${segments({
        id: 'members',
        label: 'Sums',
        choices: [
          [0, 'None'],
          [2, 'Of 2'],
          [3, 'Of 2 or 3'],
        ],
        chosen: members,
        onChoice: (known) => onChoice({ members: known }),
      })}
    </div>`;
}
