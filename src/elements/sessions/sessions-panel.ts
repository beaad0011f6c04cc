import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { bytes } from '../../formats/common/words.js';
import { chooseFiles } from '../choose-files.js';
import { controls } from '../controls.js';
import { UnmixingSessionEvent } from '../events.js';
import { notice } from '../notice.js';
import { base } from '../theme.js';
import { type SessionAsk, type SessionsState, noSessions } from './ask.js';
import { timeWords } from './words.js';

type Missing = Extract<SessionsState['work'], { readonly state: 'missing' }>;

/**
 * What there is to say of the session as a whole: what earlier pages left, what is being saved or opened, and what could not be kept.
 *
 * @fires unmixing-session - the user answered
 */
@customElement('unmixing-sessions')
export class UnmixingSessions extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      section {
        display: grid;
        gap: 8px;
        padding: 10px 12px;
        border-bottom: 1px solid var(--_line);
      }
      h3 {
        font-size: 12px;
        font-weight: 600;
      }
      ul {
        display: grid;
        gap: 10px;
      }
      p {
        overflow-wrap: anywhere;
      }
      .note {
        margin: 0;
      }
      .offer {
        display: grid;
        gap: 6px;
      }
      time {
        font-weight: 600;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      .file {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        color: var(--_text-2);
      }
      .file span:last-child {
        flex: none;
        font-variant-numeric: tabular-nums;
      }
      progress {
        appearance: none;
        width: 100%;
        height: 4px;
        border: 0;
        border-radius: 2px;
        overflow: hidden;
        background: var(--_field);
      }
      progress::-webkit-progress-bar {
        background: var(--_field);
      }
      progress::-webkit-progress-value {
        background: var(--_accent);
      }
      progress::-moz-progress-bar {
        background: var(--_accent);
      }
    `,
  ];

  @property({ attribute: false }) sessions: SessionsState = noSessions;
  /** Nothing is open: what earlier pages left is on offer. */
  @property({ type: Boolean }) empty = false;
  /** The sentence about the storage that the user has read. */
  @state() private read: string | null = null;

  private ask(ask: SessionAsk): void {
    this.dispatchEvent(new UnmixingSessionEvent(ask));
  }

  private button(label: string, ask: SessionAsk, primary = false) {
    return html`<button
      type="button"
      class=${primary ? 'primary' : ''}
      @click=${() => this.ask(ask)}
    >
      ${label}
    </button>`;
  }

  private progress(words: string, fraction: number): TemplateResult {
    return html`<section>
      <p>${words}, ${Math.round(100 * fraction)}&nbsp;%</p>
      <progress aria-label=${words} max="1" .value=${fraction}></progress>
      <div class="actions">${this.button('Cancel', { what: 'cancel' })}</div>
    </section>`;
  }

  private missing({ name, files, sites, refused }: Missing): TemplateResult {
    const find = async (): Promise<void> => {
      const given = await chooseFiles();
      if (given.length > 0) this.ask({ what: 'find', files: given });
    };
    const where = sites.join(', ');
    return html`<section aria-label="Opening ${name}">
      ${
        files.length > 0
          ? html`<p>
                ${name} names ${files.length === 1 ? 'a file' : 'files'} that it
                does not hold. Choose ${files.length === 1 ? 'it' : 'them'}, or
                see the results without spectra of pixels and new runs.
              </p>
              <ul>
                ${files.map(
                  (file) =>
                    html`<li class="file">
                      <span>${file.name}</span><span>${bytes(file.size)}</span>
                    </li>`,
                )}
              </ul>`
          : null
      }
      ${sites.length > 0 ? html`<p>It reads images from ${where}.</p>` : null}
      ${refused === null ? null : notice(refused, { error: true })}
      <div class="actions">
        ${
          files.length > 0
            ? html`<button
                type="button"
                class="primary"
                @click=${() => void find()}
              >
                Choose files
              </button>`
            : null
        }
        ${
          sites.length > 0
            ? this.button(`Read from ${where}`, { what: 'fetch' })
            : null
        }
        ${this.button('Go on without', { what: 'without' })}
        ${this.button('Cancel', { what: 'cancel' })}
      </div>
    </section>`;
  }

  private work({ work }: SessionsState): TemplateResult | null {
    switch (work.state) {
      case 'idle':
        return null;
      case 'saving':
        return this.progress('Saving the session', work.fraction);
      case 'opening':
        return this.progress(`Opening ${work.name}`, work.fraction);
      case 'replacing':
        return html`<section>
          ${notice(
            work.stays
              ? `Open ${work.name} in place of ${work.loses}? That is in no file, but stays kept in this browser and is on offer at the next start.`
              : `Open ${work.name} and lose ${work.loses}? That is in no file.`,
            {
              actions: html`${this.button('Open', { what: 'replace' })}
              ${this.button('Keep', { what: 'cancel' })}`,
            },
          )}
        </section>`;
      case 'missing':
        return this.missing(work);
      case 'failed':
        return html`<section>
          ${notice(work.error.message, {
            error: true,
            actions: this.button('Dismiss', { what: 'cancel' }),
          })}
        </section>`;
    }
  }

  private offers({ offers, work }: SessionsState): TemplateResult | null {
    if (!this.empty || offers.length === 0 || work.state !== 'idle')
      return null;
    return html`<section aria-labelledby="offers">
      <h3 id="offers">
        ${offers.length === 1 ? 'Unsaved session' : 'Unsaved sessions'}
      </h3>
      <ul>
        ${offers.map(
          ({ id, kept, words }, i) =>
            html`<li class="offer">
              <p>
                <time datetime=${new Date(kept).toISOString()}
                  >${timeWords(kept)}</time
                >: ${words}
              </p>
              <div class="actions">
                ${this.button('Reopen', { what: 'reopen', session: id }, i === 0)}
                ${this.button('Throw away', { what: 'throw-away', session: id })}
              </div>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  private trouble({ trouble, work }: SessionsState): TemplateResult | null {
    if (trouble === null || trouble === this.read || work.state !== 'idle')
      return null;
    return html`<section>
      ${notice(trouble, {
        actions: html`${this.button('Save session', { what: 'save', files: 'embedded' })}
          <button
            type="button"
            @click=${() => {
              this.read = trouble;
            }}
          >
            Dismiss
          </button>`,
      })}
    </section>`;
  }

  override render(): TemplateResult {
    const { sessions } = this;
    return html`${this.work(sessions)}${this.trouble(sessions)}${this.offers(sessions)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-sessions': UnmixingSessions;
  }
}
