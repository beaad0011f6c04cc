import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { warnIcon } from './icons.js';

/** A sentence that warns or tells of an error, with at most two actions. */
export const notice = (
  sentence: string,
  {
    error = false,
    actions,
  }: { readonly error?: boolean; readonly actions?: TemplateResult } = {},
): TemplateResult =>
  html`<div
    class="note ${error ? 'error' : ''}"
    role=${error ? 'alert' : 'note'}
  >
    ${warnIcon}
    <div>
      <p>${sentence}</p>
      ${actions ? html`<div class="actions">${actions}</div>` : null}
    </div>
  </div>`;
