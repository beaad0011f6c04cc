import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Layer, LayerImage } from '../imaging/layer.js';
import { renderLayer } from '../imaging/render.js';
import { base } from './theme.js';

const width = 52;
const height = 36;

/** The image at the size of the thumbnail, nearest pixel, its middle part where the sides differ. */
function reduced(image: LayerImage): LayerImage {
  const scale = Math.min(image.width / width, image.height / height);
  const left = (image.width - scale * width) / 2;
  const top = (image.height - scale * height) / 2;
  const source = Uint32Array.from({ length: width * height }, (_, i) => {
    const x = Math.floor(left + scale * ((i % width) + 0.5));
    const y = Math.floor(top + scale * (Math.floor(i / width) + 0.5));
    return (
      Math.min(image.height - 1, Math.max(0, y)) * image.width +
      Math.min(image.width - 1, Math.max(0, x))
    );
  });
  if (image.kind === 'map')
    return {
      ...image,
      width,
      height,
      values: Float32Array.from(source, (n) => image.values[n]),
    };
  if (image.kind === 'classes')
    return {
      ...image,
      width,
      height,
      classes: Uint8Array.from(source, (n) => image.classes[n]),
    };
  const data = new Uint8ClampedArray(4 * source.length);
  source.forEach((n, i) =>
    data.set(image.data.subarray(4 * n, 4 * n + 4), 4 * i),
  );
  return { kind: 'rgba', width, height, data };
}

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
  @property({
    attribute: false,
    hasChanged: (now: readonly Layer[], before?: readonly Layer[]) =>
      now.length !== before?.length ||
      now.some((layer, i) => layer !== before[i]),
  })
  layers: readonly Layer[] = [];
  @query('canvas') private canvas!: HTMLCanvasElement;

  protected override updated(): void {
    // In memory: on a GPU that is busy training or drawing, the page would wait for it at each of these.
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    const picture = context.createImageData(width, height);
    picture.data.fill(0);
    for (const layer of this.layers) {
      const style = { ...layer.style, visible: true, opacity: 1 };
      const { data } = renderLayer({
        ...layer,
        image: reduced(layer.image),
        style,
      });
      for (let n = 0; n < width * height; n++) {
        const alpha = data[4 * n + 3] / 255;
        for (let c = 0; c < 3; c++)
          picture.data[4 * n + c] =
            picture.data[4 * n + c] * (1 - alpha) + data[4 * n + c] * alpha;
        picture.data[4 * n + 3] = 255;
      }
    }
    context.putImageData(picture, 0, 0);
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
