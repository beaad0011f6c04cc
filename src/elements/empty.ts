import { LitElement, html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { VolumeRef } from '../hosts/host.js';
import { controls } from './controls.js';
import { droppedFiles } from './dropped-files.js';
import { emptyStyles } from './empty.styles.js';
import {
  UnmixingOpenEvent,
  UnmixingOpenSampleEvent,
  UnmixingOpenVolumeEvent,
} from './events.js';
import { formatNumber } from './format.js';
import { chevronIcon, cubeIcon, pictureIcon, strataIcon } from './icons.js';
import { insteadOf } from './instead.js';
import './open-ways.js';
import { base } from './theme.js';

const stroke = (y: number, strength: number) =>
  svg`<path opacity=${strength} d="M2 ${y + 5}c20-9 34 5 52 2s28-14 56-2" />`;

/** Fewer values a pixel than this are a picture, not a spectrum. */
const leastBands = 5;

/**
 * What the panel shows before there is a cube: open a file, try a sample, or take a volume of the viewer.
 *
 * @fires unmixing-open - files or a folder were chosen or dropped
 * @fires unmixing-open-url - an address was given
 * @fires unmixing-open-sample - a sample was chosen
 * @fires unmixing-open-volume - a volume of the viewer was chosen
 */
@customElement('unmixing-empty')
export class UnmixingEmpty extends LitElement {
  static override styles = [base, controls, emptyStyles];

  @property({ attribute: false }) volumes: readonly VolumeRef[] = [];
  /** Names of the samples on offer. */
  @property({ attribute: false }) samples: readonly string[] = [];
  /** The viewer hands out no volumes. */
  @property({ type: Boolean }) closed = false;
  @state() private over = false;

  private drop(event: DragEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.over = false;
    const files = droppedFiles(event);
    if (files) this.dispatchEvent(new UnmixingOpenEvent(files));
  }

  private volume({
    id,
    name,
    width,
    height,
    bands,
  }: VolumeRef): TemplateResult {
    const spectral = bands >= leastBands;
    const size = spectral
      ? `${formatNumber(width)} × ${formatNumber(height)}, ${formatNumber(bands)} bands`
      : `${bands} ${bands === 1 ? 'band' : 'bands'}: a picture, not a cube`;
    return html`<li>
      <button
        type="button"
        ?disabled=${!spectral}
        @click=${() => this.dispatchEvent(new UnmixingOpenVolumeEvent(id))}
      >
        <span class="kind">${spectral ? cubeIcon : pictureIcon}</span>
        <span>
          <span class="name">${name}</span>
          <span class="size">${size}</span>
        </span>
        ${spectral ? chevronIcon : null}
      </button>
    </li>`;
  }

  override render(): TemplateResult {
    return html`<div
        class="drop ${this.over ? 'over' : ''}"
        @dragover=${(event: DragEvent) => {
          event.preventDefault();
          this.over = true;
        }}
        @dragleave=${() => {
          this.over = false;
        }}
        @drop=${this.drop}
      >
        <svg
          class="strata"
          width="112"
          height="46"
          viewBox="0 0 112 46"
          fill="none"
          stroke="currentColor"
          stroke-width="1.6"
          stroke-linecap="round"
          aria-hidden="true"
        >
          ${stroke(4, 1)}${stroke(19, 0.6)}${stroke(34, 0.35)}
        </svg>
        <h3>Choose a spectral cube</h3>
        <p>
          Drop files or a folder
          here${
            this.volumes.length > 0
              ? ', or take a volume that the viewer already shows.'
              : ': ENVI, OPUS, OMNIC, PerkinElmer, Agilent, WDF, SPC, MATLAB, HDF5, TIFF, Zarr, text and more.'
          }
        </p>
        <unmixing-open-ways primary>
          ${this.samples.map(
            (name, i) =>
              html`<button
                type="button"
                title=${name}
                @click=${() => this.dispatchEvent(new UnmixingOpenSampleEvent(i))}
              >
                ${strataIcon}${this.samples.length === 1 ? 'Try the sample' : name}
              </button>`,
          )}
        </unmixing-open-ways>
      </div>
      ${
        this.volumes.length === 0
          ? this.closed
            ? html`<p class="hint closed">${insteadOf.volumes}</p>`
            : null
          : html`<h4 id="volumes">In this viewer</h4>
              <ul aria-labelledby="volumes">
                ${this.volumes.map((volume) => this.volume(volume))}
              </ul>`
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-empty': UnmixingEmpty;
  }
}
