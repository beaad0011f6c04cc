/** A source of chance, passed as an argument; equal seeds give equal sequences. */
export interface Random {
  /** Uniform on [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Whole number from 0 to n - 1. */
  below(n: number): number;
  /** The first `count` of a shuffle of 0 … n - 1; all of them when count ≥ n. */
  sample(n: number, count: number): Uint32Array;
}

/** Weyl sequence with a 32-bit finaliser (constants of MurmurHash3's fmix32); normals by Box-Muller. */
export function randomSource(seed: number): Random {
  let state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) >>> 0;
  const uniform = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let h = state;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(uniform() * n);
  return {
    uniform,
    below,
    normal: () =>
      Math.sqrt(-2 * Math.log(1 - uniform())) *
      Math.cos(2 * Math.PI * uniform()),
    sample: (n, count) => {
      const order = Uint32Array.from({ length: n }, (_, i) => i);
      const kept = Math.min(n, count);
      for (let i = 0; i < kept; i++) {
        const j = i + below(n - i);
        [order[i], order[j]] = [order[j], order[i]];
      }
      return order.slice(0, kept);
    },
  };
}
