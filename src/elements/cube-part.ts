import { unlike } from './source.js';
import type { CubeListing, SessionState } from './state.js';

/** What each cube of the session has of its own. */
export const cubeFields = [
  'cube',
  'chain',
  'display',
  'request',
  'count',
  'fixing',
  'run',
  'unmixing',
  'runs',
  'shownRun',
  'colours',
  'classThreshold',
  'selected',
  'pointer',
] as const satisfies readonly (keyof SessionState)[];

export type CubePart = Pick<SessionState, (typeof cubeFields)[number]>;

export const partOf = ({
  cube,
  chain,
  display,
  request,
  count,
  fixing,
  run,
  unmixing,
  runs,
  shownRun,
  colours,
  classThreshold,
  selected,
  pointer,
}: CubePart): CubePart => ({
  ...{ cube, chain, display, request, count, fixing, run },
  ...{ unmixing, runs, shownRun, colours, classThreshold, selected, pointer },
});

const isOfCube = (name: string): boolean =>
  cubeFields.some((field) => field === name);

/** What of a patch is of one cube, and what of the whole session. */
export function divided(patch: Partial<SessionState>): {
  readonly own: Partial<CubePart>;
  readonly shared: Partial<SessionState>;
} {
  const entries = Object.entries(patch);
  return {
    own: Object.fromEntries(entries.filter(([name]) => isOfCube(name))),
    shared: Object.fromEntries(entries.filter(([name]) => !isOfCube(name))),
  };
}

const nameOf = ({ cube }: CubePart): string =>
  cube.state === 'ready'
    ? cube.summary.name
    : cube.state === 'opening'
      ? cube.name
      : cube.state === 'asking'
        ? (cube.file ?? 'Several cubes')
        : '';

/** The list of cubes; those of one name are numbered. */
export function listingOf(
  parts: ReadonlyMap<string, CubePart>,
): readonly CubeListing[] {
  const names = unlike([...parts.values()].map(nameOf));
  return [...parts].map(([id, { cube, run }], i) => ({
    id,
    name: names[i],
    state: cube.state,
    running: run.state === 'running',
    size:
      cube.state === 'ready'
        ? [
            cube.summary.width,
            cube.summary.height,
            cube.summary.axis.values.length,
          ]
        : null,
  }));
}
