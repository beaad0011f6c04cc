/**
 * Milliseconds to search a library of 10 000 references of 2000 bands for one spectrum, as the worker does it; in brackets those of
 * the processor alone, which a busy machine does not stretch.
 * Options: --references N, --bands N, --times N.
 */
import { parseArgs } from 'node:util';
import { IdentifyDesk } from '../src/session/identify-desk.js';
import type {
  FromIdentifier,
  Search,
} from '../src/session/identify-protocol.js';
import { measures } from '../src/session/identify.js';
import { randomSource } from '../src/spectral/random.js';

const { values: options } = parseArgs({
  options: {
    references: { type: 'string', default: '10000' },
    bands: { type: 'string', default: '2000' },
    times: { type: 'string', default: '5' },
  },
});
const references = Number(options.references);
const bands = Number(options.bands);
const chance = randomSource(1);
const random = (): number => chance.uniform();

/** A spectrum of six bands at places of its own, as drawn from the seed. */
function spectrum(): Float32Array {
  const out = new Float32Array(bands);
  for (let peak = 0; peak < 6; peak++) {
    const centre = random() * bands;
    const width = 5 + random() * 20;
    const height = random();
    const reach = Math.ceil(4 * width);
    const first = Math.max(0, Math.floor(centre - reach));
    for (let b = first; b < Math.min(bands, centre + reach); b++)
      out[b] += height * Math.exp(-(((b - centre) / width) ** 2));
  }
  return out;
}

const axis = {
  values: Float64Array.from(
    { length: bands },
    (_, b) => 4000 - (3400 * b) / bands,
  ),
  unit: 'cm-1',
  quantity: 'absorbance',
} as const;
const data = new Float32Array(references * bands);
for (let n = 0; n < references; n++) data.set(spectrum(), n * bands);
// One of them with some noise, as it might be found.
const wanted = Math.floor(references / 2);
const sought = data
  .slice(wanted * bands, (wanted + 1) * bands)
  .map((value) => value + 0.02 * (random() - 0.5));

let hear: (message: FromIdentifier) => void = () => undefined;
const desk = new IdentifyDesk((message) => hear(message));
await desk.receive({
  type: 'hold',
  library: 'all',
  lists: [
    {
      name: 'all',
      axis,
      names: Array.from({ length: references }, (_, n) => `reference ${n}`),
      data,
    },
  ],
});
const weights = Float64Array.from(axis.values, () => 1);

async function timed(patch: Partial<Search> = {}): Promise<{
  readonly seconds: number;
  readonly busy: number;
  readonly first: string;
}> {
  const began = performance.now();
  const before = process.cpuUsage();
  let first = '';
  hear = (message) => {
    if (message.type === 'found')
      first = message.findings.found[0].candidates[0].name;
    if (message.type === 'error') throw new Error(message.error.message);
  };
  await desk.receive({
    type: 'search',
    ticket: 1,
    search: {
      libraries: [{ id: 'all', name: 'all' }],
      axis,
      weights,
      spectra: sought,
      measure: 'derivative',
      most: 10,
      members: 3,
      penetration: false,
      ...patch,
    },
  });
  const { user, system } = process.cpuUsage(before);
  return {
    seconds: (performance.now() - began) / 1000,
    busy: (user + system) / 1e6,
    first,
  };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1];
const say = (
  what: string,
  runs: readonly { readonly seconds: number; readonly busy: number }[],
  note = '',
): void => {
  const [all, busy] = [
    median(runs.map(({ seconds }) => seconds)),
    median(runs.map((run) => run.busy)),
  ].map((seconds) => (1000 * seconds).toFixed(0));
  console.log(`${what.padEnd(34)} ${all} ms (${busy})${note}`);
};

say('laid out and searched, first time', [await timed()]);
for (const measure of measures)
  for (const members of [0, 3]) {
    const runs: Awaited<ReturnType<typeof timed>>[] = [];
    for (let time = 0; time < Number(options.times); time++)
      runs.push(await timed({ measure, members }));
    const [{ first }] = runs;
    say(
      `${measure}${members ? ', with sums of 3' : ''}`,
      runs,
      first === `reference ${wanted}` ? '' : `, but ${first} is first`,
    );
  }
say('other weights', [
  await timed({ weights: weights.map((_, b) => 1 - (b % 3) / 4) }),
]);
