// A small viewer made of vtk.js, with the unmixing plugin in it.
import type { SessionState } from 'stratigraph';
import { contributions } from 'stratigraph/contributions';
import { vtkHost } from 'stratigraph/hosts/vtk';
import manifest from 'stratigraph/plugin-manifest.json';
import { ImageView } from './image-view.js';
import { listenToImageKeys, listenToKeys } from './keys.js';
import { drawMarks } from './marks.js';
import { drawModes, listModes } from './modes.js';
import { listSamples, listenForFiles } from './opening.js';
import { box } from './page.js';
import { recallPanel, rememberPanel } from './preferences.js';
import { scriptHook } from './script-hook.js';
import { drawStatus } from './status.js';

const view = new ImageView(box('image'));
const host = vtkHost({
  renderWindow: view.renderWindow,
  renderer: view.renderer,
  container: view.container,
  version: '37.4.3',
  places: {
    left: box('left'),
    right: box('right'),
    bottom: box('bottom'),
    view: box('over'),
    cover: box('cover'),
  },
});
// What the plugin has to offer stands in its manifest: keys, samples and the code behind them.
const plugin = contributions(manifest, () => import('stratigraph'), {
  host,
  workerUrl: new URL('../stratigraph/worker.js', import.meta.url),
  assets: new URL('../stratigraph/', import.meta.url).href,
  samples: new URL('../sample/', import.meta.url),
});
const { controller } = await plugin.start();

view.fitting = () => host.fit();

const systemIsLight = matchMedia('(prefers-color-scheme: light)');
const isDark = (): boolean =>
  controller.state.theme === 'auto'
    ? !systemIsLight.matches
    : controller.state.theme === 'dark';

/** Wears the plugin's theme, which it remembers and which its menu can change too. */
function dress(): void {
  document.documentElement.dataset['theme'] = controller.state.theme;
  view.setBackground(getComputedStyle(box('view')).backgroundColor);
  const other = isDark() ? 'light' : 'dark';
  const button = box('theme');
  button.title = `Turn ${other}`;
  button.setAttribute('aria-label', button.title);
  button.querySelector('use')?.setAttribute('href', `#icon-${other}`);
}

function showPanel(isOpen: boolean): void {
  document.body.classList.toggle('no-panel', !isOpen);
  box('panel').setAttribute('aria-pressed', `${isOpen}`);
}

function useTool(tool: 'move' | 'pick'): void {
  for (const each of ['move', 'pick'])
    box(each).setAttribute('aria-pressed', `${each === tool}`);
  view.moves = tool === 'move';
}

/** Moves the picked pixel by whole pixels, inside the cube. */
function stepPixel({ pointer }: SessionState, x: number, y: number): void {
  if (pointer) controller.pinPixel(pointer.x + x, pointer.y + y);
}

/** The images that are open, by name: others than before are brought into view. */
const imagesOf = ({ layers }: SessionState): string =>
  layers
    .filter(({ role }) => role !== 'abundance')
    .map(({ id }) => id)
    .sort()
    .join(' ');

let shown: SessionState = controller.state;
let isAsked = false;
function draw(): void {
  isAsked = false;
  const { state } = controller;
  if (state.theme !== shown.theme) dress();
  if (imagesOf(state) !== imagesOf(shown)) view.fit();
  shown = state;
  box('empty').hidden =
    state.layers.length > 0 ||
    state.cube.state === 'opening' ||
    state.cube.state === 'asking';
  box('file').textContent =
    state.cube.state === 'ready'
      ? state.cube.summary.name
      : state.cube.state === 'opening'
        ? `Opening ${state.cube.name} …`
        : '';
  drawModes(state);
  drawMarks(view, state);
  drawStatus(view, state);
}
function drawSoon(): void {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(draw);
}
controller.addEventListener('unmixing-change', drawSoon);
view.addEventListener('change', drawSoon);

listModes(controller);
listenForFiles((files) => void controller.open(files));
listSamples(
  plugin.sampleData,
  (index) => void plugin.run(plugin.sampleData[index].command, index),
);
listenToKeys(
  plugin.keybindings,
  ({ command, when, arguments: given }) => {
    if (plugin.holds(when)) void plugin.run(command, ...given);
  },
  {
    fit: () => view.fit(),
    move: () => useTool('move'),
    pick: () => useTool('pick'),
  },
);
listenToImageKeys(view.container, {
  step: (x, y, far) => {
    const by = far ? 10 : 1;
    if (controller.state.pointer?.pinned)
      stepPixel(controller.state, by * x, by * y);
    else view.moveBy(-20 * by * x, -20 * by * y);
  },
  zoom: (factor) => view.zoomBy(factor),
  press: () =>
    controller.pin(
      view.toWorld([
        view.container.clientWidth / 2,
        view.container.clientHeight / 2,
      ]),
    ),
});
box('move').addEventListener('click', () => useTool('move'));
box('pick').addEventListener('click', () => useTool('pick'));
box('fit').addEventListener('click', () => view.fit());
box('theme').addEventListener('click', () =>
  controller.setTheme(isDark() ? 'light' : 'dark'),
);
systemIsLight.addEventListener('change', dress);
box('panel').addEventListener('click', () => {
  const isOpen = document.body.classList.contains('no-panel');
  rememberPanel(isOpen);
  showPanel(isOpen);
});

box('viewer-version').textContent = `vtk.js ${host.version.split('.')[0]}`;
showPanel(recallPanel());
dress();
drawSoon();
window.stratigraphViewer = scriptHook(view, host, controller);
