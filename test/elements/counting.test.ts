import { expect } from '@open-wc/testing';
import { UnmixingController } from '../../src/elements/controller.js';
import type { SessionState } from '../../src/elements/state.js';
import { MemoryHost } from '../fixtures/memory-host.js';
import { tinyCubeFiles } from '../fixtures/tiny-cube.js';

const until = (
  controller: UnmixingController,
  holds: (state: SessionState) => boolean,
): Promise<SessionState> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!holds(controller.state)) return;
      controller.removeEventListener('unmixing-change', look);
      resolve(controller.state);
    };
    controller.addEventListener('unmixing-change', look);
    look();
  });

const known = ({ count }: SessionState): boolean => count !== null;

describe('the number of endmembers in a session', () => {
  // One for all: a worker takes seconds to load here.
  let controller: UnmixingController;
  before(() => {
    localStorage.clear();
    controller = new UnmixingController({ host: new MemoryHost() });
  });
  after(() => {
    controller.dispose();
    localStorage.clear();
  });

  it('is suggested by itself when a cube is ready, and changes no request', async () => {
    await controller.open(tinyCubeFiles());
    expect(controller.state.count).to.equal(null);
    const { count, request } = await until(controller, known);
    expect(count?.suggested).to.equal(3);
    expect(request.endmembers).to.equal(5);
  });

  it('is forgotten and counted again when windows change, also by undo', async () => {
    const { count: before } = await until(controller, known);
    controller.exclude([[2700, 3900]]);
    await until(controller, ({ count }) => count === null);
    const { count } = await until(controller, known);
    expect(count?.suggested).to.equal(2);
    controller.undo();
    await until(controller, ({ count: now }) => now === null);
    const { count: again } = await until(controller, known);
    expect(again).to.deep.equal(before);
  });

  it('stays when something else is asked of the next run, and over a run', async () => {
    const { count } = await until(controller, known);
    controller.setRequest({ endmembers: 3, preset: 'auto', seed: 9 });
    await controller.unmix();
    expect(controller.state.run.state).to.equal('done');
    expect(controller.state.count).to.equal(count);
  });

  it('makes way for a run and comes after it', async () => {
    await controller.open(tinyCubeFiles());
    const run = controller.unmix();
    await until(controller, ({ run: { state } }) => state === 'running');
    expect(controller.state.count).to.equal(null);
    await run;
    const { count } = await until(controller, known);
    expect(count?.suggested).to.equal(3);
  });

  it('waits until the user has said what the file left out', async () => {
    localStorage.clear();
    await controller.open(tinyCubeFiles(false));
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(controller.state.count).to.equal(null);
    await controller.describe({ quantity: 'absorbance' });
    expect((await until(controller, known)).count?.suggested).to.equal(3);
  });

  it('goes with the cube', async () => {
    await until(controller, known);
    while (controller.state.active !== '') await controller.closeCube();
    expect(controller.state.count).to.equal(null);
  });
});
