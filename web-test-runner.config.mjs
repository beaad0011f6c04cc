import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { build } from 'esbuild';
import { chromiumFlags, findChromium } from './scripts/chromium.mjs';

const root = dirname(fileURLToPath(import.meta.url));

// CommonJS that browsers cannot import as it is: each such package or file is bundled into one ES module when first asked for.
const commonJsPackages = [
  'fast-deep-equal',
  'seedrandom',
  'long',
  'xmlbuilder2',
  'linear-sum-assignment',
  'ml-matrix',
  'spark-md5',
  'geotiff',
];
const commonJsFiles = /\/tfjs-backend-wasm\/wasm-out\/.*\.js$/;
const bundledPath = '/__bundled/';
const bundles = new Map();

function bundle(source, names = []) {
  if (!bundles.has(source)) {
    const from = JSON.stringify(source);
    const exported = names.length
      ? `export const { ${names.join(', ')} } = all.default;`
      : `export * from ${from};`;
    const contents = `import * as all from ${from}; ${exported} export default all.default;`;
    bundles.set(
      source,
      build({
        stdin: { contents, resolveDir: root },
        bundle: true,
        format: 'esm',
        write: false,
        logLevel: 'silent',
        // What packages want of Node, their own maps for browsers leave out; single files have none.
        external: source.startsWith('.')
          ? ['worker_threads', 'perf_hooks', 'fs', 'path', 'os']
          : [],
      }).then((result) => result.outputFiles[0].text),
    );
  }
  return bundles.get(source);
}

/** Another copy of vtk.js than the one that tests import: pages that load it as a script draw with their own. */
let secondVtk;
const secondVtkPath = `${bundledPath}second-vtk.js`;
function bundleSecondVtk() {
  secondVtk ??= build({
    stdin: {
      contents: `import Rendering from '@kitware/vtk.js/Rendering';
        import Common from '@kitware/vtk.js/Common';
        export default { Rendering, Common };`,
      resolveDir: root,
    },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  }).then((result) => result.outputFiles[0].text);
  return secondVtk;
}

const bundleCommonJs = {
  name: 'bundle-commonjs',
  resolveImport({ source }) {
    if (commonJsPackages.includes(source)) return `${bundledPath}${source}.js`;
  },
  async serve({ path }) {
    if (path === secondVtkPath)
      return { body: await bundleSecondVtk(), type: 'js' };
    if (path.startsWith(bundledPath))
      return {
        body: await bundle(path.slice(bundledPath.length, -'.js'.length)),
        type: 'js',
      };
    if (commonJsFiles.test(path))
      return {
        body: await bundle(
          `.${path}`,
          path.endsWith('.worker.js') ? ['wasmWorkerContents'] : [],
        ),
        type: 'js',
      };
  },
};

// itk-wasm's pipelines and worker, laid out as in the built package and left as they are.
const itkPlaces = [
  [
    '/itk-assets/pipelines/elastix.',
    'node_modules/@itk-wasm/elastix/dist/pipelines/elastix.',
  ],
  ['/itk-assets/pipelines/', 'node_modules/@itk-wasm/image-io/dist/pipelines/'],
  [
    '/itk-assets/itk-wasm-pipeline.worker.js',
    'node_modules/itk-wasm/dist/pipeline/web-workers/bundles/itk-wasm-pipeline.min.worker.js',
  ],
];
async function itkAssets(context, next) {
  for (const [served, place] of itkPlaces)
    if (context.path.startsWith(served)) {
      const file = join(root, place + context.path.slice(served.length));
      context.type = extname(file);
      context.body = await readFile(file);
      return;
    }
  return next();
}

export default {
  files: [
    'test/**/*.test.ts',
    '!test/node/**',
    '!test/e2e/**',
    '!test/hosts/viewers/**',
  ],
  nodeResolve: { browser: true, exportConditions: ['browser'] },
  rootDir: root,
  concurrency: 2,
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: findChromium(), args: chromiumFlags },
      // Of two pages at once one is in the background, where animation frames stall unless it believes to have the focus.
      // Each has a storage of its own: one test's remembered choices are not another's.
      createPage: async ({ context }) => {
        const own = await context.browser().createBrowserContext();
        const page = await own.newPage();
        const session = await page.createCDPSession();
        await session.send('Emulation.setFocusEmulationEnabled', {
          enabled: true,
        });
        return page;
      },
    }),
  ],
  testFramework: { config: { timeout: '60000' } },
  testsFinishTimeout: 480000,
  browserStartTimeout: 60000,
  plugins: [
    bundleCommonJs,
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: join(root, 'tsconfig.json'),
    }),
  ],
  middleware: [
    // Workers are asked for by their built name; here the source answers.
    function typescriptWorkers(context, next) {
      if (/^\/src\/.*worker\.js$/.test(context.url))
        context.url = context.url.replace(/\.js$/, '.ts');
      return next();
    },
    itkAssets,
  ],
};
