import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { controls } from './controls.js';
import './dock.js';
import './empty.js';
import {
  UnmixingCloseEvent,
  UnmixingCompareEvent,
  UnmixingRedoEvent,
  UnmixingSessionEvent,
  UnmixingStopEvent,
  UnmixingThemeEvent,
  UnmixingUndoEvent,
} from './events.js';
import { redoIcon, strataIcon, undoIcon } from './icons.js';
import './menu.js';
import type { MenuItem } from './menu.js';
import { type PanelStep, type StepName, stepNames } from './panel-step.js';
import { panelStyles } from './panel.styles.js';
import { recall, remember } from './remember.js';
import './section.js';
import { noSessions } from './sessions/ask.js';
import { sessionItems } from './sessions/menu-items.js';
import type { UnmixingSectionEvent } from './section.js';
import { shownEndmembers } from './shown.js';
import type { SessionState } from './state.js';
import { layersStep, spectraStep, viewerStep } from './steps-of-viewer.js';
import {
  bandsStep,
  correctStep,
  cubeStep,
  unmixStep,
} from './steps-to-result.js';
import {
  compareStep,
  endmembersStep,
  identifyStep,
  overlaysStep,
  registerStep,
  resultsStep,
} from './steps-with-result.js';
import { base, tokens } from './theme.js';

/** Sections that the user opened or closed himself; the others follow the run. */
function recallOpen(): Partial<Record<StepName, boolean>> {
  const stored = recall('sections');
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter(
      ([name, open]) =>
        stepNames.some((step) => step === name) && typeof open === 'boolean',
    ),
  );
}

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
 * @fires unmixing-session - the user asked for the session as a whole to be saved, opened or kept
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

  private toggle(section: StepName, { open }: UnmixingSectionEvent): void {
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

  private section(step: PanelStep | null): TemplateResult | null {
    if (!step) return null;
    const { name, heading, content, part, rich } = step;
    const { summary = '', tone = 'plain', forced, opens = false } = step;
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

  private head(session: SessionState): TemplateResult {
    const { canUndo, canRedo, cube } = session;
    const items: MenuItem[] = themes.map(([theme, label]) => ({
      label,
      checked: theme === this.theme,
      act: () => this.dispatchEvent(new UnmixingThemeEvent(theme)),
    }));
    items.push(
      ...sessionItems(session, (ask) =>
        this.dispatchEvent(new UnmixingSessionEvent(ask)),
      ),
    );
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
    if (this.session?.unmixing) void import('./identify/identify.js');
    if (this.session && this.session.runs.length > 0)
      void import('./runs/runs-list.js');
    const { work, offers, trouble } = this.session?.sessions ?? noSessions;
    if (work.state !== 'idle' || offers.length > 0 || trouble !== null)
      void import('./sessions/sessions-panel.js');
    if (this.session?.pointer?.pinned) this.pointed = true;
  }

  override render(): TemplateResult | null {
    const { session, theme } = this;
    if (!session) return null;
    const shown = shownEndmembers(session);
    return html`${this.head(session)}
      <div class="scroll" part="sections">
        <unmixing-sessions
          .sessions=${session.sessions}
          ?empty=${session.cubes.length === 0 && session.pictures.length === 0}
        ></unmixing-sessions>
        ${
          session.cube.state === 'none'
            ? html`<unmixing-empty
                .volumes=${session.volumes}
                .samples=${this.samples}
                ?closed=${!session.viewer.capabilities.has('volumes')}
              ></unmixing-empty>`
            : this.section(cubeStep(session))
        }
        ${[
          correctStep(session, theme),
          bandsStep(session, theme),
          unmixStep(session),
          endmembersStep(session, shown),
          identifyStep(session),
          overlaysStep(session, shown),
          layersStep(session, theme),
          compareStep(session),
          registerStep(session),
          resultsStep(session),
          viewerStep(session),
        ].map((step) => this.section(step))}
      </div>
      ${this.section(spectraStep(session, theme, this.pointed))}
      <unmixing-dock .session=${session}></unmixing-dock>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-panel': UnmixingPanel;
  }
}
