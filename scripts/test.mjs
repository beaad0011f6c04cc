// npm test: everything that must hold, in one command. Ends with a line "N passed, N failed".
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installMissing } from './install.mjs';
import { root } from './root.mjs';

const quick = process.argv.includes('--quick');

installMissing();
const { findChromium } = await import('./chromium.mjs');
try {
  process.env.CHROME_PATH = findChromium();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

let passed = 0;
let failed = 0;

/** Runs a program of node_modules (or node itself), passing on what it prints. */
function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_ENV: 'test' },
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      process.stdout.write(chunk);
    });
    child.on('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

/** A check that passes or fails as a whole. */
async function check(title, program, ...args) {
  console.log(`\n— ${title}`);
  const { code } = await run([join('node_modules', program), ...args]);
  if (code === 0) passed++;
  else failed++;
  console.log(code === 0 ? `${title}: passed` : `${title}: FAILED`);
  return code === 0;
}

/** A test runner whose last summary gives the counts. */
async function suite(title, args, count) {
  console.log(`\n— ${title}`);
  const { code, text } = await run(args);
  const counts = count(text);
  passed += counts.passed;
  failed += counts.failed;
  if (code !== 0 && counts.failed === 0) failed++;
  if (counts.passed + counts.failed === 0) {
    console.log(`${title}: no test ran`);
    failed++;
  }
}

const last = (text, pattern) =>
  Number([...text.matchAll(pattern)].at(-1)?.[1] ?? 0);
const wtrCounts = (text) => ({
  passed: last(text, /(\d+) passed, \d+ failed/g),
  failed: last(text, /\d+ passed, (\d+) failed/g),
});
const nodeCounts = (text) => ({
  passed: last(text, /^(?:ℹ|#) pass (\d+)/gm),
  failed: last(text, /^(?:ℹ|#) fail (\d+)/gm),
});
const filesIn = (folder, ending) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

await check('format', 'prettier/bin/prettier.cjs', '--check', '.');
await check('lint', 'eslint/bin/eslint.js', '.');
await check('types', 'typescript/bin/tsc', '-p', '.');
await suite(
  'unit and element tests in the browser',
  ['node_modules/@web/test-runner/dist/bin.js', '--static-logging'],
  wtrCounts,
);
if (!quick) {
  console.log('\n— build');
  const { code } = await run(['scripts/build.mjs']);
  if (code !== 0) failed++;
  else {
    passed++;
    await suite(
      'package, manifest, command line',
      ['--test', '--test-concurrency=1', ...filesIn('test/node', '.test.mjs')],
      nodeCounts,
    );
    await suite(
      'end to end',
      ['--test', '--test-concurrency=1', ...filesIn('test/e2e', '.e2e.mjs')],
      nodeCounts,
    );
  }
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
