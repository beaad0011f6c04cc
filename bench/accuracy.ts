// Accuracy and seconds of a preset on sets with known truth: a Markdown table of medians (best to worst) over seeds.
//
//   npm run bench:accuracy -- [--preset auto] [--method auto] [--sets clean,samson,glaze+2000] [--seeds 1,2,3,4,5]
//     [--compare nfindr]      the same sets by another method or preset beside it, and where ours is worse
//     [--more N]              ask for N endmembers more than there are, or fewer
//     [--runs N] [--scaling l2] [--abundances fcls] [--backend wasm] [--json FILE]
//     [--weights even] [--epochs N] [--stride N] [--dimensions K]
//                             of the network: SAD instead of WSAD, passes, distance of patches, numbers a pixel
//
// mSAD: mean spectral angle of pairs matched by angle, radians; aRMSE: root mean square error of their shares, whatever the
// rule for abundances; roughness: total variation of the maps over that of the true ones. Targets are those of `auto`.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Method,
  type Preset,
  type UnmixRequest,
  methods,
  presets,
  resolveOptions,
} from '../src/engine/options.js';
import type { Report } from '../src/engine/protocol.js';
import { unmix } from '../src/engine/run.js';
import { type Score, score } from './score.js';
import { type TestSet, findSet, usualSets } from './sets.js';
import { spread } from './statistics.js';
import { heldAgainstTarget, worseThan } from './targets.js';

const { values: said } = parseArgs({
  options: {
    preset: { type: 'string', default: 'auto' },
    method: { type: 'string', default: 'auto' },
    sets: { type: 'string', default: usualSets.join(',') },
    seeds: { type: 'string', default: '1,2,3,4,5' },
    compare: { type: 'string' },
    more: { type: 'string', default: '0' },
    runs: { type: 'string' },
    scaling: { type: 'string' },
    abundances: { type: 'string' },
    weights: { type: 'string' },
    epochs: { type: 'string' },
    stride: { type: 'string' },
    dimensions: { type: 'string' },
    backend: { type: 'string' },
    json: { type: 'string' },
  },
});
const seeds = said.seeds.split(',').map(Number);
const more = Number(said.more);

type Way = Pick<UnmixRequest, 'preset' | 'method'>;
const way: Way = {
  preset: said.preset as Preset,
  method: said.method as Method,
};
const isPreset = (name: string): name is Preset =>
  (presets as readonly string[]).includes(name);
const isMethod = (name: string): name is Method =>
  (methods as readonly string[]).includes(name);
const other = said.compare === undefined ? null : otherWay(said.compare);

function otherWay(name: string): Way {
  if (isPreset(name)) return { preset: name };
  if (isMethod(name)) return { method: name };
  throw new Error(
    `invalid compare: ${name} (want one of ${[...presets, ...methods].join(', ')})`,
  );
}

function requestOf(endmembers: number, seed: number, by: Way): UnmixRequest {
  const { runs, scaling, abundances, backend } = said;
  const { weights, epochs, stride, dimensions } = said;
  // Whatever is no option is refused by resolveOptions.
  return {
    endmembers,
    seed,
    ...by,
    ...(runs && { runs: Number(runs) }),
    ...(scaling && { scaling }),
    ...(abundances && { abundances }),
    ...(backend && { backend }),
    network: {
      ...(weights && { bandWeights: weights }),
      ...(epochs && { epochs: Number(epochs) }),
      ...(stride && { stride: Number(stride) }),
      ...(dimensions && { dimensions: Number(dimensions) }),
    },
  } as UnmixRequest;
}

interface Outcome {
  readonly scored: Score | null;
  readonly report: Report;
}

async function run(set: TestSet, seed: number, by: Way): Promise<Outcome> {
  const { result } = await unmix(
    set.cube,
    requestOf(set.endmembers + more, seed, by),
    {},
    {
      assets: resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist') + '/',
    },
  );
  return {
    scored: set.truth && score(result.unmixing, set.truth),
    report: result.report,
  };
}

interface Row extends Outcome {
  readonly set: string;
  readonly seed: number;
  readonly compared: Outcome | null;
}

const scoresOf = (outcomes: readonly Outcome[]): Score[] =>
  outcomes.flatMap(({ scored }) => scored ?? []);

const over = <T>(
  items: readonly T[],
  figure: (item: T) => number,
  digits = 4,
): string =>
  items.length === 0 ? 'no truth' : spread(items.map(figure), digits);

resolveOptions(requestOf(2, seeds[0], way));
const byDefault = way.preset === 'auto' && way.method === 'auto' && more === 0;
const columns = [
  'set',
  'size',
  'R',
  'mSAD',
  'aRMSE',
  ...(byDefault ? ['target mSAD / aRMSE'] : []),
  ...(other
    ? [`mSAD by ${said.compare}`, `aRMSE by ${said.compare}`, 'ours is']
    : []),
  'roughness',
  'mean angle',
  'RMSE',
  'seconds',
];
const line = (cells: readonly (string | number)[]): void =>
  console.log(`| ${cells.join(' | ')} |`);

const machine = `Node ${process.version}, ${cpus().length} x ${cpus()[0].model}`;
const date = new Date().toISOString().slice(0, 10);
const named = Object.entries(said).filter(
  ([name]) => !['sets', 'json'].includes(name),
);
console.log(
  `${named.map(([name, value]) => `${name} ${value}`).join(', ')}; ${machine}, ${date}\n`,
);
line(columns);
line(columns.map(() => '---'));
const all: Row[] = [];
for (const name of said.sets.split(',')) {
  const rows: Row[] = [];
  let cells: (string | number)[] = [];
  for (const seed of seeds) {
    const set = await findSet(name, seed);
    if ('missing' in set) {
      cells = [name, `skipped: ${set.missing} is not there`];
      break;
    }
    rows.push({
      set: name,
      seed,
      ...(await run(set, seed, way)),
      compared: other && (await run(set, seed, other)),
    });
    const { width, height, axis } = set.cube;
    const asked = more === 0 ? '' : ` (asked for ${set.endmembers + more})`;
    cells = [
      set.name,
      `${width} x ${height} x ${axis.values.length}`,
      `${set.endmembers}${asked}`,
    ];
  }
  all.push(...rows);
  if (rows.length > 0) {
    const scores = scoresOf(rows);
    const compared = scoresOf(rows.flatMap((row) => row.compared ?? []));
    const reports = rows.map(({ report }) => report);
    const { backend } = reports[0];
    cells.push(
      over(scores, ({ angle }) => angle),
      over(scores, ({ rmse }) => rmse),
      ...(byDefault ? [heldAgainstTarget(name, scores) ?? ''] : []),
      ...(other
        ? [
            over(compared, ({ angle }) => angle),
            over(compared, ({ rmse }) => rmse),
            scores.length > 0 ? worseThan(scores, compared) : '',
          ]
        : []),
      over(scores, ({ roughness }) => roughness, 3),
      over(reports, ({ meanAngle }) => meanAngle),
      over(reports, ({ rmse }) => rmse),
      `${over(reports, ({ seconds }) => seconds, 1)}${backend ? ` ${backend}` : ''}`,
    );
  }
  line([...cells, ...columns.slice(cells.length).map(() => '')]);
}
if (said.json)
  writeFileSync(
    said.json,
    JSON.stringify({ machine, date, options: said, rows: all }, null, 1),
  );
