// What tests of real files share: where the files lie, our code as Node runs it, and how numbers are compared.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../scripts/root.mjs';

/** Folder of the real files, which are no part of the project. */
export const data = join(root, '../shared/data');
/** Why tests of real files are skipped; false where they run. */
export const skip = existsSync(data) ? false : `there is no folder ${data}`;
if (skip) console.log(`Real files are not tried: ${skip}.`);

/** Everything that these files of src export. */
export async function bundled(...sources) {
  // Inside the project, so that packages are found from there.
  const folder = mkdtempSync(join(root, 'node_modules/.tried-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, 'bundle.mjs');
  await build({
    stdin: {
      contents: sources
        .map((source) => `export * from './src/${source}';`)
        .join('\n'),
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}

/** Real files by their paths in the folder. */
export const filesAt = (...paths) =>
  Promise.all(
    paths.map(
      async (path) =>
        new File([await openAsBlob(join(data, path))], basename(path)),
    ),
  );

/** Sum of the values that are numbers. */
export const sum = (values) =>
  values.reduce((all, value) => (Number.isNaN(value) ? all : all + value), 0);

export const near = (value, expected, tolerance) =>
  assert.ok(
    Math.abs(value - expected) <= tolerance,
    `${value} is not within ${tolerance} of ${expected}`,
  );
