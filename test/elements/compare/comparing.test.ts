import { expect, waitUntil } from '@open-wc/testing';
import { Comparing } from '../../../src/elements/compare/comparing.js';
import { UnmixingComparison } from '../../../src/elements/compare/comparison.js';
import { UnmixingCompareEvent } from '../../../src/elements/events.js';
import { Layering } from '../../../src/elements/layering.js';
import type { SessionState } from '../../../src/elements/state.js';
import { SessionStore } from '../../../src/elements/store.js';
import type { Camera, View } from '../../../src/hosts/host.js';
import { compared } from '../../fixtures/comparison.js';
import { MemoryHost } from '../../fixtures/memory-host.js';
import { sessions } from '../../fixtures/sessions.js';

const { done } = sessions();

/** A viewer that keeps what it was told to show. */
class LookingHost extends MemoryHost {
  seen: View = {
    centre: [5, 4, 0],
    right: [1, 0, 0],
    up: [0, -1, 0],
    halfHeight: 3,
  };
  readonly camera: Camera = {
    view: () => this.seen,
    look: (view) => {
      this.seen = view;
    },
    onMove: () => () => undefined,
  };
}

/** The part of a session that compares. */
class Session {
  readonly end = new AbortController();
  readonly listeners = new Set<() => void>();
  readonly store = new SessionStore(done, () => {
    for (const listener of [...this.listeners]) listener();
  });
  readonly parts;

  constructor(readonly host: MemoryHost) {
    this.parts = {
      store: this.store,
      layering: new Layering(this.store, host),
      host,
      ended: this.end.signal,
      before: () => undefined,
      onChange: (listener: () => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    };
  }

  listen(target: EventTarget): () => void {
    const listener = (event: Event): void => {
      if (event instanceof UnmixingCompareEvent) this.set(event.comparison);
    };
    target.addEventListener('unmixing-compare', listener);
    return () => target.removeEventListener('unmixing-compare', listener);
  }

  set(comparison: SessionState['comparison']): void {
    this.store.set({ comparison });
  }
}

const mounted = (host: MemoryHost): UnmixingComparison | null =>
  [...host.mounted.keys()].find((one) => one instanceof UnmixingComparison) ??
  null;

describe('what a comparison puts on the screen', () => {
  let session: Session;
  let host: LookingHost;
  const swipe = compared('picture-1', 'cube-1/abundances');

  beforeEach(() => {
    host = new LookingHost();
    session = new Session(host);
    new Comparing(session);
  });
  afterEach(() => session.end.abort());

  it('is our own view over the image, which begins where the viewer looks and hands that back', async () => {
    session.set(swipe);
    await waitUntil(() => mounted(host));
    const view = mounted(host);
    expect(view && host.mounted.get(view)).to.equal('cover');
    await waitUntil(() => view?.view);
    expect(view?.view).to.deep.equal(host.seen);
    const stage = view?.shadowRoot?.querySelector('unmixing-stage');
    stage?.zoomBy(2);
    session.set(null);
    await waitUntil(() => !mounted(host));
    expect(host.seen.halfHeight).to.equal(1.5);
  });

  it('is the comparison of the viewer for its own ways, one after the other', async () => {
    session.set(swipe);
    await waitUntil(() => mounted(host));
    session.set(compared('cube-1/abundances', 'cube-1', { mode: 'blend' }));
    await waitUntil(() => host.comparison);
    expect(mounted(host)).to.equal(null);
    session.set(swipe);
    await waitUntil(() => mounted(host));
    expect(host.comparison).to.equal(null);
  });

  it('ends when one of the two is gone, and when the session ends', async () => {
    session.set(swipe);
    await waitUntil(() => mounted(host));
    session.store.set({
      layers: done.layers.filter(({ id }) => id !== 'picture-1'),
    });
    await waitUntil(() => !mounted(host));
    expect(session.store.state.comparison).to.equal(null);
    session.store.set({ layers: done.layers });
    session.set(swipe);
    await waitUntil(() => mounted(host));
    session.end.abort();
    expect(mounted(host)).to.equal(null);
  });

  it('is not a way of a viewer that has none', async () => {
    const bare = new Session(new MemoryHost(['view']));
    new Comparing(bare);
    bare.set(compared('cube-1/abundances', 'cube-1', { mode: 'blend' }));
    await waitUntil(() => bare.store.state.comparison === null);
    expect(bare.host.comparison).to.equal(null);
    bare.end.abort();
  });

  it('covers the page where the viewer has no place over its image', async () => {
    const bare = new Session(new MemoryHost([]));
    new Comparing(bare);
    bare.set(swipe);
    const onPage = (): Element | null =>
      document.querySelector('unmixing-comparison');
    await waitUntil(onPage);
    const { width, height } =
      onPage()?.getBoundingClientRect() ?? new DOMRect();
    expect([width, height]).to.deep.equal([innerWidth, innerHeight]);
    bare.set(null);
    await waitUntil(() => !onPage());
    bare.end.abort();
  });
});
