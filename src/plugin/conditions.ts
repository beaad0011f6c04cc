import type { SessionState } from '../elements/state.js';

/** When an entry of a menu or a key is of use, by the names that plugin-manifest.json has for it. */
export const conditions = Object.freeze({
  /** A cube is open. */
  cube: ({ cube }) => cube.state === 'ready',
  /** Several are open. */
  cubes: ({ cubes }) => cubes.length > 1,
  /** There are maps and endmembers. */
  result: ({ unmixing }) => unmixing !== null,
  /** Something goes on that can be stopped: a run, or files that are opened. */
  busy: ({ run, cube }) =>
    run.state === 'running' ||
    cube.state === 'opening' ||
    cube.state === 'asking',
  /** Training can go on from what there is. */
  resumable: ({ run }) =>
    (run.state === 'done' && run.result.resumable) ||
    (run.state === 'failed' && run.best?.resumable === true),
  /** There is an edit to take back. */
  undo: ({ canUndo }) => canUndo,
  /** There is one to do again. */
  redo: ({ canRedo }) => canRedo,
  /** A pixel is held. */
  pinned: ({ pointer }) => pointer?.pinned === true,
} satisfies Record<string, (state: SessionState) => boolean>);
