import { keepPace } from '../spectral/pace.js';
import { type Random, randomSource } from '../spectral/random.js';
import type { Unmixing } from '../spectral/unmixing.js';
import { modelOf } from './finish.js';
import { solve } from './solve.js';
import {
  addMember,
  distanceToOthers,
  type Members,
  noMembers,
  spreadOf,
} from './spread.js';
import type { Prepared, Solution, StepTask } from './steps.js';

/** Every run but the first sees this share of the pixels. */
const share = 0.5;
/** Pixels for each endmember that a sample has at least. */
const pixelsEach = 10;

/** One of several unmixings. */
export interface Run {
  readonly solution: Solution;
  /** What it leaves of the data, comparable between the runs; infinite where it came to nothing. */
  readonly misfit: number;
  readonly seed: number;
}

/** What all runs tell of each other. */
export interface Compared {
  readonly members: Members;
  /** Which of the members is shown, or was the start of what is. */
  readonly own: number;
}

export interface Ensemble<T extends Run> {
  /** The run that is shown, or the only one. */
  readonly best: T;
  /** Null where one was asked for. */
  readonly compared: Compared | null;
  /** Runs that came to nothing. */
  readonly lost: number;
}

/** Seed of the run that counts as `run`, the first as 0. */
export const seedOf = (seed: number, run: number): number =>
  (seed + run) % 2 ** 32;

/**
 * Unmixes as often as the options say, and compares. Shown is the first run, or the one that leaves least of the data
 * where that lies nearer to all others: a misfit that is smaller by little alone does not mean a better unmixing. When
 * stopped, the runs that are done count, and the first in any case.
 * @param seek makes the run of a number, from 0
 */
export async function compareRuns<T extends Run>(
  prepared: Prepared,
  { signal, stop }: Pick<StepTask, 'signal' | 'stop'>,
  seek: (run: number) => Promise<T>,
): Promise<Ensemble<T>> {
  const { options, mask, excludedBands } = prepared;
  const pace = keepPace(signal);
  const first = await seek(0);
  if (options.runs === 1) return { best: first, compared: null, lost: 0 };
  const members = noMembers(
    options.endmembers,
    excludedBands.length,
    mask.length,
  );
  const take = async ({ solution, misfit }: T) => {
    if (Number.isFinite(misfit))
      addMember(
        members,
        await modelOf(prepared, solution, pace),
        excludedBands,
      );
  };
  await take(first);
  let least = first;
  let own = 0;
  let done = 1;
  for (; done < options.runs && !stop?.aborted; done++) {
    const found = await seek(done);
    // What was stopped half way does not compare.
    if (stop?.aborted) break;
    await take(found);
    if (!(found.misfit < least.misfit)) continue;
    least = found;
    own = members.count - 1;
  }
  const distance = (member: number) =>
    distanceToOthers(members, member, excludedBands);
  const stays =
    least === first ||
    (Number.isFinite(first.misfit) && distance(0) <= distance(own));
  return {
    best: stays ? first : least,
    compared: { members, own: stays ? 0 : own },
    lost: done - members.count,
  };
}

/**
 * Half of the pixels, drawn without replacement: an estimate from m of n has the variance σ²/m - σ²/n about that from
 * all, which at m = n/2 is what the n themselves have, σ²/n (Politis, Romano & Wolf 1999).
 */
function halfOf(count: number, endmembers: number, random: Random) {
  const least = Math.min(count, pixelsEach * endmembers);
  return random.sample(count, Math.max(least, Math.ceil(share * count))).sort();
}

/** Unmixes without a network: the first time from all pixels, then from another half of them each, with the next seed. */
export function solveOften(
  prepared: Prepared,
  task: StepTask,
): Promise<Ensemble<Run>> {
  const { runs, seed, endmembers } = prepared.options;
  return compareRuns(prepared, task, async (run) => {
    const own = seedOf(seed, run);
    const random = randomSource(own);
    const { misfit, ...solution } = await solve(
      prepared,
      random,
      {
        ...task,
        onPreview: run === 0 ? task.onPreview : undefined,
        onProgress: (fraction) => task.onProgress?.((run + fraction) / runs),
      },
      run === 0 ? undefined : halfOf(prepared.kept.length, endmembers, random),
    );
    return { solution, misfit, seed: own };
  });
}

/** With the spread over the runs, where there were at least two. */
export const withSpread = (
  unmixing: Unmixing,
  compared: Compared | null,
): Unmixing =>
  compared
    ? {
        ...unmixing,
        spread: spreadOf(
          compared.members,
          unmixing.endmembers,
          compared.own,
          unmixing.excludedBands,
        ),
      }
    : unmixing;
