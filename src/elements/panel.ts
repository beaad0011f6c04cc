import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { bandsInside } from '../spectral/axis.js';
import { controls } from './controls.js';
import './cube-section.js';
import './dock.js';
import './layers.js';
import './spectra.js';
import './empty.js';
import { ownLayers } from './entries.js';
import {
  UnmixingCloseEvent,
  UnmixingCompareEvent,
  UnmixingRedoEvent,
  UnmixingStopEvent,
  UnmixingThemeEvent,
  UnmixingUndoEvent,
} from './events.js';
import { insteads } from './instead.js';
import { requestWords } from './choices.js';
import { comparisonWords } from './compare/words.js';
import { formatNumber } from './format.js';
import { redoIcon, strataIcon, undoIcon } from './icons.js';
import './menu.js';
import type { MenuItem } from './menu.js';
import { panelStyles } from './panel.styles.js';
import { recall, remember } from './remember.js';
import './section.js';
import type { UnmixingSectionEvent } from './section.js';
import { shownEndmembers } from './shown.js';
import type { ShownEndmembers } from './shown.js';
import type { SessionState } from './state.js';
import { styleMap } from './style-map.js';
import { base, tokens } from './theme.js';
import { co2Varies, excludesCo2 } from './windows.js';

type Section =
  | 'cube'
  | 'correct'
  | 'bands'
  | 'unmix'
  | 'endmembers'
  | 'overlays'
  | 'layers'
  | 'compare'
  | 'register'
  | 'results'
  | 'viewer'
  | 'spectra';

const sections: readonly Section[] = [
  'cube',
  'correct',
  'bands',
  'unmix',
  'endmembers',
  'overlays',
  'layers',
  'compare',
  'register',
  'results',
  'viewer',
  'spectra',
];
/** Sections that the user opened or closed himself; the others follow the run. */
function recallOpen(): Partial<Record<Section, boolean>> {
  const stored = recall('sections');
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter(
      ([name, open]) =>
        sections.some((section) => section === name) &&
        typeof open === 'boolean',
    ),
  );
}

const none: readonly string[] = [];

const themes = [
  ['dark', 'Dark'],
  ['light', 'Light'],
  ['auto', 'As the system'],
] as const;

/**
 * The panel: the whole path from a cube to its overlays, one section a step, and the dock with the run.
 *
 * @cssprop --unmixing-surface - ground of all elements
 * @cssprop --unmixing-text - text; greys are mixed from it and the surface
 * @cssprop --unmixing-accent - primary button, thumbs, progress
 * @cssprop --unmixing-on-accent - text on the accent
 * @cssprop --unmixing-focus - focus ring
 * @cssprop --unmixing-font - font family
 * @cssprop --unmixing-radius - corners of controls
 * @csspart head - the bar at the top
 * @csspart sections - the part that scrolls
 * @fires unmixing-undo - the user took the last edit back
 * @fires unmixing-redo - the user did it again
 * @fires unmixing-theme - the user chose dark or light
 * @fires unmixing-close - the user put the cube away
 */
@customElement('unmixing-panel')
export class UnmixingPanel extends LitElement {
  static override styles = [tokens, base, controls, panelStyles];

  @property({ attribute: false }) session: SessionState | null = null;
  /** Names of the samples on offer. */
  @property({ attribute: false }) samples: readonly string[] = [];
  @property({ reflect: true }) theme: SessionState['theme'] = 'auto';

  @state() private open = recallOpen();
  /** A pixel was held: its spectrum is of interest. */
  private pointed = false;

  private toggle(section: Section, { open }: UnmixingSectionEvent): void {
    this.open = { ...this.open, [section]: open };
    remember('sections', this.open);
  }

  private readonly keyPressed = (event: KeyboardEvent): void => {
    const { session } = this;
    if (event.key === 'Escape' && session?.comparison)
      this.dispatchEvent(new UnmixingCompareEvent(null));
    else if (
      event.key === 'Escape' &&
      (session?.run.state === 'running' ||
        session?.cube.state === 'opening' ||
        session?.cube.state === 'asking')
    )
      this.dispatchEvent(new UnmixingStopEvent());
  };

