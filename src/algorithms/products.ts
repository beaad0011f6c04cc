import { plainProducts } from './plain-products.js';
import { wasmProducts } from './wasm-products.js';

/** Bands that take part, as indices and as stretches of neighbours: `length` bands from band `from` on are entries `at` … of `bands`. */
export interface BandRuns {
  readonly bands: Uint32Array;
  /** Bands of a whole spectrum. */
  readonly all: number;
  readonly runs: readonly {
    readonly from: number;
    readonly at: number;
    readonly length: number;
  }[];
}

/** The few loops that nearly all time goes into. Matrices are row-major; `out` must not be one of the operands. */
export interface Products {
  /** Where the kernels read without copying: for the rows of a block, void with the next call. */
  room(length: number): Float64Array;
  /** C = A Bᵀ, A rowsA x length, B rowsB x length. */
  timesTransposed(
    a: Float64Array,
    rowsA: number,
    b: Float64Array,
    rowsB: number,
    length: number,
    out: Float64Array,
  ): void;
  /** C += Aᵀ B, A rows x widthA, B rows x widthB. */
  addTransposedTimes(
    a: Float64Array,
    widthA: number,
    b: Float64Array,
    widthB: number,
    rows: number,
    out: Float64Array,
  ): void;
  /** C += A B, A rows x inner, B inner x width. */
  addTimes(
    a: Float64Array,
    rows: number,
    b: Float64Array,
    inner: number,
    width: number,
    out: Float64Array,
  ): void;
  /** Row i of `out` is the spectrum that begins at data[starts[i]], on the bands that take part, times `weights`. */
  weighRows(
    data: Float32Array,
    starts: ArrayLike<number>,
    bands: BandRuns,
    weights: Float64Array,
    out: Float64Array,
  ): void;
  /**
   * Compares spectra x with y = A B, what a model tells of them: of each row Σ c (x - y)², Σ c x y, Σ c x² and Σ c y² into `sums`
   * (rows x 4), c `counted`; adds (x - y)² of each band to `squares`.
   * @param measured rows x length
   * @param factors A: rows x parts
   * @param model B: parts x length
   */
  compareRows(
    measured: Float64Array,
    factors: Float64Array,
    model: Float64Array,
    counted: Float64Array,
    rows: number,
    sums: Float64Array,
    squares: Float64Array,
  ): void;
}

let chosen: Products | null = null;

/** The fastest that this machine and the page's security policy allow; made when first asked for. */
export const products = (): Products =>
  (chosen ??= wasmProducts() ?? plainProducts);

/** Neighbouring bands put together. */
export function runsOf(bands: Uint32Array, all: number): BandRuns {
  const runs: { from: number; at: number; length: number }[] = [];
  bands.forEach((b, at) => {
    const last = runs.at(-1);
    if (last && b === last.from + last.length) last.length++;
    else runs.push({ from: b, at, length: 1 });
  });
  return { bands, all, runs };
}
