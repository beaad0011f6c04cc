import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { staticImports } from './package.mjs';

const dist = join(root, 'dist');
const read = (path) => readFileSync(path, 'utf8');
const { dependencies, peerDependencies } = JSON.parse(
  read(join(root, 'package.json')),
);
const { dependencies: libraries, applications } = JSON.parse(
  read(join(root, 'test/hosts/viewers/package.json')),
);
const viewers = Object.keys({ ...libraries, ...applications });

/** What a page may load: the entries, the adapters, and their chunks. */
const pageFiles = ['.', 'hosts'].flatMap((folder) =>
  readdirSync(join(dist, folder))
    .filter((name) => name.endsWith('.js'))
    .filter(
      (name) =>
        !/^(worker|reader-worker|registration-worker|identify-worker|cli)\.js$/.test(
          name,
        ),
    )
    .map((name) => join(dist, folder, name)),
);

/** Modules that a file names, at once or on first use, without those beside it. */
const packagesOf = (text) =>
  [
    ...text.matchAll(
      /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^"'();]*?from\s*)?["']([^"']+)["']/g,
    ),
    ...text.matchAll(/\bimport\(\s*["'`]([^"'`]+)["'`]/g),
  ]
    .map(([, from]) => from)
    .filter((from) => /^[@a-z][\w@./-]*$/.test(from));
const nameOf = (from) => /^(?:@[^/]+\/)?[^/]+/.exec(from)[0];

/** Packages whose code is in the bundles, with the parts that hold them. */
const bundled = [
  ...read(join(dist, 'THIRD-PARTY.txt')).matchAll(
    /^(\S+) \d\S* \(.*\), in: (.+)$/gm,
  ),
].map(([, name, parts]) => ({ name, parts: parts.split(', ') }));

describe('a second copy', () => {
  it('of what a viewer may bring is not in the files of a page: beside our code they hold these alone, loaded on first use', () => {
    assert.ok(bundled.length > 5, `${bundled.length} packages in notices`);
    assert.deepEqual(
      bundled
        .filter(({ parts }) => parts.includes('page'))
        .map(({ name }) => name),
      [
        // Zips of figures.
        'fflate',
        // What is kept in the browser.
        'idb',
        // Endmembers of two results, matched; the others are what it brings.
        'linear-sum-assignment',
        'fft.js',
        'ml-matrix',
        'ml-spectra-processing',
      ].sort(),
    );
  });

  it('of lit, uPlot, vtk.js or a viewer is in no file at all', () => {
    const never = new Set([
      ...Object.keys(dependencies),
      '@kitware/vtk.js',
      ...viewers,
      'lit-html',
      'lit-element',
      '@lit/reactive-element',
    ]);
    assert.deepEqual(
      bundled.filter(({ name }) => never.has(name)),
      [],
    );
  });

  it('of a peer is only where a page cannot share it: itk-wasm in the workers that read files and register images', () => {
    const peers = Object.keys(peerDependencies);
    for (const { name, parts } of bundled)
      if (peers.includes(name))
        assert.deepEqual(parts, ['reader', 'registration'], name);
  });

  it('is not asked for by name: a page file imports what is installed beside it, and nothing else', () => {
    const known = new Set(
      Object.keys({ ...dependencies, ...peerDependencies }),
    );
    const asked = pageFiles.flatMap((file) => packagesOf(read(file)));
    assert.ok(asked.length > 10, `${asked.length} imports found`);
    assert.deepEqual(
      asked.filter((from) => !known.has(nameOf(from))),
      [],
    );
  });

  it('is not brought by what knows no viewer: only adapters name vtk.js, and no page file itk-wasm', () => {
    for (const entry of ['index', 'plugin', 'contributions'])
      for (const file of staticImports(join(dist, `${entry}.js`)))
        assert.deepEqual(
          packagesOf(read(file)).filter((from) => /vtk|itk/.test(from)),
          [],
          file,
        );
    assert.deepEqual(
      pageFiles.filter((file) => /["']@?itk-wasm/.test(read(file))),
      [],
    );
  });
});
