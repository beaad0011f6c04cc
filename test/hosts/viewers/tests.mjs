// Every adapter in the viewer that it is for, and docs/hosts.md by what came of it. Ends with the table and a line
// "N passed, N failed". With --write, docs/hosts.md is written. With --files, only those tests of the suite run.
import { spawn } from 'node:child_process';
import {
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { format, resolveConfig } from 'prettier';
import { build } from '../../../scripts/build.mjs';
import { root } from '../../../scripts/root.mjs';
import { buildPages } from './build.mjs';
import { page, table, withQuotes, withTable } from './docs.mjs';
import { here } from './install.mjs';
import { conformanceFile } from './results.mjs';

const options = process.argv.slice(2);
const write = options.includes('--write');
const chosen = options.filter((option) => option !== '--write');

let passed = 0;
let failed = 0;

/** The suite and the adapters' own tests, in the browser. */
async function suite() {
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/@web/test-runner/dist/bin.js'),
      '--static-logging',
      '--config',
      join(here, 'web-test-runner.config.mjs'),
      ...chosen,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
    process.stdout.write(chunk);
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const last = (pattern) =>
    Number([...text.matchAll(pattern)].at(-1)?.[1] ?? 0);
  passed += last(/(\d+) passed, \d+ failed/g);
  const wrong = last(/\d+ passed, (\d+) failed/g);
  failed += code !== 0 && wrong === 0 ? 1 : wrong;
}

/** Newest change under a folder, ms. */
const newest = (folder) =>
  Math.max(
    ...readdirSync(folder, { recursive: true }).map(
      (name) => statSync(join(folder, name)).mtimeMs,
    ),
  );

/** A session with each viewer, from its page to the overlays on its screen. */
async function endToEnd() {
  const built = join(root, 'dist/index.js');
  if (!existsSync(built) || statSync(built).mtimeMs < newest(join(root, 'src')))
    await build();
  await buildPages();
  const files = readdirSync(here)
    .filter((name) => name.endsWith('.e2e.mjs'))
    .map((name) => join(here, name));
  const results = {};
  const stream = run({ files, concurrency: 1 });
  for (const [event, key] of [
    ['test:pass', 'passed'],
    ['test:fail', 'failed'],
  ])
    stream.on(event, ({ file, details }) => {
      if (details.type === 'suite') return;
      const host = basename(file, '.e2e.mjs');
      results[host] ??= { passed: 0, failed: 0, why: null };
      results[host][key] += 1;
      if (key === 'passed') passed += 1;
      else failed += 1;
    });
  const printed = stream.compose(new spec());
  for await (const chunk of printed) process.stdout.write(chunk);
  return results;
}

await suite();
if (chosen.length === 0) {
  const results = await endToEnd();
  const written = table(
    JSON.parse(readFileSync(conformanceFile, 'utf8')),
    results,
  );
  console.log(`\n${written}\n`);
  const before = readFileSync(page, 'utf8');
  const after = await format(withTable(withQuotes(before), written), {
    ...(await resolveConfig(page)),
    filepath: page,
  });
  if (write) writeFileSync(page, after);
  else if (after === before) passed += 1;
  else {
    failed += 1;
    console.log(
      'docs/hosts.md does not tell what the tests say: npm run test:hosts -- --write writes it.',
    );
  }
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
