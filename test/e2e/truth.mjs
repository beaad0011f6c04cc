// The sample's truth, and the figures by which pictures are held against it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { built } from './page.mjs';

/** Names, sizes and the true abundance map of each material. */
export function readTruth() {
  const at = (name) => join(built, 'sample', name);
  const { names, options } = JSON.parse(readFileSync(at('truth.json'), 'utf8'));
  const bytes = readFileSync(at('abundances.img'));
  const shares = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  );
  const maps = names.map((_, r) =>
    Float32Array.from(
      { length: options.width * options.height },
      (_, n) => shares[n * names.length + r],
    ),
  );
  return { names, maps, width: options.width, height: options.height };
}

/** Pearson's correlation. */
export function correlation(a, b) {
  const mean = (values) => values.reduce((s, v) => s + v, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let n = 0; n < a.length; n++) {
    ab += (a[n] - meanA) * (b[n] - meanB);
    aa += (a[n] - meanA) ** 2;
    bb += (b[n] - meanB) ** 2;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/** How strong a colour lies over a ground at each pixel, 0 to 1: the least-squares share on the way from ground to colour. */
export function strengthOf(seen, colour, ground) {
  const way = colour.map((c, i) => c - ground[i]);
  const length = way.reduce((s, v) => s + v * v, 0);
  return Float32Array.from({ length: seen.length / 3 }, (_, n) => {
    const along = way.reduce(
      (s, v, i) => s + v * (seen[3 * n + i] - ground[i]),
      0,
    );
    return along / length;
  });
}

/**
 * What the look of translucent maps over a ground must be, source over, bottom first (Porter & Duff 1984).
 * @param layers of { values, style } where a value's strength is clamp((v - low) / (high - low)), 0 below the threshold
 */
export function blend(layers, ground, pixels) {
  const out = new Float32Array(3 * pixels);
  for (let n = 0; n < pixels; n++) {
    let colour = ground;
    for (const { values, style } of layers) {
      if (!style.visible || values[n] < style.threshold) continue;
      const [low, high] = style.limits;
      const t = Math.max(0, Math.min(1, (values[n] - low) / (high - low)));
      const alpha = t * style.opacity;
      colour = colour.map((c, i) => c + alpha * (style.colour[i] - c));
    }
    out.set(colour, 3 * n);
  }
  return out;
}

/** The share of values that differ by more than `tolerance`. */
export function differing(a, b, tolerance) {
  let count = 0;
  for (let i = 0; i < a.length; i++)
    if (Math.abs(a[i] - b[i]) > tolerance) count++;
  return count / a.length;
}
