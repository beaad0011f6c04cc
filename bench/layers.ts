// npm run bench:layers: many big layers in the built example viewer in Chromium: seconds and the longest task until they are there,
// time of one change of opacity, of limits and of visibility, frames a second while the camera moves, and memory.
//
//   npm run bench:layers -- [--layers 20] [--side 2048] [--seconds 4] [--gpu]
//
// Every other layer is a picture, opened as a file through the session; the others are maps, given to the viewer's host. Without
// --gpu WebGL is imitated in software, on which the frames a second of a GPU cannot be seen: what counts there is that the page is
// not held up.
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import type {} from '../examples/viewer/script-hook.js';
import { chromiumFlags } from '../scripts/chromium.mjs';
import type { LayerHandle } from '../src/hosts/host.js';
import type { Layer } from '../src/imaging/layer.js';
import { layerStyleDefaults } from '../src/imaging/layer.js';
import { unitGeometry } from '../src/spectral/cube.js';
import { built, openBrowser } from '../test/e2e/page.mjs';
import { startTable } from './speed/table.js';

const { values: said } = parseArgs({
  options: {
    layers: { type: 'string', default: '20' },
    side: { type: 'string', default: '2048' },
    seconds: { type: 'string', default: '4' },
    gpu: { type: 'boolean', default: false },
  },
});
const [count, side, seconds] = [said.layers, said.side, said.seconds].map(
  Number,
);

/** What the page keeps between the calls of this file. */
interface Kept {
  readonly maps: { readonly handle: LayerHandle; layer: Layer }[];
}

declare global {
  interface Window {
    kept: Kept;
    /** The longest task since it was last set to 0, ms. */
    longest: number;
  }
}

/** Opens a picture of smooth colours with a clear border, as a PNG file of the session. */
async function addPicture([n, size]: readonly [number, number]): Promise<void> {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d');
  if (!context || !window.stratigraphViewer) throw new Error('not ready');
  const shades = context.createLinearGradient(0, 0, size, size);
  for (let stop = 0; stop <= 8; stop++)
    shades.addColorStop(stop / 8, `hsl(${(n * 40 + stop * 70) % 360} 60% 50%)`);
  context.fillStyle = shades;
  context.fillRect(size / 16, size / 16, (size * 7) / 8, (size * 7) / 8);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  const { controller } = window.stratigraphViewer;
  const before = controller.state.layers.length;
  await controller.open([new File([blob], `picture ${n}.png`)]);
  const { layers, cube } = controller.state;
  if (layers.length === before)
    throw new Error(
      cube.state === 'failed' ? cube.error.message : 'no picture was added',
    );
}

/** Gives the host a map of waves. */
async function addMap([n, size, look, geometry]: readonly [
  number,
  number,
  Layer['style'],
  Layer['geometry'],
]): Promise<void> {
  if (!window.stratigraphViewer) throw new Error('not ready');
  const values = Float32Array.from(
    { length: size * size },
    (_, i) =>
      0.5 +
      0.5 * Math.sin((i % size) / (20 + n)) * Math.sin(i / size / (30 + n)),
  );
  const layer: Layer = {
    id: `map-${n}`,
    name: `Map ${n}`,
    image: { kind: 'map', width: size, height: size, values },
    geometry,
    style: { ...look, opacity: 0.3 },
  };
  const handle = await window.stratigraphViewer.host.addLayer(layer);
  window.kept.maps.push({ handle, layer });
}

