import type { Preview as ChainMeans } from '../preprocess/preview.js';
import type { Step } from '../preprocess/steps.js';
import type {
  AxisUnit,
  Quantity,
  SpectralAxis,
  Window,
} from '../spectral/axis.js';
import type { Cube, CubeImage, Geometry } from '../spectral/cube.js';
import type { ErrorData } from '../spectral/errors.js';
import type { EndmemberSet, Unmixing } from '../spectral/unmixing.js';
import type { EndmemberEdit } from './endmember-edits.js';
import {
  type Backend,
  startsFromChance,
  trains,
  type UnmixOptions,
  type UnmixRequest,
} from './options.js';
import type { TrainingState } from './train.js';

/** Steps of a run, in order; a preset leaves out those it does not need. */
export type Stage =
  'preparing' | 'subspace' | 'extracting' | 'training' | 'fitting';

/** The stages that a preset goes through. */
export const stagesOf = (preset: UnmixOptions['preset']): readonly Stage[] => [
  'preparing',
  'subspace',
  ...(startsFromChance(preset) ? [] : (['extracting'] as const)),
  ...(trains(preset) ? (['training'] as const) : []),
  'fitting',
];

export type { ChainMeans };

export interface Progress {
  readonly stage: Stage;
  /** 0 to 1 within the stage. */
  readonly fraction: number;
  /** While training: passes done, of how many, last mean loss (radians), least so far. */
  readonly training?: {
    readonly epoch: number;
    readonly epochs: number;
    readonly loss: number;
    readonly best: number;
    readonly backend: Backend;
  };
  /** Rough estimate for the whole run; null until there is one. */
  readonly secondsLeft: number | null;
}

/** What the overlays and plots show while the run goes on. */
export interface Preview {
  /** R x L, unit of the data. */
  readonly endmembers: Float32Array;
  /** N x R, rows sum to one. */
  readonly abundances: Float32Array;
}

export interface Report {
  readonly options: UnmixOptions;
  /** Where the network trained; null for presets without one. */
  readonly backend: Backend | null;
  readonly stages: readonly {
    readonly stage: Stage;
    readonly seconds: number;
  }[];
  readonly seconds: number;
  /** Mean training loss of the pass whose weights were kept (the one with the least objective), radians. */
  readonly loss: number | null;
  readonly epochs: number;
  /** As in Unmixing.residual. */
  readonly rmse: number;
  readonly meanAngle: number;
  readonly maskedPixels: number;
  readonly excludedBands: number;
  /** True when the user stopped it before its end. */
  readonly stopped: boolean;
  readonly versions: Readonly<Record<string, string>>;
  /** Plain sentences: what was found, assumed or could mislead. */
  readonly warnings: readonly string[];
  /** Plain sentences on how far the result can be believed: what fits worst, what is negative, which endmembers are alike. */
  readonly diagnostics: readonly string[];
  /** What was done to the endmembers since, in order; left out where nothing was. All figures are of the result as it is. */
  readonly edits?: readonly EndmemberEdit[];
}

export interface UnmixResult {
  readonly unmixing: Unmixing;
  readonly report: Report;
  /** True when training can go on from here. */
  readonly resumable: boolean;
}

/** What is told of a cube, with its corrections, once the worker holds it. */
export interface CubeSummary {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly axis: SpectralAxis;
  readonly geometry: Geometry;
  /** The image before its corrections. */
  readonly original: Pick<Cube, 'width' | 'height' | 'axis'>;
  /** What the corrections did, in plain sentences. */
  readonly notes: readonly string[];
  /** Mean spectrum over unmasked pixels. */
  readonly mean: Float32Array;
  /** Band reliability weights, 0.05 to 1 (Pande et al. 2026). */
  readonly reliability: Float32Array;
  /** One byte a pixel, 1 = left out. */
  readonly mask: Uint8Array;
  /** Why pixels are left out, by count. */
  readonly masked: {
    readonly notFinite: number;
    readonly constant: number;
    readonly saturated: number;
    readonly given: number;
  };
  readonly warnings: readonly string[];
}

