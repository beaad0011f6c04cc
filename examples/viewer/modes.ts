import type { OwnMode, SessionState, UnmixingController } from 'stratigraph';
import { box } from './page.js';

const modes = [
  ['overlay', 'Overlay'],
  ['swipe', 'Swipe'],
  ['side-by-side', 'Side by side'],
  ['flicker', 'Flicker'],
  ['difference', 'Difference'],
] as const satisfies readonly (readonly [OwnMode, string])[];

const svgNamespace = 'http://www.w3.org/2000/svg';

function icon(name: string): SVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  const use = document.createElementNS(svgNamespace, 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Fills the bar with one button for each way to compare: it begins or changes the comparison, and ends it when pressed again, as Escape does. */
export function listModes(controller: UnmixingController): void {
  box('modes').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !controller.state.comparison) return;
    event.preventDefault();
    controller.compare(null);
  });
  box('modes').replaceChildren(
    ...modes.map(([mode, name]) => {
      const button = document.createElement('button');
      const word = document.createElement('span');
      word.className = 'word';
      word.textContent = name;
      button.type = 'button';
      button.dataset['mode'] = mode;
      button.setAttribute('aria-label', name);
      button.append(icon(mode), word);
      button.addEventListener('click', () => {
        if (controller.state.comparison?.mode === mode)
          controller.compare(null);
        else void controller.compareAs(mode);
      });
      return button;
    }),
  );
}

/** Shows which way is on, if any. */
export function drawModes({ comparison, layers }: SessionState): void {
  const isPossible = layers.length > 1;
  for (const button of box('modes').querySelectorAll('button')) {
    const isOn = button.dataset['mode'] === comparison?.mode;
    button.disabled = !isPossible;
    button.setAttribute('aria-pressed', `${isOn}`);
    const name = button.getAttribute('aria-label') ?? '';
    button.title = !isPossible
      ? `${name}: open two images, or unmix`
      : isOn
        ? `End ${name.toLowerCase()} (Escape)`
        : `Compare: ${name.toLowerCase()}`;
  }
}
