import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Pixel, Rectangle } from '../preprocess/steps.js';
import { drawsDescending } from '../spectral/axis.js';
import type { SpectralAxis, Window } from '../spectral/axis.js';
import { formatNumber } from './format.js';
import { closeIcon, plusIcon } from './icons.js';
import { numberField } from './number-field.js';

/** More pixels than this are told by their number alone. */
const mostPixels = 24;

/** Two ends in the order in which the axis is drawn. */
export function windowFields(
  label: string,
  window: Window,
  axis: SpectralAxis,
  give: (window: Window) => void,
): TemplateResult {
  const ends = [Math.min(...window), Math.max(...window)];
  if (drawsDescending(axis)) ends.reverse();
  const end = (at: 0 | 1): TemplateResult =>
    numberField({
      label: `${label}, ${at === 0 ? 'from' : 'to'}`,
      value: ends[at],
      onValue: (value) => {
        if (value !== ends[1 - at])
          give(at === 0 ? [value, ends[1]] : [ends[0], value]);
      },
    });
  return html`<span class="ends">${end(0)}<span>–</span>${end(1)}</span>`;
}

/** A new window: a twentieth in the middle of the axis. */
function middleOf({ values }: SpectralAxis): Window {
  const last = values.length - 1;
  return [values[Math.round(0.475 * last)], values[Math.round(0.525 * last)]];
}

export function windowsRows(
  label: string,
  windows: readonly Window[],
  axis: SpectralAxis,
  give: (windows: readonly Window[]) => void,
): TemplateResult {
  return html`${windows.map(
      (window, i) =>
        html`<div class="value">
          ${windowFields(`${label} ${i + 1}`, window, axis, (changed) =>
            give(windows.with(i, changed)),
          )}
          <button
            type="button"
            class="icon"
            aria-label="Remove window ${i + 1}"
            title="Remove"
            @click=${() => give(windows.toSpliced(i, 1))}
          >
            ${closeIcon}
          </button>
        </div>`,
    )}
    <div class="value">
      <span class="hint">Drag in the plot, or give both ends.</span>
      <button type="button" @click=${() => give([...windows, middleOf(axis)])}>
        ${plusIcon}Window
      </button>
    </div>`;
}

const sides = [
  ['x', 'Left'],
  ['y', 'Top'],
  ['width', 'Width'],
  ['height', 'Height'],
] as const;

export const rectangleRows = (
  rectangle: Rectangle,
  give: (rectangle: Rectangle) => void,
): TemplateResult =>
  html`<div class="sides">
    ${sides.map(
      ([side, label]) =>
        html`<label
          ><span>${label}</span> ${numberField({
            label: `${label}, pixels`,
            value: rectangle[side],
            unit: 'px',
            onValue: (value) =>
              give({ ...rectangle, [side]: Math.max(0, Math.round(value)) }),
          })}</label
        >`,
    )}
  </div>`;

export function pixelsRows(
  pixels: readonly Pixel[],
  give: (pixels: readonly Pixel[]) => void,
): TemplateResult {
  return html`<ul class="chips" aria-label="Chosen pixels">
      ${pixels.slice(0, mostPixels).map(
        ([x, y], i) =>
          html`<li class="chip">
            <span>${formatNumber(x)}, ${formatNumber(y)}</span>
            <button
              type="button"
              class="drop"
              aria-label="Use pixel ${x}, ${y} again"
              title="Use it again"
              @click=${() => give(pixels.toSpliced(i, 1))}
            >
              ${closeIcon}
            </button>
          </li>`,
      )}
    </ul>
    <p class="hint">
      ${
        pixels.length > mostPixels
          ? `And ${formatNumber(pixels.length - mostPixels)} more. `
          : ''
      }Press
      a pixel in the image, then “Mask this pixel” beside its spectrum.
    </p>`;
}
