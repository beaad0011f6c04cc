import { expect } from '@open-wc/testing';
import { plainProducts } from '../../src/algorithms/plain-products.js';
import {
  products,
  runsOf,
  type Products,
} from '../../src/algorithms/products.js';
import { wasmProducts } from '../../src/algorithms/wasm-products.js';
import { randomSource } from '../../src/spectral/random.js';

const random = randomSource(11);
const numbers = (length: number) =>
  Float64Array.from({ length }, () => random.normal());

/** Runs the same in plain TypeScript and in WebAssembly, which here must be there. */
function both(run: (made: Products) => Float64Array): {
  plain: Float64Array;
  wasm: Float64Array;
} {
  const wasm = wasmProducts();
  if (!wasm) throw new Error('WebAssembly does not start');
  return { plain: run(plainProducts), wasm: run(wasm) };
}

/** Same to 1e-12 of the largest. */
function expectSame({ plain, wasm }: ReturnType<typeof both>): void {
  const most = plain.reduce((max, v) => Math.max(max, Math.abs(v)), 0);
  expect(wasm.length).to.equal(plain.length);
  wasm.forEach((v, i) => expect(v).to.be.closeTo(plain[i], 1e-12 * most));
}

/** Rows, columns, length: odd sizes, one of each, and more than one part of the module's memory holds. */
const shapes = [
  [64, 36, 1443],
  [33, 7, 801],
  [5, 3, 2001],
  [1, 1, 1],
  [9001, 9, 11],
  [4, 6, 70001],
];

describe('products by WebAssembly', () => {
  it('are those in use here', () => {
    expect(products()).not.to.equal(plainProducts);
  });

  it('are left to plain TypeScript where there is no WebAssembly', () => {
    const { WebAssembly: there } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, 'WebAssembly');
      expect(wasmProducts()).to.equal(null);
    } finally {
      globalThis.WebAssembly = there;
    }
  });

  for (const [rows, columns, length] of shapes) {
    const a = numbers(rows * length);
    const b = numbers(columns * length);
    const start = numbers(rows * columns);
    it(`are those of plain TypeScript for ${rows} x ${columns} over ${length}`, () => {
      expectSame(
        both((made) => {
          const out = start.slice();
          made.timesTransposed(a, rows, b, columns, length, out);
          return out;
        }),
      );
      // The same numbers, read as length x rows and length x columns.
      expectSame(
        both((made) => {
          const out = start.slice();
          made.addTransposedTimes(a, rows, b, columns, length, out);
          return out;
        }),
      );
      expectSame(
        both((made) => {
          const out = start.slice();
          made.addTimes(a, rows, b, length, columns, out);
          return out;
        }),
      );
    });
  }

  it('read an operand that lies in their room where it is', () => {
    const [rows, columns, length] = [61, 5, 900];
    const a = numbers(rows * length);
    const b = numbers(columns * length);
    expectSame(
      both((made) => {
        const room = made.room(a.length);
        room.set(a);
        const out = new Float64Array(rows * columns + columns * length);
        const first = out.subarray(0, rows * columns);
        made.timesTransposed(room, rows, b, columns, length, first);
        made.addTransposedTimes(
          first,
          columns,
          room,
          length,
          rows,
          out.subarray(first.length),
        );
        return out;
      }),
    );
  });

  it('gives room for more than it has, outside', () => {
    const length = 3e6;
    expect(both((made) => made.room(length).fill(1)).wasm.length).to.equal(
      length,
    );
  });

  for (const [what, bands] of [
    [
      'two stretches of bands',
      Uint32Array.from({ length: 90 }, (_, i) => (i < 41 ? i + 3 : i + 20)),
    ],
    ['every other band', Uint32Array.from({ length: 55 }, (_, i) => 2 * i)],
    ['one band', Uint32Array.of(7)],
  ] as const)
    it(`weigh ${what} of a few spectra`, () => {
      const data = Float32Array.from(numbers(110 * 9));
      const starts = [330, 0, 110, 220, 880];
      const weights = numbers(bands.length);
      const found = both((made) => {
        const out = made.room(bands.length * starts.length);
        made.weighRows(data, starts, runsOf(bands, 110), weights, out);
        return out.slice();
      });
      expect(found.wasm).to.deep.equal(found.plain);
      const last = bands.length - 1; // of the second spectrum, which begins at 0
      expect(found.plain[bands.length + last]).to.equal(
        data[bands[last]] * weights[last],
      );
    });

  it('compare spectra with what a model tells of them', () => {
    const [rows, parts, length] = [150, 5, 701];
    const x = numbers(rows * length);
    const factors = numbers(rows * parts);
    const model = numbers(parts * length);
    const counted = Float64Array.from({ length }, (_, l) => Number(l % 7 > 0));
    const found = both((made) => {
      const out = new Float64Array(4 * rows + length);
      const [sums, squares] = [
        out.subarray(0, 4 * rows),
        out.subarray(4 * rows),
      ];
      made.compareRows(x, factors, model, counted, rows, sums, squares);
      return out;
    });
    expectSame(found);
    const told = (i: number, l: number): number =>
      [0, 1, 2, 3, 4].reduce(
        (sum, k) => sum + factors[i * parts + k] * model[k * length + l],
        0,
      );
    let [apart, along, ofX, ofY] = [0, 0, 0, 0];
    for (let l = 0; l < length; l++) {
      const [p, q] = [x[3 * length + l], told(3, l)];
      apart += counted[l] * (p - q) ** 2;
      along += counted[l] * p * q;
      ofX += counted[l] * p * p;
      ofY += counted[l] * q * q;
    }
    [apart, along, ofX, ofY].forEach((v, k) =>
      expect(found.wasm[12 + k]).to.be.closeTo(v, 1e-9),
    );
    let column = 0;
    for (let i = 0; i < rows; i++)
      column += (x[i * length + 5] - told(i, 5)) ** 2;
    expect(found.wasm[4 * rows + 5]).to.be.closeTo(column, 1e-9);
  });
});
