import type { Geometry, Picture } from '../spectral/cube.js';
import type { UnmixingError } from '../spectral/errors.js';
import type { Window } from '../spectral/axis.js';
import type { Unmixing } from '../spectral/unmixing.js';
import type {
  ChainMeans,
  CubeSummary,
  EndmemberCount,
  Preview,
  Progress,
  UnmixResult,
} from '../engine/protocol.js';
import type {
  Backend,
  FixedSpectrum,
  Preset,
  UnmixRequest,
} from '../engine/options.js';
import type { Missing, Variable } from '../formats/opened.js';
import type { ImageFormat, SpectraFormat } from '../formats/save-formats.js';
import type { Step } from '../preprocess/steps.js';
import type { Capability, Comparison, VolumeRef } from '../hosts/host.js';
import type { Affine } from '../imaging/affine.js';
import type { Registered } from '../imaging/registration/auto-types.js';
import type { RegistrationKind } from '../imaging/registration/kind.js';
import type { Layer } from '../imaging/layer.js';
import type { Evidence, IdentifyingState } from './identify/ask.js';
import type { SessionsState } from './sessions/ask.js';

/** What there is to choose from. */
export interface Choice {
  /** The file that holds several arrays; null when several cubes were opened at once. */
  readonly file: string | null;
  readonly choices: readonly Variable[];
}

/** A cube that is open. */
export interface ReadyState {
  readonly state: 'ready';
  readonly summary: CubeSummary;
  /** Where it came from: a format's name or the viewer. */
  readonly type: string;
  /** What the user must still say before unmixing. */
  readonly missing: readonly Missing[];
  /** Length of a unit of the file's geometry, µm, where the user said how large pixels are. */
  readonly unitLength?: number;
  /** All that the file left out: what was said of it can be said anew. */
  readonly unsaid: readonly Missing[];
  /** When it is one of several that the same files hold: these, and which it is. */
  readonly choice: (Choice & { readonly chosen: string }) | null;
  readonly warnings: readonly string[];
  /** Why something else could not be opened in its place. */
  readonly error: UnmixingError | null;
}

/** The cube the session works on. */
export type CubeState =
  | { readonly state: 'none' }
  | {
      readonly state: 'opening';
      readonly name: string;
      readonly fraction: number;
    }
  /** Several things in what was opened could be the cube: the user must choose one. */
  | ({ readonly state: 'asking' } & Choice)
  | ReadyState
  | { readonly state: 'failed'; readonly error: UnmixingError };

/** The chain of corrections between the cube as it was opened and the one that is unmixed. */
export interface ChainState {
  /** As the user has it, in order. */
  readonly steps: readonly Step[];
  /** As the cube has it: the one before while `steps` are applied, and when one of them failed. */
  readonly applied: readonly Step[];
  readonly work:
    | { readonly state: 'idle' }
    | { readonly state: 'running'; readonly fraction: number }
    | { readonly state: 'failed'; readonly error: UnmixingError };
  /** What `steps` make of the mean spectrum; null until that is known. */
  readonly means: ChainMeans | null;
  /** The last chain for this kind of file; empty when there was none. */
  readonly last: readonly Step[];
}

/** The viewer that holds the plugin. */
export interface ViewerState {
  readonly id: string;
  /** "unknown" where it does not tell. */
  readonly version: string;
  readonly capabilities: ReadonlySet<Capability>;
}

/** How our own view compares. */
export type OwnMode =
  'overlay' | 'swipe' | 'side-by-side' | 'flicker' | 'difference';

/**
 * Two subjects shown against each other, by their ids: a layer's, `<cube>/abundances` for all maps of a cube, `run:<id>` for a kept
 * run, `seen` for all that is shown. In a way of our own, or in one of the viewer's, which knows layers of one cube only.
 */
export interface ComparisonState {
  readonly first: string;
  readonly second: string;
  readonly mode: OwnMode | Comparison['mode'];
  /** Share of the view that the first has when swiped, 0 to 1. */
  readonly divider: number;
  /** The divider is upright: first left, second right. Else first above, second below. */
  readonly upright: boolean;
  /** Opacity of the second over the first when overlaid, 0 to 1. */
  readonly mix: number;
  /** Changes a second of flicker, 2 to 5. */
  readonly rate: number;
}

