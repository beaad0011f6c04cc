import { Layering } from '../../../src/elements/layering.js';
import type { Parts } from '../../../src/elements/parts.js';
import { placedLayers } from '../../../src/elements/placements.js';
import type { SessionState } from '../../../src/elements/state.js';
import { SessionStore } from '../../../src/elements/store.js';
import type { Geometry } from '../../../src/spectral/cube.js';
import { MemoryHost } from '../../fixtures/memory-host.js';
import { sessions } from '../../fixtures/sessions.js';

const at = (
  spacing: number,
  origin: readonly [number, number, number] = [0, 0, 0],
): Geometry => ({
  origin,
  spacing: [spacing, spacing, 1],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  unit: 'µm',
});

/** Pixels of the cube are 6 µm wide, those of the micrograph 1 µm. */
export const cubeGeometry = at(6);
export const micrographGeometry = at(1, [10, 20, 0]);

/** A cube of 16 x 8 pixels with three maps, and a micrograph of as many; both in µm. */
export function registerScene(patch: Partial<SessionState> = {}): SessionState {
  const { done } = sessions();
  const state: SessionState = {
    ...done,
    layers: done.layers.map((layer) => {
      const source =
        layer.owner === 'cube-1' ? cubeGeometry : micrographGeometry;
      return { ...layer, source, geometry: source };
    }),
    ...patch,
  };
  return { ...state, layers: placedLayers(state.layers, state.placements) };
}

/** What a concern of a session works with, over a viewer without a picture; `edits` are what could be undone. */
export function partsOf(state: SessionState) {
  const host = new MemoryHost();
  const changed = new EventTarget();
  const ended = new AbortController();
  const edits: string[] = [];
  const store = new SessionStore(state, () =>
    changed.dispatchEvent(new Event('change')),
  );
  const parts: Parts = {
    store,
    layering: new Layering(store, host),
    host,
    ended: ended.signal,
    onChange: (listener) => {
      changed.addEventListener('change', listener);
      return () => changed.removeEventListener('change', listener);
    },
    before: (what) => edits.push(what),
  };
  return { parts, host, store, edits, end: () => ended.abort() };
}
