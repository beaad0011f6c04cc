import type { UnmixResult } from '../../engine/protocol.js';
import { takenOver, usualColours } from '../../session/take-over.js';
import type { Geometry } from '../../spectral/cube.js';
import type { Unmixing } from '../../spectral/unmixing.js';
import type { KeptRun, SessionState } from '../state.js';
import { keptRuns, mostRuns } from './kept.js';
import { runName } from './run-name.js';

/** How a result came. */
export interface Finished {
  readonly result: UnmixResult;
  /** What it is held against. */
  readonly before: KeptRun | null;
  /** It went on from that: the same endmembers, however far they have moved. */
  readonly resumed: boolean;
  /** Of the image that was unmixed. */
  readonly geometry: Geometry;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the state of a cube becomes of it. */
interface Kept extends Pick<
  SessionState,
  'runs' | 'shownRun' | 'colours' | 'run'
> {
  readonly unmixing: Unmixing;
}

export type Keep = typeof keep;

/** What the state of a cube becomes when a run is done: its result is kept and on show. */
export function keep(
  state: SessionState,
  { result, before, resumed, geometry, at }: Finished,
): Kept {
  const { active, chain } = state;
  const { unmixing, report } = result;
  // As the user has named and coloured it meanwhile.
  const last = keptRuns(state).find(({ id }) => id === before?.id) ?? before;
  const { names, colours } = last
    ? takenOver(unmixing, last, resumed ? Math.PI : undefined)
    : // Its previews may have been coloured already.
      { names: unmixing.names, colours: usualColours(unmixing, state.colours) };
  const named = { ...unmixing, names };
  const runs = keptRuns(state);
  const steps = chain.applied;
  const run: KeptRun = {
    id: `${active}/run-${at.toString(36)}`,
    name: runName({ report, steps }, runs),
    result,
    unmixing: named,
    colours,
    steps,
    geometry,
    finished: at,
  };
  return {
    runs: [...runs, run].slice(-mostRuns),
    shownRun: run.id,
    unmixing: named,
    colours,
    run: { state: 'done', result },
  };
}
