import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { RegistrationKind } from '../../imaging/registration/kind.js';
import { pairsNeeded } from '../../imaging/registration/landmarks.js';
import { chooseFiles } from '../choose-files.js';
import { controls } from '../controls.js';
import { UnmixingRegisterEvent } from '../events.js';
import { formatNumber, formatShare } from '../format.js';
import { notice } from '../notice.js';
import { segments } from '../segments.js';
import { select } from '../select.js';
import type { SessionState } from '../state.js';
import { base } from '../theme.js';
import type { RegisterAction, Side } from './action.js';
import { blend, greyChoices } from './automatic.js';
import { figuresOf, mapOf, registrationOf } from './fit.js';
import {
  type RegisterImage,
  imagesOf,
  onStage,
  pairOf,
  placementOf,
} from './images.js';
import './landmark-list.js';
import './register-summary.js';
import type { UnmixingLandmarks } from './landmark-list.js';
import type { TwoImages } from './panes.js';
import { registerStyles } from './register.styles.js';
import { motionWords } from './words.js';

const kinds = [
  ['rigid', 'Rigid'],
  ['similarity', 'Similarity'],
  ['affine', 'Affine'],
] as const;

const kindWords: Readonly<Record<RegistrationKind, string>> = {
  rigid: 'Turns and moves.',
  similarity: 'Turns, moves and scales.',
  affine: 'Scales each way by itself and shears, too.',
};

const starts = [
  ['here', 'From here'],
  ['nothing', 'From nothing'],
] as const;

/**
 * Brings one image onto another: by landmarks, by hand, or by a search, and keeps the transform in files.
 *
 * @fires unmixing-register - the user asked for any of it
 */
@customElement('unmixing-register')
export class UnmixingRegister extends LitElement {
  static override styles = [base, controls, registerStyles];

  @property({ attribute: false }) session: SessionState | null = null;
  /** What the search compares, by side; the best guess until the user chooses. */
  @state() private compared: Partial<Record<Side, string>> = {};
  @state() private from: (typeof starts)[number][0] = 'here';
  @query('unmixing-landmarks') private readonly list!: UnmixingLandmarks;

  private ask(action: RegisterAction): void {
    this.dispatchEvent(new UnmixingRegisterEvent(action));
  }

  private button(
    label: string,
    action: RegisterAction,
    { disabled = false, primary = false } = {},
  ): TemplateResult {
    return html`<button
      type="button"
      class=${primary ? 'primary' : ''}
      ?disabled=${disabled}
      @click=${() => this.ask(action)}
    >
      ${label}
    </button>`;
  }

  private chooser(
    side: Side,
    label: string,
    chosen: RegisterImage,
    images: readonly RegisterImage[],
  ): TemplateResult {
    return html`<div class="row">
      <label for=${side}>${label}</label>
      ${select({
        id: side,
        choices: images.map(({ id, name }) => [id, name] as const),
        chosen: chosen.id,
        onChoice: (image) => this.ask({ do: 'choose', side, image }),
      })}
    </div>`;
  }

  private landmarks(images: TwoImages, session: SessionState): TemplateResult {
    const { registrations, placements, registering } = session;
    const { moving, fixed } = images;
    const registration = registrationOf(registrations, moving.id, fixed.id);
    const kind = registration?.kind ?? registering.kind;
    const count = registration?.landmarks.length ?? 0;
    const need = pairsNeeded[kind];
    const found =
      registration && count >= need ? mapOf(registration, placements) : null;
    const figures = registration && figuresOf(registration, placements);
    const map = placementOf(placements, moving);
    const nudged =
      found &&
      'map' in found &&
      map !== null &&
      found.map.some((part, i) => Math.abs(part - map[i]) > 1e-9);
    const { locked } = moving;
    return html`<div class="part">
      <div class="head"><h4 id="landmarks">Landmarks</h4></div>
      <div class="row">
        ${segments({
          id: 'kind',
          label: 'Map',
          choices: kinds,
          chosen: kind,
          disabled: () => locked,
          onChoice: (chosen) => this.ask({ do: 'kind', kind: chosen }),
        })}
      </div>
      <p class="hint">
        ${kindWords[kind]}
        ${
          count < need
            ? `Wants ${need} pairs, better ${2 * need}, far apart.`
            : figures?.exact
              ? `${count} pairs fit exactly, right or wrong: one more tells how good they are.`
              : null
        }
      </p>
      <unmixing-landmarks
        .session=${session}
        .images=${images}
      ></unmixing-landmarks>
      ${found && 'why' in found ? notice(`${found.why}.`) : null}
      <div class="actions">
        ${this.button(
          'Set landmarks',
          { do: 'stage', show: 'landmarks' },
          { disabled: locked },
        )}
        <button
          type="button"
          class="bare"
          ?disabled=${locked}
          @click=${() => this.list.startDraft()}
        >
          By numbers
        </button>
        ${nudged ? this.button('Back to landmarks', { do: 'fit' }, { disabled: locked }) : null}
      </div>
    </div>`;
  }

