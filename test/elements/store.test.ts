import { expect } from '@open-wc/testing';
import { partOf } from '../../src/elements/cube-part.js';
import { emptyState } from '../../src/elements/empty-state.js';
import { SessionStore } from '../../src/elements/store.js';
import { sessions } from '../fixtures/sessions.js';

const { done } = sessions();

const storeOf = () => {
  const store = new SessionStore(emptyState, () => undefined);
  store.add('cube-1', partOf(done));
  store.add('cube-2', partOf(emptyState));
  store.activate('cube-2');
  return store;
};

describe('the state of a session with several cubes', () => {
  it('is that of the active cube, and of each for itself', () => {
    const store = storeOf();
    expect(store.state.unmixing).to.equal(null);
    expect(store.of('cube-1').state.unmixing).to.equal(done.unmixing);
    expect(store.of('cube-1').state.active).to.equal('cube-1');
    store.activate('cube-1');
    expect(store.state.unmixing).to.equal(done.unmixing);
  });

  it('keeps what is set for one cube with that cube, and the rest with the session', () => {
    const store = storeOf();
    store.of('cube-1').set({ selected: 2, theme: 'light' });
    expect([store.state.selected, store.state.theme]).to.deep.equal([
      null,
      'light',
    ]);
    expect(store.part('cube-1')?.selected).to.equal(2);
    store.set({ selected: 1 });
    expect(store.part('cube-2')?.selected).to.equal(1);
    expect(store.part('cube-1')?.selected).to.equal(2);
  });

  it('takes nothing from what is left of a cube that is gone, also when another has its id', () => {
    const store = storeOf();
    const old = store.of('cube-1');
    store.remove('cube-1');
    old.set({ selected: 2, theme: 'light' });
    expect(old.state.unmixing).to.equal(null);
    expect(store.state.theme).to.equal('auto');
    store.add('cube-1', partOf(emptyState));
    old.set({ selected: 2 });
    expect(store.part('cube-1')?.selected).to.equal(null);
  });

  it('lists cubes in the order in which they came, and is the same list where nothing of it changed', () => {
    const store = storeOf();
    const { cubes } = store.state;
    expect(cubes.map(({ id, state }) => [id, state])).to.deep.equal([
      ['cube-1', 'ready'],
      ['cube-2', 'none'],
    ]);
    store.of('cube-1').set({ run: done.run });
    expect(store.state.cubes).to.equal(cubes);
  });

  it('shows what the next cube begins with while there is none', () => {
    const store = new SessionStore(emptyState, () => undefined);
    store.set({ request: { ...emptyState.request, endmembers: 7 } });
    expect(store.state.request.endmembers).to.equal(7);
    store.add('cube-1', partOf(done));
    expect(store.state.request.endmembers).to.equal(7);
    store.activate('cube-1');
    expect(store.state.request).to.equal(done.request);
  });
});
