import { LitElement, css, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Layer } from '../imaging/layer.js';
import { UnmixingPinEvent, UnmixingUnpinEvent } from './events.js';
import { formatNumber } from './format.js';
import { drawReduced, otherLayers } from './reduced.js';
import { styleMap } from './style-map.js';
import { base } from './theme.js';

/** More pixels than this a side are not drawn. */
const mostDrawn = 400;
/** Wider or taller images are squeezed, so that there is a line to point at. */
const mostStretch = 5;
/** Pixels that an arrow key goes with Shift. */
const far = 10;

const arrows: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The cube in small with a cross-hair on the pixel whose spectrum shows. A press takes the cross-hair there, arrow keys
 * move it by a pixel, with Shift by ten; Escape lets go.
 *
 * @fires unmixing-pin - the user held a pixel
 * @fires unmixing-unpin - the user let go of it
 * @cssprop --unmixing-map-width - greatest width
 * @cssprop --unmixing-map-height - greatest height
 */
@customElement('unmixing-pixel-map')
export class UnmixingPixelMap extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        --_width: var(--unmixing-map-width, 200px);
        --_height: var(--unmixing-map-height, 196px);
      }
      #map {
        position: relative;
        width: min(100%, var(--_width), calc(var(--_height) * var(--_ratio)));
        aspect-ratio: var(--_ratio);
        overflow: hidden;
        border-radius: 2px;
        background: #000;
        cursor: crosshair;
        touch-action: none;
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        image-rendering: pixelated;
      }
      i {
        position: absolute;
        background: #fff;
        box-shadow: 0 0 0 1px rgb(0 0 0 / 45%);
        pointer-events: none;
      }
      i.across {
        inset: auto 0 auto 0;
        top: var(--_y);
        height: 1px;
      }
      i.down {
        inset: 0 auto 0 auto;
        left: var(--_x);
        width: 1px;
      }
      .passing i {
        opacity: 0.55;
      }
    `,
  ];

  /** What is drawn, bottom first: layers of the cube's grid. */
  @property({ attribute: false, hasChanged: otherLayers })
  layers: readonly Layer[] = [];
  /** Size of the cube in pixels. */
  @property({ type: Number }) width = 1;
  @property({ type: Number }) height = 1;
  /** The pixel whose spectrum shows; null for none. */
  @property({ attribute: false }) pixel: {
    readonly x: number;
    readonly y: number;
    readonly pinned: boolean;
  } | null = null;
  @query('#map') private map!: HTMLElement;
  @query('canvas') private canvas!: HTMLCanvasElement;

  private pin(x: number, y: number): void {
    const held = (value: number, size: number): number =>
      Math.min(size - 1, Math.max(0, value));
    this.dispatchEvent(
      new UnmixingPinEvent(held(x, this.width), held(y, this.height)),
    );
  }

  private pointed(event: PointerEvent): void {
    const { left, top, width, height } = this.map.getBoundingClientRect();
    this.pin(
      Math.floor(((event.clientX - left) / width) * this.width),
      Math.floor(((event.clientY - top) / height) * this.height),
    );
  }

  private key(event: KeyboardEvent): void {
    const { pixel, width, height } = this;
    const arrow = arrows[event.key];
    if (arrow) {
      const step = event.shiftKey ? far : 1;
      const from = pixel ?? { x: width >> 1, y: height >> 1 };
      // The first key shows where the cross-hair is.
      const [x, y] = pixel ? arrow : [0, 0];
      this.pin(from.x + step * x, from.y + step * y);
    } else if (event.key === 'Escape' && pixel?.pinned)
      this.dispatchEvent(new UnmixingUnpinEvent());
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('layers') || changed.has('width') || changed.has('height'))
      drawReduced(this.canvas, this.layers);
  }

  override render(): TemplateResult {
    const { width, height, pixel } = this;
    const scale = Math.min(1, mostDrawn / Math.max(width, height));
    const drawn = (size: number): number =>
      Math.max(1, Math.round(size * scale));
    const ratio = Math.min(
      mostStretch,
      Math.max(1 / mostStretch, width / height),
    );
    // Only what was chosen is told: a pointer passes over many.
    const said = pixel?.pinned
      ? `Pixel ${formatNumber(pixel.x)}, ${formatNumber(pixel.y)}`
      : '';
    return html`<div
        id="map"
        class=${pixel?.pinned ? '' : 'passing'}
        role="application"
        aria-roledescription="map"
        aria-label="Map of the cube"
        aria-describedby="keys"
        tabindex="0"
        style=${styleMap({ '--_ratio': String(ratio) })}
        @keydown=${(event: KeyboardEvent) => this.key(event)}
        @pointerdown=${(event: PointerEvent) => {
          if (event.button !== 0) return;
          this.map.setPointerCapture(event.pointerId);
          this.pointed(event);
        }}
        @pointermove=${(event: PointerEvent) => {
          if (this.map.hasPointerCapture(event.pointerId)) this.pointed(event);
        }}
      >
        <canvas width=${drawn(width)} height=${drawn(height)}></canvas>
        ${
          pixel
            ? html`<i
                  class="across"
                  style=${styleMap({ '--_y': `${(100 * (pixel.y + 0.5)) / height}%` })}
                ></i
                ><i
                  class="down"
                  style=${styleMap({ '--_x': `${(100 * (pixel.x + 0.5)) / width}%` })}
                ></i>`
            : null
        }
      </div>
      <span class="sr" id="keys"
        >Arrow keys move by a pixel, with Shift by ten; Escape lets go.</span
      >
      <span class="sr" role="status">${said}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-pixel-map': UnmixingPixelMap;
  }
}
