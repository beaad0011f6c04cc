/** The sections that a panel has where the viewer lacks a place for them, or something else. */
import { html } from 'lit';
import { formatNumber } from './format.js';
import { insteads } from './instead.js';
import './layers.js';
import { type PanelStep, step } from './panel-step.js';
import './spectra.js';
import type { SessionState } from './state.js';

/** The layers, where the viewer has no place beside the image. */
export function layersStep(
  session: SessionState,
  theme: SessionState['theme'],
): PanelStep | null {
  const { viewer, layers } = session;
  if (viewer.capabilities.has('panel-left')) return null;
  const shown = layers.filter(({ style }) => style.visible).length;
  return step(
    'layers',
    'Layers',
    layers.length === 0
      ? null
      : html`<unmixing-layers
          stacked
          theme=${theme}
          .session=${session}
        ></unmixing-layers>`,
    {
      summary: layers.length === 0 ? '' : `${shown} of ${layers.length} shown`,
      part: 'layers',
    },
  );
}

/** The spectra, where the viewer has no place under the image: in sight while the rest scrolls. */
export function spectraStep(
  session: SessionState,
  theme: SessionState['theme'],
  pointed: boolean,
): PanelStep | null {
  const { viewer, cube, pointer, unmixing } = session;
  if (viewer.capabilities.has('panel-bottom') || cube.state !== 'ready')
    return null;
  return step(
    'spectra',
    'Spectra',
    html`<unmixing-spectra
      stacked
      theme=${theme}
      .session=${session}
    ></unmixing-spectra>`,
    {
      summary: pointer
        ? `pixel ${formatNumber(pointer.x)}, ${formatNumber(pointer.y)}`
        : 'mean of the cube',
      // Before there is a result, the steps to it have the room.
      opens: pointed || (unmixing !== null && !viewer.capabilities.has('pick')),
      part: 'spectra',
    },
  );
}

/** What the viewer lacks, and what is done instead. */
export function viewerStep({ viewer }: SessionState): PanelStep | null {
  const sentences = insteads(viewer.capabilities);
  if (sentences.length === 0) return null;
  const { id, version } = viewer;
  return step(
    'viewer',
    'Viewer',
    html`<ul class="insteads">
      ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>`,
    { summary: version === 'unknown' ? id : `${id} ${version}` },
  );
}