  private section(
    name: Section,
    heading: string,
    content: TemplateResult | null,
    {
      summary = '',
      tone = 'plain',
      rich,
      forced = false,
      opens = false,
      part,
    }: {
      readonly summary?: string;
      readonly tone?: 'plain' | 'warn' | 'error';
      readonly rich?: TemplateResult | null;
      /** Open whatever the user chose: something must be seen. */
      readonly forced?: boolean;
      /** Open while the user has not chosen. */
      readonly opens?: boolean;
      /** It holds another element of ours, which reaches from edge to edge. */
      readonly part?: 'layers' | 'spectra';
    },
  ): TemplateResult {
    return html`<unmixing-section
      class=${part ? 'whole' : ''}
      part=${ifDefined(part)}
      heading=${heading}
      summary=${summary}
      tone=${tone}
      ?waiting=${content === null}
      ?open=${forced || (this.open[name] ?? opens)}
      @unmixing-section=${(event: UnmixingSectionEvent) =>
        this.toggle(name, event)}
      >${rich}${content}</unmixing-section
    >`;
  }

  private head({ canUndo, canRedo, cube }: SessionState): TemplateResult {
    const items: MenuItem[] = themes.map(([theme, label]) => ({
      label,
      checked: theme === this.theme,
      act: () => this.dispatchEvent(new UnmixingThemeEvent(theme)),
    }));
    if (cube.state === 'ready')
      items.push('line', {
        label: 'Close cube',
        act: () => this.dispatchEvent(new UnmixingCloseEvent()),
      });
    return html`<header part="head">
      ${strataIcon}
      <h2>Unmixing</h2>
      <button
        type="button"
        class="icon"
        aria-label="Undo"
        title="Undo"
        ?disabled=${!canUndo}
        @click=${() => this.dispatchEvent(new UnmixingUndoEvent())}
      >
        ${undoIcon}
      </button>
      <button
        type="button"
        class="icon"
        aria-label="Redo"
        title="Redo"
        ?disabled=${!canRedo}
        @click=${() => this.dispatchEvent(new UnmixingRedoEvent())}
      >
        ${redoIcon}
      </button>
      <unmixing-menu .items=${items}></unmixing-menu>
    </header>`;
  }

  private cubeSection({
    active,
    cube,
    cubes,
    display,
  }: SessionState): TemplateResult {
    const content = html`${
        cubes.length > 1
          ? html`<unmixing-cubes
              .cubes=${cubes}
              .active=${active}
            ></unmixing-cubes>`
          : null
      }<unmixing-cube .cube=${cube} .display=${display}></unmixing-cube>`;
    switch (cube.state) {
      case 'asking':
        return this.section('cube', 'Cube', content, {
          summary: 'which one?',
          tone: 'warn',
          forced: true,
        });
      case 'failed':
        return this.section('cube', 'Cube', content, {
          summary: 'not opened',
          tone: 'error',
          forced: true,
        });
      case 'ready': {
        const { width, height, axis } = cube.summary.original;
        const { missing, warnings, error } = cube;
        const size = [width, height, axis.values.length]
          .map((n) => formatNumber(n))
          .join(' × ');
        const remarks =
          warnings.length === 1 ? '1 remark' : `${warnings.length} remarks`;
        const plain = missing.length === 0 && warnings.length === 0;
        return this.section('cube', 'Cube', content, {
          summary: error
            ? 'failed'
            : missing.length > 0
              ? `${missing.join(', ')} missing`
              : warnings.length > 0
                ? `${size}, ${remarks}`
                : size,
          tone: error ? 'error' : plain ? 'plain' : 'warn',
          forced: error !== null || missing.length > 0,
        });
      }
      default:
        return this.section('cube', 'Cube', content, {
          summary: 'opening',
          forced: true,
        });
    }
  }

  private correctSection({ cube, chain }: SessionState): TemplateResult {
    if (cube.state !== 'ready')
      return this.section('correct', 'Correct', null, {});
    const { steps, work } = chain;
    const off = steps.filter(({ on }) => !on).length;
    const all = `${steps.length} ${steps.length === 1 ? 'correction' : 'corrections'}`;
    const failed = work.state === 'failed';
    return this.section(
      'correct',
      'Correct',
      html`<unmixing-correct
        theme=${this.theme}
        .summary=${cube.summary}
        .chain=${chain}
      ></unmixing-correct>`,
      {
        summary: failed
          ? 'failed'
          : steps.length === 0
            ? 'none'
            : off > 0
              ? `${all}, ${off} off`
              : all,
        tone: failed ? 'error' : 'plain',
        forced: failed,
      },
    );
  }

