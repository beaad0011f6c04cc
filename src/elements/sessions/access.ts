import type { Wanted } from '../../formats/reader.js';
import type { Answers, ReadTask } from '../asking.js';
import type { CubePart } from '../cube-part.js';
import type { Engine } from '../engine.js';
import type { CubeSource, PreparedCube, SharedPart } from '../prepared.js';
import type { Question, Source } from '../source.js';

/** What the session as a whole is saved from, and put back into. */
export interface SessionAccess {
  /** By the id of the cube; null when there is none. */
  readonly part: (cube: string) => CubePart | null;
  readonly sourceOf: (cube: string) => CubeSource | null;
  /** The user's choice of one blended layer, apart from what the viewer needs. */
  readonly composite: () => boolean;
  /** Puts another session in place of the one that is open, in one step. */
  readonly swap: (
    cubes: readonly PreparedCube[],
    active: string,
    shared: SharedPart,
  ) => Promise<void>;
  /** Holds the pixel of a cube at a position. */
  readonly pin: (
    cube: string,
    world: readonly [number, number, number],
  ) => void;
  readonly engine: ConstructorParameters<typeof Engine>[0];
  readonly read: (
    wanted: Wanted,
    task: ReadTask,
    answers: Answers,
  ) => Promise<Source | Question>;
  /** Where reader-worker.js lies, when not next to the page's modules. */
  readonly readerUrl: string | URL | undefined;
  /** Whether sessions may be kept in the browser at all. */
  readonly mayKeep: boolean;
}
