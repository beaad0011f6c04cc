import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { chooseFiles } from '../choose-files.js';
import { formatNumber } from '../format.js';
import { binIcon } from '../icons.js';
import { formatBytes, formatMoment } from '../runs/words.js';
import type { IdentifyAction, IdentifyingState } from './ask.js';

type Ask = (action: IdentifyAction) => void;

const openFrom = async (what: 'files' | 'folder', ask: Ask): Promise<void> => {
  const files = await chooseFiles(what);
  if (files.length > 0) ask({ act: 'open', files });
};

/** Buttons that open a library. */
export const openButtons = (ask: Ask): TemplateResult =>
  html`<div class="actions">
    <button type="button" @click=${() => void openFrom('files', ask)}>
      Open library…
    </button>
    <button type="button" @click=${() => void openFrom('folder', ask)}>
      Folder…
    </button>
  </div>`;

/** The libraries that the user opened: whether each is searched, and how to be rid of it. */
export const libraryList = (
  { libraries, unkept }: IdentifyingState,
  ask: Ask,
): TemplateResult =>
  html`<ul class="libraries" aria-label="Libraries">
      ${libraries.map(
        ({ id, name, spectra, bytes, opened, kept, on }) =>
          html`<li>
            <input
              type="checkbox"
              role="switch"
              aria-checked=${on}
              aria-label="Search ${name}"
              .checked=${on}
              @change=${({ target }: Event) => {
                if (target instanceof HTMLInputElement)
                  ask({ act: 'use', library: id, on: target.checked });
              }}
            />
            <div>
              <span class="name" title=${name}>${name}</span>
              <span class="under"
                >${formatNumber(spectra)}
                ${spectra === 1 ? 'spectrum' : 'spectra'} ·
                ${formatBytes(bytes)} ·
                ${formatMoment(opened)}${kept ? '' : ' · not kept'}</span
              >
            </div>
            <button
              type="button"
              class="icon"
              aria-label="Remove ${name}"
              title="Remove"
              @click=${() => ask({ act: 'remove', library: id })}
            >
              ${binIcon}
            </button>
          </li>`,
      )}
    </ul>
    ${unkept === null ? null : html`<p class="hint">${unkept}</p>`}
    ${openButtons(ask)}`;
