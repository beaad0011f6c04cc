import { expect } from '@open-wc/testing';
import { UnmixingController } from '../../src/elements/controller.js';
import type { SessionState } from '../../src/elements/state.js';
import type { Step } from '../../src/preprocess/steps.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import { itkAssets } from '../formats/files.js';
import { MemoryHost } from '../fixtures/memory-host.js';
import { tinyCubeFiles, tinySize } from '../fixtures/tiny-cube.js';

const { width, height, bands } = tinySize;

const until = async (
  controller: UnmixingController,
  holds: (state: SessionState) => boolean,
): Promise<SessionState> => {
  while (!holds(controller.state))
    await new Promise((resolve) => setTimeout(resolve, 5));
  return controller.state;
};

const summaryOf = ({ cube }: SessionState) => {
  if (cube.state !== 'ready') throw new Error(`cube is ${cube.state}`);
  return cube.summary;
};

const range: Step = { kind: 'range', on: true, window: [3000, 1200] };
const rubberband: Step = { kind: 'rubberband', on: true };
const bin: Step = { kind: 'spatial-bin', on: true, size: 2 };
const nowhere: Step = { kind: 'range', on: true, window: [1, 2] };

describe('the chain of corrections of a session', () => {
  const host = new MemoryHost();
  localStorage.clear();
  const controller = new UnmixingController({ host, assets: itkAssets });
  const settled = () =>
    until(controller, ({ chain }) => chain.work.state !== 'running');

  beforeEach(async () => {
    localStorage.clear();
    await controller.closeCube();
    await controller.open(tinyCubeFiles());
  });
  after(() => {
    controller.dispose();
  });

  it('changes axis, size and place of what is shown, and keeps the windows that are left out', async () => {
    controller.exclude([[2400, 2280]]);
    await controller.setDisplay({ mode: 'band', band: 30 });
    const { values } = summaryOf(controller.state).axis;
    await controller.correct([range, bin]);
    const { cube, display, request } = controller.state;
    const summary = summaryOf(controller.state);
    expect(summary).to.include({ width: width / 2, height: height / 2 });
    expect(summary.axis.values[0]).to.be.at.most(3000);
    expect(summary.original.axis.values).to.have.length(bands);
    expect(cube.state === 'ready' && cube.error).to.equal(null);
    expect(request.exclude).to.deep.equal([[2400, 2280]]);
    if (display.mode !== 'band') throw new Error(display.mode);
    expect(summary.axis.values[display.band]).to.equal(values[30]);
    const { image, geometry } = host.layers[0];
    expect(image).to.include({ width: width / 2, height: height / 2 });
    expect(geometry.spacing[0]).to.equal(2);
    expect(geometry.origin[0]).to.equal(0.5);
  });

  it('shows the mean spectrum live, before and after', async () => {
    const applying = controller.correct([range]);
    const { chain } = await until(
      controller,
      ({ chain: { means } }) => !!means,
    );
    expect(chain.applied).to.deep.equal([]);
    expect(chain.means?.before).to.have.length(bands);
    expect(chain.means?.after.length).below(bands);
    await applying;
    await controller.correct([]);
    expect(controller.state.chain.steps).to.deep.equal([]);
  });

  it('applies only the last of chains that follow each other, and nothing for what is switched off', async () => {
    const chains = [3, 5, 7].map((window): Step[] => [
      { kind: 'savitzky-golay', on: true, window, degree: 2, derivative: 0 },
    ]);
    await Promise.all(chains.map((steps) => controller.correct(steps)));
    await settled();
    expect(controller.state.chain.applied).to.deep.equal(chains[2]);
    const summary = summaryOf(controller.state);
    await controller.correct([...chains[2], { ...bin, on: false }]);
    expect(controller.state.chain.applied).to.have.length(2);
    expect(summaryOf(controller.state)).to.equal(summary);
  });

  it('puts away results of the cube as it was, and holds the pinned pixel', async () => {
    controller.setRequest({ endmembers: 3, preset: 'auto' });
    await controller.unmix();
    host.point([5, 3, 0], true);
    await controller.correct([rubberband]);
    const { run, unmixing, layers, pointer } = controller.state;
    expect([run.state, unmixing]).to.deep.equal(['idle', null]);
    expect(layers.map(({ role }) => role)).to.deep.equal(['cube']);
    expect(pointer).to.include({ x: 5, y: 3, pinned: true });
    await until(controller, (state) => !!state.pointer?.spectrum);
    await controller.unmix();
    expect(controller.state.run.state).to.equal('done');
  });

  it('waits for the chain before it unmixes', async () => {
    void controller.correct([bin]);
    await controller.unmix();
    const { unmixing, chain } = controller.state;
    expect(chain.applied).to.deep.equal([bin]);
    expect(unmixing).to.include({ width: width / 2, height: height / 2 });
  });

  it('keeps the cube when a correction fails, tells it in a sentence, and does not unmix another chain than is shown', async () => {
    await controller.correct([bin]);
    const summary = summaryOf(controller.state);
    await controller.correct([bin, nowhere]);
    const { chain } = controller.state;
    if (chain.work.state !== 'failed') throw new Error(chain.work.state);
    expect(chain.work.error.message).to.match(
      /^invalid correction 2 \(Band range\): /,
    );
    expect(chain.applied).to.deep.equal([bin]);
    expect(summaryOf(controller.state)).to.equal(summary);
    await controller.unmix();
    expect(controller.state.run.state).to.equal('idle');
    await controller.correct(chain.applied);
    expect(controller.state.chain.work.state).to.equal('idle');
    expect(summaryOf(controller.state)).to.equal(summary);
  });

  it('refuses values that cannot be', async () => {
    const wrong: Step = { ...bin, size: 0 };
    const error: unknown = await controller.correct([wrong]).then(
      () => null,
      (caught: unknown) => caught,
    );
    if (!isUnmixingError(error)) throw new Error(String(error));
    expect(error.message).to.equal(
      'invalid correction 1 (Spatial binning): size is 0 (want a whole number from 1 to 64)',
    );
  });

  it('is taken back and done again, step by step, also where the same value was edited twice at once', async () => {
    await controller.correct([rubberband]);
    await controller.correct([rubberband, bin]);
    void controller.correct([rubberband, { ...bin, size: 3 }]);
    await controller.correct([rubberband, { ...bin, size: 4 }]);
    controller.undo();
    await settled();
    expect(controller.state.chain.applied).to.deep.equal([rubberband, bin]);
    controller.undo();
    controller.undo();
    await settled();
    expect(controller.state.chain.applied).to.deep.equal([]);
    expect(summaryOf(controller.state).width).to.equal(width);
    controller.redo();
    await settled();
    expect(controller.state.chain.applied).to.deep.equal([rubberband]);
  });

  it('starts empty with another cube, and offers the last chain for this kind of file', async () => {
    const pixel: Step = {
      kind: 'chosen-pixels',
      on: true,
      pixels: [[1, 1]],
      fate: 'mask',
    };
    await controller.correct([range, pixel]);
    expect(summaryOf(controller.state).mask[width + 1]).to.equal(1);
    await controller.open(tinyCubeFiles());
    const { steps, applied, last } = controller.state.chain;
    expect([steps, applied]).to.deep.equal([[], []]);
    expect(last, 'without pixels of another image').to.deep.equal([range]);
    expect(summaryOf(controller.state).axis.values).to.have.length(bands);
  });

  it('describes the image as it was opened, and corrects it again', async () => {
    await controller.correct([
      { kind: 'convert', on: true, to: 'transmittance', full: 1 },
      bin,
    ]);
    await controller.describe({ width: width / 2 });
    const summary = summaryOf(controller.state);
    expect(summary).to.include({ width: width / 4, height });
    expect(summary.axis.quantity).to.equal('transmittance');
    expect(summary.original.axis.quantity).to.equal('absorbance');
    expect(controller.state.chain.applied).to.have.length(2);
    await controller.describe({ unit: 'nm' });
    const { chain } = await until(
      controller,
      ({ chain: { means } }) => means?.axis.unit === 'nm',
    );
    expect(chain.steps).to.have.length(2);
  });

  it('comes back with the image when the worker broke down', async () => {
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
      await other.open(tinyCubeFiles());
      await other.correct([bin]);
      started[0].dispatchEvent(
        new ErrorEvent('error', { message: 'out of memory' }),
      );
      other.setRequest({ endmembers: 3, preset: 'auto' });
      await other.unmix();
      expect(started).to.have.length(2);
      expect(other.state.unmixing).to.include({ width: width / 2 });
    } finally {
      window.Worker = Worker;
      other.dispose();
    }
  });
});
