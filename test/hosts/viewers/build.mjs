// Builds the example pages of viewers into build/hosts: each folder of examples/ that holds a main.js, bundled with its viewer, and
// beside them their style.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as bundle } from 'esbuild';
import { root } from '../../../scripts/root.mjs';
import { here, installViewers } from './install.mjs';
import { pagesFolder } from './serve.mjs';

const examples = join(root, 'examples');
const dist = join(root, 'dist');

export const pages = readdirSync(examples).filter((name) =>
  existsSync(join(examples, name, 'main.js')),
);

/** @param only names of pages; all when left out */
export async function buildPages(only = pages) {
  cpSync(join(examples, 'page.css'), join(pagesFolder, 'page.css'));
  for (const page of only) {
    const [from, to] = [join(examples, page), join(pagesFolder, page)];
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, {
      recursive: true,
      filter: (source) => !source.endsWith('main.js'),
    });
    await bundle({
      entryPoints: [join(from, 'main.js')],
      outdir: to,
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      logLevel: 'error',
      // The viewers' own packages first: one may need another vtk.js than ours.
      nodePaths: [join(here, 'node_modules')],
      external: ['fs', 'path'],
      alias: {
        stratigraph: join(dist, 'index.js'),
        'stratigraph/hosts': join(dist, 'hosts'),
      },
    });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  installViewers();
  await buildPages(
    process.argv.slice(2).length ? process.argv.slice(2) : pages,
  );
}
