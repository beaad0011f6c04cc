import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import sirv from 'sirv';
import { chromiumFlags, findChromium } from '../../scripts/chromium.mjs';
import { phantomFolder } from '../phantoms.js';

/** Serves the built package and the phantoms to pages that are isolated, as the viewer's are. */
async function serve(): Promise<{ address: string; close: () => void }> {
  const roots = {
    '/stratigraph/': sirv('dist', { dev: true }),
    '/phantoms/': sirv(phantomFolder, { dev: true }),
  };
  const server = createServer((request, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    for (const [path, files] of Object.entries(roots))
      if (request.url?.startsWith(path)) {
        request.url = request.url.slice(path.length - 1);
        files(request, response, () => {
          response.writeHead(404).end();
        });
        return;
      }
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Benchmark</title>');
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export interface OpenBrowser {
  readonly browser: Browser;
  readonly address: string;
  close(): Promise<void>;
}

/** @param gpu leaves out the flags that imitate a GPU in software */
export async function openBrowser(gpu: boolean): Promise<OpenBrowser> {
  const args = gpu
    ? chromiumFlags.filter((flag) => !/swiftshader|angle/.test(flag))
    : chromiumFlags;
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...args],
  });
  const { address, close } = await serve();
  return {
    browser,
    address,
    close: async () => {
      await browser.close();
      close();
    },
  };
}
