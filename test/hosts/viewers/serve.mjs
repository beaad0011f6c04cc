// Serves the viewers on this machine: /<page>/ the built examples, /stratigraph/ the package, /sample/ the sample, and /viewers/<name>/
// applications as their packages hold them. Not isolated and without a policy, as most pages with a viewer are.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sirv from 'sirv';
import { listen } from '../../../scripts/serve.mjs';
import { root } from '../../../scripts/root.mjs';
import { applicationNames, applicationsFolder } from './install.mjs';

/** Where build.mjs puts the pages. */
export const pagesFolder = join(root, 'build/hosts');

/**
 * @param options.change takes the path and the text of an application's HTML, and gives the text that is served: to add a script to it
 * @param options.singlePage the application that answers for paths that are no files, as its router wants
 * @returns the address, and how to end
 */
export async function serveViewers({ change, singlePage } = {}) {
  const pages = sirv(pagesFolder, { dev: true });
  const examples = sirv(join(root, 'build/examples'), { dev: true });
  const applications = applicationNames.map((name) => {
    const folder = join(applicationsFolder, name, 'dist');
    return {
      folder,
      path: `/viewers/${name}/`,
      files: sirv(folder, { dev: true, single: name === singlePage }),
    };
  });
  const server = createServer((request, response) => {
    const path = request.url.split('?')[0];
    const application = applications.find((one) => path.startsWith(one.path));
    if (application) {
      const inside = path.slice(application.path.length) || 'index.html';
      if (change && inside.endsWith('.html')) {
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        const text = readFileSync(join(application.folder, inside), 'utf8');
        response.end(change(path, text));
        return;
      }
      request.url = request.url.slice(application.path.length - 1);
    }
    const none = () => response.writeHead(404).end();
    if (application) application.files(request, response, none);
    else pages(request, response, () => examples(request, response, none));
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
