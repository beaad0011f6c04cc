import { expect } from '@open-wc/testing';
import {
  isGroup,
  layerItems,
  layersOf,
  moved,
} from '../../src/elements/layer-tree.js';
import type { LayerEntry, SessionState } from '../../src/elements/state.js';
import { withoutResults } from '../fixtures/sessions.js';
import { mapLayer } from '../imaging/layers.js';

function entry(id: string): LayerEntry {
  const [owner, part] = id.split('/');
  const layer = mapLayer([1]);
  return {
    ...layer,
    id,
    owner,
    role: owner.startsWith('picture')
      ? 'picture'
      : part
        ? part.startsWith('map')
          ? 'diagnostic'
          : 'abundance'
        : 'cube',
    endmember: null,
    source: layer.geometry,
    locked: false,
  };
}

function session(
  ids: readonly string[],
  cubes: readonly string[],
): Pick<SessionState, 'layers' | 'cubes'> {
  return {
    layers: ids.map(entry),
    cubes: cubes.map((id) => ({
      id,
      name: id.toUpperCase(),
      state: 'ready',
      running: false,
      size: null,
      sizeable: false,
      ...withoutResults,
    })),
  };
}

/** As words: a group's name before its layers. */
const listed = (of: Pick<SessionState, 'layers' | 'cubes'>): string[] =>
  layerItems(of).map((item) =>
    isGroup(item)
      ? `${item.name}: ${layersOf(item)
          .map(({ id }) => id)
          .join(' ')}`
      : item.id,
  );

const one = session(['a/0', 'a/1', 'a/map', 'a', 'picture'], ['a']);
const two = session(
  ['a/0', 'a/1', 'a', 'picture-1', 'b/0', 'b', 'picture-2'],
  ['a', 'b'],
);

describe('the list of layers', () => {
  it('groups the abundances of the only cube', () => {
    expect(listed(one)).to.deep.equal([
      'Abundances: a/0 a/1',
      'a/map',
      'a',
      'picture',
    ]);
  });

  it('leaves a single abundance ungrouped', () => {
    expect(listed(session(['a/0', 'a'], ['a']))).to.deep.equal(['a/0', 'a']);
  });

  it('groups all layers of each of several cubes', () => {
    expect(listed(two)).to.deep.equal([
      'A: a/0 a/1 a',
      'picture-1',
      'B: b/0 b',
      'picture-2',
    ]);
  });

  it('shows a cube twice when something lies between its layers, as drawn', () => {
    expect(
      listed(session(['a/0', 'picture-1', 'a', 'b'], ['a', 'b'])),
    ).to.deep.equal(['A: a/0', 'picture-1', 'A: a', 'B: b']);
  });
});

describe('moving in the list of layers', () => {
  const items = layerItems(two);

  it('takes a group whole past its neighbour', () => {
    expect(moved(items, 'group a', 'picture-1', true)).to.deep.equal([
      ...['picture-1', 'a/0', 'a/1', 'a', 'b/0', 'b', 'picture-2'],
    ]);
    expect(moved(items, 'picture-2', 'group b', false)).to.deep.equal([
      ...['a/0', 'a/1', 'a', 'picture-1', 'picture-2', 'b/0', 'b'],
    ]);
  });

  it('keeps a layer in its group', () => {
    expect(moved(items, 'b/0', 'b', true)).to.deep.equal([
      ...['a/0', 'a/1', 'a', 'picture-1', 'b', 'b/0', 'picture-2'],
    ]);
    expect(moved(items, 'b/0', 'picture-1', false)).to.equal(null);
    expect(moved(items, 'b/0', 'a/0', false)).to.equal(null);
  });

  it('is nothing where the order stays', () => {
    expect(moved(items, 'picture-1', 'group a', true)).to.equal(null);
    expect(moved(items, 'picture-1', 'picture-1', true)).to.equal(null);
    expect(moved(items, 'nothing', 'picture-1', true)).to.equal(null);
  });
});
