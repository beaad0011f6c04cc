import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';

interface Select<Value extends string> {
  readonly id: string;
  /** What is chosen, where the label beside it says more or less than that. */
  readonly label?: string;
  /** Values with their names. */
  readonly choices: readonly (readonly [Value, string])[];
  /** Null while nobody has said. */
  readonly chosen: Value | null;
  /** Asks for a choice that nobody has made. */
  readonly question?: string;
  readonly onChoice: (value: Value) => void;
}

/** A native select of values that are known. */
export function select<Value extends string>({
  id,
  label,
  choices,
  chosen,
  question = '',
  onChoice,
}: Select<Value>): TemplateResult {
  const given = ({ target }: Event): void => {
    const choice = choices.find(
      ([value]) =>
        target instanceof HTMLSelectElement && value === target.value,
    );
    if (choice) onChoice(choice[0]);
  };
  return html`<select
    id=${id}
    aria-label=${ifDefined(label)}
    aria-invalid=${chosen === null}
    @change=${given}
  >
    ${
      chosen === null
        ? html`<option selected disabled>${question}</option>`
        : null
    }
    ${choices.map(
      ([value, name]) =>
        html`<option value=${value} ?selected=${value === chosen}>
          ${name}
        </option>`,
    )}
  </select>`;
}
