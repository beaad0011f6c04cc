import { expect } from '@open-wc/testing';
import { UnmixingController } from '../../src/elements/controller.js';
import { pixelModel } from '../../src/elements/pixel-model.js';
import type { SessionState } from '../../src/elements/state.js';
import { UnmixingError } from '../../src/spectral/errors.js';
import { matFile } from '../fixtures/mat-file.mjs';
import { itkAssets } from '../formats/files.js';
import { compared } from '../fixtures/comparison.js';
import { MemoryHost } from '../fixtures/memory-host.js';
import { tinyCubeFiles, tinyShares, tinySize } from '../fixtures/tiny-cube.js';

const { width, height, bands } = tinySize;

/** Waits until it holds; the viewer follows the state a moment later. */
const until = async (
  controller: UnmixingController,
  holds: (state: SessionState) => boolean,
): Promise<SessionState> => {
  while (!holds(controller.state))
    await new Promise((resolve) => setTimeout(resolve, 5));
  return controller.state;
};

const pictureFile = async (name: string): Promise<File> => {
  const canvas = new OffscreenCanvas(6, 4);
  canvas.getContext('2d')?.fillRect(1, 1, 2, 2);
  return new File([await canvas.convertToBlob()], name);
};

const readyState = ({ cube }: SessionState) => {
  if (cube.state !== 'ready')
    throw new Error(
      `cube is ${cube.state}${cube.state === 'failed' ? `: ${cube.error.message}` : ''}`,
    );
  return cube;
};

