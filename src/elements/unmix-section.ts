import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  backends,
  mostEndmembers,
  networkDefaults,
  presets,
  unmixDefaults,
} from '../engine/options.js';
import type { Backend, Preset, UnmixRequest } from '../engine/options.js';
import type { EndmemberCount } from '../engine/protocol.js';
import type { SpectralAxis } from '../spectral/axis.js';
import { fixedConflict, optionWords, trains } from './choices.js';
import { controls } from './controls.js';
import { UnmixingRequestEvent } from './events.js';
import { backendNames, presetNames } from './format.js';
import { chevronIcon, diceIcon } from './icons.js';
import { least, numberRows, numberStyles } from './number-rows.js';
import { segments } from './segments.js';
import { disclosureStyles } from './options.styles.js';
import { recall, remember } from './remember.js';
import type { FixingState } from './state.js';
import { base } from './theme.js';
import { typed } from './typed.js';

const presetHints: Readonly<Record<Preset, string>> = {
  auto: 'Subspace, endmembers and re-fit: seconds, no network.',
  network:
    'Auto, then trained on and held to it; maps smoothed within the noise.',
  pande2026: 'Pande et al. 2026 as published, from a random start.',
  cnnaeu: 'Palsson et al. 2021, from a random start: wider kernels.',
};

/** Numbers of runs on offer. */
const runChoices = [1, 5, 10, 20] as const;

const backendHints: Readonly<Record<Backend, string>> = {
  webgpu: 'no WebGPU in this browser',
  webgl: 'no WebGL 2 in this browser',
  wasm: 'its files are not there',
  cpu: 'not there',
};

/**
 * What shall be asked of the next run: number of endmembers, preset, seed, how often, where it runs; and, closed until
 * asked for, what few change.
 *
 * @fires unmixing-request - the user changed any of it
 */
@customElement('unmixing-settings')
export class UnmixingSettings extends LitElement {
  static override styles = [
    base,
    controls,
    numberStyles,
    disclosureStyles,
    css`
      .under {
        margin: 2px 0 4px var(--_label, 84px);
      }
      .pair {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 26px;
        gap: 6px;
      }
      .pair button {
        width: 26px;
        height: 24px;
        padding: 0;
      }
      @container (max-width: 300px) {
        .segments label {
          padding: 0 2px;
        }
      }
    `,
  ];

  @property({ attribute: false }) request: UnmixRequest = { endmembers: 5 };
  /** How many endmembers the cube seems to hold; null until that is known. */
  @property({ attribute: false }) count: EndmemberCount | null = null;
  /** Where the network can train here; null while that is being found out. */
  @property({ attribute: false }) backends: readonly Backend[] | null = null;

  @property({ attribute: false }) axis: SpectralAxis | null = null;
  @property({ attribute: false }) fixing: FixingState = { state: 'idle' };

  @state() private open = recall('options') === true;

  private ask(patch: Partial<UnmixRequest>): void {
    this.dispatchEvent(new UnmixingRequestEvent(patch));
  }

  private readonly choose = (value: number): void => {
    if (!Number.isFinite(value)) return;
    const endmembers = Math.min(
      mostEndmembers,
      Math.max(least, Math.round(value)),
    );
    if (endmembers !== this.request.endmembers) this.ask({ endmembers });
  };

  private presetRows(preset: Preset): TemplateResult {
    return html`<div class="row">
        ${segments({
          id: 'preset',
          label: 'Preset',
          choices: presets.map((known) => [known, presetNames[known]] as const),
          chosen: preset,
          onChoice: (known) => this.ask({ preset: known, network: undefined }),
        })}
      </div>
      <p class="hint under">${presetHints[preset]}</p>`;
  }

  private epochsRow(preset: Preset): TemplateResult {
    const epochs =
      this.request.network?.epochs ?? networkDefaults[preset].epochs;
    return html`<div class="row">
      <label for="epochs">Epochs</label>
      <div class="field">
        <input
          id="epochs"
          type="number"
          min="1"
          max="100000"
          .value=${String(epochs)}
          @change=${(event: Event) => {
            const value = Math.round(typed(event, String(epochs)));
            if (value >= 1 && value <= 100000)
              this.ask({ network: { ...this.request.network, epochs: value } });
          }}
        />
      </div>
    </div>`;
  }

