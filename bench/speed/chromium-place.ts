import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { backends } from '../../src/engine/options.js';
import type { UnmixRequest } from '../../src/engine/options.js';
import { phantomFolder, readPhantomHeader } from '../phantoms.js';
import { openBrowser } from './browser.js';
import type { CubeAddress, Driver } from './page-driver.js';
import { type Place, inSoftware } from './place.js';
import { processMemory } from './process-memory.js';

declare const driver: Driver;

interface ProcessInfo {
  readonly type: string;
  readonly id: number;
  readonly cpuTime: number;
}

/** Runs in a page of Chromium, in the built worker. */
export async function chromiumPlace(
  all: boolean,
  gpu: boolean,
): Promise<Place> {
  const { outputFiles } = await build({
    entryPoints: ['bench/speed/page-driver.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    // The client is told where its worker lies.
    define: { 'import.meta.url': '""' },
  });
  const opened = await openBrowser(gpu);
  const { browser, address } = opened;
  const page = await browser.newPage();
  await page.goto(address);
  await page.evaluate(outputFiles[0].text);
  const devtools = await browser.newBrowserCDPSession();
  const processes = async (): Promise<readonly ProcessInfo[]> => {
    const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
    return processInfo;
  };
  const pid = await processOf(page, processes);
  const found = await page.evaluate(() => driver.places());
  return {
    name: `Chromium ${browser.version().split('.')[0]}`,
    backends: backends.map((backend) => {
      const place = found.find((one) => one.backend === backend);
      const passedOver = !place
        ? 'is not there'
        : place.software && !all
          ? inSoftware(place.software)
          : null;
      return { backend, passedOver };
    }),
    load: async (folder) => {
      const { width, height, axis } = readPhantomHeader(folder);
      const cube: CubeAddress = {
        url: `/${folder.replace(phantomFolder, 'phantoms')}/cube.img`,
        width,
        height,
        axis: { ...axis, values: [...axis.values] },
      };
      await page.evaluate((told) => driver.load(told), cube);
    },
    run: (request, trainingSeconds) =>
      page.evaluate(([asked, seconds]) => driver.run(asked, seconds), [
        request,
        trainingSeconds,
      ] as [UnmixRequest, number]),
    // A GPU has a process of its own, and so has the one imitated in software.
    processorSeconds: async () =>
      (await processes()).reduce((sum, { cpuTime }) => sum + cpuTime, 0),
    memory: () => Promise.resolve(processMemory(pid)),
    close: () => opened.close(),
  };
}

/** The renderer that works when the page does: there are spare ones, and one of the browser's own. */
async function processOf(
  page: Page,
  processes: () => Promise<readonly ProcessInfo[]>,
): Promise<number> {
  const before = new Map(
    (await processes()).map(({ id, cpuTime }) => [id, cpuTime]),
  );
  await page.evaluate(() => {
    const end = performance.now() + 500;
    while (performance.now() < end);
  });
  const worked = ({ id, cpuTime }: ProcessInfo): number =>
    cpuTime - (before.get(id) ?? 0);
  return (await processes())
    .filter(({ type }) => type === 'renderer')
    .reduce((most, one) => (worked(one) > worked(most) ? one : most)).id;
}
