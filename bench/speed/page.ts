import { setTimeout } from 'node:timers/promises';
import type {} from '../../examples/viewer/script-hook.js';
import type { Preset } from '../../src/engine/options.js';
import { openBrowser } from '../../test/e2e/page.mjs';
import type { Table } from './table.js';

declare global {
  interface Window {
    /** Durations in ms of tasks of 50 ms and more; test/e2e/page.mjs keeps them. */
    longTasks: number[];
  }
}

/**
 * How long the viewer's page is held up while a run goes on in the worker and previews are drawn: the sample, in the built viewer. The
 * first row, of the same page doing nothing, tells what the machine itself adds.
 * @param seconds how long networks train
 */
export async function watchPage(
  presets: readonly Preset[],
  seconds: number,
  table: (columns: readonly string[]) => Table,
): Promise<void> {
  const browser = await openBrowser();
  try {
    const { page } = await browser.newPage('/viewer/');
    await page.waitForFunction(() => window.stratigraphViewer);
    await page.evaluate(() =>
      window.stratigraphViewer?.controller.openSample(0),
    );
    await page.waitForFunction(() => {
      const state = window.stratigraphViewer?.controller.state;
      return state?.cube.state === 'ready' && state.count !== null;
    });
    const rows = table([
      'while',
      'seconds',
      'tasks of 50 ms and more',
      'longest, ms',
    ]);
    const watch = async (name: string, work: () => Promise<unknown>) => {
      await page.evaluate(() => (window.longTasks.length = 0));
      const begun = performance.now();
      await work();
      // Observers hear of a task a little after its end.
      await setTimeout(200);
      const long = await page.evaluate(() => window.longTasks);
      rows.add([
        name,
        ((performance.now() - begun) / 1000).toFixed(1),
        long.length,
        long.length === 0 ? 'under 50' : Math.max(...long),
      ]);
    };
    await watch('idle', () => setTimeout(1000 * seconds));
    for (const preset of presets)
      await watch(preset, () =>
        page.evaluate(
          async ([chosen, ms]) => {
            const controller = window.stratigraphViewer?.controller;
            if (!controller) return;
            const long =
              chosen === 'auto' ? {} : { network: { epochs: 10000 } };
            controller.setRequest({ endmembers: 6, preset: chosen, ...long });
            let due = false;
            const listen = (): void => {
              const { run } = controller.state;
              if (due || run.state !== 'running' || !run.progress?.training)
                return;
              due = true;
              globalThis.setTimeout(() => controller.stop(), ms);
            };
            controller.addEventListener('unmixing-change', listen);
            await controller.unmix('wasm');
            controller.removeEventListener('unmixing-change', listen);
            const { run } = controller.state;
            if (run.state === 'failed') throw run.error;
          },
          [preset, 1000 * seconds] as const,
        ),
      );
  } finally {
    await browser.close();
  }
}
