import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { resolveOptions } from '../../src/engine/options.js';
import { prepare } from '../../src/engine/prepare.js';
import { unmix } from '../../src/engine/run.js';
import { fitUnscaled } from '../../src/engine/unscaled.js';
import { keepPace } from '../../src/spectral/pace.js';
import { type Score, score } from '../score.js';
import { type TestSet, findSet } from '../sets.js';
import { median } from '../statistics.js';
import type { Table } from './table.js';

const set = 'clean';
/** As the published recipe's result is fitted in src/engine/published.ts. */
const fitRounds = 4;

interface Reached {
  readonly seconds: number;
  readonly cpu: number;
  readonly score: Score;
}

interface Checkpoint {
  readonly epoch: number;
  readonly seconds: number;
  readonly cpu: number;
  readonly loss: number;
}

/** Whether a Python has torch, and which; else why not. */
function torchOf(python: string): { version: string } | { missing: string } {
  try {
    const version = execFileSync(
      python,
      ['-c', 'import numpy, torch; print(torch.__version__)'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    return { version: version.trim() };
  } catch {
    return { missing: `${python} has no torch and numpy` };
  }
}

export interface ReferenceTask {
  readonly python: string;
  readonly epochs: number;
  readonly repeats: number;
}

/**
 * The published recipe in PyTorch beside `auto`, on one phantom: at which second each reaches what. The reference's spectra are
 * fitted on the unscaled data, as ours are.
 */
export async function compareWithReference(
  { python, epochs, repeats }: ReferenceTask,
  table: (columns: readonly string[]) => Table,
): Promise<void> {
  const torch = torchOf(python);
  if ('missing' in torch) {
    console.log(`skipped: ${torch.missing} (name one with --python)`);
    return;
  }
  const found = await findSet(set, 1);
  if ('missing' in found) {
    console.log(`skipped: ${found.missing} is not there`);
    return;
  }
  console.log(`Phantom ${set}; PyTorch ${torch.version}.\n`);
  const rows = table([
    'what',
    'seconds',
    'processor seconds',
    'loss',
    'mSAD',
    'aRMSE',
  ]);
  const tell = (what: string, { seconds, cpu, score }: Reached, loss = '') => {
    rows.add([
      what,
      seconds.toFixed(2),
      cpu.toFixed(2),
      loss,
      score.angle.toFixed(4),
      score.rmse.toFixed(4),
    ]);
  };
  const reference: Reached[] = [];
  await train(
    python,
    found,
    epochs,
    async ({ epoch, loss, ...times }, shares) => {
      const reached = { ...times, score: await scoreShares(found, shares) };
      reference.push(reached);
      tell(`reference, epoch ${epoch}`, reached, loss.toFixed(4));
    },
  );
  const best = reference.reduce((a, b) =>
    b.score.angle < a.score.angle ? b : a,
  );
  const firsts: Reached[] = [];
  for (let i = 0; i < repeats; i++) {
    const reached = await runAuto(found);
    if (i === 0)
      reached.forEach((one, j) =>
        tell(
          `auto, ${j === reached.length - 1 ? 'end' : `picture ${j + 1}`}`,
          one,
        ),
      );
    const first = reached.find(
      (one) =>
        one.score.angle <= best.score.angle &&
        one.score.rmse <= best.score.rmse,
    );
    if (first) firsts.push(first);
  }
  if (firsts.length < repeats) {
    rows.add([
      `auto reached the reference's best in ${firsts.length} of ${repeats} runs`,
    ]);
    return;
  }
  const [seconds, cpu] = [
    median(firsts.map((one) => one.seconds)),
    median(firsts.map((one) => one.cpu)),
  ];
  rows.add([
    `auto is as good as the reference's best (median of ${repeats})`,
    seconds.toFixed(2),
    cpu.toFixed(2),
  ]);
  rows.add([
    'times sooner',
    (best.seconds / seconds).toFixed(0),
    (best.cpu / cpu).toFixed(0),
  ]);
}

async function train(
  python: string,
  { cube, endmembers }: TestSet,
  epochs: number,
  onCheckpoint: (told: Checkpoint, shares: Float32Array) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stratigraph-'));
  try {
    const size = [cube.width, cube.height, cube.axis.values.length].map(String);
    const child = spawn(
      python,
      [
        'bench/reference.py',
        `build/bench/phantoms/${set}/cube.img`,
        folder,
        '--size',
        ...size,
        '--endmembers',
        String(endmembers),
        '--epochs',
        String(epochs),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise<number | null>((resolve) =>
      child.once('close', resolve),
    );
    const told: Checkpoint[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const one = JSON.parse(line) as Checkpoint | { torch: string };
      if ('epoch' in one) told.push(one);
    }
    const code = await ended;
    if (code !== 0) throw new Error(`bench/reference.py ended with ${code}`);
    for (const one of told) {
      const { buffer, byteOffset, byteLength } = readFileSync(
        join(folder, `${one.epoch}.f32`),
      );
      await onCheckpoint(
        one,
        new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength)),
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const truthOf = ({ name, truth }: TestSet): NonNullable<TestSet['truth']> => {
  if (!truth) throw new Error(`${name} has no truth`);
  return truth;
};

async function scoreShares(
  found: TestSet,
  shares: Float32Array,
): Promise<Score> {
  const { cube } = found;
  const prepared = await prepare(
    cube,
    resolveOptions({ endmembers: found.endmembers, preset: 'pande2026' }),
    {},
  );
  const { endmembers } = await fitUnscaled(
    prepared,
    shares,
    prepared.kept,
    fitRounds,
    keepPace(undefined),
  );
  return score({ ...cube, endmembers, abundances: shares }, truthOf(found));
}

/** Each picture of a run of `auto`, and its end, with the time it came at. */
async function runAuto(found: TestSet): Promise<Reached[]> {
  const { cube, endmembers } = found;
  const begun = performance.now();
  const worked = process.cpuUsage();
  const reached: (Omit<Reached, 'score'> & {
    readonly shown: { endmembers: Float32Array; abundances: Float32Array };
  })[] = [];
  const take = (shown: (typeof reached)[number]['shown']): void => {
    const { user, system } = process.cpuUsage(worked);
    reached.push({
      seconds: (performance.now() - begun) / 1000,
      cpu: (user + system) / 1e6,
      shown,
    });
  };
  const { result } = await unmix(cube, { endmembers }, { onPreview: take });
  take(result.unmixing);
  return reached.map(({ shown, ...times }) => ({
    ...times,
    score: score(
      { ...cube, endmembers: shown.endmembers, abundances: shown.abundances },
      truthOf(found),
    ),
  }));
}
