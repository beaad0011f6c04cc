import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

interface Segments<Value extends string | number> {
  /** Of the label, and of the group of radio buttons. */
  readonly id: string;
  readonly label: string;
  /** Values with their names. */
  readonly choices: readonly (readonly [Value, string])[];
  readonly chosen: Value;
  readonly disabled?: (value: Value) => boolean;
  readonly onChoice: (value: Value) => void;
}

/** A label and a few values side by side, of which one is chosen. */
export const segments = <Value extends string | number>({
  id,
  label,
  choices,
  chosen,
  disabled,
  onChoice,
}: Segments<Value>): TemplateResult =>
  html`<span class="label" id=${id}>${label}</span>
    <div class="segments" role="radiogroup" aria-labelledby=${id}>
      ${choices.map(
        ([value, name]) =>
          html`<label>
            <input
              type="radio"
              name=${id}
              ?disabled=${disabled?.(value) ?? false}
              .checked=${live(value === chosen)}
              @change=${() => onChoice(value)}
            />${name}
          </label>`,
      )}
    </div>`;
