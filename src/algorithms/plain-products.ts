import type { BandRuns, Products } from './products.js';

/**
 * Products in plain TypeScript, for where WebAssembly with SIMD is not allowed or not there. The two large kernels keep
 * 4 x 4 results in registers, which is what makes such loops fast enough for a spectral image.
 */
export const plainProducts: Products = {
  room: (length) => new Float64Array(length),
  timesTransposed,
  addTransposedTimes,
  addTimes,
  weighRows,
  compareRows,
};

function timesTransposed(
  a: Float64Array,
  rowsA: number,
  b: Float64Array,
  rowsB: number,
  length: number,
  out: Float64Array,
): void {
  const fullA = rowsA - (rowsA % 4);
  const fullB = rowsB - (rowsB % 4);
  for (let i = 0; i < fullA; i += 4) {
    const a0 = i * length;
    const a1 = a0 + length;
    const a2 = a1 + length;
    const a3 = a2 + length;
    for (let j = 0; j < fullB; j += 4) {
      const b0 = j * length;
      const b1 = b0 + length;
      const b2 = b1 + length;
      const b3 = b2 + length;
      let c00 = 0,
        c01 = 0,
        c02 = 0,
        c03 = 0;
      let c10 = 0,
        c11 = 0,
        c12 = 0,
        c13 = 0;
      let c20 = 0,
        c21 = 0,
        c22 = 0,
        c23 = 0;
      let c30 = 0,
        c31 = 0,
        c32 = 0,
        c33 = 0;
      for (let l = 0; l < length; l++) {
        const p = b[b0 + l];
        const q = b[b1 + l];
        const r = b[b2 + l];
        const s = b[b3 + l];
        const x0 = a[a0 + l];
        c00 += x0 * p;
        c01 += x0 * q;
        c02 += x0 * r;
        c03 += x0 * s;
        const x1 = a[a1 + l];
        c10 += x1 * p;
        c11 += x1 * q;
        c12 += x1 * r;
        c13 += x1 * s;
        const x2 = a[a2 + l];
        c20 += x2 * p;
        c21 += x2 * q;
        c22 += x2 * r;
        c23 += x2 * s;
        const x3 = a[a3 + l];
        c30 += x3 * p;
        c31 += x3 * q;
        c32 += x3 * r;
        c33 += x3 * s;
      }
      let o = i * rowsB + j;
      out[o] = c00;
      out[o + 1] = c01;
      out[o + 2] = c02;
      out[o + 3] = c03;
      o += rowsB;
      out[o] = c10;
      out[o + 1] = c11;
      out[o + 2] = c12;
      out[o + 3] = c13;
      o += rowsB;
      out[o] = c20;
      out[o + 1] = c21;
      out[o + 2] = c22;
      out[o + 3] = c23;
      o += rowsB;
      out[o] = c30;
      out[o + 1] = c31;
      out[o + 2] = c32;
      out[o + 3] = c33;
    }
  }
  for (let i = 0; i < rowsA; i++)
    for (let j = i < fullA ? fullB : 0; j < rowsB; j++) {
      let sum = 0;
      for (let l = 0; l < length; l++)
        sum += a[i * length + l] * b[j * length + l];
      out[i * rowsB + j] = sum;
    }
}

function addTransposedTimes(
  a: Float64Array,
  widthA: number,
  b: Float64Array,
  widthB: number,
  rows: number,
  out: Float64Array,
): void {
  const fullRows = rows - (rows % 4);
  const fullA = widthA - (widthA % 4);
  for (let n = 0; n < fullRows; n += 4) {
    const b0 = n * widthB;
    const b1 = b0 + widthB;
    const b2 = b1 + widthB;
    const b3 = b2 + widthB;
    for (let i = 0; i < fullA; i += 4) {
      const n0 = n * widthA + i;
      const n1 = n0 + widthA;
      const n2 = n1 + widthA;
      const n3 = n2 + widthA;
      const a00 = a[n0],
        a01 = a[n0 + 1],
        a02 = a[n0 + 2],
        a03 = a[n0 + 3];
      const a10 = a[n1],
        a11 = a[n1 + 1],
        a12 = a[n1 + 2],
        a13 = a[n1 + 3];
      const a20 = a[n2],
        a21 = a[n2 + 1],
        a22 = a[n2 + 2],
        a23 = a[n2 + 3];
      const a30 = a[n3],
        a31 = a[n3 + 1],
        a32 = a[n3 + 2],
        a33 = a[n3 + 3];
      const o0 = i * widthB;
      const o1 = o0 + widthB;
      const o2 = o1 + widthB;
      const o3 = o2 + widthB;
      for (let j = 0; j < widthB; j++) {
        const x0 = b[b0 + j];
        const x1 = b[b1 + j];
        const x2 = b[b2 + j];
        const x3 = b[b3 + j];
        out[o0 + j] += a00 * x0 + a10 * x1 + a20 * x2 + a30 * x3;
        out[o1 + j] += a01 * x0 + a11 * x1 + a21 * x2 + a31 * x3;
        out[o2 + j] += a02 * x0 + a12 * x1 + a22 * x2 + a32 * x3;
        out[o3 + j] += a03 * x0 + a13 * x1 + a23 * x2 + a33 * x3;
      }
    }
  }
  for (let n = 0; n < rows; n++)
    for (let i = n < fullRows ? fullA : 0; i < widthA; i++) {
      const factor = a[n * widthA + i];
      if (factor === 0) continue;
      const o = i * widthB;
      for (let j = 0; j < widthB; j++) out[o + j] += factor * b[n * widthB + j];
    }
}

function addTimes(
  a: Float64Array,
  rows: number,
  b: Float64Array,
  inner: number,
  width: number,
  out: Float64Array,
): void {
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++) {
      const factor = a[i * inner + k];
      if (factor === 0) continue;
      for (let j = 0; j < width; j++)
        out[i * width + j] += factor * b[k * width + j];
    }
}

function weighRows(
  data: Float32Array,
  starts: ArrayLike<number>,
  { bands }: BandRuns,
  weights: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0, o = 0; i < starts.length; i++)
    for (let b = 0; b < bands.length; b++)
      out[o++] = data[starts[i] + bands[b]] * weights[b];
}

function compareRows(
  measured: Float64Array,
  factors: Float64Array,
  model: Float64Array,
  counted: Float64Array,
  rows: number,
  sums: Float64Array,
  squares: Float64Array,
): void {
  const length = counted.length;
  const told = new Float64Array(rows * length);
  addTimes(factors, rows, model, model.length / length, length, told);
  for (let i = 0; i < rows; i++) {
    let apart = 0;
    let both = 0;
    let ofX = 0;
    let ofY = 0;
    for (let l = 0; l < length; l++) {
      const x = measured[i * length + l];
      const y = told[i * length + l];
      const square = (x - y) * (x - y);
      squares[l] += square;
      apart += counted[l] * square;
      both += counted[l] * x * y;
      ofX += counted[l] * x * x;
      ofY += counted[l] * y * y;
    }
    sums[4 * i] = apart;
    sums[4 * i + 1] = both;
    sums[4 * i + 2] = ofX;
    sums[4 * i + 3] = ofY;
  }
}
