import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { NetworkConstantName } from '../engine/network-constants.js';
import {
  abundanceRules,
  methods,
  networkDefaults,
  scalings,
  unmixDefaults,
} from '../engine/options.js';
import type {
  AbundanceRule,
  FixedSpectrum,
  Method,
  Preset,
  Scaling,
  UnmixRequest,
} from '../engine/options.js';
import type { SpectralAxis } from '../spectral/axis.js';
import {
  changedConstants,
  methodNames,
  ruleNames,
  scalingNames,
  seeks,
  trains,
} from './choices.js';
import { chooseFiles } from './choose-files.js';
import { controls } from './controls.js';
import { UnmixingFixEvent, UnmixingRequestEvent } from './events.js';
import { chevronIcon, closeIcon, plusIcon } from './icons.js';
import { networkFields } from './network-fields.js';
import { notice } from './notice.js';
import { disclosureStyles, optionsStyles } from './options.styles.js';
import { segments } from './segments.js';
import { select } from './select.js';
import { sparkline, sparklinePath } from './sparkline.js';
import type { FixingState } from './state.js';
import { switchStyles } from './switch.styles.js';
import { base } from './theme.js';

/** What a method does, and where it was published. */
const methodHints: Readonly<Record<Method, readonly [string, string]>> = {
  auto: [
    'By the data: derivative spectra and N-FINDR, the smallest simplex, or archetypes.',
    '',
  ],
  spa: [
    'The pixel farthest from those already taken, again and again.',
    'Araújo et al. 2001',
  ],
  vca: [
    'Extreme pixels along random directions.',
    'Nascimento & Bioucas-Dias 2005',
  ],
  sivm: [
    'The pixel that widens the simplex most, again and again.',
    'Heylen, Burazerović & Scheunders 2011',
  ],
  nfindr: ['The pixels that span the largest simplex.', 'Winter 1999'],
  'minimum-volume': [
    'Corners of the smallest simplex around the pixels, none of which need be pure.',
    'Craig 1994; Bioucas-Dias 2009',
  ],
  archetypes: [
    'Mixtures of pixels of which all pixels are mixtures.',
    'Zouaoui et al. 2023',
  ],
  nmf: [
    'Spectra and abundances fitted together, none negative, in a small simplex.',
    'Miao & Qi 2007',
  ],
  'mcr-als': [
    'Spectra and abundances fitted in turn, none negative; holds known spectra fixed.',
    'Tauler 1995',
  ],
};

const scalingHints: Readonly<Record<Scaling, string>> = {
  auto: 'Pixels as measured or all alike, told from the data.',
  raw: 'Strong pixels count more than weak ones.',
  l2: 'Every pixel is divided by its length: weak ones count alike.',
};

const ruleHints: Readonly<Record<AbundanceRule, string>> = {
  scaled: 'Non-negative, then divided by their sum.',
  nnls: 'Non-negative strengths, as tall as the spectra are in a pixel.',
  fcls: 'Non-negative, fitted with their sum held to one.',
};

/**
 * What a run may be asked beyond the usual: how endmembers are sought, the rule of the abundances, spectra that are
 * known, and the constants of the network.
 *
 * @fires unmixing-request - the user changed any of it
 * @fires unmixing-fix - the user chose files of spectra to hold fixed
 */
@customElement('unmixing-options')
export class UnmixingOptions extends LitElement {
  static override styles = [
    base,
    controls,
    switchStyles,
    disclosureStyles,
    optionsStyles,
  ];

  @property({ attribute: false }) request: UnmixRequest = { endmembers: 5 };
  @property({ attribute: false }) axis: SpectralAxis | null = null;
  @property({ attribute: false }) fixing: FixingState = { state: 'idle' };

  /** What the last constant must be that was refused. */
  @state() private refused = '';

  private ask(patch: Partial<UnmixRequest>): void {
    this.dispatchEvent(new UnmixingRequestEvent(patch));
  }

  private get fixed(): readonly FixedSpectrum[] {
    return this.request.fixed ?? unmixDefaults.fixed;
  }

  private readonly addFixed = async (): Promise<void> => {
    const files = await chooseFiles();
    if (files.length > 0) this.dispatchEvent(new UnmixingFixEvent(files));
  };

