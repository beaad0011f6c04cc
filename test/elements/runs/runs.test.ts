import { expect } from '@open-wc/testing';
import { UnmixingController } from '../../../src/elements/controller.js';
import { pixelModel } from '../../../src/elements/pixel-model.js';
import { keptRuns, mostRuns } from '../../../src/elements/runs/kept.js';
import { runBlend } from '../../../src/elements/runs/run-blend.js';
import type { SessionState } from '../../../src/elements/state.js';
import { matchSpectra } from '../../../src/spectral/metrics.js';
import type { Unmixing } from '../../../src/spectral/unmixing.js';
import { MemoryHost } from '../../fixtures/memory-host.js';
import { tinyCubeFiles } from '../../fixtures/tiny-cube.js';
import { itkAssets } from '../../formats/files.js';

const rows = ({ endmembers, names }: Unmixing): Float32Array[] => {
  const bands = endmembers.length / names.length;
  return names.map((_, r) => endmembers.subarray(r * bands, (r + 1) * bands));
};

const shown = ({ unmixing }: SessionState): Unmixing => {
  if (!unmixing) throw new Error('nothing is on show');
  return unmixing;
};

describe('results that are kept', () => {
  const host = new MemoryHost();
  localStorage.clear();
  const controller = new UnmixingController({ host, assets: itkAssets });
  const ids = (): string[] => controller.state.runs.map(({ id }) => id);
  const names = (): string[] => controller.state.runs.map(({ name }) => name);
  const kept = async () => {
    const runs = await controller.runs();
    if (!runs) throw new Error('no cube');
    return runs;
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  /** Whether the viewer draws the maps of the result on show. */
  const drawsResult = (): boolean => {
    const { active } = controller.state;
    const { abundances, names: all } = shown(controller.state);
    return all.every((_, r) => {
      const layer = host.layers.find(
        ({ id }) => id === `${active}/abundance-${r}`,
      );
      return (
        layer?.image.kind === 'map' &&
        layer.image.values.length * all.length === abundances.length &&
        layer.image.values.every((v, n) => v === abundances[n * all.length + r])
      );
    });
  };

  beforeEach(async () => {
    localStorage.clear();
    while (controller.state.active !== '') await controller.closeCube();
    await controller.open(tinyCubeFiles());
    controller.setRequest({ endmembers: 3, seed: 1 });
    await controller.unmix();
  });
  after(() => {
    controller.dispose();
  });

  it('of another seed have what matches in the same place and colour, with the names that were given', async () => {
    controller.recolour(1, '#123456');
    controller.rename(0, 'Calcite');
    controller.setRequest({ seed: 2 });
    const before = shown(controller.state);
    await controller.unmix();
    const found = shown(controller.state);
    expect(found.abundances).not.to.equal(before.abundances);
    expect(matchSpectra(rows(before), rows(found))).to.eql([0, 1, 2]);
    expect(found.names).to.eql(['Calcite', 'Endmember 2', 'Endmember 3']);
    expect(controller.state.colours[1]).to.equal('#123456');
    expect(names()).to.eql(['Auto, seed 1', 'Auto, seed 2']);
    expect(controller.state.shownRun).to.equal(ids()[1]);
    const [first, second] = keptRuns(controller.state);
    expect(first.unmixing.names).to.eql(found.names);
    expect(second.colours).to.eql(first.colours);
  });

  it('come back with maps, spectra, figures and the model of the pixel, and go again by undo', async () => {
    controller.pinPixel(3, 2);
    await until(() => !!controller.state.pointer?.spectrum);
    const before = shown(controller.state);
    const model = pixelModel(controller.state);
    controller.setRequest({ seed: 2, endmembers: 2 });
    await controller.unmix();
    expect(pixelModel(controller.state)?.shares).to.have.length(2);
    const [first, second] = ids();
    await (await kept()).show(first);
    expect(controller.state.shownRun).to.equal(first);
    expect(shown(controller.state)).to.equal(before);
    expect(controller.state.colours).to.have.length(3);
    const { run } = controller.state;
    if (run.state !== 'done') throw new Error(run.state);
    expect(run.result.report.options.seed).to.equal(1);
    expect(pixelModel(controller.state)).to.eql(model);
    expect(drawsResult()).to.equal(true);
    controller.undo();
    expect(controller.state.shownRun).to.equal(second);
    expect(shown(controller.state).names).to.have.length(2);
    await until(drawsResult);
    controller.undo();
    expect(controller.state.shownRun).to.equal(first);
    expect(ids()).to.eql([first]);
    controller.redo();
    expect(ids()).to.eql([first, second]);
  });

  it('keep the names and colours they were given while on show', async () => {
    controller.setRequest({ seed: 2 });
    await controller.unmix();
    controller.rename(2, 'Oil');
    controller.recolour(2, '#ABCDEF');
    const [first, second] = ids();
    const runs = await kept();
    await runs.show(first);
    expect(shown(controller.state).names[2]).to.equal('Endmember 3');
    await runs.show(second);
    expect(shown(controller.state).names[2]).to.equal('Oil');
    expect(controller.state.colours[2]).to.equal('#ABCDEF');
  });

  it('are renamed and thrown away, both taken back by undo', async () => {
    controller.setRequest({ seed: 2 });
    await controller.unmix();
    const [first, second] = ids();
    const runs = await kept();
    runs.rename(first, 'Reference');
    expect(names()).to.eql(['Reference', 'Auto, seed 2']);
    controller.undo();
    expect(names()).to.eql(['Auto, seed 1', 'Auto, seed 2']);
    await runs.remove(second);
    expect(ids()).to.eql([first]);
    expect(controller.state.shownRun).to.equal(first);
    await until(drawsResult);
    await runs.remove(first);
    expect(controller.state.unmixing).to.equal(null);
    expect(controller.state.run).to.eql({ state: 'idle' });
    expect(host.layers).to.have.length(1);
    controller.undo();
    controller.undo();
    expect(ids()).to.eql([first, second]);
    expect(controller.state.shownRun).to.equal(second);
    await until(drawsResult);
  });

  it('stay when corrections change, and bring back those that they rest on', async () => {
    const before = shown(controller.state);
    controller.rename(1, 'Chalk');
    await controller.correct([
      {
        kind: 'crop',
        on: true,
        rectangle: { x: 2, y: 0, width: 8, height: 5 },
      },
    ]);
    expect(controller.state.unmixing).to.equal(null);
    expect(controller.state.shownRun).to.equal(null);
    expect(ids()).to.have.length(1);
    await controller.unmix();
    expect(names()).to.eql(['Auto, seed 1', 'Auto, seed 1, 1 correction']);
    expect(shown(controller.state).names).to.include('Chalk');
    const [first] = ids();
    await (await kept()).show(first);
    expect(controller.state.chain.applied).to.eql([]);
    expect(shown(controller.state).abundances).to.equal(before.abundances);
    expect(shown(controller.state).names[1]).to.equal('Chalk');
    expect(drawsResult()).to.equal(true);
    controller.undo();
    expect(controller.state.chain.applied).to.have.length(1);
    expect(shown(controller.state).width).to.equal(8);
  });

  it('are gone when the file is described in another way', async () => {
    await controller.describe({ width: 6 });
    expect(controller.state.runs).to.eql([]);
    expect(controller.state.shownRun).to.equal(null);
  });

  it('are not shown while another run goes on, and stay when that is given up', async () => {
    controller.setRequest({ seed: 2 });
    await controller.unmix();
    const [first, second] = ids();
    const runs = await kept();
    const going = controller.unmix();
    await until(() => controller.state.run.state === 'running');
    await runs.show(first);
    await runs.remove(second);
    expect(controller.state.shownRun).to.equal(second);
    await going;
    expect(ids().slice(0, 2)).to.eql([first, second]);
    expect(names()[2]).to.equal('Auto, seed 2 (2)');
  });

  it(`are ${mostRuns} at most: the oldest goes`, async () => {
    const [first] = ids();
    for (let seed = 2; seed <= mostRuns + 1; seed++) {
      controller.setRequest({ seed });
      await controller.unmix();
    }
    expect(ids()).to.have.length(mostRuns);
    expect(ids()).not.to.include(first);
    controller.undo();
    expect(ids()).to.include(first);
  });

  it('are blended in their own colours with the look of the maps on show, and anew only when something changed', async () => {
    controller.setRequest({ seed: 2 });
    await controller.unmix();
    const [first, second] = ids();
    const image = (id: string): Uint8ClampedArray => {
      const layer = runBlend(controller.state, id);
      if (layer?.image.kind !== 'rgba') throw new Error('not blended');
      return layer.image.data;
    };
    const before = runBlend(controller.state, first);
    expect(before).to.include({ id: `run:${first}`, name: 'Auto, seed 1' });
    expect(runBlend(controller.state, first)).to.equal(before);
    controller.setComposite(true);
    const blended = `${controller.state.active}/abundances`;
    await until(() => host.layers.some(({ id }) => id === blended));
    const own = host.layers.find(({ id }) => id === blended)?.image;
    if (own?.kind !== 'rgba') throw new Error('not blended');
    expect(image(second)).to.eql(own.data);
    await (await kept()).show(first);
    expect(runBlend(controller.state, second)?.image).to.be.an('object');
    controller.recolour(0, '#FF0000');
    expect(runBlend(controller.state, first)).not.to.equal(before);
    controller.place(controller.state.active, [1, 0, 10, 0, 1, 0], 'moved');
    const moved = runBlend(controller.state, first);
    expect(moved?.geometry.origin[0]).to.equal(
      (before?.geometry.origin[0] ?? 0) + 10,
    );
    expect(runBlend(controller.state, 'nothing')).to.equal(null);
  });
});