  private automatic(images: TwoImages, session: SessionState): TemplateResult {
    const { work } = session.registering;
    const { locked } = images.moving;
    const choice = (side: Side): string => {
      const choices = greyChoices(images[side]);
      const chosen = this.compared[side];
      return choices.some(([id]) => id === chosen)
        ? (chosen ?? '')
        : (choices.at(0)?.[0] ?? '');
    };
    const row = (side: Side, label: string): TemplateResult => {
      const id = `${side}-grey`;
      return html`<div class="row">
        <label for=${id}>${label}</label>
        ${select({
          id,
          choices: greyChoices(images[side]),
          chosen: choice(side),
          onChoice: (chosen) => {
            this.compared = { ...this.compared, [side]: chosen };
          },
        })}
      </div>`;
    };
    return html`<div class="part">
      <div class="head"><h4>Automatic</h4></div>
      ${row('moving', 'Compare')} ${row('fixed', 'with')}
      ${this.advice(images.moving, choice('moving'))}
      <div class="row">
        ${segments({
          id: 'from',
          label: 'Start',
          choices: starts,
          chosen: this.from,
          onChoice: (from) => {
            this.from = from;
          },
        })}
      </div>
      ${
        work.state === 'running'
          ? html`<div class="working">
              <progress
                aria-label="Search"
                max="1"
                value=${work.fraction}
              ></progress>
              ${this.button('Cancel', { do: 'cancel' })}
            </div>`
          : html`<div class="actions">
              ${this.button(
                'Find the map',
                {
                  do: 'automatic',
                  moving: choice('moving'),
                  fixed: choice('fixed'),
                  from: this.from,
                },
                { disabled: locked },
              )}
            </div>`
      }
      ${work.state === 'proposed' ? this.proposal(work.result) : null}
      <div class="sr" role="status">
        ${
          work.state === 'running'
            ? work.stage === 'search'
              ? 'Searching'
              : 'Refining'
            : work.state === 'proposed'
              ? 'A map was found'
              : ''
        }
      </div>
    </div>`;
  }

  /** What a search does best by. */
  private advice(moving: RegisterImage, chosen: string): TemplateResult | null {
    if (chosen === blend || !moving.layers.some(({ role }) => role === 'cube'))
      return null;
    return html`<p class="hint">
      ${
        greyChoices(moving).some(([id]) => id === blend)
          ? 'All abundances together tell most: one alone often fits a wrong place better.'
          : 'Unmix first: all abundances together tell more than the cube itself.'
      }
    </p>`;
  }

  private proposal({
    likeness,
    likenessBefore,
    overlap,
  }: {
    readonly likeness: number;
    readonly likenessBefore: number | null;
    readonly overlap: number;
  }): TemplateResult {
    return html`<p class="hint">
        Found a map:
        ${likenessBefore === null ? '' : `likeness ${formatNumber(likenessBefore, 3)} before, `}${formatNumber(likeness, 3)}${likenessBefore === null ? ' likeness' : ' after'},
        ${formatShare(overlap)} inside. Nothing is moved until you accept.
      </p>
      <div class="actions">
        ${this.button('Accept', { do: 'accept' }, { primary: true })}
        ${this.button('Keep before', { do: 'reject' })}
        ${this.button('Compare', { do: 'stage', show: 'review' })}
      </div>`;
  }

  private async load(): Promise<void> {
    const files = await chooseFiles();
    for (const file of files.slice(0, 1)) this.ask({ do: 'load', file });
  }

  private transform(
    { moving }: TwoImages,
    { placements }: SessionState,
  ): TemplateResult {
    const { locked } = moving;
    const moved = placementOf(placements, moving) !== null;
    return html`<div class="part">
      <div class="head"><h4>Place</h4></div>
      <p class="hint">${motionWords(moving, placements)}.</p>
      <div class="actions">
        ${this.button('Nudge', { do: 'stage', show: 'nudge' }, { disabled: locked })}
        ${this.button('Save transform', { do: 'save' }, { disabled: !moved })}
        <button
          type="button"
          ?disabled=${locked}
          @click=${() => void this.load()}
        >
          Load
        </button>
        ${this.button('Reset', { do: 'reset' }, { disabled: locked || !moved })}
      </div>
    </div>`;
  }

  override render(): TemplateResult | null {
    const { session } = this;
    if (!session) return null;
    const pair = pairOf(session);
    const { moving, fixed } = pair;
    if (!moving || !fixed)
      return html`<p class="hint">
        Open a second image, such as the micrograph of this place, to bring one
        onto the other.
      </p>`;
    const all = imagesOf(session);
    const images = { moving, fixed };
    const { work } = session.registering;
    return html`<div>
        ${this.chooser('moving', 'Move', moving, all)}
        ${this.chooser('fixed', 'onto', fixed, all)}
        ${
          moving.locked
            ? html`<p class="hint">
                ${moving.name} is locked: unlock its layers to move it.
              </p>`
            : onStage(pair)
              ? html`<p class="hint">
                  Both files say where they lie on the stage.
                </p>`
              : null
        }
      </div>
      ${work.state === 'failed' ? notice(`${work.error.message}.`, { error: true }) : null}
      ${this.landmarks(images, session)} ${this.automatic(images, session)}
      ${this.transform(images, session)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-register': UnmixingRegister;
  }
}
