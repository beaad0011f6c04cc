import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SessionState } from '../state.js';
import { registerSummary } from './words.js';

/** How the image lies that is moved, in a word or two, for the head of the section. */
@customElement('unmixing-register-summary')
export class UnmixingRegisterSummary extends LitElement {
  @property({ attribute: false }) session: SessionState | null = null;

  override render(): TemplateResult | null {
    return this.session && html`${registerSummary(this.session)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-register-summary': UnmixingRegisterSummary;
  }
}
