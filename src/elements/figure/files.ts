import { zipFiles } from '../../formats/zip.js';
import { version } from '../../engine/version.js';
import { layOut } from '../../session/figure/layout.js';
import type { Drawing } from '../../session/figure/marks.js';
import { rastersOf } from '../../session/figure/marks.js';
import { writeSvg } from '../../session/figure/svg.js';
import { fileName } from '../../session/export.js';
import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import { canvasOf, drawOn, measureText } from './canvas.js';
import type { NamedFigure } from './describe.js';
import { toldPng } from './png.js';

export type FigureFormat = 'png' | 'svg';

export interface FigureTask {
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** Every browser draws this much, and none needs more than 256 MB for it. */
const mostPixels = 64e6;
const longestSide = 16384;

const fits = ({ width, height }: Drawing, scale: number): boolean =>
  width * height * scale * scale <= mostPixels &&
  Math.max(width, height) * scale <= longestSide;

/** @throws UnmixingError `input` with what is possible, when a figure has too many pixels */
function checkSize(drawing: Drawing, scale: number): void {
  if (fits(drawing, scale)) return;
  const largest = [3, 2, 1].find((one) => one < scale && fits(drawing, one));
  const pixels = [drawing.width, drawing.height]
    .map((side) => Math.round(side * scale))
    .join(' x ');
  throw new UnmixingError(
    'input',
    `The figure would have ${pixels} pixels, more than a browser can draw: save it ${largest ? `at ${largest} times` : 'narrower'}, or as SVG.`,
  );
}

/**
 * @param scale pixels for each of the drawing, 1 to 4
 * @throws UnmixingError `input` when it would be too large
 */
export async function pngOf(
  drawing: Drawing,
  scale: number,
): Promise<Uint8Array<ArrayBuffer>> {
  checkSize(drawing, scale);
  const canvas = new OffscreenCanvas(1, 1);
  drawOn(canvas, drawing, scale, { toKeep: true });
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return toldPng(new Uint8Array(await blob.arrayBuffer()), scale, {
    Title: drawing.name,
    Description: drawing.caption,
    Software: `Stratigraph ${version}`,
  });
}

async function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () =>
      resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () =>
      reject(new UnmixingError('file', 'An image could not be written.'));
    reader.readAsDataURL(blob);
  });
}

export async function svgOf(drawing: Drawing): Promise<string> {
  const urls = new Map<unknown, string>();
  for (const raster of rastersOf(drawing.marks))
    urls.set(raster, await dataUrl(await canvasOf(raster).convertToBlob()));
  return writeSvg(drawing, (raster) => urls.get(raster) ?? '');
}

/**
 * Figures as one file: one figure as it is, several in a zip, numbered in their order.
 * @param stem what the file is called, without ending
 * @throws UnmixingError `input` when a figure would be too large; `signal.reason` when aborted
 */
export async function figureFile(
  figures: readonly NamedFigure[],
  stem: string,
  { format, scale }: { readonly format: FigureFormat; readonly scale: number },
  { signal, onProgress }: FigureTask = {},
): Promise<File> {
  const pace = keepPace(signal, onProgress);
  const files: { name: string; content: string | Uint8Array<ArrayBuffer> }[] =
    [];
  for (const { name, figure } of figures) {
    await pace(files.length / figures.length);
    const drawing = layOut(figure, measureText);
    const number = `${files.length + 1}`.padStart(2, '0');
    files.push({
      name: `${number}-${fileName(name)}.${format}`,
      content:
        format === 'png' ? await pngOf(drawing, scale) : await svgOf(drawing),
    });
    signal?.throwIfAborted();
  }
  const base = fileName(stem);
  if (files.length === 1)
    return new File([files[0].content], `${base}.${format}`, {
      type: format === 'png' ? 'image/png' : 'image/svg+xml',
    });
  return new File([zipFiles(files)], `${base}.zip`, {
    type: 'application/zip',
  });
}
