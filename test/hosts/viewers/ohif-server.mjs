// Serves OHIF as it is deployed: at the root, as its build wants, with the configuration of examples/ohif in place of its own.
import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { root } from '../../../scripts/root.mjs';
import { listen } from '../../../scripts/serve.mjs';
import { applicationsFolder } from './install.mjs';
import { pagesFolder } from './serve.mjs';

/** @returns the address, and how to end */
export async function serveOhif() {
  const pages = sirv(pagesFolder, { dev: true });
  const examples = sirv(join(root, 'build/examples'), { dev: true });
  // Every path that is no file is one of its router's.
  const ohif = sirv(join(applicationsFolder, '@ohif/app/dist'), {
    dev: true,
    single: true,
  });
  const server = createServer((request, response) => {
    if (request.url === '/app-config.js') request.url = '/ohif/app-config.js';
    pages(request, response, () =>
      request.url.startsWith('/stratigraph/')
        ? examples(request, response)
        : ohif(request, response),
    );
  });
  const port = await listen(server, 0);
  return {
    address: `http://localhost:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
