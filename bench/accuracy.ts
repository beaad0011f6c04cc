// Accuracy and seconds of a preset on sets with known truth: a Markdown table of medians (best to worst) over seeds.
//   npm run bench:accuracy -- [--preset fast] [--sets clean,samson] [--seeds 1,2,3,4,5] [--method nfindr] [--backend wasm] [--epochs N] [--json FILE]
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Backend, Method, Preset } from '../src/engine/options.js';
import type { Report } from '../src/engine/protocol.js';
import { unmix } from '../src/engine/run.js';
import { matchSpectra, spectralAngle } from '../src/spectral/metrics.js';
import type { Unmixing } from '../src/spectral/unmixing.js';
import { type TestSet, sets } from './sets.js';

const { values: options } = parseArgs({
  options: {
    preset: { type: 'string', default: 'auto' },
    sets: { type: 'string', default: Object.keys(sets).join(',') },
    seeds: { type: 'string', default: '1,2,3,4,5' },
    method: { type: 'string', default: 'auto' },
    json: { type: 'string' },
    backend: { type: 'string', default: 'auto' },
    epochs: { type: 'string' },
  },
});

/** Mean spectral angle and abundance RMSE after matching by angle; bands and pixels that do not count are left out. */
function score(
  { endmembers, abundances, axis }: Unmixing,
  truth: NonNullable<TestSet['truth']>,
): { angle: number; rmse: number } {
  const bands = axis.values.length;
  const count = truth.endmembers.length;
  const counted = Array.from(axis.values.keys()).filter(
    (b) => !truth.bandsOut.has(b),
  );
  const estimates = Array.from({ length: count }, (_, r) =>
    counted.map((b) => endmembers[r * bands + b]),
  );
  const spectra = truth.endmembers.map((s) => counted.map((b) => s[b]));
  const match = matchSpectra(spectra, estimates);
  const angle =
    spectra.reduce(
      (sum, s, r) => sum + spectralAngle(s, estimates[match[r]]),
      0,
    ) / count;
  let sum = 0;
  let entries = 0;
  for (let n = 0; n < abundances.length / count; n++) {
    if (truth.pixelsOut.has(n)) continue;
    for (let r = 0; r < count; r++, entries++)
      sum +=
        (abundances[n * count + match[r]] - truth.abundances[n * count + r]) **
        2;
  }
  return { angle, rmse: Math.sqrt(sum / entries) };
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1];

/** Median, and best to worst where seeds differ. */
const spread = (values: number[], digits = 4): string => {
  if (values.length === 0) return 'no truth';
  const [middle, best, worst] = [
    median(values),
    Math.min(...values),
    Math.max(...values),
  ].map((v) => v.toFixed(digits));
  return best === worst ? middle : `${middle} (${best} to ${worst})`;
};

interface Row {
  readonly set: string;
  readonly seed: number;
  readonly size: string;
  readonly endmembers: number;
  readonly scored: ReturnType<typeof score> | null;
  readonly report: Report;
}

async function run(set: TestSet, seed: number): Promise<Row> {
  const { result } = await unmix(
    set.cube,
    {
      endmembers: set.endmembers,
      preset: options.preset as Preset,
      method: options.method as Method,
      backend: options.backend as Backend | 'auto',
      seed,
      ...(options.epochs
        ? { network: { epochs: Number(options.epochs) } }
        : {}),
    },
    {},
    {
      assets: resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist') + '/',
    },
  );
  const { width, height, axis } = set.cube;
  return {
    set: set.name,
    seed,
    size: `${width} x ${height} x ${axis.values.length}`,
    endmembers: set.endmembers,
    scored: set.truth && score(result.unmixing, set.truth),
    report: result.report,
  };
}

const seeds = options.seeds.split(',').map(Number);
const machine = `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}`;
const date = new Date().toISOString().slice(0, 10);
console.log(
  `preset ${options.preset}, method ${options.method}, seeds ${options.seeds}; ${machine}, ${date}\n`,
);
console.log('| set | size | R | mSAD | aRMSE | mean angle | RMSE | seconds |');
console.log('|---|---|---|---|---|---|---|---|');
const all: Row[] = [];
for (const name of options.sets.split(',')) {
  const rows: Row[] = [];
  for (const seed of seeds) {
    const set = await sets[name](seed);
    if ('missing' in set) {
      console.log(
        `| ${set.name} | skipped: ${set.missing} is not there | | | | | | |`,
      );
      break;
    }
    rows.push(await run(set, seed));
  }
  all.push(...rows);
  if (rows.length === 0) continue;
  const [{ set, size, endmembers, report }] = rows;
  const scored = rows.flatMap((row) => row.scored ?? []);
  const cells = [
    set,
    size,
    endmembers,
    spread(scored.map(({ angle }) => angle)),
    spread(scored.map(({ rmse }) => rmse)),
    spread(rows.map((row) => row.report.meanAngle)),
    spread(rows.map((row) => row.report.rmse)),
    `${spread(
      rows.map((row) => row.report.seconds),
      1,
    )}${report.backend ? ` ${report.backend}` : ''}`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
if (options.json)
  writeFileSync(
    options.json,
    JSON.stringify({ machine, date, options, rows: all }, null, 1),
  );
