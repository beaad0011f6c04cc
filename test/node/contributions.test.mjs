import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../../scripts/root.mjs';
import { staticImports } from './package.mjs';

const run = promisify(execFile);
const script = (code) => `data:text/javascript,${encodeURIComponent(code)}`;
const entry = join(root, 'dist/contributions.js');
const manifestFile = join(root, 'plugin-manifest.json');

/** Tells each module that Node loads, on the error output. */
const telling = script(
  `import { register } from 'node:module'; register(${JSON.stringify(
    script(
      `import { writeSync } from 'node:fs';
       export function load(url, context, next) {
         if (url.startsWith('file:')) writeSync(2, url + '\\n');
         return next(url, context);
       }`,
    ),
  )});`,
);

/** Runs code in a Node of its own; tells what it printed and the files that it loaded. */
async function watched(code) {
  const { stdout, stderr } = await run(
    process.execPath,
    ['--no-warnings', '--import', telling, '--input-type=module', '-e', code],
    { cwd: root },
  );
  return {
    said: JSON.parse(stdout),
    loaded: stderr
      .trim()
      .split('\n')
      .map((url) => fileURLToPath(url)),
  };
}

const beginning = `
  import { readFileSync } from 'node:fs';
  import { contributions } from ${JSON.stringify(pathToFileURL(entry).href)};
  const manifest = JSON.parse(readFileSync(${JSON.stringify(manifestFile)}, 'utf8'));
`;

describe('contributions of the package', () => {
  it('are listed without loading any code but the lister itself', async () => {
    const { said, loaded } = await watched(`${beginning}
      const { warnings, commands, hosts, ...listing } =
        contributions(manifest, 'https://example.org/stratigraph/');
      console.log(JSON.stringify({ warnings, commands, hosts, listing }));
    `);
    const { contributions: all, hosts } = JSON.parse(
      readFileSync(manifestFile, 'utf8'),
    );
    assert.deepEqual(said.warnings, []);
    assert.deepEqual(said.commands, all.commands);
    assert.deepEqual(said.hosts, hosts);
    assert.deepEqual(loaded.toSorted(), [...staticImports(entry)].toSorted());
    for (const file of loaded)
      assert.match(basename(file), /^(contributions|errors-\S+)\.js$/);
  });

  it('load their entry with the first use, and once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stratigraph-use-'));
    mkdirSync(join(folder, 'dist'));
    const plugin = join(folder, 'dist/plugin.js');
    writeFileSync(
      plugin,
      `export const ran = [];
       export const activate = async () => ({ controller: { state: {} }, open: () => () => {}, dispose() {} });
       export const commands = {
         'stratigraph.undo': () => { ran.push('undo'); },
         'stratigraph.redo': () => { ran.push('redo'); },
       };
       export const conditions = { undo: () => true };`,
    );
    const { said, loaded } = await watched(`${beginning}
      const base = ${JSON.stringify(pathToFileURL(`${folder}/`).href)};
      const plugin = contributions(manifest, base);
      const before = plugin.holds('undo');
      await Promise.all([plugin.run('stratigraph.undo'), plugin.run('stratigraph.redo')]);
      await plugin.openWidget('unmixing-panel');
      await plugin.run('stratigraph.undo');
      const { ran } = await import(base + 'dist/plugin.js');
      console.log(JSON.stringify({ before, after: plugin.holds('undo'), ran }));
    `);
    assert.deepEqual(said, {
      before: false,
      after: true,
      ran: ['undo', 'redo', 'undo'],
    });
    assert.deepEqual(
      loaded.filter((file) => file === plugin),
      [plugin],
    );
  });
});
