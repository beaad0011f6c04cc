import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Found } from '../../session/identify-client.js';
import type { Candidate } from '../../session/identify.js';
import { measures } from '../../session/identify.js';
import type { SpectralAxis } from '../../spectral/axis.js';
import { controls } from '../controls.js';
import {
  UnmixingIdentifyEvent,
  UnmixingRenameEvent,
  UnmixingSelectEvent,
} from '../events.js';
import {
  formatNumber,
  formatShare,
  formatWindow,
  unitNames,
} from '../format.js';
import { chevronIcon, pencilIcon, warnIcon } from '../icons.js';
import { notice } from '../notice.js';
import { disclosureStyles } from '../options.styles.js';
import { recall, remember } from '../remember.js';
import { select } from '../select.js';
import type { SessionState } from '../state.js';
import { switchStyles } from '../switch.styles.js';
import { base } from '../theme.js';
import type { Drawn, Evidence, IdentifyAction } from './ask.js';
import { choiceFields } from './choice-fields.js';
import { shownEvidence } from './evidence.js';
import { listRow } from '../list-row.styles.js';
import { identifyStyles } from './identify.styles.js';
import { libraryList, openButtons } from './library-list.js';
import { formatScore, measureNames, scoreOf } from './words.js';

/** Candidates shown at first: never one alone. */
const fewest = 5;

/**
 * What libraries of references say of the endmember that the user turned to: candidates in order with their scores, doubts, sums of
 * references; how they are compared, and the libraries. One tab stop for the candidates; arrows move, Enter or Space draws one over
 * the spectrum.
 *
 * @fires unmixing-identify - the user opened or removed a library, chose how to compare, or what to draw
 * @fires unmixing-rename - the user gave an endmember the name of a candidate
 * @fires unmixing-select - the user turned to another endmember
 */
@customElement('unmixing-identify')
export class UnmixingIdentify extends LitElement {
  static override styles = [
    base,
    controls,
    disclosureStyles,
    switchStyles,
    listRow,
    identifyStyles,
  ];

  @property({ attribute: false }) session: SessionState | null = null;

  @state() private focused = 0;
  @state() private all = false;
  @state() private wrong: string | null = null;
  @state() private comparing = recall('identify choices') === true;
  @state() private listing = recall('identify libraries') !== false;

  private readonly ask = (action: IdentifyAction): void => {
    this.dispatchEvent(new UnmixingIdentifyEvent(action));
  };

  private draw(drawn: Drawn): void {
    this.ask({ act: 'draw', drawn: this.isDrawn(drawn) ? null : drawn });
  }

  private isDrawn({ endmember, what, at }: Drawn): boolean {
    const drawn = this.session?.identifying.drawn;
    return (
      drawn?.endmember === endmember && drawn.what === what && drawn.at === at
    );
  }