  private bandsSection({ cube, request, run }: SessionState): TemplateResult {
    if (cube.state !== 'ready') return this.section('bands', 'Bands', null, {});
    const { axis, mean } = cube.summary;
    const bands = axis.values.length;
    const out = bandsInside(axis, request.exclude);
    const kept = bands - out.reduce((sum, one) => sum + one, 0);
    const warn = co2Varies(axis, mean) && !excludesCo2(axis, request.exclude);
    return this.section(
      'bands',
      'Bands',
      html`<unmixing-bands
        theme=${this.theme}
        .summary=${cube.summary}
        .windows=${request.exclude}
      ></unmixing-bands>`,
      {
        summary: warn
          ? 'CO₂ varies'
          : `${formatNumber(kept)} of ${formatNumber(bands)}`,
        tone: warn ? 'warn' : 'plain',
        opens: warn || run.state === 'idle',
      },
    );
  }

  private unmixSection({
    cube,
    request,
    count,
    fixing,
    run,
    backends,
  }: SessionState): TemplateResult {
    return this.section(
      'unmix',
      'Unmix',
      cube.state === 'ready'
        ? html`<unmixing-settings
            .request=${request}
            .count=${count}
            .axis=${cube.summary.axis}
            .fixing=${fixing}
            .backends=${backends}
          ></unmixing-settings>`
        : null,
      {
        summary: cube.state === 'ready' ? requestWords(request) : '',
        // What failed is set right here.
        opens: run.state === 'idle' || run.state === 'failed',
      },
    );
  }

  private endmembersSection(
    { active, cube, request, run, colours, layers, selected }: SessionState,
    shown: ShownEndmembers | null,
  ): TemplateResult {
    const ready = cube.state === 'ready';
    const best = run.state === 'failed' && run.best;
    return this.section(
      'endmembers',
      'Endmembers',
      shown && ready
        ? html`<unmixing-endmembers
            .shown=${shown}
            .axis=${cube.summary.axis}
            .colours=${colours}
            .layers=${ownLayers(layers, active)}
            .selected=${selected}
            .fixed=${request.fixed?.map(({ name }) => name) ?? none}
            .warnings=${run.state === 'done' ? run.result.report.warnings : none}
          ></unmixing-endmembers>`
        : null,
      {
        summary: !ready
          ? ''
          : !shown
            ? 'after unmixing'
            : shown.live
              ? 'live preview'
              : best
                ? 'best so far'
                : 'area',
        opens: true,
      },
    );
  }

  private overlaysSection(
    {
      active,
      cube,
      layers,
      selected,
      colours,
      composite,
      unmixing,
      classThreshold,
    }: SessionState,
    shown: ShownEndmembers | null,
  ): TemplateResult {
    const own = ownLayers(layers, active);
    const maps = own.filter((layer) => layer.role === 'abundance');
    const layer =
      maps.find(({ endmember }) => endmember === selected) ?? maps.at(0);
    if (!layer || layer.endmember === null || cube.state !== 'ready')
      return this.section('overlays', 'Overlays', null, {
        summary: cube.state === 'ready' ? 'after unmixing' : '',
      });
    const { endmember } = layer;
    const colour = colours[endmember] ?? '#808080';
    return this.section(
      'overlays',
      'Overlays',
      html`<unmixing-overlays
        .layer=${layer}
        .colour=${colour}
        .composite=${composite}
        .unmixing=${unmixing}
        .layers=${own}
        .mask=${cube.summary.mask}
        .classThreshold=${classThreshold}
      ></unmixing-overlays>`,
      {
        opens: true,
        rich: html`<span slot="summary" class="summary">
          <span class="swatch small" style=${styleMap({ '--_fill': colour })}
            >${endmember + 1}</span
          >
          <span class="who">${shown?.names[endmember] ?? layer.name}</span>
        </span>`,
      },
    );
  }

  private compareSection(session: SessionState): TemplateResult {
    const { comparison, layers } = session;
    return this.section(
      'compare',
      'Compare',
      layers.length < 2
        ? null
        : html`<unmixing-compare .session=${session}></unmixing-compare>`,
      {
        summary: comparison
          ? comparisonWords(session, comparison)
          : layers.length < 2
            ? 'with two images'
            : 'off',
      },
    );
  }

  private registerSection(session: SessionState): TemplateResult {
    const { layers, registering } = session;
    const several = layers.some(({ owner }) => owner !== layers[0].owner);
    return this.section(
      'register',
      'Register',
      several
        ? html`<unmixing-register .session=${session}></unmixing-register>`
        : null,
      {
        summary: 'with two images',
        rich: several
          ? html`<unmixing-register-summary
              slot="summary"
              .session=${session}
            ></unmixing-register-summary>`
          : null,
        forced: registering.work.state !== 'idle',
      },
    );
  }

