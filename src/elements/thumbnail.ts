import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Layer } from '../imaging/layer.js';
import { letEventsPass } from '../spectral/pace.js';
import { drawReduced, otherLayers } from './reduced.js';
import { base } from './theme.js';

const width = 52;
const height = 36;

/** A layer, or several blended, at the size of a stamp on black. */
@customElement('unmixing-thumbnail')
export class UnmixingThumbnail extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        width: 26px;
        height: 18px;
      }
      canvas {
        display: block;
        width: 26px;
        height: 18px;
        border-radius: 2px;
        background: #000;
      }
    `,
  ];

  /** Bottom first. */
  @property({ attribute: false, hasChanged: otherLayers })
  layers: readonly Layer[] = [];
  @query('canvas') private canvas!: HTMLCanvasElement;

  /** In a task of its own: a preview changes all thumbnails at once. */
  protected override async scheduleUpdate(): Promise<void> {
    await letEventsPass();
    await super.scheduleUpdate();
  }

  protected override updated(): void {
    // What a layer holds is seen, also where it is hidden or faint among the others.
    const opaque = { visible: true, opacity: 1 };
    drawReduced(
      this.canvas,
      this.layers.map((layer) => ({
        ...layer,
        style: { ...layer.style, ...opaque },
      })),
    );
  }

  override render(): TemplateResult {
    return html`<canvas width=${width} height=${height}></canvas>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unmixing-thumbnail': UnmixingThumbnail;
  }
}
