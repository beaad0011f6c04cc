import { expect } from '@open-wc/testing';
import {
  colourDifference,
  flattened,
  isMapLayer,
  mapDifference,
} from '../../src/imaging/difference.js';
import type { MapLayer } from '../../src/imaging/difference.js';
import { composite } from '../../src/imaging/composite.js';
import type { Layer } from '../../src/imaging/layer.js';
import { unitGeometry } from '../../src/spectral/cube.js';
import { keepPace } from '../../src/spectral/pace.js';
import { mapLayer, rgbaLayer } from './layers.js';

const pace = keepPace();
const map = (...given: Parameters<typeof mapLayer>): MapLayer => {
  const layer = mapLayer(...given);
  if (!isMapLayer(layer)) throw new Error('no map');
  return layer;
};
const at = <L extends Layer>(layer: L, x: number, spacing = 1): L => ({
  ...layer,
  geometry: {
    ...unitGeometry,
    origin: [x, 0, 0],
    spacing: [spacing, 1, 1],
  },
});
const gridOf = ({ image, geometry }: Layer) => ({
  width: image.width,
  height: image.height,
  geometry,
});

describe('the difference of two maps', () => {
  it('is their values subtracted, and zero with itself', async () => {
    const [a, b] = [map([1, 2, 5]), map([4, 2, -1])];
    expect([...(await mapDifference(a, b, pace)).values]).to.deep.equal([
      -3, 0, 6,
    ]);
    expect([...(await mapDifference(a, a, pace)).values]).to.deep.equal([
      0, 0, 0,
    ]);
  });

  it('takes the second to the grid of the first, linear where it is drawn so, and is NaN outside', async () => {
    const a = map([0, 0, 0, 0]);
    const b = at(map([10, 20], { interpolation: 'linear' }), 0.5, 2);
    // Its pixels reach from -.5 to 3.5, their centres lie at .5 and 2.5: 10 + 5 (x - .5) between.
    expect([...(await mapDifference(a, b, pace)).values]).to.deep.equal([
      -10, -12.5, -17.5, -20,
    ]);
    const far = at(map([1, 1, 1, 1]), 2);
    expect([...(await mapDifference(a, far, pace)).values]).to.deep.equal([
      NaN,
      NaN,
      -1,
      -1,
    ]);
  });
});

describe('layers on one grid', () => {
  it('are seen as composite blends them, over black, within its rounding', async () => {
    const layers = [
      rgbaLayer([
        [200, 100, 50, 255],
        [0, 0, 0, 0],
      ]),
      mapLayer([0.25, 0.75], { colour: [10, 250, 30], opacity: 0.6 }),
      mapLayer([1, 0.5], { colour: [90, 0, 200], blending: 'additive' }),
    ];
    const { data } = composite(layers);
    const seen = await flattened(layers, gridOf(layers[0]), pace);
    for (let n = 0; n < 2; n++)
      for (let c = 0; c < 3; c++)
        expect(255 * seen[3 * n + c]).to.be.closeTo(
          (data[4 * n + c] * data[4 * n + 3]) / 255,
          1.5,
        );
  });

  it('are NaN where no layer lies, and leave hidden ones out', async () => {
    const layer = at(mapLayer([1]), 1);
    const onto = { width: 3, height: 1, geometry: unitGeometry };
    const reds = async (layers: Layer[]): Promise<number[]> =>
      [...(await flattened(layers, onto, pace))].filter((_, i) => i % 3 === 0);
    expect(await reds([layer])).to.deep.equal([NaN, 1, NaN]);
    const hidden = { ...layer, style: { ...layer.style, visible: false } };
    expect(await reds([hidden])).to.deep.equal([NaN, NaN, NaN]);
  });
});

describe('the difference of colours', () => {
  it('is the distance of each component, black where alike, clear where one is missing', async () => {
    const a = rgbaLayer([
      [200, 100, 50, 255],
      [9, 9, 9, 255],
      [1, 2, 3, 255],
    ]);
    const b = rgbaLayer([
      [190, 120, 50, 255],
      [9, 9, 9, 255],
    ]);
    const { data } = await colourDifference([a], [b], gridOf(a), pace);
    expect([...data]).to.deep.equal([10, 20, 0, 255, 0, 0, 0, 255, 0, 0, 0, 0]);
  });
});
