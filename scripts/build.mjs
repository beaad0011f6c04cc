// Builds the package into dist and the examples into build/examples.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

const at = (...parts) => join(root, ...parts);
const run = (program, ...args) =>
  execFileSync(process.execPath, [at('node_modules', program), ...args], {
    cwd: root,
    stdio: 'inherit',
  });

/** dist: entries, worker, command line, types, and tfjs's wasm beside the worker. */
function buildPackage() {
  rmSync(at('dist'), { recursive: true, force: true });
  rmSync(at('build/src'), { recursive: true, force: true });
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
  run('rollup/dist/bin/rollup', '-c', '--silent');
  run(
    '@custom-elements-manifest/analyzer/cem.js',
    'analyze',
    '--litelement',
    '--quiet',
    '--globs',
    'src/elements/**/*.ts',
    '--outdir',
    'dist',
  );
  // Without the threaded one: src/engine/backend.ts leaves threads off.
  for (const kind of ['wasm', 'wasm-simd']) {
    const file = `tfjs-backend-${kind}.wasm`;
    cpSync(
      at('node_modules/@tensorflow/tfjs-backend-wasm/dist', file),
      at('dist', file),
    );
  }
}

/** build/examples: each page bundled with what it imports, the pages' style and the package's files beside it, the sample. */
async function buildExamples() {
  const out = at('build/examples');
  const { build: bundle } = await import('esbuild');
  const pages = ['viewer', 'vtk-page'];
  for (const page of pages) {
    rmSync(join(out, page), { recursive: true, force: true });
    cpSync(at('examples', page), join(out, page), {
      recursive: true,
      filter: (source) => !source.endsWith('.ts'),
    });
    await bundle({
      entryPoints: [at('examples', page, 'main.ts')],
      outdir: join(out, page),
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      minify: true,
      sourcemap: true,
      logLevel: 'warning',
      alias: {
        stratigraph: at('dist/index.js'),
        'stratigraph/contributions': at('dist/contributions.js'),
        'stratigraph/plugin-manifest.json': at('plugin-manifest.json'),
        'stratigraph/hosts': at('dist/hosts'),
      },
    });
  }
  cpSync(at('examples/page.css'), join(out, 'page.css'));
  const assets = join(out, 'stratigraph');
  rmSync(assets, { recursive: true, force: true });
  cpSync(at('dist'), assets, {
    recursive: true,
    filter: (source) =>
      !source.endsWith('cli.js') && !/[\\/](types|cli)$/.test(source),
  });
  cpSync(
    at('node_modules/@itk-wasm/image-io/dist/pipelines'),
    join(assets, 'pipelines'),
    { recursive: true },
  );
  for (const part of ['js', 'wasm.zst'])
    cpSync(
      at('node_modules/@itk-wasm/elastix/dist/pipelines', `elastix.${part}`),
      join(assets, 'pipelines', `elastix.${part}`),
    );
  cpSync(
    at(
      'node_modules/itk-wasm/dist/pipeline/web-workers/bundles/itk-wasm-pipeline.min.worker.js',
    ),
    join(assets, 'itk-wasm-pipeline.worker.js'),
  );
}

/** The sample, made anew when its generator has changed since. */
function makeSample() {
  const folder = at('build/examples/sample');
  const made = join(folder, 'truth.json');
  const generator = at('examples/sample');
  const changed = Math.max(
    ...readdirSync(generator).map(
      (name) => statSync(join(generator, name)).mtimeMs,
    ),
  );
  if (existsSync(made) && statSync(made).mtimeMs > changed) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, [join(generator, 'generate.mjs'), folder], {
    stdio: 'inherit',
  });
}

export async function build() {
  console.log('Building …');
  buildPackage();
  await buildExamples();
  makeSample();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await build();
