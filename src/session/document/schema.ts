import type {
  Report,
  CubeSummary,
  CubeDescription,
} from '../../engine/protocol.js';
import type { UnmixRequest } from '../../engine/options.js';
import type { Missing } from '../../formats/opened.js';
import type { Affine } from '../../imaging/affine.js';
import type { LayerImage, LayerStyle } from '../../imaging/layer.js';
import type { Step } from '../../preprocess/steps.js';
import type { SpectralAxis } from '../../spectral/axis.js';
import type { Geometry } from '../../spectral/cube.js';
import type { Unmixing } from '../../spectral/unmixing.js';

/** Version of the form; it rises when an older program could no longer read it. */
export const sessionVersion = 1;

/** Number types of arrays that lie beside the document. */
export type ArrayType = 'float32' | 'float64' | 'uint8' | 'uint8-clamped';

export type SessionArray =
  Float32Array | Float64Array | Uint8Array | Uint8ClampedArray;

/** An array that is fetched when it is written: too large to be held for that alone. */
export interface LaterArray {
  /** Stands for the array: what is written once under this object is not asked for again. */
  readonly identity: object;
  readonly type: ArrayType;
  readonly shape: readonly number[];
  readonly load: () => Promise<SessionArray>;
}

/** In place of an array in the document: the piece that holds it, C order. */
export interface ArrayPiece {
  readonly piece: string;
  readonly type: ArrayType;
  readonly shape: readonly number[];
}

/** A file that was opened. */
export interface FileRecord {
  /** With its folder where it came from one. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  /** 64 hexadecimal digits; null where the bytes are a piece, or could not be counted. */
  readonly sha256: string | null;
  /** The piece that holds its bytes; null where only told of. */
  readonly piece: string | null;
}

/** Content in which arrays and files have been put aside as pieces. */
export type Stored<T> = T extends SessionArray | LaterArray
  ? ArrayPiece
  : T extends File
    ? FileRecord
    : T extends (infer U)[] | readonly (infer U)[]
      ? number extends T['length']
        ? readonly Stored<U>[]
        : { readonly [K in keyof T]: Stored<T[K]> }
      : T extends object
        ? { readonly [K in keyof T]: Stored<T[K]> }
        : T;

/** Where a cube came from. */
export type CubeSource =
  | {
      readonly kind: 'files';
      /** A record in place of a file that was not at hand when the session was opened. */
      readonly files: readonly (File | FileRecord)[];
      /** What was chosen, by the name of the file that holds several arrays; among several cubes under the empty name. */
      readonly answers: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'urls';
      readonly urls: readonly string[];
      readonly answers: Readonly<Record<string, string>>;
    }
  /** A volume of the viewer: there is no file, so the values themselves are kept. */
  | {
      readonly kind: 'values';
      readonly type: string;
      readonly width: number;
      readonly height: number;
      readonly axis: SpectralAxis;
      readonly geometry: Geometry;
      /** Height x width x bands. */
      readonly data: LaterArray;
      readonly missing: readonly Missing[];
      readonly warnings: readonly string[];
    };

/** A result of a cube. */
export interface RunContent {
  readonly id: string;
  readonly name: string;
  /** As it was found; `names` are the user's. */
  readonly unmixing: Unmixing;
  readonly names: readonly string[];
  /** #rrggbb of each endmember. */
  readonly colours: readonly string[];
  readonly report: Report;
  /** Corrections that it rests on. */
  readonly steps: readonly Step[];
  /** Of the image that was unmixed, as its file has it. */
  readonly geometry: Geometry;
  /** When it was done, milliseconds since 1970. */
  readonly finished: number;
}

/** A run that was under way. */
export interface UnfinishedRun {
  readonly preset: string;
  /** How far it was, in words: "training, epoch 12 of 30". */
  readonly reached: string;
  /** Its last preview: R x L, N x R. */
  readonly endmembers: Float32Array | null;
  readonly abundances: Float32Array | null;
}

export type DisplayContent =
  | { readonly mode: 'false-colour' }
  | { readonly mode: 'band'; readonly band: number };

