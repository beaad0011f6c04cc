import { expect } from '@open-wc/testing';
import {
  Drawing,
  ordered,
  withAbundances,
} from '../../src/elements/entries.js';
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
  owner: role === 'picture' ? id : 'cube',
  source: unitGeometry,
  geometry: unitGeometry,
  locked: false,
  style: layerStyleDefaults,
});
const map = entry('abundance', 'map');
const cube = entry('cube', 'cube');
const picture = entry('picture', 'picture');
const visible = (layers: readonly LayerEntry[]): string[] =>
  layers.filter(({ style }) => style.visible).map(({ id }) => id);

describe('layers when maps come', () => {
  it('puts the first maps on top and hides the cube over a picture', () => {
    const layers = withAbundances('cube', [cube, picture], [map]);
    expect(layers.map(({ id }) => id)).to.deep.equal([
      'map',
      'cube',
      'picture',
    ]);
    expect(visible(layers)).to.deep.equal(['map', 'picture']);
  });

  it('leaves the cube in sight where nothing lies beneath, and before there are maps', () => {
    expect(visible(withAbundances('cube', [cube], [map]))).to.deep.equal([
      'map',
      'cube',
    ]);
    expect(visible(withAbundances('cube', [cube, picture], []))).to.deep.equal([
      'cube',
      'picture',
    ]);
  });

  it('leaves a cube that the user shows again when the next maps come', () => {
    expect(
      visible(withAbundances('cube', [picture, map, cube], [map])),
    ).to.deep.equal(['picture', 'map', 'cube']);
  });
});

describe('another order', () => {
  const orderOf = (
    layers: readonly LayerEntry[],
    ids: readonly string[],
  ): string[] => ordered(layers, ids).map(({ id }) => id);
  const second = entry('abundance', 'second');
  const foreign = { ...entry('abundance', 'foreign'), owner: 'cube-2' };

  it('keeps the maps of each cube together, where the first of them is', () => {
    expect(
      orderOf(
        [map, second, foreign, cube],
        ['second', 'foreign', 'cube', 'map'],
      ),
    ).to.deep.equal(['second', 'map', 'foreign', 'cube']);
  });

  it('leaves locked layers where they are', () => {
    const locked = { ...picture, locked: true };
    expect(
      orderOf([map, locked, cube], ['cube', 'map', 'picture']),
    ).to.deep.equal(['cube', 'picture', 'map']);
  });
});

describe('what is drawn', () => {
  const other = entry('abundance', 'other');
  const layers = [map, other, cube];

  it('is every layer, bottom first, or the cube under one blend of the maps', () => {
    const drawing = new Drawing();
    expect(drawing.of(layers, false)).to.deep.equal([cube, other, map]);
    expect(drawing.of(layers, true).map(({ id }) => id)).to.deep.equal([
      'cube',
      'cube/abundances',
    ]);
    expect(drawing.of([cube], true)).to.deep.equal([cube]);
  });

  it('is one blend for each cube', () => {
    const foreign = { ...entry('abundance', 'foreign'), owner: 'cube-2' };
    const drawn = new Drawing().of([foreign, map, other, cube], true);
    expect(drawn.map(({ id, name }) => [id, name])).to.deep.equal([
      ['cube', 'cube'],
      ['cube/abundances', 'Abundances'],
      ['cube-2/abundances', 'Abundances 2'],
    ]);
  });

  it('blends anew when a map changes or moves, not when another layer does', () => {
    const drawing = new Drawing();
    const blend = (given: readonly LayerEntry[]) =>
      drawing.of(given, true).find(({ id }) => id === 'cube/abundances');
    const first = blend(layers);
    expect(blend([map, other, { ...cube, name: 'grey' }])).to.equal(first);
    expect(blend([other, map, cube])).not.to.equal(first);
    const dimmed = { ...map, style: { ...map.style, opacity: 0.1 } };
    const now = blend([other, map, cube]);
    expect(blend([other, dimmed, cube])).not.to.equal(now);
  });
});
