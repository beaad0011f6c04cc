import { plainProducts } from './plain-products.js';
import type { Products } from './products.js';
import { binary } from './wasm-binary.js';

/** What wasm/products.ts exports: addresses in bytes, counts and strides in numbers. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  timesTransposed(
    a: number,
    rowsA: number,
    b: number,
    rowsB: number,
    length: number,
    out: number,
  ): void;
  addProduct(
    a: number,
    stepI: number,
    stepN: number,
    rows: number,
    b: number,
    width: number,
    count: number,
    out: number,
  ): void;
  weigh(from: number, factors: number, length: number, to: number): void;
  compare(
    measured: number,
    told: number,
    counted: number,
    rows: number,
    length: number,
    sums: number,
    squares: number,
  ): void;
}

/** Numbers of 8 bytes: the room for a block, then the operands of one call. */
const roomNumbers = 2 ** 19;
/** An operand with many rows is read in parts of at most this many numbers, which the cache holds. */
const partNumbers = 2 ** 16;
/** Fewer multiplications than this are not worth the copies. */
const leastWork = 2 ** 14;
/** Nor are products where each number copied enters so few of them. */
const leastUses = 3;
/** Shorter stretches of bands are gathered one by one. */
const leastRun = 16;
/** Of fewer bands than this share, whole spectra are not worth a copy. */
const leastShare = 0.25;

