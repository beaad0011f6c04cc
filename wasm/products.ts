// AssemblyScript, compiled by scripts/kernels.mjs into src/algorithms/wasm-binary.ts: dense products of row-major matrices of
// 64-bit floats in linear memory, two numbers at a time. Arguments are addresses, counts and strides in numbers.

const f64Bytes: usize = 8;

function at(matrix: usize, index: i32): usize {
  return matrix + <usize>index * f64Bytes;
}

function total(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

function dot(x: usize, y: usize, length: i32): f64 {
  let sums = f64x2.splat(0);
  let l = 0;
  for (; l + 2 <= length; l += 2)
    sums = f64x2.add(sums, f64x2.mul(v128.load(at(x, l)), v128.load(at(y, l))));
  let sum = total(sums);
  if (l < length) sum += load<f64>(at(x, l)) * load<f64>(at(y, l));
  return sum;
}

/** C = A Bᵀ for four rows of A and two of B: eight sums stay in registers. */
function tileOfRows(
  a: usize,
  b: usize,
  length: i32,
  out: usize,
  width: i32,
): void {
  const row = <usize>length * f64Bytes;
  let c00 = f64x2.splat(0),
    c01 = f64x2.splat(0);
  let c10 = f64x2.splat(0),
    c11 = f64x2.splat(0);
  let c20 = f64x2.splat(0),
    c21 = f64x2.splat(0);
  let c30 = f64x2.splat(0),
    c31 = f64x2.splat(0);
  let l = 0;
  let p = a;
  let q = b;
  const a1 = row;
  const a2 = row + row;
  const a3 = a2 + row;
  for (; l + 2 <= length; l += 2) {
    const y0 = v128.load(q);
    const y1 = v128.load(q + a1);
    const x0 = v128.load(p);
    c00 = f64x2.add(c00, f64x2.mul(x0, y0));
    c01 = f64x2.add(c01, f64x2.mul(x0, y1));
    const x1 = v128.load(p + a1);
    c10 = f64x2.add(c10, f64x2.mul(x1, y0));
    c11 = f64x2.add(c11, f64x2.mul(x1, y1));
    const x2 = v128.load(p + a2);
    c20 = f64x2.add(c20, f64x2.mul(x2, y0));
    c21 = f64x2.add(c21, f64x2.mul(x2, y1));
    const x3 = v128.load(p + a3);
    c30 = f64x2.add(c30, f64x2.mul(x3, y0));
    c31 = f64x2.add(c31, f64x2.mul(x3, y1));
    p += 16;
    q += 16;
  }
  let s00 = total(c00),
    s01 = total(c01);
  let s10 = total(c10),
    s11 = total(c11);
  let s20 = total(c20),
    s21 = total(c21);
  let s30 = total(c30),
    s31 = total(c31);
  if (l < length) {
    const y0 = load<f64>(q);
    const y1 = load<f64>(q + a1);
    const x0 = load<f64>(p);
    const x1 = load<f64>(p + a1);
    const x2 = load<f64>(p + a2);
    const x3 = load<f64>(p + a3);
    s00 += x0 * y0;
    s01 += x0 * y1;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s20 += x2 * y0;
    s21 += x2 * y1;
    s30 += x3 * y0;
    s31 += x3 * y1;
  }
  const step = <usize>width * f64Bytes;
  store<f64>(out, s00);
  store<f64>(out + 8, s01);
  store<f64>(out + step, s10);
  store<f64>(out + step + 8, s11);
  store<f64>(out + 2 * step, s20);
  store<f64>(out + 2 * step + 8, s21);
  store<f64>(out + 3 * step, s30);
  store<f64>(out + 3 * step + 8, s31);
}

/** C = A Bᵀ: A rowsA x length, B rowsB x length, C rowsA x rowsB. */
export function timesTransposed(
  a: usize,
  rowsA: i32,
  b: usize,
  rowsB: i32,
  length: i32,
  out: usize,
): void {
  const fullA = rowsA & ~3;
  const fullB = rowsB & ~1;
  for (let i = 0; i < fullA; i += 4)
    for (let j = 0; j < fullB; j += 2)
      tileOfRows(
        at(a, i * length),
        at(b, j * length),
        length,
        at(out, i * rowsB + j),
        rowsB,
      );
  for (let i = 0; i < rowsA; i++)
    for (let j = i < fullA ? fullB : 0; j < rowsB; j++)
      store<f64>(
        at(out, i * rowsB + j),
        dot(at(a, i * length), at(b, j * length), length),
      );
}

/** Eight columns of two rows of C stay in registers over all n. */
function tileOfColumns(
  a: usize,
  stepN: i32,
  stepI: i32,
  b: usize,
  width: i32,
  count: i32,
  out: usize,
): void {
  const second = out + <usize>width * f64Bytes;
  let c0 = v128.load(out),
    c1 = v128.load(out, 16);
  let c2 = v128.load(out, 32),
    c3 = v128.load(out, 48);
  let d0 = v128.load(second),
    d1 = v128.load(second, 16);
  let d2 = v128.load(second, 32),
    d3 = v128.load(second, 48);
  const down = <usize>width * f64Bytes;
  const along = <usize>stepN * f64Bytes;
  const other = <usize>stepI * f64Bytes;
  let p = a;
  let q = b;
  for (let n = 0; n < count; n++) {
    const x = v128.load64_splat(p);
    const y = v128.load64_splat(p + other);
    const b0 = v128.load(q);
    c0 = f64x2.add(c0, f64x2.mul(x, b0));
    d0 = f64x2.add(d0, f64x2.mul(y, b0));
    const b1 = v128.load(q, 16);
    c1 = f64x2.add(c1, f64x2.mul(x, b1));
    d1 = f64x2.add(d1, f64x2.mul(y, b1));
    const b2 = v128.load(q, 32);
    c2 = f64x2.add(c2, f64x2.mul(x, b2));
    d2 = f64x2.add(d2, f64x2.mul(y, b2));
    const b3 = v128.load(q, 48);
    c3 = f64x2.add(c3, f64x2.mul(x, b3));
    d3 = f64x2.add(d3, f64x2.mul(y, b3));
    p += along;
    q += down;
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
  v128.store(out, c2, 32);
  v128.store(out, c3, 48);
  v128.store(second, d0);
  v128.store(second, d1, 16);
  v128.store(second, d2, 32);
  v128.store(second, d3, 48);
}

/** The same for one row of C. */
function tileOfColumn(
  a: usize,
  stepN: i32,
  b: usize,
  width: i32,
  count: i32,
  out: usize,
): void {
  let c0 = v128.load(out);
  let c1 = v128.load(out, 16);
  let c2 = v128.load(out, 32);
  let c3 = v128.load(out, 48);
  const down = <usize>width * f64Bytes;
  const along = <usize>stepN * f64Bytes;
  let p = a;
  let q = b;
  for (let n = 0; n < count; n++) {
    const x = v128.load64_splat(p);
    c0 = f64x2.add(c0, f64x2.mul(x, v128.load(q)));
    c1 = f64x2.add(c1, f64x2.mul(x, v128.load(q, 16)));
    c2 = f64x2.add(c2, f64x2.mul(x, v128.load(q, 32)));
    c3 = f64x2.add(c3, f64x2.mul(x, v128.load(q, 48)));
    p += along;
    q += down;
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
  v128.store(out, c2, 32);
  v128.store(out, c3, 48);
}

/** Two columns of four rows of C, for what eight columns leave. */
function narrowTile(
  a: usize,
  stepI: i32,
  stepN: i32,
  b: usize,
  width: i32,
  count: i32,
  out: usize,
): void {
  const down = <usize>width * f64Bytes;
  const along = <usize>stepN * f64Bytes;
  const second = <usize>stepI * f64Bytes;
  const third = second + second;
  const fourth = third + second;
  let c0 = v128.load(out);
  let c1 = v128.load(out + down);
  let c2 = v128.load(out + (down << 1));
  let c3 = v128.load(out + down + (down << 1));
  let p = a;
  let q = b;
  for (let n = 0; n < count; n++) {
    const x = v128.load(q);
    c0 = f64x2.add(c0, f64x2.mul(v128.load64_splat(p), x));
    c1 = f64x2.add(c1, f64x2.mul(v128.load64_splat(p + second), x));
    c2 = f64x2.add(c2, f64x2.mul(v128.load64_splat(p + third), x));
    c3 = f64x2.add(c3, f64x2.mul(v128.load64_splat(p + fourth), x));
    p += along;
    q += down;
  }
  v128.store(out, c0);
  v128.store(out + down, c1);
  v128.store(out + (down << 1), c2);
  v128.store(out + down + (down << 1), c3);
}

/**
 * C[i, j] += Σ_n a[i, n] b[n, j], where a[i, n] lies at a + i * stepI + n * stepN: with (1, widthA) A is read as its transpose.
 * C is rows x width, B count x width.
 */
export function addProduct(
  a: usize,
  stepI: i32,
  stepN: i32,
  rows: i32,
  b: usize,
  width: i32,
  count: i32,
  out: usize,
): void {
  const fullWidth = width & ~7;
  for (let j = 0; j < fullWidth; j += 8) {
    let i = 0;
    for (; i + 2 <= rows; i += 2)
      tileOfColumns(
        at(a, i * stepI),
        stepN,
        stepI,
        at(b, j),
        width,
        count,
        at(out, i * width + j),
      );
    if (i < rows)
      tileOfColumn(
        at(a, i * stepI),
        stepN,
        at(b, j),
        width,
        count,
        at(out, i * width + j),
      );
  }
  const evenWidth = width & ~1;
  const fullRows = rows & ~3;
  for (let j = fullWidth; j < evenWidth; j += 2)
    for (let i = 0; i < fullRows; i += 4)
      narrowTile(
        at(a, i * stepI),
        stepI,
        stepN,
        at(b, j),
        width,
        count,
        at(out, i * width + j),
      );
  for (let i = 0; i < rows; i++)
    for (let j = i < fullRows ? evenWidth : fullWidth; j < width; j++) {
      const p = at(a, i * stepI);
      const q = at(b, j);
      const to = at(out, i * width + j);
      let even: f64 = 0;
      let odd: f64 = 0;
      let n = 0;
      for (; n + 2 <= count; n += 2) {
        even += load<f64>(at(p, n * stepN)) * load<f64>(at(q, n * width));
        odd +=
          load<f64>(at(p, (n + 1) * stepN)) * load<f64>(at(q, (n + 1) * width));
      }
      if (n < count)
        even += load<f64>(at(p, n * stepN)) * load<f64>(at(q, n * width));
      store<f64>(to, load<f64>(to) + even + odd);
    }
}

/** to[l] = from[l] * factors[l], 32-bit floats made 64-bit ones. */
export function weigh(
  from: usize,
  factors: usize,
  length: i32,
  to: usize,
): void {
  let l = 0;
  for (; l + 2 <= length; l += 2)
    v128.store(
      at(to, l),
      f64x2.mul(
        f64x2.promote_low_f32x4(v128.load64_zero(from + <usize>l * 4)),
        v128.load(at(factors, l)),
      ),
    );
  if (l < length)
    store<f64>(
      at(to, l),
      <f64>load<f32>(from + <usize>l * 4) * load<f64>(at(factors, l)),
    );
}

/**
 * Compares rows of measured values x with told ones y. For each row into `sums`: Σ c (x - y)², Σ c x y, Σ c x², Σ c y²
 * with c = `counted`; and (x - y)² is added to `squares`, one sum a column.
 */
export function compare(
  measured: usize,
  told: usize,
  counted: usize,
  rows: i32,
  length: i32,
  sums: usize,
  squares: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const x0 = at(measured, i * length);
    const y0 = at(told, i * length);
    let apart = f64x2.splat(0);
    let both = f64x2.splat(0);
    let ofX = f64x2.splat(0);
    let ofY = f64x2.splat(0);
    let l = 0;
    for (; l + 2 <= length; l += 2) {
      const x = v128.load(at(x0, l));
      const y = v128.load(at(y0, l));
      const c = v128.load(at(counted, l));
      const d = f64x2.sub(x, y);
      const square = f64x2.mul(d, d);
      v128.store(at(squares, l), f64x2.add(v128.load(at(squares, l)), square));
      const cx = f64x2.mul(c, x);
      apart = f64x2.add(apart, f64x2.mul(c, square));
      both = f64x2.add(both, f64x2.mul(cx, y));
      ofX = f64x2.add(ofX, f64x2.mul(cx, x));
      ofY = f64x2.add(ofY, f64x2.mul(f64x2.mul(c, y), y));
    }
    let sumApart = total(apart);
    let sumBoth = total(both);
    let sumX = total(ofX);
    let sumY = total(ofY);
    if (l < length) {
      const x = load<f64>(at(x0, l));
      const y = load<f64>(at(y0, l));
      const c = load<f64>(at(counted, l));
      const square = (x - y) * (x - y);
      store<f64>(at(squares, l), load<f64>(at(squares, l)) + square);
      sumApart += c * square;
      sumBoth += c * x * y;
      sumX += c * x * x;
      sumY += c * y * y;
    }
    const into = at(sums, 4 * i);
    store<f64>(into, sumApart);
    store<f64>(into, sumBoth, 8);
    store<f64>(into, sumX, 16);
    store<f64>(into, sumY, 24);
  }
}
