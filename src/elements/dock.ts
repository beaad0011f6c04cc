import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { networkDefaults } from '../engine/options.js';
import { stagesOf } from '../engine/protocol.js';
import type { UnmixResult } from '../engine/protocol.js';
import { requestWords } from './choices.js';
import { controls } from './controls.js';
import { dockStyles } from './dock.styles.js';
import {
  UnmixingResumeEvent,
  UnmixingRunEvent,
  UnmixingStopEvent,
} from './events.js';
import {
  backendNames,
  formatNumber,
  formatSeconds,
  formatSecondsLeft,
  stageNames,
} from './format.js';
import { checkIcon, playIcon, stopIcon, warnIcon } from './icons.js';
import { lossCurve } from './loss-curve.js';
import type { RunState, SessionState } from './state.js';
import { styleMap } from './style-map.js';
import { base } from './theme.js';

const missingWords = {
  axis: 'where the axis begins and ends',
  unit: 'the unit of the axis',
  quantity: 'what the values mean',
  width: 'the width of the image',
} as const;

/**
 * The run, always in sight: ready, running, done, or what went wrong.
 *
 * @fires unmixing-run - the user asked for a run
 * @fires unmixing-stop - the user asked it to end with the best so far
 * @fires unmixing-resume - the user asked training to go on
 * @csspart status - the live region that tells of each stage
 */
@customElement('unmixing-dock')
export class UnmixingDock extends LitElement {
  static override styles = [base, controls, dockStyles];

  @property({ attribute: false }) session: Pick<
    SessionState,
    'cube' | 'chain' | 'run' | 'request' | 'backends'
  > | null = null;

  private run(): void {
    this.dispatchEvent(new UnmixingRunEvent());
  }

  private unmixButton(label: string, enabled: boolean): TemplateResult {
    return html`<button
      type="button"
      class="primary wide"
      ?disabled=${!enabled}
      @click=${() => this.run()}
    >
      ${playIcon}${label}
    </button>`;
  }

  private badge(name: string | null): TemplateResult | null {
    return name === null ? null : html`<span class="badge">${name}</span>`;
  }

  private ready({
    cube,
    chain,
    request,
    backends,
  }: NonNullable<UnmixingDock['session']>): TemplateResult {
    if (cube.state !== 'ready') return this.unmixButton('Unmix', false);
    const preset = request.preset ?? 'auto';
    const chosen = request.backend ?? 'auto';
    const backend = chosen === 'auto' ? (backends?.[0] ?? null) : chosen;
    const { missing } = cube;
    const failed = chain.work.state === 'failed';
    return html`<div class="line">
        ${
          missing.length > 0
            ? html`<span class="warn"
                >First say
                ${missing.map((part) => missingWords[part]).join(' and ')}</span
              >`
            : failed
              ? html`<span class="warn">First set the correction right</span>`
              : html`<span class="recipe">${requestWords(request, true)}</span>`
        }
        ${this.badge(
          preset === 'auto' || backend === null ? null : backendNames[backend],
        )}
      </div>
      ${this.unmixButton('Unmix', missing.length === 0 && !failed)}`;
  }

  private running(
    run: Extract<RunState, { state: 'running' }>,
  ): TemplateResult {
    const { progress } = run;
    const stages = stagesOf(run.preset);
    const at = progress ? stages.indexOf(progress.stage) : 0;
    const training = progress?.training;
    const curve = training
      ? lossCurve(run.losses, training.epochs, training.best)
      : null;
    return html`<div class="line">
        <strong>${progress ? stageNames[progress.stage] : 'Starting'}</strong>
        ${this.badge(training ? backendNames[training.backend] : null)}
      </div>
      <div
        class="segmented"
        role="progressbar"
        aria-label="Unmixing"
        aria-valuemin="0"
        aria-valuemax=${stages.length}
        aria-valuenow=${at + (progress?.fraction ?? 0)}
        aria-valuetext="Step ${at + 1} of ${stages.length}"
      >
        ${stages.map((_, i) => {
          const share = i < at ? 1 : i > at ? 0 : (progress?.fraction ?? 0);
          return html`<span
            style=${styleMap({ '--_at': `${100 * share}%` })}
          ></span>`;
        })}
      </div>
      <div class="apart">
        <span>Step ${at + 1} of ${stages.length}</span>
        ${
          training
            ? html`<span
                >Epoch ${formatNumber(training.epoch)} of
                ${formatNumber(training.epochs)}</span
              >`
            : null
        }
      </div>
      ${curve}
      <div class="end ${curve ? 'under' : ''}">
        ${
          training
            ? html`<span>Loss ${formatNumber(training.loss, 4)}</span>`
            : null
        }
        ${
          progress && progress.secondsLeft !== null
            ? html`<span class="dim"
                >${formatSecondsLeft(progress.secondsLeft)}</span
              >`
            : null
        }
        <button
          type="button"
          @click=${() => this.dispatchEvent(new UnmixingStopEvent())}
        >
          ${stopIcon}Stop, keep best
        </button>
      </div>`;
  }

