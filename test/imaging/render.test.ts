import { expect } from '@open-wc/testing';
import { rampColour } from '../../src/imaging/ramp.js';
import { renderLayer, strength } from '../../src/imaging/render.js';
import { randomSource } from '../../src/spectral/random.js';
import { classesLayer, mapLayer, rgbaLayer } from './layers.js';

const alphas = ({ data }: { data: Uint8ClampedArray }): number[] =>
  Array.from(data).filter((_, i) => i % 4 === 3);

describe('renderLayer', () => {
  it('gives a map its colour at an alpha of strength times opacity, clamped at the limits', () => {
    const { data, width, height } = renderLayer(
      mapLayer([-5, 1, 2, 3, 9], {
        colour: [10, 20, 30],
        opacity: 0.5,
        limits: [1, 3],
        threshold: -10,
      }),
    );
    expect([width, height]).to.deep.equal([5, 1]);
    expect(alphas({ data })).to.deep.equal([0, 0, 64, 128, 128]);
    expect(Array.from(data.subarray(8, 11))).to.deep.equal([10, 20, 30]);
  });

  it('draws nothing below the threshold and everything from it on', () => {
    const layer = mapLayer([0.3, 0.49999, 0.5, 0.50001, 1], { threshold: 0.5 });
    expect(alphas(renderLayer(layer))).to.deep.equal([0, 0, 128, 128, 255]);
  });

  it('draws no value that is not a number', () => {
    expect(alphas(renderLayer(mapLayer([NaN, Infinity])))).to.deep.equal([
      0, 255,
    ]);
  });

  for (const ramp of [undefined, 'heat', 'balance'] as const)
    it(`draws each value of a map by its strength, ${ramp ?? 'in one colour'}`, () => {
      const random = randomSource(3);
      const values = [NaN, Infinity, -Infinity];
      for (let n = 0; n < 500; n++) values.push(2 * random.uniform() - 0.5);
      const { image, ...layer } = mapLayer(values, {
        colour: [10.5, 127.4, 254.6],
        opacity: 0.7,
        limits: [0.1, 0.8],
        threshold: 0.2,
      });
      const { data } = renderLayer({
        ...layer,
        image: image.kind === 'map' && ramp ? { ...image, ramp } : image,
      });
      const wanted = Uint8ClampedArray.from(
        Array.from(Float32Array.from(values)).flatMap((value) => {
          const share = strength(value, layer.style);
          const alpha = ramp ? Number(value >= 0.2) : share;
          return [
            ...(ramp ? rampColour(ramp, share) : layer.style.colour),
            Math.round(255 * 0.7 * alpha),
          ];
        }),
      );
      expect(data).to.deep.equal(wanted);
    });

  it('scales the alpha of finished colours and leaves the caller its array', () => {
    const layer = rgbaLayer([[1, 2, 3, 200]], { opacity: 0.5 });
    expect(Array.from(renderLayer(layer).data)).to.deep.equal([1, 2, 3, 100]);
    expect(layer.image.kind === 'rgba' && layer.image.data[3]).to.equal(200);
  });

  it('gives classes their colours, none to class 0', () => {
    const layer = classesLayer(
      [0, 2, 1],
      [
        [9, 8, 7],
        [1, 2, 3],
      ],
      { opacity: 0.4 },
    );
    expect(Array.from(renderLayer(layer).data)).to.deep.equal([
      0, 0, 0, 0, 1, 2, 3, 102, 9, 8, 7, 102,
    ]);
  });

  it('is transparent throughout when the layer is hidden', () => {
    const hidden = { visible: false };
    expect(alphas(renderLayer(mapLayer([1, 1], hidden)))).to.deep.equal([0, 0]);
    expect(
      alphas(renderLayer(rgbaLayer([[1, 2, 3, 255]], hidden))),
    ).to.deep.equal([0]);
  });

  it('refuses an image that is not full and limits that do not rise', () => {
    const layer = mapLayer([1, 2, 3]);
    expect(() =>
      renderLayer({ ...layer, image: { ...layer.image, width: 4 } }),
    ).to.throw('invalid image: 3 values (want 4 x 1 x 1 = 4)');
    expect(() => renderLayer(mapLayer([1], { limits: [1, 1] }))).to.throw(
      'invalid limits: 1 to 1',
    );
  });
});
