import type { CubePart } from '../cube-part.js';
import type { SessionState } from '../state.js';

/** All that a change of a session can be told by, by reference. */
export interface Signature {
  /** What comes of a step: images, corrections, results, landmarks. */
  readonly steps: readonly unknown[];
  /** What is edited, and may be edited again in a moment. */
  readonly edits: readonly unknown[];
}

/** Of no session: unlike any other. */
export const noSignature: Signature = { steps: [{}], edits: [] };

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

export const sameSteps = (a: Signature, b: Signature): boolean =>
  isSameList(a.steps, b.steps);

export const isSame = (a: Signature, b: Signature): boolean =>
  sameSteps(a, b) && isSameList(a.edits, b.edits);

const stepsOf = ({ cube, chain, runs, unmixing, run }: CubePart) => [
  cube.state === 'ready' && cube.summary,
  chain.applied,
  runs,
  unmixing,
  run.state,
];

const editsOf = (part: CubePart) => [
  part.cube.state === 'ready' && part.cube.missing,
  part.display,
  part.request,
  part.colours,
  part.classThreshold,
  part.selected,
  part.shownRun,
  part.run.state === 'running' ? part.run.preview : null,
  part.pointer?.pinned ? `${part.pointer.x} ${part.pointer.y}` : null,
];

/** @param partOf the part of a cube, by its id */
export function signatureOf(
  state: SessionState,
  partOf: (cube: string) => CubePart | null,
): Signature {
  const open = state.cubes.filter((cube) => cube.state === 'ready');
  const cubes = open.flatMap(({ id }) => partOf(id) ?? []);
  return {
    steps: [state.pictures, state.registrations, ...cubes.flatMap(stepsOf)],
    edits: [
      state.layers,
      state.placements,
      state.composite.on,
      state.comparison,
      state.caption,
      open.some(({ id }) => id === state.active) && state.active,
      ...cubes.flatMap(editsOf),
    ],
  };
}
