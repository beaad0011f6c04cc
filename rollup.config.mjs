// Bundles what tsc wrote to build/src into dist: the page's entries, four workers (the engine with tfjs, the readers of
// files, the registration of images, and the search of libraries) and the command line.
import { readFileSync } from 'node:fs';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import { transform } from 'esbuild';
import { notices } from './scripts/notices.mjs';

const thirdParty = notices();

const { dependencies, peerDependencies } = JSON.parse(
  readFileSync(new URL('./package.json', import.meta.url), 'utf8'),
);
const installedBeside = Object.keys({ ...dependencies, ...peerDependencies });
const { hosts } = JSON.parse(
  readFileSync(new URL('./plugin-manifest.json', import.meta.url), 'utf8'),
);
/** One entry for each adapter that the manifest lists. */
const adapters = Object.fromEntries(
  hosts.map(({ path }) => {
    const [, name] = path.match(/^\.\/dist\/(.*)\.js$/);
    return [name, `build/src/${name}.js`];
  }),
);
const isExternal = (id) =>
  id === 'webgpu' ||
  id.startsWith('node:') ||
  installedBeside.some((name) => id === name || id.startsWith(`${name}/`));

const minify = {
  name: 'minify',
  renderChunk: async (code) =>
    (
      await transform(code, {
        minify: true,
        target: 'es2022',
        // Escapes would make the wasm of HDF5, which lies in a text, a third larger.
        charset: 'utf8',
      })
    ).code,
};

// tfjs asks for these CommonJS names when it runs in Node.
const commonJsNames = `import { createRequire as nodeCreateRequire } from 'node:module';
import { fileURLToPath as nodeFileURLToPath } from 'node:url';
const require = nodeCreateRequire(import.meta.url);
const __filename = nodeFileURLToPath(import.meta.url);
const __dirname = nodeFileURLToPath(new URL('.', import.meta.url));`;

// zarrita names codecs that build code from text; src/formats has its own for them, so these would never load.
const withoutCodecs = {
  name: 'without-codecs',
  resolveId: (id) =>
    /^numcodecs\/(blosc|lz4|zstd)$/.test(id) ? '\0no-codec' : null,
  load: (id) => (id === '\0no-codec' ? 'export default null;' : null),
};

const output = (folder) => ({
  dir: 'dist',
  format: 'es',
  entryFileNames: '[name].js',
  chunkFileNames: `${folder}[name]-[hash].js`,
  plugins: [minify],
});

const onwarn = (warning, warn) => {
  // tsc's decorator helper asks for a top-level `this`; tfjs's own modules import each other in circles.
  const ofOthers = /node_modules/.test(
    `${warning.id ?? ''}${warning.ids?.join('') ?? ''}`,
  );
  if (!ofOthers && warning.code !== 'THIS_IS_UNDEFINED') warn(warning);
};

export default [
  {
    input: {
      index: 'build/src/index.js',
      plugin: 'build/src/plugin.js',
      contributions: 'build/src/contributions.js',
      ...adapters,
    },
    external: isExternal,
    output: output(''),
    plugins: [nodeResolve({ browser: true }), commonjs(), thirdParty('page')],
    onwarn,
  },
  {
    input: { worker: 'build/src/engine/worker.js' },
    output: output('worker/'),
    external: ['webgpu'],
    plugins: [nodeResolve({ browser: true }), commonjs(), thirdParty('worker')],
    onwarn,
  },
  {
    input: { 'reader-worker': 'build/src/formats/reader-worker.js' },
    output: output('reader/'),
    plugins: [
      withoutCodecs,
      nodeResolve({ browser: true }),
      commonjs(),
      thirdParty('reader'),
    ],
    onwarn,
  },
  {
    input: {
      'registration-worker':
        'build/src/imaging/registration/registration-worker.js',
    },
    output: output('registration/'),
    plugins: [
      nodeResolve({ browser: true }),
      commonjs(),
      thirdParty('registration'),
    ],
    onwarn,
  },
  {
    input: { 'identify-worker': 'build/src/session/identify-worker.js' },
    output: output('identify/'),
    plugins: [
      nodeResolve({ browser: true }),
      commonjs(),
      thirdParty('identify'),
    ],
    onwarn,
  },
  {
    input: { cli: 'build/src/cli.js' },
    external: isExternal,
    output: {
      ...output('cli/'),
      plugins: [],
      banner: '#!/usr/bin/env node',
      intro: commonJsNames,
    },
    plugins: [
      withoutCodecs,
      nodeResolve({ exportConditions: ['node'], preferBuiltins: true }),
      commonjs(),
      thirdParty('command line'),
    ],
    onwarn,
  },
];
