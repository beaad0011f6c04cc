import type { Picture } from '../spectral/cube.js';
import type { UnmixingError } from '../spectral/errors.js';
import type { Window } from '../spectral/axis.js';
import type { Unmixing } from '../spectral/unmixing.js';
import type {
  CubeSummary,
  EndmemberCount,
  PixelSpectrum,
  Preview,
  Progress,
  UnmixResult,
} from '../engine/protocol.js';
import type { Backend, Preset, UnmixRequest } from '../engine/options.js';
import type { Missing } from '../formats/opened.js';
import type { VolumeRef } from '../hosts/host.js';
import type { Layer } from '../imaging/layer.js';

/** The cube the session works on. */
export type CubeState =
  | { readonly state: 'none' }
  | {
      readonly state: 'opening';
      readonly name: string;
      readonly fraction: number;
    }
  | {
      readonly state: 'ready';
      readonly summary: CubeSummary;
      /** Where it came from: a format's name or the viewer. */
      readonly type: string;
      /** What the user must still say before unmixing. */
      readonly missing: readonly Missing[];
      readonly warnings: readonly string[];
      /** Why something else could not be opened in its place. */
      readonly error: UnmixingError | null;
    }
  | { readonly state: 'failed'; readonly error: UnmixingError };

export type RunState =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running';
      /** What the run was asked to do, whatever is asked of the next. */
      readonly preset: Preset;
      readonly progress: Progress | null;
      /** Loss of each epoch so far. */
      readonly losses: readonly number[];
      readonly preview: Preview | null;
    }
  | { readonly state: 'done'; readonly result: UnmixResult }
  | {
      readonly state: 'failed';
      readonly error: UnmixingError;
      readonly best: UnmixResult | null;
    };

/** How the cube itself is shown under the overlays. */
export type CubeDisplay =
  | { readonly mode: 'false-colour' }
  | { readonly mode: 'band'; readonly band: number };

/** One line of a layer list, top-most first in `SessionState.layers`: what is drawn, and what it stands for. */
export interface LayerEntry extends Layer {
  /** The cube's picture, a picture the user opened, or the map of one endmember. */
  readonly role: 'cube' | 'picture' | 'abundance';
  /** For abundances: index of the endmember. */
  readonly endmember: number | null;
}

/** What lies under the pointer, or was last pressed. */
export interface PointerState {
  readonly x: number;
  readonly y: number;
  /** Host's world, in the unit of the cube's geometry. */
  readonly world: readonly [number, number, number];
  /** True after a press: it stays until the next press or Escape. */
  readonly pinned: boolean;
  readonly spectrum: PixelSpectrum | null;
}

/** Everything the elements draw; replaced, never changed. */
export interface SessionState {
  /** Volumes the viewer holds. */
  readonly volumes: readonly VolumeRef[];
  readonly cube: CubeState;
  readonly display: CubeDisplay;
  readonly pictures: readonly Picture[];
  /** The request as the user has it; endmembers start at 5. */
  readonly request: UnmixRequest & { readonly exclude: readonly Window[] };
  /** How many endmembers the cube seems to hold; null until that is known. */
  readonly count: EndmemberCount | null;
  readonly run: RunState;
  /** The result on show (also while a new run goes on), with the user's names. */
  readonly unmixing: Unmixing | null;
  /** Colour (fill) of each endmember, as #rrggbb. */
  readonly colours: readonly string[];
  /** Top-most first. */
  readonly layers: readonly LayerEntry[];
  /** One layer for all abundances, blended by us: chosen, or because the host needs it (then with a reason). */
  readonly composite: { readonly on: boolean; readonly reason: string | null };
  readonly selected: number | null;
  readonly pointer: PointerState | null;
  readonly backends: readonly Backend[] | null;
  readonly theme: 'dark' | 'light' | 'auto';
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}
