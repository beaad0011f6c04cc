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

/** The result that the next one is held against: the one on show, else the last that is kept. */
export function runBefore(
  state: Pick<SessionState, 'runs' | 'shownRun' | 'unmixing' | 'colours'>,
): KeptRun | null {
  const runs = keptRuns(state);
  return runs.find(({ id }) => id === state.shownRun) ?? runs.at(-1) ?? null;
}
