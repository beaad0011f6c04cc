import type { KeptRun } from '../../../src/elements/state.js';
import { unitGeometry } from '../../../src/spectral/cube.js';
import { sessions } from '../../fixtures/sessions.js';

const { done } = sessions();

/** A run of the sessions that tests draw, with arrays of its own. */
export function keptFixture(more: Partial<KeptRun> = {}): KeptRun {
  if (done.run.state !== 'done') throw new Error('not done');
  const unmixing = structuredClone(done.run.result.unmixing);
  return {
    id: 'cube-1/run-a',
    name: 'Network, seed 42',
    result: { ...done.run.result, unmixing },
    unmixing,
    colours: done.colours,
    steps: [],
    geometry: unitGeometry,
    finished: new Date().setHours(14, 2),
    ...more,
  };
}