  private seedRow(): TemplateResult {
    const shown = String(this.request.seed ?? 1);
    return html`<div class="row">
      <label for="seed">Seed</label>
      <div class="pair">
        <div class="field">
          <input
            id="seed"
            type="number"
            min="0"
            max="4294967295"
            .value=${shown}
            @change=${(event: Event) => {
              const seed = Math.round(typed(event, shown));
              if (seed >= 0 && seed < 2 ** 32) this.ask({ seed });
            }}
          />
        </div>
        <button
          type="button"
          aria-label="Another seed"
          title="Another seed"
          @click=${() =>
            this.ask({ seed: crypto.getRandomValues(new Uint16Array(1))[0] })}
        >
          ${diceIcon}
        </button>
      </div>
    </div>`;
  }

  private backendRow(): TemplateResult {
    const chosen = this.request.backend ?? 'auto';
    const known = this.backends;
    const first = known?.[0];
    return html`<div class="row">
      <label for="backend">Runs on</label>
      <select
        id="backend"
        @change=${(event: Event) => {
          const value =
            event.target instanceof HTMLSelectElement
              ? event.target.value
              : 'auto';
          this.ask({
            backend: backends.find((backend) => backend === value) ?? 'auto',
          });
        }}
      >
        <option value="auto" ?selected=${chosen === 'auto'}>
          Auto${first ? ` (${backendNames[first]})` : ''}
        </option>
        ${backends.map((backend) => {
          const there = known === null || known.includes(backend);
          return html`<option
            value=${backend}
            ?selected=${chosen === backend}
            ?disabled=${!there}
          >
            ${backendNames[backend]}${there ? '' : `: ${backendHints[backend]}`}
          </option>`;
        })}
      </select>
    </div>`;
  }

  private runsRow(): TemplateResult {
    const runs = this.request.runs ?? unmixDefaults.runs;
    const choices = [...new Set([...runChoices, runs])].sort((a, b) => a - b);
    return html`<div class="row">
        ${segments({
          id: 'runs',
          label: 'Runs',
          choices: choices.map((known) => [known, String(known)] as const),
          chosen: runs,
          onChoice: (known) => this.ask({ runs: known }),
        })}
      </div>
      ${
        runs > 1
          ? html`<p class="hint under">
              Sought ${runs} times, from other seeds and pixels: tells how far
              the runs disagree.
            </p>`
          : null
      }`;
  }

  private optionRows(): TemplateResult {
    const conflict = fixedConflict(this.request);
    return html`<details
        ?open=${this.open}
        @toggle=${({ target }: Event) => {
          if (!(target instanceof HTMLDetailsElement)) return;
          this.open = target.open;
          remember('options', target.open);
        }}
      >
        <summary>
          ${chevronIcon}Options
          <span class="words">${optionWords(this.request)}</span>
        </summary>
        ${
          this.open
            ? html`<unmixing-options
                .request=${this.request}
                .axis=${this.axis}
                .fixing=${this.fixing}
              ></unmixing-options>`
            : null
        }
      </details>
      ${conflict === null ? null : html`<p class="hint warn">${conflict}</p>`}`;
  }

  protected override willUpdate(): void {
    // Loaded when first opened, so that the plugin's entry stays small.
    if (this.open) void import('./unmix-options.js');
  }

  override render(): TemplateResult {
    const preset = this.request.preset ?? unmixDefaults.preset;
    return html`${numberRows(this.request.endmembers, this.count, this.choose)}
    ${this.presetRows(preset)} ${trains(preset) ? this.epochsRow(preset) : null}
    ${this.seedRow()} ${this.runsRow()}
    ${trains(preset) ? this.backendRow() : null} ${this.optionRows()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-settings': UnmixingSettings;
  }
}