  private seekRows(): TemplateResult {
    const method = this.request.method ?? unmixDefaults.method;
    const scaling = this.request.scaling ?? unmixDefaults.scaling;
    const [what, who] = methodHints[method];
    return html`<div class="row">
        <label for="method">Method</label>
        ${select({
          id: 'method',
          choices: methods.map((one) => [one, methodNames[one]] as const),
          chosen: method,
          onChoice: (choice) => this.ask({ method: choice }),
        })}
      </div>
      <p class="hint under">
        ${what}${who ? html` <cite>${who}.</cite>` : null}
      </p>
      <div class="row">
        ${segments({
          id: 'scaling',
          label: 'Scaling',
          choices: scalings.map((one) => [one, scalingNames[one]] as const),
          chosen: scaling,
          onChoice: (one) => this.ask({ scaling: one }),
        })}
      </div>
      <p class="hint under">${scalingHints[scaling]}</p>`;
  }

  private ruleRow(): TemplateResult {
    const rule = this.request.abundances ?? unmixDefaults.abundances;
    return html`<div class="row">
        <label for="abundances">Abundances</label>
        ${select({
          id: 'abundances',
          choices: abundanceRules.map((one) => [one, ruleNames[one]] as const),
          chosen: rule,
          onChoice: (choice) => this.ask({ abundances: choice }),
        })}
      </div>
      <p class="hint under">${ruleHints[rule]}</p>`;
  }

  private fixedRow({ name, positions, values }: FixedSpectrum, i: number) {
    const { axis } = this;
    const own = axis && { ...axis, values: Float64Array.from(positions) };
    return html`<li>
      <span class="name" title=${name}>${name}</span>
      <svg
        class="spark"
        width="62"
        height="20"
        viewBox="0 0 62 20"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        ${own ? sparkline(sparklinePath(values, own, 62, 20)) : null}
      </svg>
      <button
        type="button"
        class="icon"
        aria-label="Remove ${name}"
        title="Remove"
        @click=${() => this.ask({ fixed: this.fixed.filter((_, at) => at !== i) })}
      >
        ${closeIcon}
      </button>
    </li>`;
  }

  private fixedRows(): TemplateResult {
    const { fixed, fixing } = this;
    const reading = fixing.state === 'reading';
    return html`<div class="row">
        <span class="label top" id="fixed">Fixed</span>
        <div>
          ${
            fixed.length > 0
              ? html`<ul class="fixed" aria-labelledby="fixed">
                  ${fixed.map((one, i) => this.fixedRow(one, i))}
                </ul>`
              : null
          }
          <button
            type="button"
            ?disabled=${reading}
            @click=${() => void this.addFixed()}
          >
            ${plusIcon}${reading ? 'Reading …' : 'Add spectra'}
          </button>
        </div>
      </div>
      ${
        fixing.state === 'failed'
          ? notice(fixing.error.message, { error: true })
          : fixed.length === 0
            ? html`<p class="hint under">
                Known materials: from a file, or from an endmember's menu.
              </p>`
            : null
      }`;
  }

  private giveConstant(name: NetworkConstantName, value: unknown): void {
    const preset = this.request.preset ?? unmixDefaults.preset;
    const others = Object.entries(this.request.network ?? {}).filter(
      ([other]) => other !== name,
    );
    const usual = value === networkDefaults[preset][name];
    this.ask({
      network: Object.fromEntries(usual ? others : [...others, [name, value]]),
    });
  }

  private resetConstants(): void {
    const epochs = this.request.network?.epochs;
    this.refused = '';
    this.ask({ network: epochs === undefined ? undefined : { epochs } });
  }

  private constantRows(preset: Preset): TemplateResult {
    const changed = changedConstants(this.request).length;
    return html`<details>
      <summary>
        ${chevronIcon}Network constants
        <span class="words"
          >${changed > 0 ? `${changed} changed` : 'as the preset has them'}</span
        >
      </summary>
      ${networkFields(
        { ...networkDefaults[preset], ...this.request.network },
        (name, value) => this.giveConstant(name, value),
        (sentence) => {
          this.refused = sentence;
        },
      )}
      <p class="hint warn" role="status">${this.refused}</p>
      <button
        type="button"
        ?disabled=${changed === 0}
        @click=${() => this.resetConstants()}
      >
        Reset
      </button>
    </details>`;
  }

  override render(): TemplateResult {
    const preset = this.request.preset ?? unmixDefaults.preset;
    return html`${seeks(preset) ? this.seekRows() : null} ${this.ruleRow()}
    ${this.fixedRows()} ${trains(preset) ? this.constantRows(preset) : null}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-options': UnmixingOptions;
  }
}
