// Seconds and memory of every preset: Markdown tables, all from one run on one machine.
//
//   npm run bench:speed -- [--parts stages,growth,memory,step,page,reference] [--size 320x64x1504] [--repeats 5] [--json FILE]
//     [--presets auto,network]   those alone
//     [--training 6]      seconds that each network trains
//     [--epochs 120]      of the reference in PyTorch
//     [--python PATH]     a Python with torch and numpy
//     [--all]             also what takes minutes a step: GPUs imitated in software, and plain JavaScript for the published presets
//     [--gpu]             let Chromium use the GPU of this machine
//
// On two quiet cores all parts together take about 45 minutes: stages 15, growth 6, memory 3, step 3, page 2, and the reference 15, where a
// Python has torch. Chromium runs what `npm run build` made.
//
//   stages     seconds of each stage, to the first picture, and of a pass of training; in Node and Chromium, on each backend
//   growth     of `auto` from 64² to 512² pixels and from 200 to 3000 bands
//   memory     the most that is held beside what the process held before, in bytes of the cube
//   step       a training step in the subspace and on all bands
//   page       how long the viewer's page is held up while the worker works
//   reference  the published recipe in PyTorch, and when `auto` is as good as it gets
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { presets } from '../src/engine/options.js';
import { chromiumPlace } from './speed/chromium-place.js';
import { timeGrowth } from './speed/growth.js';
import { measureMemory } from './speed/memory.js';
import { nodePlace } from './speed/node-place.js';
import { watchPage } from './speed/page.js';
import type { Place } from './speed/place.js';
import { compareWithReference } from './speed/reference.js';
import { timeStages } from './speed/stages.js';
import { timeSteps } from './speed/step.js';
import { type Measured, startTable } from './speed/table.js';

const { values: said } = parseArgs({
  options: {
    parts: {
      type: 'string',
      default: 'stages,growth,memory,step,page,reference',
    },
    size: { type: 'string', default: '320x64x1504' },
    presets: { type: 'string', default: presets.join(',') },
    repeats: { type: 'string', default: '5' },
    training: { type: 'string', default: '6' },
    epochs: { type: 'string', default: '120' },
    python: { type: 'string', default: 'python3' },
    all: { type: 'boolean', default: false },
    gpu: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const [width, height, bands] = said.size.split('x').map(Number);
const size = { width, height, bands };
const chosen = presets.filter((one) => said.presets.split(',').includes(one));
const repeats = Number(said.repeats);
const trainingSeconds = Number(said.training);

/** Why Chromium has nothing to run, if so. */
function whyNotBuilt(): string | null {
  const built = 'dist/worker.js';
  if (!existsSync(built)) return 'there is no dist: run npm run build';
  const newest = Math.max(
    ...readdirSync('src', { recursive: true, encoding: 'utf8' }).map(
      (file) => statSync(join('src', file)).mtimeMs,
    ),
  );
  return statSync(built).mtimeMs < newest
    ? 'dist is older than src: run npm run build'
    : null;
}

/** Places by name, and why one is not there. */
async function openPlaces(): Promise<Place[]> {
  const node = await nodePlace(said.all);
  const chromium = await openChromium();
  if (typeof chromium !== 'string') return [node, chromium];
  console.log(`Chromium is skipped: ${chromium}.`);
  return [node];
}

const newChromium = (): Promise<Place> => chromiumPlace(said.all, said.gpu);

async function openChromium(): Promise<Place | string> {
  const why = whyNotBuilt();
  if (why) return why;
  return newChromium().catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  );
}

const measured: Measured = {};

const parts: Readonly<Record<string, () => Promise<void>>> = {
  async stages() {
    const places = await openPlaces();
    try {
      await timeStages(
        places,
        { ...size, presets: chosen, repeats, trainingSeconds, all: said.all },
        tableOf('stages'),
      );
    } finally {
      for (const place of places) await place.close();
    }
  },
  async growth() {
    await timeGrowth(await nodePlace(false), repeats, tableOf('growth'));
  },
  async memory() {
    const why = whyNotBuilt();
    if (why) console.log(`Chromium is skipped: ${why}.`);
    await measureMemory(
      size,
      chosen,
      why ? null : newChromium,
      tableOf('memory'),
    );
  },
  step: () => timeSteps(repeats, tableOf('step')),
  async page() {
    const why = whyNotBuilt();
    if (why) console.log(`skipped: ${why}`);
    else await watchPage(chosen, trainingSeconds, tableOf('page'));
  },
  reference: () =>
    compareWithReference(
      { python: said.python, epochs: Number(said.epochs), repeats },
      tableOf('reference'),
    ),
};

function tableOf(part: string) {
  return (columns: readonly string[]) => startTable(measured, part, columns);
}

const machine = `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}`;
const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
console.log(`${machine}, ${date} UTC; medians of ${repeats}`);
for (const name of said.parts.split(',')) {
  if (!(name in parts))
    throw new Error(
      `invalid parts: ${name} (want some of ${Object.keys(parts).join(', ')})`,
    );
  console.log(`\n## ${name}\n`);
  await parts[name]();
}
if (said.json)
  writeFileSync(
    said.json,
    JSON.stringify({ machine, date, options: said, measured }, null, 1),
  );
