import { expect } from '@open-wc/testing';
import { composite } from '../../src/imaging/composite.js';
import type { Layer } from '../../src/imaging/layer.js';
import { renderLayer } from '../../src/imaging/render.js';
import { randomSource } from '../../src/spectral/random.js';
import { drawOver, mapLayer, rgbaLayer } from './layers.js';

const bases = [
  [0, 0, 0],
  [100, 100, 100],
  [255, 255, 255],
  [12, 200, 90],
];

function near(found: readonly number[], wanted: readonly number[]): void {
  wanted.forEach((value, c) =>
    expect(found[c]).to.be.closeTo(value, 1.01, `${found} for ${wanted}`),
  );
}

const pixel = (data: Uint8ClampedArray, n = 0): number[] =>
  Array.from(data.subarray(4 * n, 4 * n + 4));

describe('composite', () => {
  it('two translucent layers of .5: colour and alpha of the closed form', () => {
    const red = mapLayer([1], { opacity: 0.5 });
    const blue = mapLayer([1], { opacity: 0.5, colour: [0, 0, 255] });
    // A = .5 + .5 · .5 = .75; blue .5 and red .25 of it.
    near(pixel(composite([red, blue]).data), [85, 0, 170, 191.25]);
    near(pixel(composite([blue, red]).data), [170, 0, 85, 191.25]);
  });

  it('drawn over any base equals drawing the layers one after another', () => {
    const random = randomSource(7);
    const byte = (): number => random.below(256);
    const layers: Layer[] = Array.from({ length: 6 }, (_, i) =>
      i % 3 === 2
        ? rgbaLayer(
            Array.from({ length: 40 }, () => [byte(), byte(), byte(), byte()]),
            { opacity: random.uniform() },
          )
        : mapLayer(
            Array.from({ length: 40 }, () => random.uniform()),
            {
              colour: [byte(), byte(), byte()],
              opacity: random.uniform(),
              threshold: 0.2,
            },
          ),
    );
    const blend = composite(layers).data;
    const drawn = layers.map((layer) => renderLayer(layer).data);
    for (const base of bases)
      for (let n = 0; n < 40; n++)
        near(
          drawOver(pixel(blend, n), base),
          drawn.reduce<readonly number[]>(
            (below, data) => drawOver(pixel(data, n), below),
            base,
          ),
        );
  });

  it('additive layers sum their light over black, up to full', () => {
    const style = { blending: 'additive', opacity: 0.6 } as const;
    const red = mapLayer([1], { ...style });
    const green = mapLayer([1], { ...style, colour: [0, 255, 0] });
    const two = composite([red, green]).data;
    near(drawOver(pixel(two), [0, 0, 0]), [153, 153, 0]);
    const three = composite([red, red, green]).data;
    near(drawOver(pixel(three), [0, 0, 0]), [255, 153, 0]);
  });

  it('a single additive layer looks like a translucent one, whatever the base', () => {
    const layer = mapLayer([0.3], { opacity: 0.9 });
    expect(
      pixel(
        composite([mapLayer([0.3], { opacity: 0.9, blending: 'additive' })])
          .data,
      ),
    ).to.deep.equal(pixel(composite([layer]).data));
  });

  it('a translucent layer above additive ones covers them', () => {
    const red = mapLayer([1], { blending: 'additive' });
    const grey = mapLayer([1], { colour: [50, 50, 50] });
    near(pixel(composite([red, grey]).data), [50, 50, 50, 255]);
  });

  it('skips hidden layers and leaves a pixel without any layer clear', () => {
    const hidden = mapLayer([1, 1], { visible: false });
    const shown = mapLayer([0, 1], { colour: [0, 0, 255] });
    const { data } = composite([shown, hidden]);
    expect(pixel(data, 0)).to.deep.equal([0, 0, 0, 0]);
    expect(pixel(data, 1)).to.deep.equal([0, 0, 255, 255]);
  });

  it('refuses no layers, and layers of two sizes', () => {
    expect(() => composite([])).to.throw('invalid layers: none');
    expect(() => composite([mapLayer([1]), mapLayer([1, 1])])).to.throw(
      'invalid layers: 2 x 1 and 1 x 1 pixels',
    );
  });
});
