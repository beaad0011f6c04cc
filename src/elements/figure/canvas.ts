import type { Raster } from '../../session/figure/figure.js';
import {
  type Drawing,
  type Mark,
  type Paint,
  type Type,
  fontFamily,
} from '../../session/figure/marks.js';

/** Context of a canvas, on the page or not. */
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const font = ({ size, bold }: Type): string =>
  `${bold ? 600 : 400} ${size}px ${fontFamily}`;

const css = ({ colour, alpha }: Paint): string =>
  colour +
  Math.round(255 * alpha)
    .toString(16)
    .padStart(2, '0');

/** Letters as outlines at any size: neither on whole pixels nor hinted, so that lines break alike at every resolution. */
function takeType(context: Context, type: Type): void {
  context.font = font(type);
  context.textRendering = 'geometricPrecision';
}

let measuring: OffscreenCanvasRenderingContext2D | null = null;

/** How wide a text is in the fonts of this browser, CSS pixels. */
export function measureText(text: string, type: Type): number {
  measuring ??= new OffscreenCanvas(1, 1).getContext('2d');
  if (!measuring) return 0.55 * type.size * text.length;
  takeType(measuring, type);
  return measuring.measureText(text).width;
}

const canvases = new WeakMap<Raster, OffscreenCanvas>();

/** A raster as what canvases draw; made once. */
export function canvasOf(raster: Raster): OffscreenCanvas {
  let canvas = canvases.get(raster);
  if (!canvas) {
    const { width, height, data } = raster;
    canvas = new OffscreenCanvas(width, height);
    canvas
      .getContext('2d')
      ?.putImageData(
        new ImageData(new Uint8ClampedArray(data), width, height),
        0,
        0,
      );
    canvases.set(raster, canvas);
  }
  return canvas;
}

/** Marks that fade as one are put together first. */
function fade(context: Context, marks: readonly Mark[], alpha: number): void {
  const { width, height } = context.canvas;
  const apart = new OffscreenCanvas(width, height).getContext('2d');
  if (!apart) return;
  apart.setTransform(context.getTransform());
  for (const one of marks) draw(apart, one);
  context.globalAlpha = alpha;
  context.resetTransform();
  context.drawImage(apart.canvas, 0, 0);
}

function draw(context: Context, mark: Mark): void {
  switch (mark.kind) {
    case 'image': {
      const [a, b, c, d, e, f] = mark.at;
      context.save();
      context.transform(a, d, b, e, c, f);
      context.imageSmoothingEnabled = mark.smooth;
      context.imageSmoothingQuality = 'medium';
      if (mark.additive) context.globalCompositeOperation = 'lighter';
      context.drawImage(canvasOf(mark.raster), 0, 0);
      context.restore();
      break;
    }
    case 'rectangle': {
      context.fillStyle = css(mark.fill);
      context.beginPath();
      if (mark.radius > 0)
        context.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radius);
      else context.rect(mark.x, mark.y, mark.width, mark.height);
      context.fill();
      break;
    }
    case 'line': {
      context.strokeStyle = css(mark.paint);
      context.lineWidth = mark.width;
      context.beginPath();
      context.moveTo(...mark.from);
      context.lineTo(...mark.to);
      context.stroke();
      break;
    }
    case 'text': {
      takeType(context, mark);
      context.fillStyle = css(mark.paint);
      context.textAlign =
        mark.anchor === 'middle'
          ? 'center'
          : mark.anchor === 'start'
            ? 'left'
            : 'right';
      context.fillText(mark.text, mark.x, mark.y);
      break;
    }
    case 'clip': {
      context.save();
      context.beginPath();
      context.rect(mark.x, mark.y, mark.width, mark.height);
      context.clip();
      if (mark.alpha === 1) for (const one of mark.marks) draw(context, one);
      else fade(context, mark.marks, mark.alpha);
      context.restore();
    }
  }
}

/**
 * Draws a figure into a canvas, which takes its size.
 * @param scale pixels of the canvas for one of the drawing
 * @param toKeep draws without the GPU, whose edges and largest size differ from machine to machine
 */
export function drawOn(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  { width, height, marks }: Drawing,
  scale: number,
  { toKeep = false }: { readonly toKeep?: boolean } = {},
): void {
  canvas.width = Math.round(scale * width);
  canvas.height = Math.round(scale * height);
  const context = canvas.getContext('2d', {
    willReadFrequently: toKeep,
  }) as Context | null;
  if (!context) return;
  context.setTransform(
    canvas.width / width,
    0,
    0,
    canvas.height / height,
    0,
    0,
  );
  for (const mark of marks) draw(context, mark);
}
