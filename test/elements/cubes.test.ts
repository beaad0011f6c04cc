import { expect } from '@open-wc/testing';
import { UnmixingController } from '../../src/elements/controller.js';
import type { SessionState } from '../../src/elements/state.js';
import type { Affine } from '../../src/imaging/affine.js';
import type { Step } from '../../src/preprocess/steps.js';
import { itkAssets } from '../formats/files.js';
import { MemoryHost } from '../fixtures/memory-host.js';
import { tinyCubeFiles, tinySize } from '../fixtures/tiny-cube.js';

const { width, height } = tinySize;

const until = async (
  controller: UnmixingController,
  holds: (state: SessionState) => boolean,
): Promise<SessionState> => {
  while (!holds(controller.state))
    await new Promise((resolve) => setTimeout(resolve, 5));
  return controller.state;
};

const named = (name: string): File[] =>
  tinyCubeFiles().map(
    (file) => new File([file], file.name.replace('tiny', name)),
  );

const nothing = (): File[] => [new File([], 'nothing.hdr')];

const pictureFile = async (name: string): Promise<File> => {
  const canvas = new OffscreenCanvas(6, 4);
  canvas.getContext('2d')?.fillRect(1, 1, 2, 2);
  return new File([await canvas.convertToBlob()], name);
};

const bin: Step = { kind: 'spatial-bin', on: true, size: 2 };
const rubberband: Step = { kind: 'rubberband', on: true };

const summaryOf = ({ cube }: SessionState) => {
  if (cube.state !== 'ready') throw new Error(`cube is ${cube.state}`);
  return cube.summary;
};
const resultOf = ({ unmixing }: SessionState) => {
  if (!unmixing) throw new Error('no result');
  return unmixing;
};
const idsOf = ({ layers }: SessionState): string[] =>
  layers.map(({ id }) => id);

describe('several cubes in one session', () => {
  let host: MemoryHost;
  let controller: UnmixingController;

  beforeEach(() => {
    localStorage.clear();
    host = new MemoryHost();
    controller = new UnmixingController({ host, assets: itkAssets });
  });
  afterEach(() => {
    controller.dispose();
  });

  const unmix = async (endmembers: number): Promise<void> => {
    controller.setRequest({ endmembers, preset: 'auto' });
    await controller.unmix();
    const { run } = controller.state;
    if (run.state === 'failed') throw run.error;
  };

  it('have each their result, request and chain, and all their layers are drawn', async () => {
    await controller.open(named('first'));
    await unmix(3);
    await controller.open(named('second'));
    expect(controller.state.active).to.equal('cube-2');
    expect(controller.state.unmixing).to.equal(null);
    await controller.correct([bin]);
    await unmix(2);
    const [first, second] = controller.state.cubes;
    expect(first).to.deep.include({
      id: 'cube-1',
      name: 'first',
      state: 'ready',
      running: false,
      size: [width, height, tinySize.bands],
    });
    expect(second).to.deep.include({
      id: 'cube-2',
      name: 'second',
      state: 'ready',
      running: false,
      size: [width / 2, height / 2, tinySize.bands],
    });
    expect(first.runs.map(({ id }) => id)).to.deep.equal([first.shownRun]);
    expect(first.unmixing?.names).to.have.length(3);
    expect(second.unmixing).to.equal(resultOf(controller.state));
    controller.activate('cube-1');
    const { chain, request } = controller.state;
    expect(resultOf(controller.state).names).to.have.length(3);
    expect([chain.applied, request.endmembers]).to.deep.equal([[], 3]);
    expect(summaryOf(controller.state).name).to.equal('first');
    controller.activate('cube-2');
    expect(resultOf(controller.state).names).to.have.length(2);
    expect(controller.state.chain.applied).to.deep.equal([bin]);
    expect(host.layers.map(({ id }) => id)).to.have.members([
      'cube-1',
      ...[0, 1, 2].map((r) => `cube-1/abundance-${r}`),
      'cube-2',
      ...[0, 1].map((r) => `cube-2/abundance-${r}`),
    ]);
  });

  it('goes on with the run of one while the panel is about another', async () => {
    await controller.open(named('first'));
    await controller.open(named('second'));
    controller.activate('cube-1');
    const running = unmix(3);
    await until(controller, ({ run }) => run.state === 'running');
    controller.activate('cube-2');
    expect(controller.state.run.state).to.equal('idle');
    expect(controller.state.cubes.map((cube) => cube.running)).to.deep.equal([
      true,
      false,
    ]);
    await running;
    expect(controller.state.unmixing).to.equal(null);
    expect(idsOf(controller.state)).to.include('cube-1/abundance-2');
    controller.activate('cube-1');
    expect(resultOf(controller.state).names).to.have.length(3);
  });

  it('follows the pointer in the cube that the panel is about, and holds a pixel in each', async () => {
    await controller.open(named('first'));
    host.point([3, 2, 0], true);
    await controller.open(named('second'));
    expect(controller.state.pointer).to.equal(null);
    host.point([5, 1, 0], true);
    controller.activate('cube-1');
    expect(controller.state.pointer).to.include({ x: 3, y: 2, pinned: true });
    controller.activate('cube-2');
    expect(controller.state.pointer).to.include({ x: 5, y: 1, pinned: true });
  });

  it('puts one away with its layers and its undo, and turns to another', async () => {
    await controller.open(named('first'));
    await controller.setDisplay({ mode: 'band', band: 3 });
    await controller.open(named('second'));
    await controller.setDisplay({ mode: 'band', band: 5 });
    await controller.closeCube();
    expect(controller.state.active).to.equal('cube-1');
    expect(summaryOf(controller.state).name).to.equal('first');
    expect(host.layers.map(({ id }) => id)).to.deep.equal(['cube-1']);
    controller.undo();
    expect(controller.state.display).to.deep.equal({ mode: 'false-colour' });
    expect(controller.state.canUndo).to.equal(false);
    await controller.closeCube('cube-1');
    expect([controller.state.cubes, host.layers]).to.deep.equal([[], []]);
    expect(controller.state.canRedo).to.equal(false);
  });

  it('leaves all as it is when a file cannot be opened, with the sentence on the cube that is active', async () => {
    await controller.open(named('first'));
    await unmix(3);
    const before = controller.state;
    await controller.open(nothing());
    const { cube, cubes, layers, unmixing, active } = controller.state;
    expect(cube.state === 'ready' && cube.error?.message).to.equal(
      'nothing.hdr is empty (0 bytes).',
    );
    expect([cubes, layers, unmixing, active]).to.deep.equal([
      before.cubes,
      before.layers,
      before.unmixing,
      'cube-1',
    ]);
  });

  it('leaves all as it is when an opening is given up', async () => {
    await controller.open(named('first'));
    const opening = controller.open(named('second'));
    expect(controller.state.cube.state).to.equal('opening');
    controller.stop();
    await opening;
    expect(controller.state.cubes.map(({ name }) => name)).to.deep.equal([
      'first',
    ]);
    expect(controller.state.active).to.equal('cube-1');
  });

  it('brings images of another unit of length to that of the first', async () => {
    const placed = (name: string, size: number, unit: string): File[] => {
      const [header, data] = named(name);
      return [
        new File(
          [
            header,
            `map info = { Arbitrary, 1, 1, 0, 0, ${size}, ${size}, 0, units=${unit} }\n`,
          ],
          header.name,
        ),
        data,
      ];
    };
    await controller.open(placed('first', 10, 'um'));
    const { geometry } = summaryOf(controller.state);
    await controller.open(placed('second', 0.02, 'mm'));
    const second = summaryOf(controller.state).geometry;
    if (geometry.unit === null) throw new Error('the file says no unit');
    expect(second.unit).to.equal(geometry.unit);
    expect(second.spacing[0]).to.be.closeTo(2 * geometry.spacing[0], 1e-9);
  });
});

