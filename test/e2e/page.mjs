// A page of the built examples in Chromium, watched: what it asks for, complains of, and how long it holds the thread.
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../scripts/chromium.mjs';
import { root } from '../../scripts/root.mjs';
import { serve } from '../../scripts/serve.mjs';

export const built = join(root, 'build/examples');

/**
 * Serves the built examples, unless another server is given, and starts the browser; `close` ends both.
 * @param server its address, and how to end it
 * @param args flags of Chromium; by default those that imitate a GPU in software
 */
export async function openBrowser(server, args = chromiumFlags) {
  server ??= await serve(built, 0, { quiet: true });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...args],
  });
  return {
    address: server.address,
    /** A page of its own storage, and what it did that it should not. */
    async newPage(path, options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        colorScheme: 'dark',
        ...options,
      });
      const page = await context.newPage();
      const complaints = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()))
          complaints.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => complaints.push(`error: ${error.stack}`));
      page.on('requestfailed', (request) =>
        complaints.push(`failed: ${request.url()}`),
      );
      context.on('request', (request) => {
        const url = request.url();
        if (!/^(blob|data):/.test(url) && !url.startsWith(server.address))
          complaints.push(`left the origin: ${url}`);
      });
      await page.addInitScript(watch);
      await page.goto(new URL(path, server.address).href);
      return { page, complaints };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Runs in the page: policy violations become console errors, long tasks are kept. */
function watch() {
  document.addEventListener('securitypolicyviolation', (event) =>
    console.error(
      `policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
    ),
  );
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      window.longTasks.push(Math.round(entry.duration));
  }).observe({ type: 'longtask', buffered: true });
}
