// Bundles one benchmark for Node and runs it:  node bench/run.mjs accuracy --sets samson
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../scripts/root.mjs';

const [name = 'accuracy', ...rest] = process.argv.slice(2);
const source = join(root, 'bench', `${name}.ts`);
if (!existsSync(source)) {
  console.error(
    `no benchmark ${name}: want accuracy, identify, layers, open, registration or speed`,
  );
  process.exit(2);
}
/** Scripts of the project find their place by their own address: they stay where they are. */
const leaveScripts = {
  name: 'leave-scripts',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\/.*\/(scripts|e2e)\/.*\.mjs$/ }, (args) => ({
      path: pathToFileURL(resolve(args.resolveDir, args.path)).href,
      external: true,
    }));
  },
};

const outdir = join(root, 'build', 'bench');
mkdirSync(outdir, { recursive: true });
await build({
  entryPoints: [source],
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  // tfjs's own "main" files are CommonJS, whose names a dynamic import does not see
  mainFields: ['module', 'main'],
  format: 'esm',
  target: 'node20',
  plugins: [leaveScripts],
  external: [
    'webgpu',
    '@itk-wasm/elastix',
    '@itk-wasm/image-io',
    'itk-wasm',
    'playwright-core',
    'esbuild',
    'sirv',
  ],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); import { dirname as __dirnameOf } from 'node:path'; import { fileURLToPath as __toPath } from 'node:url'; const __filename = __toPath(import.meta.url); const __dirname = __dirnameOf(__filename);",
  },
  logLevel: 'warning',
});
process.argv = [process.argv[0], source, ...rest];
await import(pathToFileURL(join(outdir, `${name}.mjs`)).href);
