import { expect } from '@open-wc/testing';
import { cubeImage, cubeLook } from '../../src/imaging/cube-image.js';
import { layerStyleDefaults } from '../../src/imaging/layer.js';
import { renderLayer } from '../../src/imaging/render.js';
import { unitGeometry } from '../../src/spectral/cube.js';

/** As it is drawn at first. */
function drawn(...given: Parameters<typeof cubeImage>) {
  const image = cubeImage(...given);
  return renderLayer({
    id: 'cube',
    name: 'Cube',
    image,
    geometry: unitGeometry,
    style: { ...layerStyleDefaults, opacity: 1, ...cubeLook(given[0], image) },
  });
}

const pixel = (data: Uint8ClampedArray, n: number): number[] =>
  Array.from(data.subarray(4 * n, 4 * n + 4));

describe('cube image', () => {
  it('draws one channel grey between its limits and clamps beyond them', () => {
    const { data } = drawn(
      {
        channels: 1,
        values: Float32Array.of(-1, 1, 2, 3, 9),
        limits: [[1, 3]],
      },
      5,
      1,
    );
    expect([0, 1, 2, 3, 4].map((n) => pixel(data, n))).to.deep.equal([
      [0, 0, 0, 255],
      [0, 0, 0, 255],
      [128, 128, 128, 255],
      [255, 255, 255, 255],
      [255, 255, 255, 255],
    ]);
  });

  it('draws three channels each with its own limits', () => {
    const { data } = drawn(
      {
        channels: 3,
        values: Float32Array.of(1, 5, 0.2),
        limits: [
          [0, 1],
          [0, 10],
          [0, 2],
        ],
      },
      1,
      1,
    );
    expect(pixel(data, 0)).to.deep.equal([255, 128, 26, 255]);
  });

  it('hatches masked and not finite pixels of three channels in dark neutral', () => {
    const image = {
      channels: 3 as const,
      values: Float32Array.from({ length: 18 }, (_, i) => (i === 4 ? NaN : 1)),
      limits: [
        [0, 1],
        [0, 1],
        [0, 1],
      ] as const,
    };
    const mask = Uint8Array.of(1, 0, 0, 0, 0, 0);
    const hatched = drawn(image, 6, 1, mask).data;
    for (const n of [0, 1]) {
      const [r, g, b, a] = pixel(hatched, n);
      expect([g, b, a]).to.deep.equal([r, r, 255]);
      expect(r).to.be.lessThan(90);
    }
    expect(pixel(hatched, 0)).not.to.deep.equal(pixel(hatched, 1));
    expect(pixel(hatched, 2)).to.deep.equal([255, 255, 255, 255]);
  });

  it('leaves masked pixels of one channel clear, and the values of the caller alone', () => {
    const values = Float32Array.of(1, NaN, -2, 1);
    const image = { channels: 1 as const, values, limits: [[0, 1]] as const };
    const { data } = drawn(image, 4, 1, Uint8Array.of(1, 0, 0, 0));
    expect([0, 1, 2, 3].map((n) => data[4 * n + 3])).to.deep.equal([
      0, 0, 255, 255,
    ]);
    expect([...values]).to.deep.equal([1, NaN, -2, 1]);
  });

  it('draws a flat channel without dividing by nothing', () => {
    const values = Float32Array.of(1, 2, 3);
    const { data } = drawn({ channels: 1, values, limits: [[2, 2]] }, 3, 1);
    expect([0, 1, 2].map((n) => data[4 * n])).to.deep.equal([0, 0, 255]);
  });

  it('refuses values that do not fill the image', () => {
    const values = new Float32Array(5);
    expect(() =>
      cubeImage({ channels: 1, values, limits: [[0, 1]] }, 3, 2),
    ).to.throw('invalid image: 5 values (want 3 x 2 x 1)');
  });
});
