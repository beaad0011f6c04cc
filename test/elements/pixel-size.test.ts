import { expect } from '@open-wc/testing';
import { UnmixingController } from '../../src/elements/controller.js';
import type { SessionState } from '../../src/elements/state.js';
import type { Step } from '../../src/preprocess/steps.js';
import { itkAssets } from '../formats/files.js';
import { MemoryHost } from '../fixtures/memory-host.js';
import { tinyCubeFiles } from '../fixtures/tiny-cube.js';

const bin: Step = { kind: 'spatial-bin', on: true, size: 2 };

const geometryOf = ({ cube }: SessionState) => {
  if (cube.state !== 'ready') throw new Error(`cube is ${cube.state}`);
  return cube.summary.geometry;
};

/** Widths of a pixel with their units: of the cube, its layers, and its results. */
const widths = (state: SessionState): Set<string> => {
  const { layers, runs, active } = state;
  const all = [
    geometryOf(state),
    ...layers
      .filter(({ owner }) => owner === active)
      .flatMap(({ source, geometry }) => [source, geometry]),
    ...runs.map(({ geometry }) => geometry),
  ];
  return new Set(all.map(({ spacing, unit }) => `${spacing[0]} ${unit}`));
};

describe('the pixel size of a cube', () => {
  let host: MemoryHost;
  let controller: UnmixingController;

  before(async () => {
    localStorage.clear();
    host = new MemoryHost();
    controller = new UnmixingController({ host, assets: itkAssets });
    await controller.open(tinyCubeFiles());
    controller.setRequest({ endmembers: 3, preset: 'auto' });
    await controller.unmix();
    await controller.addMap('residual-rmse');
  });
  after(() => {
    controller.dispose();
    localStorage.clear();
  });

  it('is of the cube, its maps and its results, which stay as they are; what the viewer draws follows', async () => {
    controller.pinPixel(4, 2);
    const before = controller.state;
    expect(before.cubes[0].sizeable).to.equal(true);
    await controller.setPixelSize('cube-1', 6.25);
    const { state } = controller;
    expect(widths(state)).to.deep.equal(new Set(['6.25 µm']));
    expect(state.unmixing).to.equal(before.unmixing);
    expect(state.run).to.equal(before.run);
    expect(state.shownRun).to.equal(before.shownRun);
    expect(state.pointer).to.include({ x: 4, y: 2, pinned: true });
    expect(state.pointer?.world.slice(0, 2)).to.deep.equal([25, 12.5]);
    expect(
      host.layers.map(({ geometry }) => geometry.spacing[0]),
    ).to.deep.equal(host.layers.map(() => 6.25));
    await controller.setPixelSize('cube-1', 5);
    expect(widths(controller.state)).to.deep.equal(new Set(['5 µm']));
  });

  it('is taken back and done again with the results on show', () => {
    const { unmixing } = controller.state;
    controller.undo();
    // What follows closely is one step.
    expect(widths(controller.state)).to.deep.equal(new Set(['1 null']));
    expect(controller.state.unmixing).to.equal(unmixing);
    expect(controller.state.cubes[0].sizeable).to.equal(true);
    controller.redo();
    expect(widths(controller.state)).to.deep.equal(new Set(['5 µm']));
  });

  it('is one of the image as opened: binned pixels are as many times as large, and the other way round', async () => {
    await controller.correct([bin]);
    expect(geometryOf(controller.state).spacing[0]).to.equal(10);
    await controller.setPixelSize('cube-1', 8);
    await controller.correct([]);
    expect(geometryOf(controller.state)).to.deep.include({
      spacing: [4, 4, 4],
      unit: 'µm',
    });
  });

  it('stays while the cube lies elsewhere than its file puts it, or has landmarks', async () => {
    controller.place('cube-1', [1, 0, 3, 0, 1, 0], 'move');
    await controller.setPixelSize('cube-1', 2);
    expect(geometryOf(controller.state).spacing[0]).to.equal(4);
    controller.place('cube-1', null, 'move');
    controller.parts.store.set({
      registrations: [
        {
          moving: 'cube-1',
          fixed: 'picture-1',
          kind: 'rigid',
          landmarks: [{ moving: [1, 1], fixed: [2, 2] }],
        },
      ],
    });
    await controller.setPixelSize('cube-1', 2);
    expect(geometryOf(controller.state).spacing[0]).to.equal(4);
    controller.parts.store.set({ registrations: [] });
    await controller.setPixelSize('cube-1', 2);
    expect(geometryOf(controller.state).spacing[0]).to.equal(2);
  });
});
