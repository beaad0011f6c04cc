import { expect } from '@open-wc/testing';
import { reduced } from '../../src/elements/reduced.js';
import type { LayerImage } from '../../src/imaging/layer.js';
import { classesLayer, mapLayer, rgbaLayer } from '../imaging/layers.js';

/** Which pixel of the image each pixel of the small one is. */
function places(
  { width, height }: LayerImage,
  to: readonly [number, number],
): number[] {
  const scale = Math.min(width / to[0], height / to[1]);
  const along = (from: number, size: number, i: number): number => {
    const place = (from - scale * size) / 2 + scale * (i + 0.5);
    return Math.min(from - 1, Math.max(0, Math.floor(place)));
  };
  return Array.from({ length: to[0] * to[1] }, (_, i) => {
    const y = along(height, to[1], Math.floor(i / to[0]));
    return y * width + along(width, to[0], i % to[0]);
  });
}

const sizes = [
  [7, 5],
  [31, 9],
  [9, 31],
  [2, 2],
] as const;

describe('an image at the size of a stamp', () => {
  for (const [width, height] of sizes)
    it(`has the nearest pixels of the middle part of ${width} x ${height}`, () => {
      const count = width * height;
      const box = { width, height };
      const values = Array.from({ length: count }, (_, n) => n);
      const map = { ...mapLayer(values).image, ...box };
      const wanted = places(map, [6, 4]);
      const small = reduced(map, 6, 4);
      expect([small.width, small.height]).to.deep.equal([6, 4]);
      expect(small.kind === 'map' && Array.from(small.values)).to.deep.equal(
        wanted,
      );

      const classes = { ...classesLayer(values, []).image, ...box };
      const fewer = reduced(classes, 6, 4);
      expect(
        fewer.kind === 'classes' && Array.from(fewer.classes),
      ).to.deep.equal(wanted.map((n) => n % 256));

      const colour = (n: number) => [n % 256, 2, 3, 255 - (n % 256)] as const;
      const rgba = { ...rgbaLayer(values.map(colour)).image, ...box };
      const few = reduced(rgba, 6, 4);
      expect(few.kind === 'rgba' && Array.from(few.data)).to.deep.equal(
        wanted.flatMap(colour),
      );
    });
});
