import {
  harsanyiFarrandChang,
  hysime,
  lastWideGap,
  residualAngles,
} from '../algorithms/endmember-count.js';
import { stabilityAngles } from '../algorithms/stability.js';
import { keepPace } from '../spectral/pace.js';
import { randomSource } from '../spectral/random.js';
import type { Window } from '../spectral/axis.js';
import type { Cube } from '../spectral/cube.js';
import { mostEndmembers, resolveOptions } from './options.js';
import type { EndmemberCount } from './protocol.js';
import type { StepTask } from './steps.js';
import { whiten, type WhitenedCube } from './whiten.js';

/** The last dimension that counts stands this far above the first that is noise; spectra that vary fade into it. */
const step = 2;
/** With fewer, HySime counts noise. */
const pixelsPerBand = 6;
/** Stability is looked at for so many more endmembers than stand above the noise, and no further than this. */
const beyond = 2;
const mostStable = 12;
/** Endmembers are stable when halves of the pixels agree on them within this, radians. */
const stableAngle = 0.05;

/** The most endmembers that are stable and stand above the noise. */
function lastStable(stability: Float32Array, rank: number): number | null {
  for (let order = Math.min(rank, stability.length + 1); order >= 2; order--)
    if (stability[order - 2] <= stableAngle) return order;
  return null;
}

/** What the noise says of the number of endmembers, or why it says nothing. */
function judge(
  above: Float64Array,
  rank: number,
): Pick<EndmemberCount, 'suggested' | 'reason'> {
  const undecided = (why: string) => ({
    suggested: null,
    reason: `Not determined by the noise: ${why}.`,
  });
  if (rank >= above.length)
    return undecided(`all ${above.length} dimensions looked at stand above it`);
  if (rank < 2)
    return undecided(
      rank === 0
        ? 'nothing stands above it'
        : 'a single dimension stands above it',
    );
  const told = `${rank} dimensions stand above`;
  if (rank > mostEndmembers)
    return undecided(`${told} it, more than can be asked for`);
  if (above[rank - 1] < step * above[rank])
    return undecided(
      `${told} it, but the last fade into it, as where spectra of one material vary`,
    );
  return { suggested: rank, reason: `${told} the noise.` };
}

/** The sentence on the other criteria. */
function others(
  { hysime, hfc, gap, stable }: EndmemberCount['methods'],
  { above, significantRank, source }: WhitenedCube,
  suggested: number | null,
): string {
  const told = (count: number): string =>
    count < above.length ? String(count) : `${count} or more`;
  const { pixels, bands } = source;
  const high =
    hysime > significantRank && pixels.length < pixelsPerBand * bands.length;
  return [
    `HySime ${told(hysime)}${high ? ' (too high, for so few pixels)' : ''}`,
    `HFC ${told(hfc)}`,
    gap === null
      ? 'no wide gap between singular values'
      : `last wide gap between singular values after ${gap}${suggested === null ? ' (a weak hint)' : ''}`,
    stable === null
      ? 'not even two endmembers stable over halves of the pixels.'
      : `${stable === mostStable ? `${stable} or more` : stable} endmembers stable over halves of the pixels (within ${stableAngle} rad).`,
  ].join(', ');
}

/**
 * How many endmembers the cube seems to hold. On a wavenumber axis baselines, fringes and gas are taken out before counting. A number is
 * suggested only where the dimensions that stand above the noise end in a step.
 * @throws UnmixingError `input` for what cannot be unmixed
 */
export async function countEndmembers(
  cube: Cube,
  exclude: readonly Window[],
  { signal }: Pick<StepTask, 'signal'> = {},
): Promise<EndmemberCount> {
  const pace = keepPace(signal);
  const options = resolveOptions({ endmembers: 2, exclude });
  const whitened = await whiten(cube, options, [], pace);
  const { above, level, significantRank, space } = whitened;
  await pace();
  const stability = await stabilityAngles(
    space,
    Math.min(mostStable, significantRank + beyond),
    randomSource(1),
    pace,
  );
  const methods = {
    hysime: hysime(space, level),
    hfc: harsanyiFarrandChang(space),
    gap: lastWideGap(above),
    stable: lastStable(stability, significantRank),
  };
  await pace();
  const { suggested, reason } = judge(above, significantRank);
  return {
    suggested,
    reason: `${reason} ${others(methods, whitened, suggested)}`,
    methods,
    curves: {
      singularValues: Float32Array.from(above),
      residual: residualAngles(space),
      stability,
    },
  };
}