  private resultsSection(session: SessionState): TemplateResult {
    const { cube, chain, run, runs, unmixing, saving } = session;
    if (cube.state !== 'ready')
      return this.section('results', 'Results', null, {});
    const failed = saving.state === 'failed';
    const diagnostics =
      run.state === 'done' ? run.result.report.diagnostics : null;
    return this.section(
      'results',
      'Results',
      html`${
          runs.length > 0
            ? html`<unmixing-runs .session=${session}></unmixing-runs>`
            : null
        }<unmixing-results
          .saving=${saving}
          ?unmixed=${unmixing !== null}
          .diagnostics=${diagnostics}
          ?corrected=${chain.applied.length > 0}
          .session=${this.session}
        ></unmixing-results>`,
      {
        summary: failed
          ? 'not saved'
          : diagnostics && diagnostics.length > 0
            ? `${diagnostics.length} to note`
            : unmixing
              ? 'maps, endmembers, cube'
              : 'cube',
        tone: failed ? 'error' : 'plain',
        forced: failed,
      },
    );
  }

  /** The layers, where the viewer has no place beside the image. */
  private layersSection(session: SessionState): TemplateResult | null {
    const { viewer, layers } = session;
    if (viewer.capabilities.has('panel-left')) return null;
    const shown = layers.filter(({ style }) => style.visible).length;
    return this.section(
      'layers',
      'Layers',
      layers.length === 0
        ? null
        : html`<unmixing-layers
            stacked
            theme=${this.theme}
            .session=${session}
          ></unmixing-layers>`,
      {
        summary:
          layers.length === 0 ? '' : `${shown} of ${layers.length} shown`,
        part: 'layers',
      },
    );
  }

  /** The spectra, where the viewer has no place under the image: in sight while the rest scrolls. */
  private spectraSection(session: SessionState): TemplateResult | null {
    const { viewer, cube, pointer, unmixing } = session;
    if (viewer.capabilities.has('panel-bottom') || cube.state !== 'ready')
      return null;
    return this.section(
      'spectra',
      'Spectra',
      html`<unmixing-spectra
        stacked
        theme=${this.theme}
        .session=${session}
      ></unmixing-spectra>`,
      {
        summary: pointer
          ? `pixel ${formatNumber(pointer.x)}, ${formatNumber(pointer.y)}`
          : 'mean of the cube',
        // Before there is a result, the steps to it have the room.
        opens:
          this.pointed ||
          (unmixing !== null && !viewer.capabilities.has('pick')),
        part: 'spectra',
      },
    );
  }

  /** What the viewer lacks, and what is done instead. */
  private viewerSection({ viewer }: SessionState): TemplateResult | null {
    const sentences = insteads(viewer.capabilities);
    if (sentences.length === 0) return null;
    const { id, version } = viewer;
    return this.section(
      'viewer',
      'Viewer',
      html`<ul class="insteads">
        ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`,
      { summary: version === 'unknown' ? id : `${id} ${version}` },
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.keyPressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.keyPressed);
  }

  protected override willUpdate(): void {
    // What waits for a cube loads while the first is read, so that the plugin's entry stays small.
    if (this.session && this.session.cube.state !== 'none')
      void import('./later-sections.js');
    if (this.session && this.session.layers.length > 1) {
      void import('./compare/compare.js');
      void import('./register/register.js');
    }
    if (this.session && this.session.cubes.length > 1)
      void import('./cube-list.js');
    if (this.session && this.session.runs.length > 0)
      void import('./runs/runs-list.js');
    if (this.session?.pointer?.pinned) this.pointed = true;
  }

  override render(): TemplateResult | null {
    const { session } = this;
    if (!session) return null;
    const shown = shownEndmembers(session);
    return html`${this.head(session)}
      <div class="scroll" part="sections">
        ${
          session.cube.state === 'none'
            ? html`<unmixing-empty
                .volumes=${session.volumes}
                .samples=${this.samples}
                ?closed=${!session.viewer.capabilities.has('volumes')}
              ></unmixing-empty>`
            : this.cubeSection(session)
        }
        ${this.correctSection(session)} ${this.bandsSection(session)}
        ${this.unmixSection(session)} ${this.endmembersSection(session, shown)}
        ${this.overlaysSection(session, shown)} ${this.layersSection(session)}
        ${this.compareSection(session)} ${this.registerSection(session)}
        ${this.resultsSection(session)} ${this.viewerSection(session)}
      </div>
      ${this.spectraSection(session)}
      <unmixing-dock .session=${session}></unmixing-dock>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-panel': UnmixingPanel;
  }
}
