import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { closeIcon, stopIcon } from '../icons.js';
import { notice } from '../notice.js';
import { select } from '../select.js';
import type { EditingState } from '../state.js';

/** Two endmembers on their way into one. */
export interface Merging {
  /** The one that stays, by its place. */
  readonly into: number;
  /** Null while the user has not chosen. */
  readonly gone: number | null;
}

/** Whose spectrum the merged one has. */
export type MergedSpectrum = 'mean' | 'first' | 'second';

interface BarActs {
  readonly cancel: () => void;
  readonly merge: (spectrum: MergedSpectrum) => void;
  readonly choose: (spectrum: number) => void;
}

const cancelButton = (cancel: () => void): TemplateResult =>
  html`<button type="button" @click=${cancel}>Cancel</button>`;

/** Escape ends the question, and nothing else. */
const escapes =
  (cancel: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    cancel();
  };

/** What is asked before two become one. */
export function mergingBar(
  { into, gone }: Merging,
  names: readonly string[],
  isHeld: (endmember: number) => boolean,
  { cancel, merge }: BarActs,
): TemplateResult {
  if (gone === null)
    return html`<div
      class="ask"
      role="group"
      aria-label="Merge"
      @keydown=${escapes(cancel)}
    >
      <p>Choose in the list what goes into <b>${names[into]}</b>.</p>
      <div class="answers">${cancelButton(cancel)}</div>
    </div>`;
  const button = (
    spectrum: MergedSpectrum,
    label: string,
  ): TemplateResult | null =>
    spectrum !== 'first' && isHeld(into)
      ? null
      : html`<button type="button" @click=${() => merge(spectrum)}>
          ${label}
        </button>`;
  return html`<div
    class="ask"
    role="group"
    aria-label="Merge"
    @keydown=${escapes(cancel)}
  >
    <p>
      <b>${names[gone]}</b> goes into <b>${names[into]}</b>. Which spectrum
      stays?
    </p>
    <div class="answers">
      ${button('mean', 'Mean by area')}
      ${button('first', `That of ${names[into]}`)}
      ${button('second', `That of ${names[gone]}`)} ${cancelButton(cancel)}
    </div>
  </div>`;
}

/** What goes on, is asked or went wrong; null while there is nothing to tell. */
export function editingBar(
  editing: EditingState,
  names: readonly string[],
  { cancel, choose }: BarActs,
): TemplateResult | null {
  switch (editing.state) {
    case 'idle':
      return null;
    case 'running':
      return html`<div class="ask working" role="group" aria-label="Editing">
        <p>${editing.what}…</p>
        <progress
          aria-label=${editing.what}
          max="1"
          .value=${editing.fraction}
        ></progress>
        <button type="button" @click=${cancel}>${stopIcon}Cancel</button>
      </div>`;
    case 'choosing': {
      const { endmember, file, spectra } = editing;
      return html`<div class="ask" role="group" aria-label="Spectrum">
        <p>
          ${file} holds ${spectra.length} spectra. Which one takes the place of
          <b>${names[endmember]}</b>?
        </p>
        <div class="answers">
          ${select({
            id: 'spectrum',
            label: `Spectrum of ${file}`,
            choices: spectra.map(({ name }, i) => [String(i), name] as const),
            chosen: null,
            question: 'Choose a spectrum',
            onChoice: (choice) => choose(Number(choice)),
          })}
          ${cancelButton(cancel)}
        </div>
      </div>`;
    }
    case 'failed':
      return notice(editing.error.message, {
        error: true,
        actions: html`<button type="button" @click=${cancel}>
          ${closeIcon}Dismiss
        </button>`,
      });
  }
}