describe('undo', () => {
  const host = new MemoryHost();
  localStorage.clear();
  const controller = new UnmixingController({ host, assets: itkAssets });
  const settled = () =>
    until(controller, ({ chain }) => chain.work.state === 'idle');
  const unmix = async (endmembers: number): Promise<void> => {
    controller.setRequest({ endmembers, preset: 'auto' });
    await controller.unmix();
    const { run } = controller.state;
    if (run.state === 'failed') throw run.error;
  };

  beforeEach(async () => {
    while (controller.state.active !== '') await controller.closeCube();
    for (const { id, role } of controller.state.layers)
      if (role === 'picture') controller.removeLayer(id);
    await controller.open(named('first'));
  });
  after(() => {
    controller.dispose();
  });

  it('shows the result before a run, and the run again', async () => {
    await unmix(3);
    const three = controller.state;
    await unmix(2);
    const two = controller.state;
    controller.undo();
    expect(controller.state.unmixing).to.equal(three.unmixing);
    expect(controller.state.run).to.deep.equal(three.run);
    expect(idsOf(controller.state)).to.deep.equal(idsOf(three));
    controller.undo();
    controller.undo();
    expect(controller.state.unmixing).to.equal(null);
    expect(idsOf(controller.state)).to.deep.equal(['cube-1']);
    expect(controller.state.display).to.deep.equal({ mode: 'false-colour' });
    for (let i = 0; i < 3; i++) controller.redo();
    expect(controller.state.unmixing).to.equal(two.unmixing);
    expect(idsOf(controller.state)).to.have.members(idsOf(two));
  });

  it('brings results back with the chain that they rest on, and the worker with them', async () => {
    await unmix(3);
    const before = controller.state;
    controller.pinPixel(4, 2);
    const { spectrum } =
      (await until(controller, ({ pointer }) => !!pointer?.spectrum)).pointer ??
      {};
    await controller.correct([rubberband, bin]);
    expect(controller.state.unmixing).to.equal(null);
    controller.undo();
    expect(controller.state.unmixing).to.equal(before.unmixing);
    expect(summaryOf(controller.state)).to.equal(summaryOf(before));
    expect(controller.state.chain.applied).to.deep.equal([]);
    await settled();
    controller.pinPixel(4, 2);
    const back = await until(controller, ({ pointer }) => !!pointer?.spectrum);
    expect(back.pointer?.spectrum).to.deep.equal(spectrum);
    await unmix(2);
    expect(resultOf(controller.state)).to.include({ width, height });
  });

  it('takes back what was said of a file, and its result comes back', async () => {
    await unmix(3);
    const before = controller.state;
    await controller.describe({ width: width / 2 });
    expect(controller.state.unmixing).to.equal(null);
    controller.undo();
    expect(controller.state.unmixing).to.equal(before.unmixing);
    expect(summaryOf(controller.state).width).to.equal(width);
    await unmix(2);
    expect(resultOf(controller.state)).to.include({ width, height });
    controller.undo();
    controller.redo();
    expect(resultOf(controller.state).names).to.have.length(2);
  });

  it('goes over all cubes, and leaves those alone that came since', async () => {
    controller.rename(0, 'nothing there yet');
    controller.setStyle('cube-1', { opacity: 0.5 });
    await controller.open([
      ...named('second'),
      await pictureFile('with it.png'),
    ]);
    controller.setStyle('cube-2', { opacity: 0.4 });
    const opacityOf = (id: string): number | undefined =>
      controller.state.layers.find((layer) => layer.id === id)?.style.opacity;
    controller.undo();
    expect([opacityOf('cube-1'), opacityOf('cube-2')]).to.deep.equal([0.5, 1]);
    controller.undo();
    expect([opacityOf('cube-1'), opacityOf('cube-2')]).to.deep.equal([1, 1]);
    expect(controller.state.pictures).to.have.length(1);
    expect(controller.state.canUndo).to.equal(false);
    controller.redo();
    controller.redo();
    expect([opacityOf('cube-1'), opacityOf('cube-2')]).to.deep.equal([
      0.5, 0.4,
    ]);
  });

  it('brings a picture back that was thrown away, and takes away one that was added', async () => {
    await controller.open([await pictureFile('seen.png')]);
    const { layers, pictures } = controller.state;
    const [{ id }] = layers.filter(({ role }) => role === 'picture');
    controller.removeLayer(id);
    expect(controller.state.pictures).to.deep.equal([]);
    controller.undo();
    expect(controller.state.pictures).to.deep.equal(pictures);
    await until(controller, () => host.layers.some((one) => one.id === id));
    controller.undo();
    expect(controller.state.pictures).to.deep.equal([]);
    expect(idsOf(controller.state)).to.deep.equal(['cube-1']);
    controller.redo();
    expect(controller.state.layers).to.deep.equal(layers);
  });

  it('moves an image back, and the pixel that is held with it', () => {
    const moved: Affine = [1, 0, 10, 0, 1, -5];
    controller.pinPixel(3, 2);
    controller.place('cube-1', moved, 'move');
    const [cube] = controller.state.layers;
    expect(cube.geometry.origin.slice(0, 2)).to.deep.equal([10, -5]);
    expect(controller.state.pointer?.world.slice(0, 2)).to.deep.equal([13, -3]);
    host.point([13, -3, 0], true);
    expect(controller.state.pointer).to.include({ x: 3, y: 2 });
    controller.undo();
    expect(controller.state.layers[0].geometry).to.equal(cube.source);
    expect(controller.state.pointer).to.include({ x: 3, y: 2, pinned: true });
    expect(controller.state.pointer?.world.slice(0, 2)).to.deep.equal([3, 2]);
  });

  it('names a layer until its name is taken back, whatever it shows', async () => {
    controller.renameLayer('cube-1', 'Infrared');
    await controller.setDisplay({ mode: 'band', band: 2 });
    expect(controller.state.layers[0].name).to.equal('Infrared');
    controller.undo();
    controller.undo();
    expect(controller.state.layers[0].name).to.equal('Cube');
    await unmix(2);
    controller.renameLayer('cube-1/abundance-1', 'Gypsum');
    expect(resultOf(controller.state).names[1]).to.equal('Gypsum');
    controller.undo();
    expect(resultOf(controller.state).names[1]).to.equal('Endmember 2');
  });

  it('does not touch locked layers, but may show and unlock them', async () => {
    await controller.open([await pictureFile('held.png')]);
    const [{ id }] = controller.state.layers.filter(
      ({ role }) => role === 'picture',
    );
    controller.lock(id, true);
    const { layers } = controller.state;
    controller.setStyle(id, { opacity: 0.1 });
    controller.removeLayer(id);
    controller.renameLayer(id, 'other');
    controller.place(id, [1, 0, 5, 0, 1, 5], 'move');
    controller.setOrder([id, 'cube-1']);
    expect(controller.state.layers).to.deep.equal(layers);
    controller.setStyle(id, { visible: false });
    controller.lock(id, false);
    controller.setStyle(id, { opacity: 0.1 });
    const picture = controller.state.layers.find((one) => one.id === id);
    expect(picture?.style).to.include({ visible: false, opacity: 0.1 });
  });
});