  private resumeButton(epochs: number, primary = false): TemplateResult {
    return html`<button
      type="button"
      class=${primary ? 'primary' : ''}
      @click=${() => this.dispatchEvent(new UnmixingResumeEvent(epochs))}
    >
      Resume, ${formatNumber(epochs)} epochs
    </button>`;
  }

  private done(
    { report, resumable }: UnmixResult,
    { request }: NonNullable<UnmixingDock['session']>,
  ): TemplateResult {
    const took = formatSeconds(report.seconds);
    const epochs = networkDefaults[report.options.preset].epochs;
    return html`<div class="line">
        <span class="ok">${checkIcon}</span>
        <strong>${report.stopped ? 'Stopped after' : 'Done in'} ${took}</strong>
        <span class="dim">angle ${formatNumber(report.meanAngle, 3)} rad</span>
        ${this.badge(report.backend ? backendNames[report.backend] : null)}
      </div>
      ${
        resumable
          ? html`<div class="two">
              ${this.resumeButton(request.network?.epochs ?? epochs)}
              <button type="button" class="primary" @click=${() => this.run()}>
                Unmix again
              </button>
            </div>`
          : this.unmixButton('Unmix again', true)
      }`;
  }

  private failed(
    { error, best }: Extract<RunState, { state: 'failed' }>,
    { request, backends }: NonNullable<UnmixingDock['session']>,
  ): TemplateResult {
    const other = backends?.find(
      (backend) => backend === 'wasm' || backend === 'cpu',
    );
    const offers =
      error.tag === 'gpu' && other !== undefined && other !== request.backend;
    const epochs = networkDefaults[request.preset ?? 'auto'].epochs;
    return html`<div class="trouble">
        <span class="bad">${warnIcon}</span>
        <p>${error.message}</p>
      </div>
      <div class="actions indent">
        ${
          offers
            ? html`<button
                type="button"
                class="primary"
                @click=${() => this.dispatchEvent(new UnmixingRunEvent(other))}
              >
                Continue on ${backendNames[other]}
              </button>`
            : html`<button
                type="button"
                class="primary"
                @click=${() => this.run()}
              >
                Try again
              </button>`
        }
        ${
          best?.resumable
            ? this.resumeButton(request.network?.epochs ?? epochs)
            : null
        }
      </div>`;
  }

  /** One sentence a stage, for those who listen. */
  private spoken({ run }: NonNullable<UnmixingDock['session']>): string {
    switch (run.state) {
      case 'idle':
        return '';
      case 'running': {
        const stages = stagesOf(run.preset);
        const stage = run.progress?.stage ?? stages[0];
        return `Step ${stages.indexOf(stage) + 1} of ${stages.length}: ${stageNames[stage]}`;
      }
      case 'done':
        return `Done in ${formatSeconds(run.result.report.seconds)}`;
      case 'failed':
        return run.error.message;
    }
  }

  override render(): TemplateResult | null {
    const { session } = this;
    if (!session) return null;
    const { run } = session;
    const body =
      run.state === 'running'
        ? this.running(run)
        : run.state === 'done'
          ? this.done(run.result, session)
          : run.state === 'failed'
            ? this.failed(run, session)
            : this.ready(session);
    return html`${body}
      <div class="sr" part="status" role="status">
        ${this.spoken(session)}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-dock': UnmixingDock;
  }
}