/** A cube with all that came of it. */
export interface CubeContent {
  readonly id: string;
  readonly name: string;
  /** Name of the format, or "this viewer". */
  readonly type: string;
  readonly source: CubeSource;
  /** What a person said that the files left out. */
  readonly said: CubeDescription;
  /** What is still to be said, and all that the files left out. */
  readonly missing: readonly Missing[];
  readonly unsaid: readonly Missing[];
  /** Length of a unit of the files' geometry, µm, as a person said it; left out where the files say it or nobody did. */
  readonly unitLength?: number;
  readonly warnings: readonly string[];
  readonly choice: {
    readonly file: string | null;
    readonly chosen: string;
    readonly choices: readonly {
      readonly id: string;
      readonly description: string;
    }[];
  } | null;
  /** As it was after its corrections: shown where its files are missing. */
  readonly summary: CubeSummary;
  readonly steps: readonly Step[];
  readonly display: DisplayContent;
  readonly request: UnmixRequest;
  /** The result on show; one of `runs`, or edited since. */
  readonly shown: RunContent | null;
  readonly runs: readonly RunContent[];
  readonly shownRun: string | null;
  readonly unfinished: UnfinishedRun | null;
  readonly colours: readonly string[];
  readonly classThreshold: number;
  /** Endmember turned to. */
  readonly selected: number | null;
  /** Column and row of the pixel that is held. */
  readonly pinned: readonly [number, number] | null;
}

export interface LayerContent {
  readonly id: string;
  /** Cube or picture that it belongs to. */
  readonly owner: string;
  readonly role: 'cube' | 'picture' | 'abundance' | 'diagnostic';
  readonly endmember: number | null;
  readonly name: string;
  /** By the user: it stays when what is shown changes. */
  readonly named: boolean;
  readonly unit: string;
  readonly locked: boolean;
  readonly style: LayerStyle;
  /** Where the file puts it. */
  readonly source: Geometry;
  /** Null for abundances, which are made from the result. */
  readonly image: LayerImage | null;
}

export interface RegistrationContent {
  readonly moving: string;
  readonly fixed: string;
  readonly kind: 'rigid' | 'similarity' | 'affine';
  readonly landmarks: readonly {
    readonly moving: readonly [number, number];
    readonly fixed: readonly [number, number];
  }[];
}

type Point = readonly [number, number, number];

/** What the viewer showed of its world. */
export interface ViewContent {
  readonly centre: Point;
  readonly right: Point;
  readonly up: Point;
  readonly halfHeight: number;
}

/** All of a session, with arrays and files in place. */
export interface SessionContent {
  /** For lists: the names of the cubes, or of the first picture. */
  readonly title: string;
  readonly cubes: readonly CubeContent[];
  readonly active: string;
  /** Top-most first. */
  readonly layers: readonly LayerContent[];
  readonly placements: Readonly<Record<string, Affine>>;
  readonly registrations: readonly RegistrationContent[];
  /** One layer for all abundances, by choice. */
  readonly composite: boolean;
  /** What is shown against each other and how, as the elements have it. */
  readonly comparison: Readonly<
    Record<string, string | number | boolean>
  > | null;
  /** Of figures, in the user's words; null where it is made from the result. */
  readonly caption: string | null;
  readonly view: ViewContent | null;
}

/** What is written as session.json. */
export interface SessionDocument extends Stored<SessionContent> {
  readonly stratigraph: 'session';
  readonly version: typeof sessionVersion;
  /** Version of the program that wrote it. */
  readonly program: string;
  /** When it was written, ISO 8601. */
  readonly saved: string;
}

/** A large part of a session that lies beside its document. */
export type Piece =
  | { readonly kind: 'file'; readonly load: () => Promise<File> }
  | {
      readonly kind: 'array';
      readonly shape: readonly number[];
      readonly load: () => Promise<SessionArray>;
    };

/** A session as its document and the parts that are written beside it, by their keys. */
export interface Pieces {
  readonly document: SessionDocument;
  readonly pieces: ReadonlyMap<string, Piece>;
}
