// npm run fuzz: opens damaged copies of every sample and tells of each that does not end as it must, with an image of the
// right shape or one sentence, within 2 s and 4 times the file's size in memory.
//
//   npm run fuzz -- [--runs 10000] [--seed 1] [--only PARTS,OF,NAMES] [--first N] [--jobs N] [--json FILE]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { root } from '../../scripts/root.mjs';
import { samplesIn } from './samples.mjs';

const { values: said } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'string' },
  },
});
const runs = Number(said.runs);
const data = process.env.STRATIGRAPH_DATA ?? join(root, '../shared');

/** A run that says nothing for this long hangs. */
const patience = 5000;
/** Runs given to a worker at a time. */
const batch = 100;
/** Faults told of one sample; more are counted only. */
const mostTold = 5;

// Inside the project, so that itk-wasm is found from there.
const folder = mkdtempSync(join(root, 'node_modules/.fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await build({
  entryPoints: { readers: join(root, 'test/fuzz/readers.ts') },
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  mainFields: ['module', 'main'],
  format: 'esm',
  target: 'node20',
  external: ['@itk-wasm/*', 'itk-wasm'],
  banner: {
    js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
  },
  logLevel: 'error',
});
const bundle = pathToFileURL(join(folder, 'readers.mjs')).href;

/** A number of its own for each sample, so that they are not all damaged alike. */
const baseOf = (name) =>
  [...name].reduce(
    (hash, letter) => (Math.imul(hash, 31) + letter.codePointAt(0)) | 0,
    Number(said.seed) * 7919,
  );

/** Damages one sample in a worker, again and again; a worker that hangs or dies is replaced. */
async function fuzz({ name, files }) {
  const told = [];
  const ends = { opened: 0, refused: 0, failed: 0 };
  let slowest = 0;
  let faults = 0;
  const fault = (run, why) => {
    faults++;
    if (told.length < mostTold) told.push({ run, why });
  };
  let next = Number(said.first);
  const end = next + runs;
  while (next < end) {
    const clock = new SharedArrayBuffer(16);
    const now = new Float64Array(clock);
    const worker = new Worker(new URL('./victim.mjs', import.meta.url), {
      workerData: { bundle, clock },
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
      stdout: true,
      stderr: true,
    });
    await new Promise((resolve) => {
      let watch;
      const leave = () => {
        clearInterval(watch);
        worker.removeAllListeners();
        worker.on('error', () => {});
        void worker.terminate().then(resolve);
      };
      const give = () => {
        if (next >= end) return leave();
        const count = Math.min(batch, end - next);
        worker.postMessage({ files, first: next, count, base: baseOf(name) });
      };
      worker.on('message', (message) => {
        if (message.ready || message.done) return give();
        next = message.run + 1;
        ends[message.end]++;
        slowest = Math.max(slowest, message.took);
        if (message.fault)
          fault(
            message.run,
            `${message.way} of ${message.hurt}: ${message.fault}`,
          );
      });
      worker.on('error', (error) => {
        fault(next, `the worker died: ${error.message}`);
        ends.failed++;
        next++;
        leave();
      });
      watch = setInterval(() => {
        const elapsed = performance.timeOrigin + performance.now() - now[1];
        if (now[0] === 0 || elapsed < patience) return;
        fault(next, `hangs: no answer for ${patience / 1000} s`);
        ends.failed++;
        next++;
        leave();
      }, 200);
    });
  }
  return { name, runs, ...ends, faults, slowest: Math.round(slowest), told };
}

const { companionsOf, madeSamples } = await import(bundle);
const samples = [
  ...(await madeSamples()),
  ...(await samplesIn(join(data, 'data'), companionsOf)),
].filter(({ name }) =>
  said.only
    .split(',')
    .some((part) => name.toLowerCase().includes(part.toLowerCase())),
);
if (samples.length === 0) {
  console.error(`No sample is named like "${said.only}".`);
  process.exit(2);
}
console.log(
  `${samples.length} samples, ${runs} damaged copies of each, seed ${said.seed}, ${said.jobs} at once`,
);
const results = [];
const waiting = [...samples];
const from = performance.now();
await Promise.all(
  Array.from({ length: Number(said.jobs) }, async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const result = await fuzz(one);
      results.push(result);
      console.log(
        `${result.faults === 0 ? 'held  ' : 'FAILED'} ${result.name}: ${result.opened} opened, ${result.refused} refused, ${result.faults} faults, slowest ${result.slowest} ms`,
      );
      for (const { run, why } of result.told)
        console.log(
          `         --only "${result.name}" --first ${run} --runs 1: ${why}`,
        );
    }
  }),
);
const faults = results.reduce((sum, result) => sum + result.faults, 0);
const all = results.reduce((sum, result) => sum + result.runs, 0);
console.log(
  `${all} damaged copies of ${results.length} samples in ${Math.round((performance.now() - from) / 1000)} s: ${faults === 0 ? 'every one opened in shape or was refused with a sentence' : `${faults} faults`}.`,
);
if (said.json) writeFileSync(said.json, JSON.stringify(results, null, 2));
process.exitCode = faults === 0 ? 0 : 1;
