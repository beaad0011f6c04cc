import { expect } from '@open-wc/testing';
import { rampColour, ramps } from '../../src/imaging/ramp.js';
import type { Layer, LayerStyle } from '../../src/imaging/layer.js';
import { renderLayer, sameLook, strength } from '../../src/imaging/render.js';
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

  for (const colourMap of ['single', ...ramps] as const)
    for (const gamma of [1, 0.2, 2.2])
      it(`draws each value of a map by its strength, ${colourMap}, gamma ${gamma}`, () => {
        const random = randomSource(3);
        const values = [NaN, Infinity, -Infinity];
        for (let n = 0; n < 500; n++) values.push(2 * random.uniform() - 0.5);
        const layer = mapLayer(values, {
          colour: [10.5, 127.4, 254.6],
          colourMap,
          gamma,
          opacity: 0.7,
          limits: [0.1, 0.8],
          threshold: 0.05,
        });
        const { data } = renderLayer(layer);
        const wanted = Uint8ClampedArray.from(
          Array.from(Float32Array.from(values)).flatMap((value) => {
            const share = strength(value, layer.style);
            return colourMap === 'single'
              ? [...layer.style.colour, Math.round(255 * 0.7 * share)]
              : [
                  ...rampColour(colourMap, share),
                  Math.round(255 * 0.7 * Number(value >= 0.05)),
                ];
          }),
        );
        expect(data).to.deep.equal(wanted);
      });

  it('strength is the share between the limits to the power of gamma, 0 below the threshold', () => {
    const { style } = mapLayer([0], { limits: [2, 4], gamma: 2, threshold: 1 });
    expect([0, 1, 2, 3, 4, 9].map((v) => strength(v, style))).to.deep.equal([
      0, 0, 0, 0.25, 1, 1,
    ]);
    expect(strength(NaN, style)).to.equal(0);
    expect(strength(3, { ...style, threshold: 3.5 })).to.equal(0);
  });

  it('gives each component of finished colours its share between the limits to the power of gamma, and leaves alpha', () => {
    const values = Array.from({ length: 256 }, (_, c) => c);
    const pixels = values.map((c) => [c, 255 - c, 128, c]);
    const style = { limits: [0.1, 0.75] as const, gamma: 0.5, opacity: 0.4 };
    const { data } = renderLayer(rgbaLayer(pixels, style));
    const bright = (c: number): number =>
      Math.round(255 * Math.min(1, Math.max(0, (c / 255 - 0.1) / 0.65)) ** 0.5);
    expect(Array.from(data)).to.deep.equal(
      pixels.flatMap(([r, g, b, a]) => [
        bright(r),
        bright(g),
        bright(b),
        Math.round(a * 0.4),
      ]),
    );
  });

  it('leaves finished colours as they are between 0 and 1 at gamma 1, and turns none around', () => {
    const pixels = Array.from({ length: 256 }, (_, c) => [c, c, c, 255]);
    expect(Array.from(renderLayer(rgbaLayer(pixels)).data)).to.deep.equal(
      pixels.flat(),
    );
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
    expect(() => renderLayer(mapLayer([1], { gamma: 0 }))).to.throw(
      'invalid gamma: 0',
    );
  });
});

describe('two layers', () => {
  const map = mapLayer([1]);
  const picture = rgbaLayer([[1, 2, 3, 4]]);
  const classes = classesLayer([1], [[1, 2, 3]]);
  const look = (layer: Layer, style: Partial<LayerStyle>): boolean =>
    sameLook(layer, { ...layer, style: { ...layer.style, ...style } });

  it('look alike when all that their kind of image is drawn by is the same', () => {
    for (const layer of [map, picture, classes]) {
      expect(look(layer, {})).to.equal(true);
      expect(look(layer, { visible: false })).to.equal(true);
      expect(look(layer, { interpolation: 'linear' })).to.equal(true);
      expect(look(layer, { opacity: 0.5 })).to.equal(false);
    }
    const other = [
      { gamma: 2 },
      { limits: [0, 0.5] },
      { colourMap: 'grey' },
      { threshold: 0.5 },
      { colour: [1, 2, 3] },
    ] as const;
    const alike = (layer: Layer) => other.map((style) => look(layer, style));
    expect(alike(map)).to.deep.equal([false, false, false, false, false]);
    expect(alike(picture)).to.deep.equal([false, false, true, true, true]);
    expect(alike(classes)).to.deep.equal([true, true, true, true, true]);
    expect(sameLook(null, map)).to.equal(false);
    expect(sameLook(map, { ...map, image: { ...map.image } })).to.equal(false);
  });
});