/** What was asked for is drawn: the session tells the viewer before the second frame, the third shows that the second is over. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++)
      await new Promise((next) => requestAnimationFrame(next));
  });

const longest = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    // Observers hear of a task a little after its end.
    await new Promise((later) => setTimeout(later, 200));
    const { longest: found } = window;
    window.longest = 0;
    return found;
  });

/** Milliseconds until what an action changes is drawn, median of five, and the longest task in them. */
async function timed(
  page: Page,
  act: (round: number) => Promise<void>,
): Promise<readonly [string, string]> {
  const times: number[] = [];
  await longest(page);
  for (let round = 0; round < 5; round++) {
    const begun = performance.now();
    await act(round);
    await drawn(page);
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return [times[2].toFixed(0), words(await longest(page))];
}

const words = (ms: number): string => (ms === 0 ? 'under 50' : ms.toFixed(0));

/** Frames a second while the camera pans and zooms. */
const framesWhileMoving = (page: Page): Promise<number> =>
  page.evaluate(
    (duration) =>
      new Promise<number>((done) => {
        const camera = window.stratigraphViewer?.host.camera;
        if (!camera) throw new Error('the viewer has no camera');
        const view = camera.view();
        const [x, y, z] = view.centre;
        const begun = performance.now();
        let frames = 0;
        const next = (now: number): void => {
          const turn = (now - begun) / 500;
          if (now - begun > duration) {
            camera.look(view);
            done((1000 * frames) / (now - begun));
            return;
          }
          frames++;
          camera.look({
            ...view,
            centre: [
              x + 0.2 * view.halfHeight * Math.sin(turn),
              y + 0.2 * view.halfHeight * Math.cos(turn),
              z,
            ],
            halfHeight: view.halfHeight * (0.7 + 0.3 * Math.cos(turn / 2)),
          });
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    1000 * seconds,
  );

/** What the page holds, MB, as Chromium counts it: without what its GPU process has. */
const pageMemory = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { bytes } = await (
      performance as unknown as {
        measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
      }
    ).measureUserAgentSpecificMemory();
    return bytes / 1e6;
  });

if (!existsSync(join(built, 'viewer/index.html')))
  throw new Error('nothing is built: run npm run build');
const flags = said.gpu
  ? chromiumFlags.filter((flag) => !/swiftshader|angle/.test(flag))
  : chromiumFlags;
const browser = await openBrowser(undefined, flags);
try {
  const { page } = await browser.newPage('/viewer/');
  await page.waitForFunction(() => window.stratigraphViewer);
  await page.evaluate(() => {
    window.kept = { maps: [] };
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        window.longest = Math.max(window.longest, duration);
    }).observe({ type: 'longtask' });
  });
  const gpu = await page.evaluate(() => {
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
    const told = gl?.getExtension('WEBGL_debug_renderer_info');
    return String(told && gl?.getParameter(told.UNMASKED_RENDERER_WEBGL));
  });
  const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
  console.log(
    `${cpus().length} x ${cpus()[0].model}, ${gpu}, ${date} UTC; ${count} layers of ${side} x ${side}\n`,
  );
  const table = startTable({}, 'layers', [
    'what',
    'measured',
    'longest task, ms',
  ]);

  const before = await pageMemory(page);
  const begun = performance.now();
  let most = 0;
  for (let n = 0; n < count; n++) {
    if (n % 2 === 0) await page.evaluate(addPicture, [n, side] as const);
    else
      await page.evaluate(addMap, [
        n,
        side,
        layerStyleDefaults,
        unitGeometry,
      ] as const);
    await drawn(page);
    // Making the test's own images takes tasks, too.
    if (n < 2) await longest(page);
    else most = Math.max(most, await longest(page));
  }
  table.add([
    'add a layer, with making its image',
    `${((performance.now() - begun) / count).toFixed(0)} ms`,
    words(most),
  ]);
  await page.evaluate(() => window.stratigraphViewer?.host.fit());
  await drawn(page);

  const styled = (patch: readonly Partial<Layer['style']>[]) =>
    timed(page, (round) =>
      page.evaluate(
        async ([change]) => {
          const [first] = window.kept.maps;
          first.layer = {
            ...first.layer,
            style: { ...first.layer.style, ...change },
          };
          await first.handle.update(first.layer);
        },
        [patch[round % patch.length]] as const,
      ),
    );
  const pictured = (patch: readonly Partial<Layer['style']>[]) =>
    timed(page, (round) =>
      page.evaluate(
        ([change]) => {
          const controller = window.stratigraphViewer?.controller;
          const layer = controller?.state.layers[0];
          if (layer) controller.setStyle(layer.id, change);
        },
        [patch[round % patch.length]] as const,
      ),
    );
  const changes: readonly [string, readonly Partial<Layer['style']>[]][] = [
    ['opacity', [{ opacity: 0.5 }, { opacity: 0.6 }]],
    ['limits', [{ limits: [0.1, 0.9] }, { limits: [0.2, 0.8] }]],
    ['gamma', [{ gamma: 0.5 }, { gamma: 2 }]],
    ['visibility', [{ visible: false }, { visible: true }]],
  ];
  for (const [what, patch] of changes) {
    for (const [of, change] of [
      ['map', styled],
      ['picture', pictured],
    ] as const) {
      const [ms, long] = await change(patch);
      table.add([`${what} of a ${of}`, `${ms} ms`, long]);
    }
  }
  await longest(page);
  const frames = await framesWhileMoving(page);
  table.add([
    'move the camera',
    `${frames.toFixed(1)} frames a second`,
    words(await longest(page)),
  ]);
  const memory = (await pageMemory(page)) - before;
  table.add([
    'memory of the page, a layer',
    `${(memory / count).toFixed(0)} MB`,
  ]);
} finally {
  await browser.close();
}