/** How many endmembers the cube seems to hold, by several criteria; none is sure where spectra vary. */
export interface EndmemberCount {
  /** Null where the noise does not determine it. */
  readonly suggested: number | null;
  /** Why, and what each criterion says, in plain sentences. */
  readonly reason: string;
  readonly methods: {
    /** Bioucas-Dias & Nascimento 2008. */
    readonly hysime: number;
    /** Harsanyi, Farrand & Chang 1993, noise-whitened. */
    readonly hfc: number;
    /** After how many singular values the last ratio above 3 lies. */
    readonly gap: number | null;
    /** Most endmembers that hardly depend on which half of the pixels is there; null where not even two. */
    readonly stable: number | null;
  };
  readonly curves: {
    /** Of the whitened cube without gas and baseline, largest first, in units of the noise edge: what pure noise reaches. */
    readonly singularValues: Float32Array;
    /** Mean angle, radians, between spectra and what k = 1, 2, … dimensions keep of them. */
    readonly residual: Float32Array;
    /**
     * Mean angle, radians, between endmembers sought in all pixels and in halves of them: entry R - 2 for R = 2, 3, … up to
     * two more than stand above the noise, at most 12; small where they are stable.
     */
    readonly stability: Float32Array;
  };
}

/**
 * What a file left out and the user supplied; `ends` are the positions of the first and the last band, with the others
 * evenly between, and `width` re-arranges a list of spectra into an image.
 */
export interface CubeDescription {
  readonly ends?: readonly [number, number];
  readonly unit?: AxisUnit;
  readonly quantity?: Quantity;
  readonly width?: number;
}

/** Where training stood when its worker broke down: another goes on from there, on another backend. */
export interface Interrupted {
  readonly state: TrainingState;
  readonly backend: Backend;
  /** Why it broke down, in a few words. */
  readonly reason: string;
}

export type Request =
  | { readonly type: 'load'; readonly cube: Cube }
  | { readonly type: 'describe'; readonly description: CubeDescription }
  /** Puts this chain of corrections in place of the one before; an empty one holds no second copy. */
  | { readonly type: 'correct'; readonly steps: readonly Step[] }
  /** What a chain would make of the mean spectrum. */
  | { readonly type: 'means'; readonly steps: readonly Step[] }
  /** A copy of the cube with its corrections. */
  | { readonly type: 'cube' }
  | { readonly type: 'image'; readonly band: number | null }
  | { readonly type: 'pixel'; readonly pixel: number }
  /** How many endmembers there may be, without the bands in these windows. */
  | { readonly type: 'count'; readonly exclude: readonly Window[] }
  | {
      readonly type: 'unmix';
      readonly request: UnmixRequest;
      readonly interrupted?: Interrupted;
      readonly before?: EndmemberSet;
    }
  | {
      readonly type: 'resume';
      readonly epochs: number;
      readonly before?: EndmemberSet;
    }
  /** Edits the endmembers of a result that rests on the cube as it is. */
  | {
      readonly type: 'edit';
      readonly result: Pick<UnmixResult, 'unmixing' | 'report'>;
      readonly edit: EndmemberEdit;
    }
  /** Which backends this machine has. */
  | { readonly type: 'backends' }
  /** Ends the running job with the best so far. */
  | { readonly type: 'stop' }
  /** Answered at once, to show that the worker lives. */
  | { readonly type: 'ping' }
  /** Ends the job with this id without a result. */
  | { readonly type: 'abort'; readonly job: number };

/** What each request is answered with. */
export interface Answers {
  load: CubeSummary;
  describe: CubeSummary;
  correct: CubeSummary;
  means: ChainMeans;
  cube: Cube;
  image: CubeImage;
  /** As measured, with the corrections. */
  pixel: Float32Array;
  count: EndmemberCount;
  unmix: UnmixResult;
  resume: UnmixResult;
  edit: UnmixResult;
  /** In the order in which `auto` tries them. */
  backends: readonly Backend[];
  stop: null;
  ping: null;
  abort: null;
}

/** An answer with the type of its request, so that both ends know what it is. */
export type Answer = {
  readonly [T in keyof Answers]: { readonly to: T; readonly value: Answers[T] };
}[keyof Answers];

/** Page to worker. */
export interface ToWorker {
  readonly id: number;
  readonly request: Request;
  /** Folder of the wasm files; the worker's own folder when left out. */
  readonly assets?: string;
}

/** Worker to page; `id` is the request's. */
export type FromWorker =
  | {
      readonly id: number;
      readonly type: 'answer';
      readonly answer: Answer;
    }
  | {
      readonly id: number;
      readonly type: 'error';
      readonly error: ErrorData;
      /** What was reached before a run failed. */
      readonly best?: UnmixResult;
    }
  | {
      readonly id: number;
      readonly type: 'progress';
      readonly progress: Progress;
    }
  | {
      readonly id: number;
      readonly type: 'preview';
      readonly preview: Preview;
    }
  | {
      readonly id: number;
      /** What training can go on from, should this worker break down. */
      readonly type: 'checkpoint';
      readonly state: TrainingState;
      readonly backend: Backend;
    }
  | {
      readonly id: number;
      /** Share done of corrections or of an edit, 0 to 1. */
      readonly type: 'fraction';
      readonly fraction: number;
    };