  private async key(event: KeyboardEvent, count: number): Promise<void> {
    const to = {
      ArrowDown: Math.min(count - 1, this.focused + 1),
      ArrowUp: Math.max(0, this.focused - 1),
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.focused = to;
    await this.updateComplete;
    const rows =
      this.shadowRoot?.querySelectorAll<HTMLElement>('.candidates .main');
    rows?.item(to).focus();
  }

  private useButton(endmember: number, name: string): TemplateResult {
    return html`<button
      type="button"
      class="icon"
      aria-label="Use ${name} as the name"
      title="Use as the name"
      @click=${() =>
        this.dispatchEvent(new UnmixingRenameEvent(endmember, name))}
    >
      ${pencilIcon}
    </button>`;
  }

  private candidateRow(
    { measure }: Found,
    candidate: Candidate,
    drawn: Drawn,
    { unit }: SpectralAxis,
    count: number,
  ): TemplateResult {
    const { name, source, range, covered } = candidate;
    const on = this.isDrawn(drawn);
    const ends = `${formatWindow(range, unit)}${unit === null ? '' : `\u00a0${unitNames[unit]}`}`;
    return html`<li ?data-drawn=${on}>
      <button
        type="button"
        class="main"
        aria-pressed=${on}
        tabindex=${this.focused === drawn.at ? 0 : -1}
        title="Draw it over the spectrum"
        @click=${() => {
          this.focused = drawn.at;
          this.draw(drawn);
        }}
        @keydown=${(event: KeyboardEvent) => void this.key(event, count)}
      >
        <span class="name">${name}</span>
        <span class="under"
          >${ends}${covered < 0.995 ? html` (${formatShare(covered)})` : null} ·
          ${source}</span
        >
      </button>
      <span class="score">${scoreOf(candidate, measure)}</span>
      ${this.useButton(drawn.endmember, name)}
      ${
        on
          ? html`<dl class="figures">
              ${measures.map(
                (known) =>
                  html`<dt>${measureNames[known]}</dt>
                    <dd>${formatScore(known, candidate[known])}</dd>`,
              )}
              <dt>Covered of what is compared</dt>
              <dd>${formatShare(covered)}</dd>
            </dl>`
          : null
      }
    </li>`;
  }

  private candidates(
    found: Found,
    endmember: number,
    axis: SpectralAxis,
  ): TemplateResult {
    const least = found.alike ? Math.max(fewest, found.close) : fewest;
    const shown = this.all
      ? found.candidates
      : found.candidates.slice(0, least);
    const more = found.candidates.length - least;
    return html`${found.cautions.map(
        (sentence) =>
          html`<p class="caution">${warnIcon}<span>${sentence}</span></p>`,
      )}
      <ol class="list candidates" aria-label="Candidates">
        ${shown.map((candidate, at) =>
          this.candidateRow(
            found,
            candidate,
            { endmember, what: 'candidate', at },
            axis,
            shown.length,
          ),
        )}
      </ol>
      ${
        more > 0
          ? html`<button
              type="button"
              class="bare more"
              aria-expanded=${this.all}
              @click=${() => {
                this.all = !this.all;
              }}
            >
              ${this.all ? 'Show fewer' : `Show ${more} more`}
            </button>`
          : null
      }`;
  }

  private sums({ mixtures }: Found, endmember: number): TemplateResult | null {
    if (mixtures.length === 0) return null;
    return html`<h4>Sums that come nearer</h4>
      <ul class="list sums" aria-label="Sums that come nearer">
        ${mixtures.map(({ members, angle }, at) => {
          const drawn: Drawn = { endmember, what: 'sum', at };
          const on = this.isDrawn(drawn);
          return html`<li class="sum" ?data-drawn=${on}>
            <button
              type="button"
              class="main"
              aria-pressed=${on}
              title="Draw it over the spectrum"
              @click=${() => this.draw(drawn)}
            >
              ${members
                .map(({ name, share }) => `${name} ${formatShare(share)}`)
                .join(' + ')}
            </button>
            <span class="score">${formatScore('angle', angle)}</span>
            <span></span>
          </li>`;
        })}
      </ul>`;
  }

  private busy(
    words: string,
    fraction: number,
    cancel: string,
  ): TemplateResult {
    return html`<div class="busy" role="status">
      <span>${words}</span>
      <button type="button" @click=${() => this.ask({ act: 'stop' })}>
        ${cancel}
      </button>
      <progress aria-label=${words} max="1" .value=${fraction}></progress>
    </div>`;
  }

  private work({ identifying }: SessionState): TemplateResult | null {
    const { work } = identifying;
    switch (work.state) {
      case 'idle':
        return null;
      case 'reading':
        return this.busy('Reading the library', work.fraction, 'Cancel');
      case 'searching':
        return this.busy('Comparing with references', work.fraction, 'Cancel');
      case 'failed':
        return notice(work.error.message, {
          error: true,
          actions: html`<button
            type="button"
            @click=${() => this.ask({ act: 'dismiss' })}
          >
            Dismiss
          </button>`,
        });
    }
  }

  /** Where a search was ended, or failed. */
  private again({ unmixing, identifying }: SessionState): TemplateResult {
    if (!unmixing)
      return html`<p class="hint">Endmembers are compared after unmixing.</p>`;
    const { libraries, work } = identifying;
    if (work.state === 'reading' || work.state === 'searching') return html``;
    return libraries.some(({ on }) => on)
      ? html`<div class="actions">
          <button type="button" @click=${() => this.ask({ act: 'search' })}>
            Compare
          </button>
        </div>`
      : html`<p class="hint">No library is switched on.</p>`;
  }

  private evidence(
    session: SessionState,
    evidence: Evidence,
    axis: SpectralAxis,
  ): TemplateResult {
    const names = session.unmixing?.names ?? [];
    const endmember = Math.min(session.selected ?? 0, names.length - 1);
    const found = evidence.found.at(endmember);
    return html`<div class="row of">
        <label for="endmember">Endmember</label>
        ${select({
          id: 'endmember',
          choices: names.map((name, r) => [String(r), `${r + 1}  ${name}`]),
          chosen: String(endmember),
          onChoice: (r) => {
            this.focused = 0;
            this.dispatchEvent(new UnmixingSelectEvent(Number(r)));
          },
        })}
      </div>
      ${found ? this.candidates(found, endmember, axis) : null}
      ${found ? this.sums(found, endmember) : null}
      ${evidence.skipped.map((sentence) => html`<p class="hint">${sentence}</p>`)}`;
  }

  private folded(
    key: string,
    open: boolean,
    title: string,
    words: string,
    content: () => TemplateResult,
    turned: (open: boolean) => void,
  ): TemplateResult {
    return html`<details
      ?open=${open}
      @toggle=${({ target }: Event) => {
        if (!(target instanceof HTMLDetailsElement)) return;
        turned(target.open);
        remember(key, target.open);
      }}
    >
      <summary>
        ${chevronIcon}${title}<span class="words">${words}</span>
      </summary>
      ${open ? content() : null}
    </details>`;
  }

  protected override willUpdate(): void {
    const count = this.session ? shownEvidence(this.session)?.found.length : 0;
    if (!count) this.focused = 0;
  }

  override render(): TemplateResult | null {
    const { session } = this;
    if (session?.cube.state !== 'ready') return null;
    const { identifying } = session;
    const { libraries, choices } = identifying;
    const { axis } = session.cube.summary;
    const evidence = shownEvidence(session);
    if (libraries.length === 0 && !evidence)
      return html`<p class="hint">
          Open a library of references to see what each endmember may be: a
          folder, a zip or files in JCAMP-DX, SPC, ENVI .sli, CSV or as RRUFF
          has them. It is remembered in this browser, and sent nowhere.
        </p>
        ${this.work(session)}
        ${identifying.unkept ? html`<p class="hint">${identifying.unkept}</p>` : null}
        ${openButtons(this.ask)}`;
    const spectra = libraries.reduce((sum, one) => sum + one.spectra, 0);
    return html`${this.work(session)}
    ${evidence ? this.evidence(session, evidence, axis) : this.again(session)}
    ${this.folded(
      'identify choices',
      this.comparing,
      'Compare by',
      measureNames[choices.measure],
      () =>
        choiceFields({
          choices,
          axis,
          wrong: this.wrong,
          onChoice: (patch) => this.ask({ act: 'choose', patch }),
          onWrong: (text) => {
            this.wrong = text;
          },
        }),
      (open) => {
        this.comparing = open;
      },
    )}
    ${this.folded(
      'identify libraries',
      this.listing,
      'Libraries',
      `${formatNumber(spectra)} ${spectra === 1 ? 'spectrum' : 'spectra'}`,
      () => libraryList(identifying, this.ask),
      (open) => {
        this.listing = open;
      },
    )}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-identify': UnmixingIdentify;
  }
}
