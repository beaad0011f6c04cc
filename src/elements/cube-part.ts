import { isSizeable } from './pixel-size.js';
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
  'editing',
  'run',
  'unmixing',
  'runs',
  'shownRun',
  'evidence',
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
  editing,
  run,
  unmixing,
  runs,
  shownRun,
  evidence,
  colours,
  classThreshold,
  selected,
  pointer,
}: CubePart): CubePart => ({
  ...{ cube, chain, display, request, count, fixing, editing, run },
  ...{ unmixing, runs, shownRun, evidence, colours, classThreshold },
  ...{ selected, pointer },
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

/** Whether a change is of something that is listed. */
export const isListed = (own: Partial<CubePart>): boolean =>
  (['cube', 'run', 'unmixing', 'runs', 'shownRun', 'colours'] as const).some(
    (field) => own[field] !== undefined,
  );

const isSame = (
  { size, ...a }: CubeListing,
  { size: other, ...b }: CubeListing,
): boolean =>
  String(size) === String(other) &&
  Object.values(b).every((value, i) => value === Object.values(a)[i]);

/** The list of cubes, those of one name numbered: the one before as long as nothing of it changed. */
export function listingOf(
  parts: ReadonlyMap<string, CubePart>,
  before: readonly CubeListing[],
): readonly CubeListing[] {
  const names = unlike([...parts.values()].map(nameOf));
  const cubes = [...parts].map(([id, part], i): CubeListing => {
    const { cube, run, unmixing, runs, shownRun, colours } = part;
    return {
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
      sizeable: cube.state === 'ready' && isSizeable(cube),
      ...{ unmixing, runs, shownRun, colours },
    };
  });
  return cubes.length === before.length &&
    cubes.every((cube, i) => isSame(cube, before[i]))
    ? before
    : cubes;
}
