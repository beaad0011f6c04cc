// Seeded chance and smooth noise: equal seeds give equal numbers on every machine.

const mix = (h) => {
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
};

/** Uniform numbers on [0, 1) and standard normals (polar method of Marsaglia). */
export function randomSource(seed) {
  let count = mix(seed + 1);
  let spare = null;
  const uniform = () => mix((count = (count + 0x9e3779b9) | 0)) / 2 ** 32;
  const normal = () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    let x, y, r;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      r = x * x + y * y;
    } while (r >= 1 || r === 0);
    const scale = Math.sqrt((-2 * Math.log(r)) / r);
    spare = y * scale;
    return x * scale;
  };
  return { uniform, normal };
}

const ease = (t) => t * t * (3 - 2 * t);

/** Smooth field over the plane, -1 to 1, with features of the given size. */
export function smoothField(seed, size) {
  const knot = (i, j) =>
    mix(Math.imul(i, 0x27d4eb2d) ^ Math.imul(j, 0x165667b1) ^ mix(seed)) /
      2 ** 31 -
    1;
  return (x, y) => {
    const u = x / size;
    const v = y / size;
    const i = Math.floor(u);
    const j = Math.floor(v);
    const s = ease(u - i);
    const t = ease(v - j);
    const top = knot(i, j) * (1 - s) + knot(i + 1, j) * s;
    const bottom = knot(i, j + 1) * (1 - s) + knot(i + 1, j + 1) * s;
    return top * (1 - t) + bottom * t;
  };
}

/** Sum of smooth fields of halving size and height, about -1 to 1. */
export function grainField(seed, size, octaves) {
  const fields = Array.from({ length: octaves }, (_, o) =>
    smoothField(seed + 101 * o, size / 2 ** o),
  );
  return (x, y) => {
    let sum = 0;
    fields.forEach((field, o) => {
      sum += field(x, y) / 2 ** (o + 1);
    });
    return sum;
  };
}