/** The pixels that maps are saved on: those of another image, by its id, or square ones of a size in the unit of the world. */
export interface SaveGrid {
  readonly onto: { readonly image: string } | { readonly pixel: number };
  readonly interpolation: 'nearest' | 'linear';
}

/** What can be saved, with the format. */
export type SaveRequest =
  | {
      readonly what: 'abundances' | 'classes';
      readonly format: ImageFormat;
      /** As measured when left out. */
      readonly grid?: SaveGrid;
    }
  | { readonly what: 'cube'; readonly format: ImageFormat }
  | { readonly what: 'endmembers'; readonly format: SpectraFormat }
  /** Corrections and options of the run that is done: what replays it on the command line. */
  | { readonly what: 'recipe' };

export type SavingState =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly what: SaveRequest['what'] }
  | { readonly state: 'failed'; readonly error: UnmixingError };

/** Spectra to hold fixed, on their way from a file into the request. */
export type FixingState =
  | { readonly state: 'idle' }
  | { readonly state: 'reading' }
  | { readonly state: 'failed'; readonly error: UnmixingError };

/** What is done to the endmembers of the result on show. */
export type EditingState =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running';
      /** In a word: "Merging". */
      readonly what: string;
      readonly fraction: number;
    }
  /** A file holds several spectra that could take the place of an endmember: the user must choose one. */
  | {
      readonly state: 'choosing';
      readonly endmember: number;
      readonly file: string;
      readonly spectra: readonly FixedSpectrum[];
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

/** A result of a cube that is kept, to come back to and to be compared. */
export interface KeptRun {
  /** Unlike those of all other runs of the session. */
  readonly id: string;
  /** What tells it from the others, as "auto, seed 0". */
  readonly name: string;
  readonly result: UnmixResult;
  /** With the user's names. */
  readonly unmixing: Unmixing;
  /** Colour (fill) of each endmember, as #rrggbb. */
  readonly colours: readonly string[];
  /** The chain of corrections that it rests on. */
  readonly steps: readonly Step[];
  /** Of the image that was unmixed, before any placement. */
  readonly geometry: Geometry;
  /** When it was done, in milliseconds since 1970. */
  readonly finished: number;
}

/** A cube of the session, as listed, with its results. */
export interface CubeListing extends Pick<
  SessionState,
  'unmixing' | 'runs' | 'shownRun' | 'colours'
> {
  readonly id: string;
  readonly name: string;
  readonly state: CubeState['state'];
  readonly running: boolean;
  /** Width, height and bands; null until it is open. */
  readonly size: readonly [number, number, number] | null;
  /** Its file does not say how large pixels are: the user may. */
  readonly sizeable: boolean;
}

/** A pair of places that show the same: x and y where the file of each image puts them, before any placement. */
export interface Landmark {
  readonly moving: readonly [number, number];
  readonly fixed: readonly [number, number];
}

/** How one image was brought onto another. */
export interface Registration {
  /** A cube or a picture, by its id: what is moved. */
  readonly moving: string;
  /** What it is moved onto; stays. */
  readonly fixed: string;
  readonly kind: RegistrationKind;
  readonly landmarks: readonly Landmark[];
}

/** What a user is about when one image is brought onto another. */
export interface RegisteringState {
  /** A cube or a picture, by its id, and the one it is moved onto; empty while the user has not chosen. */
  readonly moving: string;
  readonly fixed: string;
  /** Of a registration that is still to come. */
  readonly kind: RegistrationKind;
  /** A mark in one of the images that waits for the one in the other: x and y where the file puts it. */
  readonly pending: {
    readonly side: 'moving' | 'fixed';
    readonly at: readonly [number, number];
  } | null;
  /** The pair of landmarks that the user turned to. */
  readonly selected: number | null;
  /** What the stage shows of it: both images side by side, one over the other, or a proposal against what is. */
  readonly stage: 'closed' | 'landmarks' | 'nudge' | 'review';
  readonly work:
    | { readonly state: 'idle' }
    | {
        readonly state: 'running';
        readonly stage: 'search' | 'refine';
        readonly fraction: number;
      }
    /** Found, and not taken before the user does. */
    | {
        readonly state: 'proposed';
        /** Its map is the new placement of the image that is moved. */
        readonly result: Registered;
      }
    | { readonly state: 'failed'; readonly error: UnmixingError };
}

/** One line of a layer list, top-most first in `SessionState.layers`: what is drawn, and what it stands for. */
export interface LayerEntry extends Layer {
  /** The cube or picture that it belongs to, by its id: its placement is the layer's. A picture is its own. */
  readonly owner: string;
  /** Where the file puts it; `geometry` is this, moved by the placement of the owner. */
  readonly source: Geometry;
  /** Held against changes of its look, place and order. */
  readonly locked: boolean;
  /** The name is the user's: it stays whatever the layer shows. */
  readonly named?: boolean;
  /** The cube's picture, a picture the user opened, the map of one endmember, or one that tells about the result. */
  readonly role: 'cube' | 'picture' | 'abundance' | 'diagnostic';
  /** For abundances: index of the endmember. */
  readonly endmember: number | null;
  /** Of the values of a diagnostic map; empty for shares. */
  readonly unit?: string;
}

/** What lies under the pointer, or was last pressed. */
export interface PointerState {
  readonly x: number;
  readonly y: number;
  /** Host's world, in the unit of the cube's geometry. */
  readonly world: readonly [number, number, number];
  /** True after a press: it stays until the next press or Escape. */
  readonly pinned: boolean;
  /** As measured, with the corrections; null until it is known. */
  readonly spectrum: Float32Array | null;
}

/** Everything the elements draw; replaced, never changed. */
export interface SessionState {
  readonly viewer: ViewerState;
  /** Volumes the viewer holds. */
  readonly volumes: readonly VolumeRef[];
  /** All cubes, in the order in which they were opened. */
  readonly cubes: readonly CubeListing[];
  /** The cube that the panel is about, by its id: all that follows from `cube` to `pointer` is about this one. */
  readonly active: string;
  readonly cube: CubeState;
  readonly chain: ChainState;
  readonly display: CubeDisplay;
  readonly pictures: readonly Picture[];
  /** The request as the user has it; endmembers start at 5. */
  readonly request: UnmixRequest & { readonly exclude: readonly Window[] };
  /** How many endmembers the cube seems to hold; null until that is known. */
  readonly count: EndmemberCount | null;
  readonly fixing: FixingState;
  readonly editing: EditingState;
  readonly run: RunState;
  readonly saving: SavingState;
  /** The result on show (also while a new run goes on), with the user's names. */
  readonly unmixing: Unmixing | null;
  /** Results that are kept, oldest first; the one on show is among them once it is done. */
  readonly runs: readonly KeptRun[];
  /** Which of the runs is on show, by its id; null while none is. */
  readonly shownRun: string | null;
  /** What libraries say of endmembers: of those that it names. */
  readonly evidence: Evidence | null;
  /** Colour (fill) of each endmember, as #rrggbb. */
  readonly colours: readonly string[];
  /** Where images were moved to, by the id of the cube or picture; those that are not named lie where their file puts them. */
  readonly placements: Readonly<Record<string, Affine>>;
  readonly registrations: readonly Registration[];
  readonly registering: RegisteringState;
  /** Top-most first. */
  readonly layers: readonly LayerEntry[];
  /** One layer for all abundances, blended by us: chosen, or because the host needs it (then with a reason). */
  readonly composite: { readonly on: boolean; readonly reason: string | null };
  /** Least share of a pixel, 0 to 1, with which a material is its class. */
  readonly classThreshold: number;
  /** What the viewer compares; null while it shows the layers. */
  readonly comparison: ComparisonState | null;
  /** Of figures, as the user wrote it; null while it is made from the result. */
  readonly caption: string | null;
  readonly selected: number | null;
  readonly pointer: PointerState | null;
  readonly backends: readonly Backend[] | null;
  /** Libraries of references, and how endmembers are compared with them. */
  readonly identifying: IdentifyingState;
  /** Saving, opening and keeping of the session as a whole. */
  readonly sessions: SessionsState;
  readonly theme: 'dark' | 'light' | 'auto';
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}
