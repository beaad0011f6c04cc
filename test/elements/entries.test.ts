import { expect } from '@open-wc/testing';
import { withAbundances } from '../../src/elements/entries.js';
import type { LayerEntry } from '../../src/elements/state.js';
import { layerStyleDefaults } from '../../src/imaging/layer.js';
import { unitGeometry } from '../../src/spectral/cube.js';

const entry = (role: LayerEntry['role'], id: string): LayerEntry => ({
  id,
  role,
  endmember: role === 'abundance' ? 0 : null,
  name: id,
  image: {
    kind: 'rgba',
    width: 1,
    height: 1,
    data: new Uint8ClampedArray(4),
  },
  geometry: unitGeometry,
  style: layerStyleDefaults,
});
const map = entry('abundance', 'map');
const cube = entry('cube', 'cube');
const picture = entry('picture', 'picture');
const visible = (layers: readonly LayerEntry[]): string[] =>
  layers.filter(({ style }) => style.visible).map(({ id }) => id);

describe('layers when maps come', () => {
  it('puts the first maps on top and hides the cube over a picture', () => {
    const layers = withAbundances([cube, picture], [map]);
    expect(layers.map(({ id }) => id)).to.deep.equal([
      'map',
      'cube',
      'picture',
    ]);
    expect(visible(layers)).to.deep.equal(['map', 'picture']);
  });

  it('leaves the cube in sight where nothing lies beneath, and before there are maps', () => {
    expect(visible(withAbundances([cube], [map]))).to.deep.equal([
      'map',
      'cube',
    ]);
    expect(visible(withAbundances([cube, picture], []))).to.deep.equal([
      'cube',
      'picture',
    ]);
  });

  it('leaves a cube that the user shows again when the next maps come', () => {
    expect(visible(withAbundances([picture, map, cube], [map]))).to.deep.equal([
      'picture',
      'map',
      'cube',
    ]);
  });
});
