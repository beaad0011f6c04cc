import { blendId, numbered } from '../entries.js';
import { nameAmongCubes, runsOfCubes } from '../runs/kept.js';
import type { ComparisonState, SessionState } from '../state.js';
import { isOwnMode, recallWays } from './modes.js';

/** All layers that are shown, as one subject. */
export const seenId = 'seen';

/** An id with a name. */
export type SubjectChoice = readonly [id: string, name: string];

/** What can be compared in our own view: abundances, runs, layers of any image, and what is seen. */
export function subjectChoices(
  state: Pick<
    SessionState,
    'layers' | 'cubes' | 'active' | 'runs' | 'shownRun' | 'unmixing' | 'colours'
  >,
): readonly SubjectChoice[] {
  const { layers } = state;
  const owners = new Set(
    layers.filter(({ role }) => role === 'abundance').map(({ owner }) => owner),
  );
  return [
    ...[...owners].map(
      (owner) => [blendId(owner), numbered('Abundances', owner)] as const,
    ),
    // A single one that is on show is what the abundances show already.
    ...runsOfCubes(state)
      .filter(({ runs, shownRun }) => runs.length > 1 || shownRun === null)
      .flatMap(({ cubeName, runs }) =>
        runs.map(
          (run) =>
            [`run:${run.id}`, `Run: ${nameAmongCubes(run, cubeName)}`] as const,
        ),
      ),
    ...layers.map(({ id, name }) => [id, name] as const),
    ...(layers.some(({ style }) => style.visible)
      ? [[seenId, 'What is seen'] as const]
      : []),
  ];
}

/** What a viewer itself can compare: layers of the grid of a cube, and all abundances as one. */
export const viewerChoices = ({
  layers,
}: Pick<SessionState, 'layers'>): readonly SubjectChoice[] => {
  const ofCubes = layers.filter(({ role }) => role !== 'picture');
  const owners = [...new Set(ofCubes.map(({ owner }) => owner))];
  const counted = (owner: string): number =>
    ofCubes.filter((one) => one.owner === owner && one.role === 'abundance')
      .length;
  return [
    ...owners
      .filter((owner) => counted(owner) > 1)
      .map((owner) => [blendId(owner), numbered('Abundances', owner)] as const),
    ...ofCubes.map(({ id, name }) => [id, name] as const),
  ];
};

/** What can be compared in a mode. */
export const choicesFor = (
  state: SessionState,
  mode: ComparisonState['mode'],
): readonly SubjectChoice[] =>
  isOwnMode(mode) ? subjectChoices(state) : viewerChoices(state);

/**
 * A comparison to begin with: as asked, as far as that is there; else of the picture that lies on top with the abundances, else of
 * the cube's picture with what there is; in the way that was last chosen. Null while there are not two things to compare.
 */
export function comparisonOf(
  state: SessionState,
  asked: Partial<ComparisonState> = {},
): ComparisonState | null {
  const ways = { ...recallWays(), ...asked };
  const hosts = state.viewer.capabilities.has('compare');
  const mode = isOwnMode(ways.mode) || hosts ? ways.mode : 'swipe';
  const ids = choicesFor(state, mode).map(([id]) => id);
  if (ids.length < 2) return null;
  const there = (id: string | undefined): id is string =>
    id !== undefined && ids.includes(id);
  const known = (id: string | undefined): string | null =>
    there(id) ? id : null;
  const other = (
    than: string | undefined,
    likely: readonly (string | undefined)[],
  ): string =>
    [...likely, ...ids].find((id) => there(id) && id !== than) ?? ids[0];
  const asFirst = known(asked.first);
  const second =
    known(asked.second) ?? other(asFirst ?? undefined, [blendId(state.active)]);
  const first =
    asFirst ??
    other(second, [
      state.layers.find(({ role }) => role === 'picture')?.id,
      state.layers.find(({ role }) => role === 'cube')?.id,
      blendId(state.active),
    ]);
  return { ...ways, mode, first, second };
}
