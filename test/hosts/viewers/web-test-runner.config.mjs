// The conformance suite and the tests of each adapter, in the real viewers. They are served under /viewers/: applications as their
// packages hold them, libraries (cornerstone.js, niivue.js) bundled when first asked for.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../../scripts/root.mjs';
import { defaultReporter } from '@web/test-runner';
import all from '../../../web-test-runner.config.mjs';
import { conformanceFile, conformanceReporter } from './results.mjs';
import { applicationNames, applicationsFolder, here } from './install.mjs';

const libraries = {
  '/viewers/cornerstone.js': '@cornerstonejs/core',
  '/viewers/niivue.js': '@niivue/niivue',
};
const bundles = new Map();

function library(path) {
  if (!bundles.has(path))
    bundles.set(
      path,
      build({
        stdin: {
          // A library in CommonJS gives all it has as its default.
          contents: `export * from '${libraries[path]}';
            import * as all from '${libraries[path]}';
            export default all.default ?? all;`,
          resolveDir: here,
        },
        bundle: true,
        format: 'esm',
        write: false,
        logLevel: 'error',
        external: ['fs', 'path'],
      }).then(({ outputFiles }) => outputFiles[0].text),
    );
  return bundles.get(path);
}

async function viewers(context, next) {
  const { path } = context;
  if (path in libraries) {
    context.type = 'js';
    context.body = await library(path);
    return;
  }
  const name = Object.keys(applicationPaths).find((one) =>
    path.startsWith(one),
  );
  if (!name) return next();
  const file = join(
    applicationPaths[name],
    decodeURIComponent(path.slice(name.length)) || 'index.html',
  );
  if (!existsSync(file) || !statSync(file).isFile()) return next();
  context.type = extname(file);
  context.body =
    extname(file) === '.html' ? withoutOthers(file) : createReadStream(file);
}

/** An application's page without the style sheets that it asks of other machines, as are fonts. */
const withoutOthers = (file) =>
  readFileSync(file, 'utf8').replace(/<link [^>]*href="https?:[^>]*>/g, '');

const applicationPaths = Object.fromEntries(
  applicationNames.map((name) => [
    `/viewers/${name}/`,
    join(applicationsFolder, name, 'dist'),
  ]),
);

/** OHIF asks for its parts at the root, wherever its page lies. */
async function ohif(context, next) {
  const file = join(applicationsFolder, '@ohif/app/dist', context.path);
  if (!existsSync(file) || !statSync(file).isFile()) return next();
  context.type = extname(file);
  context.body = createReadStream(file);
}

export default {
  ...all,
  // vtk.js passes it in npm test too; here for its column of the table.
  files: ['test/hosts/vtk.test.ts', 'test/hosts/viewers/*.test.ts'],
  reporters: [defaultReporter(), conformanceReporter(conformanceFile)],
  rootDir: root,
  concurrency: 1,
  // Applications tell a lot of what they do.
  filterBrowserLogs: ({ type }) => type === 'error' || type === 'warn',
  middleware: [viewers, ohif, ...all.middleware],
};
