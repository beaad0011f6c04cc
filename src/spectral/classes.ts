import type { Unmixing } from './unmixing.js';

/**
 * Hard classification: for each pixel the material with the largest share, 1 to R, where that share reaches the threshold;
 * else 0, none. Shares are those of the pixel's own sum, whatever the rule of the abundances; of equal shares the first
 * counts. Masked pixels, and those without any material, have none.
 * @param threshold share, 0 to 1
 */
export function classMap(
  { abundances, names, mask }: Pick<Unmixing, 'abundances' | 'names' | 'mask'>,
  threshold: number,
): Uint8Array {
  const count = names.length;
  return Uint8Array.from(mask, (left, n) => {
    if (left) return 0;
    let sum = 0;
    let most = 0;
    let chosen = 0;
    for (let r = 0; r < count; r++) {
      const value = abundances[n * count + r];
      sum += value;
      if (value > most) {
        most = value;
        chosen = r + 1;
      }
    }
    return most >= threshold * sum ? chosen : 0;
  });
}