function start(): Kernels | null {
  try {
    const bytes = Uint8Array.from(atob(binary), (c) => c.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    return exports as unknown as Kernels;
  } catch {
    // No WebAssembly, no SIMD, or a policy without 'wasm-unsafe-eval'.
    return null;
  }
}

/**
 * Products by WebAssembly with SIMD: what is not in `room` is copied into the module's memory part by part, and the result back.
 * Null where the module does not start.
 */
export function wasmProducts(): Products | null {
  const kernels = start();
  if (!kernels) return null;
  const { buffer } = kernels.memory;
  const memory = new Float64Array(buffer);
  const floats = new Float32Array(buffer);
  const capacity = memory.length - roomNumbers;
  let next = roomNumbers;
  const take = (length: number): number => {
    const at = next;
    next += length;
    return at;
  };
  /** Index of numbers `from` … of an operand, copied unless they are there already. */
  const place = (x: Float64Array, from: number, length: number): number => {
    if (x.buffer === buffer) return x.byteOffset / 8 + from;
    const at = take(length);
    memory.set(x.subarray(from, from + length), at);
    return at;
  };
  const rowsPerPart = (width: number) =>
    Math.max(4, Math.floor(partNumbers / width) & ~3);
  const worth = (uses: number, work: number, fixed: number, width: number) =>
    uses >= leastUses &&
    work >= leastWork &&
    fixed + rowsPerPart(width) * width <= capacity;
  /** Calls `visit` with the first row and the number of rows of each part; what one part took is free for the next. */
  const inParts = (
    rows: number,
    width: number,
    visit: (first: number, count: number) => void,
  ): void => {
    const most = rowsPerPart(width);
    const before = next;
    for (let first = 0; first < rows; first += most) {
      next = before;
      visit(first, Math.min(most, rows - first));
    }
  };

  return {
    room: (length) =>
      length <= roomNumbers
        ? memory.subarray(0, length)
        : new Float64Array(length),

    timesTransposed(a, rowsA, b, rowsB, length, out) {
      const width = length + rowsB;
      if (
        !worth(
          Math.min(rowsA, rowsB),
          rowsA * rowsB * length,
          rowsB * length,
          width,
        )
      ) {
        plainProducts.timesTransposed(a, rowsA, b, rowsB, length, out);
        return;
      }
      next = roomNumbers;
      const atB = place(b, 0, rowsB * length);
      inParts(rowsA, width, (first, count) => {
        const atA = place(a, first * length, count * length);
        const to = take(count * rowsB);
        kernels.timesTransposed(8 * atA, count, 8 * atB, rowsB, length, 8 * to);
        out.set(memory.subarray(to, to + count * rowsB), first * rowsB);
      });
    },

    addTransposedTimes(a, widthA, b, widthB, rows, out) {
      const width = widthA + widthB;
      if (
        !worth(
          Math.min(widthA, rows),
          widthA * widthB * rows,
          widthA * widthB,
          width,
        )
      ) {
        plainProducts.addTransposedTimes(a, widthA, b, widthB, rows, out);
        return;
      }
      next = roomNumbers;
      const to = place(out, 0, widthA * widthB);
      inParts(rows, width, (first, count) => {
        const atA = place(a, first * widthA, count * widthA);
        const atB = place(b, first * widthB, count * widthB);
        kernels.addProduct(
          8 * atA,
          1,
          widthA,
          widthA,
          8 * atB,
          widthB,
          count,
          8 * to,
        );
      });
      out.set(memory.subarray(to, to + widthA * widthB));
    },

    addTimes(a, rows, b, inner, columns, out) {
      const width = inner + columns;
      if (
        !worth(
          Math.min(inner, rows),
          rows * inner * columns,
          inner * columns,
          width,
        )
      ) {
        plainProducts.addTimes(a, rows, b, inner, columns, out);
        return;
      }
      next = roomNumbers;
      const atB = place(b, 0, inner * columns);
      inParts(rows, width, (first, count) => {
        const atA = place(a, first * inner, count * inner);
        const to = place(out, first * columns, count * columns);
        kernels.addProduct(
          8 * atA,
          inner,
          1,
          count,
          8 * atB,
          columns,
          inner,
          8 * to,
        );
        if (out.buffer !== buffer)
          out.set(memory.subarray(to, to + count * columns), first * columns);
      });
    },

    weighRows(data, starts, taken, weights, out) {
      const { bands, runs, all } = taken;
      const spectra = Math.floor((capacity - bands.length) / all) * 2 - 2;
      if (
        out.buffer !== buffer ||
        spectra < 1 ||
        bands.length < leastRun * runs.length ||
        bands.length < leastShare * all
      ) {
        plainProducts.weighRows(data, starts, taken, weights, out);
        return;
      }
      next = roomNumbers;
      const factors = place(weights, 0, bands.length);
      const source = 2 * take(0);
      const first = out.byteOffset / 8;
      for (let i = 0; i < starts.length;) {
        // Neighbouring pixels are copied at once.
        let count = 1;
        while (
          count < spectra &&
          i + count < starts.length &&
          starts[i + count] === starts[i] + count * all
        )
          count++;
        floats.set(data.subarray(starts[i], starts[i] + count * all), source);
        for (let k = 0; k < count; k++, i++)
          for (const { from, at, length } of runs)
            kernels.weigh(
              4 * (source + k * all + from),
              8 * (factors + at),
              length,
              8 * (first + i * bands.length + at),
            );
      }
    },

    compareRows(measured, factors, model, counted, rows, sums, squares) {
      const length = counted.length;
      const parts = model.length / length;
      const width = 2 * length + parts + 4;
      if ((parts + 2) * length + rowsPerPart(width) * width > capacity) {
        plainProducts.compareRows(
          measured,
          factors,
          model,
          counted,
          rows,
          sums,
          squares,
        );
        return;
      }
      next = roomNumbers;
      const atModel = place(model, 0, model.length);
      const atCounted = place(counted, 0, length);
      const atSquares = place(squares, 0, length);
      inParts(rows, width, (first, count) => {
        const atMeasured = place(measured, first * length, count * length);
        const atFactors = place(factors, first * parts, count * parts);
        const told = take(count * length);
        memory.fill(0, told, next);
        kernels.addProduct(
          8 * atFactors,
          parts,
          1,
          count,
          8 * atModel,
          length,
          parts,
          8 * told,
        );
        const to = take(4 * count);
        kernels.compare(
          8 * atMeasured,
          8 * told,
          8 * atCounted,
          count,
          length,
          8 * to,
          8 * atSquares,
        );
        sums.set(memory.subarray(to, to + 4 * count), 4 * first);
      });
      squares.set(memory.subarray(atSquares, atSquares + length));
    },
  };
}
