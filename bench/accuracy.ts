// Accuracy and seconds of a preset on sets with known truth; a Markdown table.
//   npm run bench -- [--preset fast] [--sets clean,samson] [--seeds 1,2,3] [--backend wasm] [--epochs N]
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Backend, Preset } from '../src/engine/options.js';
import type { Report } from '../src/engine/protocol.js';
import { unmix } from '../src/engine/run.js';
import { matchSpectra, spectralAngle } from '../src/spectral/metrics.js';
import type { Unmixing } from '../src/spectral/unmixing.js';
import { type TestSet, sets } from './sets.js';

const { values: options } = parseArgs({
  options: {
    preset: { type: 'string', default: 'fast' },
    sets: { type: 'string', default: Object.keys(sets).join(',') },
    seeds: { type: 'string', default: '1' },
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
const digits = (value: number): string => value.toFixed(4);

const seeds = options.seeds.split(',').map(Number);
console.log(
  `preset ${options.preset}, seeds ${options.seeds}; Node ${process.version}, ${cpus().length} x ${cpus()[0].model}, ${new Date().toISOString().slice(0, 10)}\n`,
);
console.log(
  '| set | size | R | mSAD | aRMSE | mean angle | RMSE | seconds | said |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
for (const name of options.sets.split(',')) {
  const rows: {
    name: string;
    size: string;
    endmembers: number;
    scored: ReturnType<typeof score> | null;
    report: Report;
  }[] = [];
  for (const seed of seeds) {
    const set = await sets[name](seed);
    if ('missing' in set) {
      console.log(
        `| ${set.name} | skipped: ${set.missing} is not there | | | | | | | |`,
      );
      break;
    }
    const { result } = await unmix(
      set.cube,
      {
        endmembers: set.endmembers,
        preset: options.preset as Preset,
        backend: options.backend as Backend | 'auto',
        seed,
        ...(options.epochs
          ? { network: { epochs: Number(options.epochs) } }
          : {}),
      },
      {},
      {
        assets:
          resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist') + '/',
      },
    );
    const { width, height, axis } = set.cube;
    rows.push({
      name: set.name,
      size: `${width} x ${height} x ${axis.values.length}`,
      endmembers: set.endmembers,
      scored: set.truth && score(result.unmixing, set.truth),
      report: result.report,
    });
  }
  if (rows.length === 0) continue;
  const [{ size, endmembers, report, name: title }] = rows;
  const scored = rows.flatMap((row) => row.scored ?? []);
  const of = (f: (row: (typeof scored)[number]) => number): string =>
    scored.length ? digits(median(scored.map(f))) : 'no truth';
  const reported = (f: (r: typeof report) => number): number =>
    median(rows.map((row) => f(row.report)));
  console.log(
    `| ${title} | ${size} | ${endmembers} | ${of((s) => s.angle)} | ${of((s) => s.rmse)} | ${digits(reported((r) => r.meanAngle))} | ${digits(reported((r) => r.rmse))} | ${reported((r) => r.seconds).toFixed(1)}${report.backend ? ` ${report.backend}` : ''} | ${report.warnings.join(' ')} |`,
  );
}
