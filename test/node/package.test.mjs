import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packedPackage } from './package.mjs';

describe('package', () => {
  let packed;
  let pkg;

  before(() => {
    packed = packedPackage();
    pkg = JSON.parse(readFileSync(join(packed.folder, 'package.json'), 'utf8'));
  });

  it('has every file that its exports and its bin name', () => {
    const paths = (entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry).flatMap(paths);
    const named = [
      ...Object.values(pkg.exports).flatMap(paths),
      ...Object.values(pkg.bin).map((path) => `./${path}`),
    ];
    const packs = (path) => {
      const [start, end] = path.split('*');
      return end === undefined
        ? packed.files.has(path)
        : [...packed.files].some(
            (file) => file.startsWith(start) && file.endsWith(end),
          );
    };
    assert.deepEqual(
      named.filter((path) => !packs(path)),
      [],
    );
  });

  it('holds no source, test, example or data', () => {
    const allowed =
      /^\.\/(dist\/|plugin-manifest(\.schema)?\.json$|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/;
    assert.deepEqual(
      [...packed.files].filter((file) => !allowed.test(file)),
      [],
    );
  });

  it('passes publint without errors', async () => {
    const { messages } = await publint({
      pkgDir: packed.folder,
      level: 'error',
    });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });
});