describe('UnmixingController', () => {
  const host = new MemoryHost();
  localStorage.clear();
  const controller = new UnmixingController({ host, assets: itkAssets });

  /** Opens files in place of all cubes that are there. */
  const open = async (files: readonly File[]): Promise<void> => {
    while (controller.state.active !== '') await controller.closeCube();
    await controller.open(files);
  };
  const idOf = (what: string): string => `${controller.state.active}/${what}`;

  beforeEach(() => {
    localStorage.clear();
  });
  after(() => {
    controller.dispose();
  });

  it('shows an opened cube as a picture that is not black, with its axis and size', async () => {
    await open(tinyCubeFiles());
    const { summary, missing } = readyState(controller.state);
    expect([summary.width, summary.height]).to.deep.equal([width, height]);
    expect(summary.axis.values).to.have.length(bands);
    expect(missing).to.deep.equal([]);
    expect(host.layers.map(({ id }) => id)).to.deep.equal([
      controller.state.active,
    ]);
    const { image } = host.layers[0];
    if (image.kind !== 'rgba') throw new Error(`image is a ${image.kind}`);
    expect(Math.max(...image.data.filter((_, i) => i % 4 !== 3))).above(60);
  });

  it('shows one band when asked, and names it by its position', async () => {
    await open(tinyCubeFiles());
    await controller.setDisplay({ mode: 'band', band: 0 });
    expect(controller.state.layers[0].name).to.equal(
      'Cube, 4\u2009000\u00a0cm\u207b\u00b9',
    );
    const { image } = host.layers[0];
    expect(image.kind).to.equal('map');
  });

  it('tells in one sentence why a file cannot be opened, and adds no layer', async () => {
    const other = new UnmixingController({ host: new MemoryHost() });
    await other.open([new File([], 'nothing.hdr')]);
    const { cube, layers } = other.state;
    other.dispose();
    if (cube.state !== 'failed') throw new Error(`cube is ${cube.state}`);
    expect(cube.error.message).to.equal('nothing.hdr is empty (0 bytes).');
    expect(layers).to.deep.equal([]);
  });

  it('keeps the cube it has when another cannot be opened', async () => {
    await open(tinyCubeFiles());
    await controller.open([new File([], 'nothing.hdr')]);
    const { summary, error } = readyState(controller.state);
    expect(summary.width).to.equal(width);
    expect(error?.message).to.equal('nothing.hdr is empty (0 bytes).');
    expect(host.layers).to.have.length(1);
    await controller.open([await pictureFile('other.png')]);
    expect(readyState(controller.state).error).to.equal(null);
    const added = controller.state.layers.find(
      ({ role }) => role === 'picture',
    );
    if (added) controller.removeLayer(added.id);
  });

  it('takes two openings at once, each for itself', async () => {
    await open(tinyCubeFiles());
    const first = controller.state.active;
    const slow = controller.open(tinyCubeFiles());
    await controller.open([new File([], 'nothing.hdr')]);
    await slow;
    expect(controller.state.cubes.map(({ state }) => state)).to.deep.equal([
      'ready',
      'ready',
    ]);
    controller.activate(first);
    expect(readyState(controller.state).error?.message).to.include('nothing');
    await controller.setDisplay({ mode: 'band', band: 3 });
    expect(readyState(controller.state).error?.message).to.include('nothing');
  });

  it('keeps the pictures of a cube that is put away', async () => {
    await open([...tinyCubeFiles(), await pictureFile('own.png')]);
    await controller.open([await pictureFile('added.png')]);
    await open(tinyCubeFiles());
    const pictures = controller.state.layers.filter(
      ({ role }) => role === 'picture',
    );
    expect(pictures.map(({ name }) => name)).to.deep.equal(['own', 'added']);
    expect(controller.state.pictures).to.have.length(2);
    for (const { id } of pictures) controller.removeLayer(id);
  });

  it('fits the view to the shape that the user says', async () => {
    await open(tinyCubeFiles());
    const before = host.fits;
    await controller.describe({ quantity: 'absorbance' });
    expect(host.fits).to.equal(before);
    await controller.describe({ width: width / 2 });
    expect(host.fits).to.equal(before + 1);
    expect(readyState(controller.state).summary.height).to.equal(2 * height);
  });

  it('asks for axis and unit of bands that are only numbered, whatever was said of another file', async () => {
    await open(tinyCubeFiles());
    await controller.describe({ unit: 'cm-1' });
    const [header, data] = tinyCubeFiles();
    const text = (await header.text()).replace(/wavelength = .*\n/, '');
    await controller.open([
      new File(
        [text.replace('units = Wavenumber', 'units = Unknown')],
        'tiny.hdr',
      ),
      data,
    ]);
    const { missing, summary } = readyState(controller.state);
    expect(missing).to.deep.equal(['axis', 'unit']);
    expect(summary.axis.unit).to.equal(null);
  });

  it('does not run before the quantity is said, then remembers it for the next file', async () => {
    await open(tinyCubeFiles(false));
    expect(readyState(controller.state).missing).to.deep.equal(['quantity']);
    await controller.unmix();
    expect(controller.state.run.state).to.equal('idle');
    await controller.describe({ quantity: 'absorbance' });
    expect(readyState(controller.state).missing).to.deep.equal([]);
    await open(tinyCubeFiles(false));
    const { missing, warnings, summary } = readyState(controller.state);
    expect(missing).to.deep.equal([]);
    expect(summary.axis.quantity).to.equal('absorbance');
    expect(warnings.join(' ')).to.include('as you said last time');
  });

  it('takes the ends of the axis that were said for the next file of its kind with as many bands', async () => {
    const unsaid = async (): Promise<File[]> => {
      const [header, data] = tinyCubeFiles();
      const text = (await header.text()).replace(/wavelength[^]*/, '');
      return [new File([text], 'tiny.hdr'), data];
    };
    await controller.open(await unsaid());
    expect(readyState(controller.state).missing).to.include.members([
      'axis',
      'unit',
    ]);
    // Answers that overlap all count.
    await Promise.all([
      controller.describe({ ends: [1000, 4000] }),
      controller.describe({ unit: 'cm-1' }),
    ]);
    const said = readyState(controller.state);
    expect(said.missing).not.to.include.members(['axis']);
    expect(said.unsaid).to.include.members(['axis', 'unit']);
    expect(said.summary.axis.values[0]).to.equal(1000);
    await controller.open(await unsaid());
    const { summary, missing, warnings } = readyState(controller.state);
    expect(missing).not.to.include.members(['axis']);
    expect(summary.axis.unit).to.equal('cm-1');
    expect(summary.axis.values[bands - 1]).to.equal(4000);
    expect(warnings.join(' ')).to.include('axis: taken as 1000 to 4000');
  });

  it('asks which of several cubes is meant, names those left out, and keeps the cube before when the user thinks better of it', async () => {
    await open(tinyCubeFiles());
    const both = [
      ...tinyCubeFiles(),
      ...tinyCubeFiles().map(
        (file) => new File([file], file.name.replace('tiny', 'second')),
      ),
    ];
    await controller.open(both);
    const { cube } = controller.state;
    if (cube.state !== 'asking') throw new Error(`cube is ${cube.state}`);
    expect(cube.file).to.equal(null);
    expect(cube.choices).to.deep.equal([
      { id: 'tiny', description: '12 × 6 px, 60 bands, ENVI' },
      { id: 'second', description: '12 × 6 px, 60 bands, ENVI' },
    ]);
    controller.stop();
    expect(readyState(controller.state).choice).to.equal(null);
    await controller.open(both);
    await controller.choose('second');
    const { summary, warnings, choice } = readyState(controller.state);
    expect(summary.name).to.equal('second');
    expect(choice?.chosen).to.equal('second');
    expect(warnings).to.include('tiny was opened too and left out.');
  });

  it('asks which array of a file is the image, takes the same of the next, and lets the user choose another', async () => {
    const image = (seed: number): number[] =>
      Array.from({ length: 4 * 3 * 8 }, (_, i) => 1 + ((i * seed) % 5));
    const file = (): File =>
      new File(
        [matFile({ a: [[3, 4, 8], image(7)], b: [[3, 4, 8], image(3)] })],
        'two.mat',
      );
    await controller.open([file()]);
    const { cube } = controller.state;
    if (cube.state !== 'asking') throw new Error(`cube is ${cube.state}`);
    expect(cube.file).to.equal('two.mat');
    expect(cube.choices.map(({ id }) => id)).to.deep.equal(['a', 'b']);
    await controller.choose('b');
    expect(readyState(controller.state).choice?.chosen).to.equal('b');
    const mean = readyState(controller.state).summary.mean;
    await controller.open([file()]);
    const again = readyState(controller.state);
    expect(again.choice?.chosen).to.equal('b');
    expect(again.warnings.join(' ')).to.include(
      'b is taken, as you chose last time',
    );
    await controller.choose('a');
    expect(readyState(controller.state).choice?.chosen).to.equal('a');
    expect(readyState(controller.state).summary.mean).not.to.deep.equal(mean);
  });

  it('numbers pictures of the same name', async () => {
    await open(tinyCubeFiles());
    await controller.open([await pictureFile('same.png')]);
    await controller.open([await pictureFile('same.png')]);
    const names = controller.state.layers
      .filter(({ role }) => role === 'picture')
      .map(({ name }) => name);
    expect(names).to.have.members(['same', 'same 2']);
    for (const { id, role } of controller.state.layers)
      if (role === 'picture') controller.removeLayer(id);
  });

  it('opens files that are still being gathered, and tells why that failed', async () => {
    await controller.open(Promise.resolve(tinyCubeFiles()));
    expect(readyState(controller.state).summary.name).to.equal('tiny');
    const error = new UnmixingError('file', 'What was dropped is gone.');
    await controller.open(Promise.reject(error));
    expect(readyState(controller.state).error).to.equal(error);
  });

  it('tells in one sentence that an address is none of the web', async () => {
    await controller.openUrl('scan.hdr');
    expect(readyState(controller.state).error?.message).to.include(
      'invalid address: scan.hdr',
    );
    controller.dismiss();
  });

  it('takes a volume of the viewer, with its bands numbered when the axis is not known', async () => {
    host.held = [
      {
        id: 'v',
        name: 'volume',
        width: 2,
        height: 2,
        bands: 8,
        data: Float32Array.from({ length: 32 }, (_, i) => 1 + ((i * 7) % 5)),
        geometry: {
          origin: [5, 0, 0],
          spacing: [2, 2, 1],
          direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
          unit: 'µm',
        },
        axis: null,
      },
    ];
    for (const listener of host.volumeListeners) listener();
    await until(controller, ({ volumes }) => volumes.length === 1);
    await controller.openVolume('v');
    const { summary, missing } = readyState(controller.state);
    expect(summary.axis.unit).to.equal('band');
    expect(missing).to.deep.equal(['quantity']);
    expect(summary.geometry.origin[0]).to.equal(5);
    const drawn = host.layers.find(({ id }) => id === controller.state.active);
    expect(drawn?.geometry.spacing[0]).to.equal(2);
  });

  it('says which volume cannot be read, and keeps the cube', async () => {
    await open(tinyCubeFiles());
    await controller.openVolume('gone');
    const { summary, error } = readyState(controller.state);
    expect(error?.message).to.equal('There is no volume gone.');
    expect(summary.name).to.equal('tiny');
  });

  describe('after a fast run on three known materials', () => {
    before(async () => {
      await open(tinyCubeFiles());
      controller.setRequest({ endmembers: 3, preset: 'auto' });
      await controller.unmix();
      const { run } = controller.state;
      if (run.state === 'failed') throw run.error;
      readyState(controller.state);
      expect(run.state).to.equal('done');
    });

    it('turns the cube beneath the maps grey: its strongest band', () => {
      const { display, cube } = controller.state;
      if (cube.state !== 'ready' || display.mode !== 'band')
        throw new Error(`${cube.state}, ${display.mode}`);
      const { mean } = cube.summary;
      expect(mean[display.band]).to.equal(Math.max(...mean));
    });

    it('draws one map for each endmember above the cube, in its colour, with the true shares', () => {
      expect(host.layers.map(({ id }) => id)).to.have.members([
        controller.state.active,
        idOf('abundance-0'),
        idOf('abundance-1'),
        idOf('abundance-2'),
      ]);
      expect(host.layers[0].id).to.equal(controller.state.active);
      const truth = [0, 1, 2].map((part) =>
        Array.from(
          { length: width * height },
          (_, n) => tinyShares(n % width)[part],
        ),
      );
      const maps = host.layers.slice(1).map(({ image }) => {
        if (image.kind !== 'map') throw new Error(`image is ${image.kind}`);
        return image.values;
      });
      for (const shares of truth) {
        const errors = maps.map((map) =>
          Math.sqrt(
            shares.reduce((sum, share, n) => sum + (share - map[n]) ** 2, 0) /
              shares.length,
          ),
        );
        expect(Math.min(...errors)).below(0.12);
      }
    });

    it('fetches the spectrum and shares of the pixel under the pointer, and holds it when pressed', async () => {
      host.point([3, 2, 0]);
      const seen = await until(
        controller,
        ({ pointer }) => !!pointer?.spectrum,
      );
      expect(seen.pointer?.x).to.equal(3);
      expect(seen.pointer?.spectrum).to.have.length(bands);
      expect(pixelModel(seen)?.shares).to.have.length(3);
      host.point([5, 1, 0], true);
      host.point([6, 4, 0]);
      host.point(null);
      expect(controller.state.pointer).to.include({ x: 5, y: 1, pinned: true });
      controller.unpin();
      expect(controller.state.pointer).to.equal(null);
    });

    it('changes opacity in the viewer, takes it back and does it again', async () => {
      const opacity = (): number =>
        host.layers.find(({ id }) => id === idOf('abundance-0'))?.style
          .opacity ?? -1;
      controller.setStyle(idOf('abundance-0'), { opacity: 0.3 });
      await until(controller, () => opacity() === 0.3);
      controller.undo();
      await until(controller, () => opacity() === 0.8);
      expect(controller.state.canRedo).to.equal(true);
      controller.redo();
      await until(controller, () => opacity() === 0.3);
    });

    it('puts maps in another order but keeps them together', async () => {
      const before = controller.state.layers.map(({ id }) => id);
      const cube = controller.state.active;
      expect(before[3]).to.equal(cube);
      controller.setOrder([before[2], cube, before[0], before[1]]);
      await until(controller, () => host.layers.at(-1)?.id === before[2]);
      expect(controller.state.layers.map(({ id }) => id)).to.deep.equal([
        before[2],
        before[0],
        before[1],
        cube,
      ]);
    });

    it('renames and recolours an endmember, on its layer too', async () => {
      controller.rename(1, 'Gypsum');
      controller.recolour(1, '#123456');
      await until(
        controller,
        () =>
          host.layers.find(({ id }) => id === idOf('abundance-1'))?.style
            .colour[0] === 0x12,
      );
      expect(controller.state.unmixing?.names[1]).to.equal('Gypsum');
      expect(controller.state.colours[1]).to.equal('#123456');
      expect(
        controller.state.layers.find(({ endmember }) => endmember === 1)?.name,
      ).to.equal('Gypsum');
      expect(() => controller.recolour(1, 'red')).to.throw(
        'invalid colour: red',
      );
    });

    it('lets the next run hold an endmember fixed, once, or no longer', () => {
      const { unmixing } = controller.state;
      const name = unmixing?.names[1];
      controller.fixEndmember(1, true);
      controller.fixEndmember(1, true);
      const { fixed = [] } = controller.state.request;
      expect(fixed.map((one) => one.name)).to.deep.equal([name]);
      expect(fixed[0].positions.length).to.equal(fixed[0].values.length);
      controller.fixEndmember(1, false);
      expect(controller.state.request.fixed).to.deep.equal([]);
    });

    it('takes spectra of a file for the next run, and says what it cannot take', async () => {
      const file = (unit: string): File =>
        new File([`${unit},Gypsum\n4000,1\n2000,2\n600,1\n`], 'known.csv');
      await controller.fix([file('Wavenumber (cm-1)')]);
      expect(controller.state.fixing).to.deep.equal({ state: 'idle' });
      expect(
        controller.state.request.fixed?.map(({ name }) => name),
      ).to.deep.equal(['Gypsum']);
      await controller.fix(tinyCubeFiles());
      const { fixing } = controller.state;
      expect(fixing.state === 'failed' && fixing.error.message).to.include(
        'holds no spectra to hold fixed',
      );
      controller.setRequest({ fixed: [] });
    });

    it('adds a map about the result on top, once, and removes it from the viewer', async () => {
      await controller.addMap('residual-angle');
      await controller.addMap('residual-angle');
      await controller.addMap('no such map');
      const [first, ...others] = controller.state.layers;
      expect(first).to.include({
        id: idOf('residual-angle'),
        role: 'diagnostic',
      });
      expect(others.some(({ id }) => id === first.id)).to.equal(false);
      expect(host.layers.some(({ id }) => id === first.id)).to.equal(true);
      controller.removeLayer(first.id);
      await until(controller, () =>
        host.layers.every(({ id }) => id !== first.id),
      );
      expect(controller.state.layers).to.deep.equal(others);
    });

    it('adds the classes of the pixels, in names, colours and threshold as they are', async () => {
      const classes = () => {
        const image = host.layers.find(
          ({ id }) => id === idOf('classes'),
        )?.image;
        return image?.kind === 'classes' ? image : null;
      };
      await controller.addMap('classes');
      const first = classes();
      if (!first) throw new Error('no classes');
      // The first column is one material alone.
      const { abundances = [] } = controller.state.unmixing ?? {};
      expect(first.classes[0]).to.be.within(1, 3);
      expect(abundances[first.classes[0] - 1]).to.be.above(0.8);
      controller.rename(0, 'Malachite');
      controller.recolour(2, '#010203');
      await until(controller, () => classes()?.colours[2].join() === '1,2,3');
      expect(classes()?.names[0]).to.equal('Malachite');
      expect(classes()?.classes).to.equal(first.classes);
      controller.setClassThreshold(1);
      await until(controller, () => classes()?.classes !== first.classes);
      const count = ({ classes: all }: { classes: Uint8Array }): number =>
        all.filter((one) => one > 0).length;
      expect(count(classes() ?? first)).to.be.below(count(first));
      expect(localStorage.getItem('stratigraph.class threshold')).to.equal('1');
      controller.undo();
      expect(controller.state.classThreshold).to.equal(0.5);
      await until(controller, () => count(classes() ?? first) === count(first));
      expect(classes()?.classes).to.deep.equal(first.classes);
      expect(() => controller.setClassThreshold(50)).to.throw(
        'invalid class threshold: 50 (want a share from 0 to 1)',
      );
      controller.removeLayer(idOf('classes'));
      await until(controller, () => !classes());
    });

    it('compares two layers in the viewer, follows them, and ends when one goes', async () => {
      await controller.addMap('residual-angle');
      controller.compare(
        compared(idOf('abundances'), idOf('residual-angle'), { mode: 'blend' }),
      );
      await until(controller, () => host.comparison !== null);
      expect(host.comparison?.first.image.kind).to.equal('rgba');
      expect(host.comparison?.mode).to.equal('blend');
      controller.setStyle(idOf('residual-angle'), {
        visible: false,
        opacity: 0.4,
      });
      await until(
        controller,
        () => host.comparison?.second.style.opacity === 0.4,
      );
      expect(host.comparison?.second.style.visible).to.equal(true);
      controller.removeLayer(idOf('residual-angle'));
      await until(controller, () => host.comparison === null);
      expect(controller.state.comparison).to.equal(null);
    });

    it('tells why the viewer could not compare, and compares no more', async () => {
      host.refused.add(controller.state.active);
      const asked = compared(idOf('abundance-0'), controller.state.active, {
        mode: 'checkerboard',
      });
      controller.compare(asked);
      await until(controller, ({ comparison }) => comparison === null);
      expect(readyState(controller.state).error?.message).to.equal(
        'The viewer cannot compare these.',
      );
      host.refused.clear();
      controller.dismiss();
      controller.compare(asked);
      await until(controller, () => host.comparison !== null);
      controller.compare(null);
      await until(controller, () => host.comparison === null);
    });

    it('holds a pixel by its place in the cube, the nearest where that lies outside', () => {
      controller.pinPixel(width + 5, -3);
      expect(controller.state.pointer).to.include({
        x: width - 1,
        y: 0,
        pinned: true,
      });
      controller.unpin();
    });

    it('blends all maps into one layer when chosen, and shows them apart again', async () => {
      controller.setComposite(true);
      await until(controller, () => host.layers.length === 2);
      expect(host.layers.map(({ id }) => id)).to.deep.equal([
        controller.state.active,
        idOf('abundances'),
      ]);
      controller.setComposite(false);
      await until(controller, () => host.layers.length === 4);
    });
  });

  it('fails a run that asks for more endmembers than the image can tell, with a sentence and no maps', async () => {
    await open(tinyCubeFiles());
    controller.setRequest({ endmembers: 33, preset: 'auto' });
    await controller.unmix();
    const { run } = controller.state;
    if (run.state !== 'failed') throw new Error(`run is ${run.state}`);
    expect(run.error.message).to.include('invalid endmembers: 33');
    expect(host.layers.map(({ id }) => id)).to.deep.equal([
      controller.state.active,
    ]);
  });

  it('trains on the cpu with previews, stops with the best, and goes on', async () => {
    await open(tinyCubeFiles());
    controller.setRequest({
      endmembers: 3,
      preset: 'network',
      backend: 'cpu',
      network: {
        epochs: 2000,
        patch: 6,
        stride: 6,
        dimensions: 4,
        features: 4,
      },
    });
    const running = controller.unmix();
    const seen = await until(
      controller,
      ({ run }) =>
        run.state === 'failed' ||
        run.state === 'done' ||
        (run.state === 'running' &&
          run.losses.length > 0 &&
          run.preview !== null),
    );
    if (seen.run.state === 'failed') throw seen.run.error;
    controller.stop();
    await running;
    const { run } = controller.state;
    if (run.state !== 'done') throw new Error(`run is ${run.state}`);
    expect(run.result.report.stopped).to.equal(true);
    expect(run.result.report.backend).to.equal('cpu');
    expect(run.result.resumable).to.equal(true);
    controller.rename(0, 'Oil');
    await controller.resume(2);
    expect(controller.state.run.state).to.equal('done');
    expect(controller.state.unmixing?.names[0]).to.equal('Oil');
  });

  it('reads the image anew, as it was described, when the worker broke down', async () => {
    const { Worker } = window;
    const started: Worker[] = [];
    window.Worker = class extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        if (String(given[0]).includes('engine')) started.push(this);
      }
    };
    const other = new UnmixingController({ host: new MemoryHost() });
    try {
      await other.open(tinyCubeFiles(false));
      await other.describe({ quantity: 'absorbance' });
      other.setRequest({ endmembers: 3, preset: 'auto' });
      const running = other.unmix();
      await new Promise((resolve) => setTimeout(resolve));
      started[0].dispatchEvent(
        new ErrorEvent('error', { message: 'out of memory' }),
      );
      await running;
      const { run } = other.state;
      if (run.state !== 'failed') throw new Error(`run is ${run.state}`);
      expect(run.error.message).to.equal(
        'The engine broke down (out of memory) and must start anew with the image.',
      );
      await other.unmix();
      expect(other.state.run.state).to.equal('done');
      expect(started).to.have.length(2);
      expect(readyState(other.state).summary.axis.quantity).to.equal(
        'absorbance',
      );
    } finally {
      window.Worker = Worker;
      other.dispose();
    }
  });

  it('remembers preset, seed, backend and theme in this browser', () => {
    controller.setRequest({ preset: 'pande2026', seed: 7, backend: 'wasm' });
    controller.setTheme('light');
    const next = new UnmixingController({ host: new MemoryHost() });
    const { request, theme } = next.state;
    next.dispose();
    expect(request).to.include({
      preset: 'pande2026',
      seed: 7,
      backend: 'wasm',
    });
    expect(theme).to.equal('light');
  });

  it('tells many changes at once once', async () => {
    let told = 0;
    await Promise.resolve();
    controller.addEventListener('unmixing-change', () => (told += 1));
    controller.select(1);
    controller.select(2);
    controller.setTheme('dark');
    await Promise.resolve();
    expect(told).to.equal(1);
  });

  describe('at its end', () => {
    it('puts the cube away with all that came of it', async () => {
      await open(tinyCubeFiles());
      await controller.closeCube();
      expect(host.layers).to.deep.equal([]);
      expect(controller.state.cubes).to.deep.equal([]);
      expect(controller.state.cube.state).to.equal('none');
      expect(controller.state.unmixing).to.equal(null);
      expect(controller.state.colours).to.deep.equal([]);
    });

    it('leaves no layer behind when the viewer refuses the cube', async () => {
      const refusing = new MemoryHost();
      refusing.refused.add('cube-1');
      const other = new UnmixingController({ host: refusing });
      await other.open(tinyCubeFiles());
      const { cube, layers } = other.state;
      other.dispose();
      if (cube.state !== 'failed') throw new Error(`cube is ${cube.state}`);
      expect(cube.error.message).to.equal('The viewer refuses cube-1.');
      expect([layers, refusing.layers]).to.deep.equal([[], []]);
    });
  });
});
