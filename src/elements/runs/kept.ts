import type { KeptRun, SessionState } from '../state.js';

/** As many results of one cube are kept; then the oldest goes. */
export const mostRuns = 12;

/** The results that are kept, oldest first: the one on show with the names and colours that it has now. */
export function keptRuns({
  runs,
  shownRun,
  unmixing,
  colours,
}: Pick<
  SessionState,
  'runs' | 'shownRun' | 'unmixing' | 'colours'
>): readonly KeptRun[] {
  if (!unmixing) return runs;
  const own = colours.slice(0, unmixing.names.length);
  const isAsKept = (run: KeptRun): boolean =>
    run.id !== shownRun ||
    (run.unmixing === unmixing && run.colours.join() === own.join());
  return runs.every(isAsKept)
    ? runs
    : runs.map((run) =>
        isAsKept(run) ? run : { ...run, unmixing, colours: own },
      );
}

/** Results that are kept, with the cube that they are of. */
export interface RunsOfCube {
  /** Id of the cube, and its name where there are several. */
  readonly cube: string;
  readonly cubeName: string | null;
  readonly runs: readonly KeptRun[];
  /** One of them is on show, by its id; null while none is. */
  readonly shownRun: string | null;
}

/** The results of all cubes that are kept. */
export function runsOfCubes(
  state: Pick<
    SessionState,
    'cubes' | 'active' | 'runs' | 'shownRun' | 'unmixing' | 'colours'
  >,
): readonly RunsOfCube[] {
  const { cubes, active, shownRun } = state;
  if (cubes.length < 2)
    return [{ cube: active, cubeName: null, runs: keptRuns(state), shownRun }];
  return cubes.map((cube) => ({
    cube: cube.id,
    cubeName: cube.name,
    runs: keptRuns(cube),
    shownRun: cube.shownRun,
  }));
}

/** A result by its id, whichever cube it is of; its name tells the cube where there are several. Null when it is gone. */
export function findRun(
  state: Parameters<typeof runsOfCubes>[0],
  id: string,
): {
  readonly cube: string;
  readonly run: KeptRun;
  readonly name: string;
} | null {
  for (const { cube, cubeName, runs } of runsOfCubes(state)) {
    const run = runs.find((one) => one.id === id);
    if (run) return { cube, run, name: nameAmongCubes(run, cubeName) };
  }
  return null;
}

/** What a result is called among those of all cubes. */
export const nameAmongCubes = (
  { name }: KeptRun,
  cubeName: string | null,
): string => (cubeName === null ? name : `${name}, ${cubeName}`);

/** The result that the next one is held against: the one on show, else the last that is kept. */
export function runBefore(
  state: Pick<SessionState, 'runs' | 'shownRun' | 'unmixing' | 'colours'>,
): KeptRun | null {
  const runs = keptRuns(state);
  return runs.find(({ id }) => id === state.shownRun) ?? runs.at(-1) ?? null;
}
