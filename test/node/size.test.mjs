import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { root } from '../../scripts/root.mjs';
import { staticImports } from './package.mjs';

const dist = join(root, 'dist');
const gzipped = (files) =>
  [...files].reduce(
    (sum, file) => sum + gzipSync(readFileSync(file)).length,
    0,
  );
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const { hosts } = JSON.parse(
  readFileSync(join(root, 'plugin-manifest.json'), 'utf8'),
);
const adapters = hosts.map(({ path }) => path.replace('./dist/', ''));

/** What a page loads at once, gzip, lit and vtk.js not counted. */
const budgets = {
  'plugin.js': 60e3,
  'index.js': 60e3,
  'contributions.js': 5e3,
  ...Object.fromEntries(adapters.map((adapter) => [adapter, 15e3])),
  'worker.js': 40e3,
  'reader-worker.js': 30e3,
  'registration-worker.js': 10e3,
  'identify-worker.js': 15e3,
};

describe('size budget', () => {
  for (const [entry, budget] of Object.entries(budgets))
    it(`${entry} with all it imports at once stays under ${kilobytes(budget)} gzip`, (t) => {
      const size = gzipped(staticImports(join(dist, entry)));
      t.diagnostic(`${entry}: ${kilobytes(size)}`);
      assert.ok(size < budget, `${kilobytes(size)} is over the budget`);
    });

  it('no adapter loads before it is used', () => {
    for (const entry of ['plugin.js', 'index.js', 'contributions.js']) {
      const loaded = staticImports(join(dist, entry));
      for (const adapter of adapters)
        assert.equal(loaded.has(join(dist, adapter)), false, adapter);
    }
  });

  it('tfjs loads with the first training, never with the worker', () => {
    const loaded = [...staticImports(join(dist, 'worker.js'))]
      .map((file) => readFileSync(file, 'utf8'))
      .join('');
    assert.doesNotMatch(loaded, /tfjs-backend|KernelRegistry|registerGradient/);
    const all = readdirSync(join(dist, 'worker')).map((file) =>
      readFileSync(join(dist, 'worker', file), 'utf8'),
    );
    assert.ok(
      all.some((text) => text.includes('tfjs')),
      'tfjs is in a chunk of the worker',
    );
  });
});
