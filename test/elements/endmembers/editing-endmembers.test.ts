import { expect } from '@open-wc/testing';
import type { EndmemberChange } from '../../../src/engine/endmember-edits.js';
import { UnmixingController } from '../../../src/elements/controller.js';
import type { EndmemberAction } from '../../../src/elements/endmembers/action.js';
import { keptRuns } from '../../../src/elements/runs/kept.js';
import type { SessionState } from '../../../src/elements/state.js';
import { fixedEndmember } from '../../../src/session/fixed-spectra.js';
import type { Unmixing } from '../../../src/spectral/unmixing.js';
import { MemoryHost } from '../../fixtures/memory-host.js';
import { tinyCubeFiles, tinySize } from '../../fixtures/tiny-cube.js';
import { itkAssets } from '../../formats/files.js';

const shown = ({ unmixing }: SessionState): Unmixing => {
  if (!unmixing) throw new Error('nothing is on show');
  return unmixing;
};

describe('editing the endmembers of the result on show', () => {
  const host = new MemoryHost();
  localStorage.clear();
  const controller = new UnmixingController({
    host,
    assets: itkAssets,
    keepSessions: false,
  });
  const act = async (action: EndmemberAction): Promise<void> => {
    await (await controller.endmembers())?.act(action);
  };
  const change = (
    one: Extract<EndmemberAction, { act: 'change' }>['change'],
  ): Promise<void> => act({ act: 'change', change: one });
  const edits = (): readonly EndmemberChange[] => {
    const { run } = controller.state;
    if (run.state !== 'done') throw new Error(run.state);
    return run.result.report.edits ?? [];
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const maps = (): readonly string[] =>
    host.layers
      .filter(({ id }) => id.includes('/abundance-'))
      .map(({ name }) => name)
      .sort();
  const sentence = (): string => {
    const { editing } = controller.state;
    return editing.state === 'failed' ? editing.error.message : editing.state;
  };

  beforeEach(async () => {
    localStorage.clear();
    while (controller.state.active !== '') await controller.closeCube();
    await controller.open(tinyCubeFiles());
    controller.setRequest({ endmembers: 3, seed: 1, fixed: [] });
    await controller.unmix();
  });
  after(() => {
    controller.dispose();
  });

  it('deletes one: maps, colours, layers and the kept run follow, and it is one step of undo', async () => {
    const before = controller.state;
    controller.recolour(2, '#123456');
    await change({ kind: 'delete', endmember: 0 });
    const { state } = controller;
    expect(state.editing).to.deep.equal({ state: 'idle' });
    expect(shown(state).names).to.deep.equal(['Endmember 1', 'Endmember 2']);
    expect(state.colours).to.deep.equal([before.colours[1], '#123456']);
    expect(maps()).to.deep.equal(['Endmember 1', 'Endmember 2']);
    expect(state.runs).to.have.length(1);
    expect(state.shownRun).to.equal(before.shownRun);
    expect(keptRuns(state)[0].unmixing).to.equal(state.unmixing);
    expect(keptRuns(state)[0].result.report.edits).to.deep.equal(edits());
    expect(edits()).to.have.length(1);
    controller.undo();
    await until(() => maps().length === 3);
    expect(controller.state.unmixing).to.equal(before.unmixing);
    expect(controller.state.run).to.deep.equal(before.run);
    expect(edits()).to.deep.equal([]);
    controller.redo();
    await until(() => maps().length === 2);
    expect(edits()).to.have.length(1);
  });

  it('another order takes looks, colours and what is selected along, without the worker', async () => {
    const { colours, active } = controller.state;
    const before = shown(controller.state);
    controller.setStyle(`${active}/abundance-0`, { opacity: 0.3 });
    controller.select(0);
    await change({ kind: 'reorder', order: [1, 2, 0] });
    const { state } = controller;
    expect(state.colours).to.deep.equal([colours[1], colours[2], colours[0]]);
    expect(state.selected).to.equal(2);
    const layer = state.layers.find(({ id }) => id === `${active}/abundance-2`);
    expect(layer?.style.opacity).to.equal(0.3);
    const { image } = layer ?? {};
    expect(image?.kind === 'map' && image.values[5]).to.equal(
      before.abundances[5 * 3],
    );
    expect(shown(state).residual).to.equal(before.residual);
  });

  it('splits and merges back: as many maps, and nearly the residual of before', async () => {
    const before = shown(controller.state);
    await change({ kind: 'merge', endmembers: [0, 1], spectrum: 'mean' });
    expect(shown(controller.state).names).to.have.length(2);
    expect(shown(controller.state).residual.rmse).to.be.above(
      before.residual.rmse,
    );
    await act({ act: 'split', endmember: 0 });
    expect(sentence()).to.equal('idle');
    expect(shown(controller.state).names).to.have.length(3);
    expect(new Set(controller.state.colours)).to.have.property('size', 3);
    const { layers } = controller.state;
    expect(
      layers.flatMap(({ endmember }) =>
        endmember === null ? [] : [endmember],
      ),
    ).to.deep.equal([0, 1, 2]);
    expect(edits().map(({ kind }) => kind)).to.deep.equal(['merge', 'split']);
    expect(shown(controller.state).residual.rmse).to.be.below(
      3 * before.residual.rmse,
    );
  });

  it('replaces one by the spectrum of a file; of several it asks which', async () => {
    const { axis, endmembers } = shown(controller.state);
    const { bands } = tinySize;
    const text = (columns: number): string =>
      [
        `wavenumber (cm-1),${Array.from({ length: columns }, (_, c) => `Mineral ${c + 1}`).join()}`,
        ...Array.from(axis.values, (x, b) =>
          [
            x,
            ...Array.from(
              { length: columns },
              (_, c) => 2 * endmembers[c * bands + b],
            ),
          ].join(),
        ),
      ].join('\n');
    const file = (columns: number): File =>
      new File([text(columns)], 'minerals.csv');
    const before = shown(controller.state);
    await act({
      act: 'replace-from-files',
      endmember: 0,
      files: [file(1)],
    });
    expect(sentence()).to.equal('idle');
    expect(shown(controller.state).names[0]).to.equal('Mineral 1');
    const { abundances } = shown(controller.state);
    before.abundances.forEach((share, i) =>
      expect(abundances[i]).to.be.closeTo(share, 0.02),
    );
    await act({
      act: 'replace-from-files',
      endmember: 2,
      files: [file(3)],
    });
    const { editing } = controller.state;
    expect(
      editing.state === 'choosing' && editing.spectra.map(({ name }) => name),
    ).to.deep.equal(['Mineral 1', 'Mineral 2', 'Mineral 3']);
    await act({ act: 'choose', spectrum: 2 });
    expect(shown(controller.state).names[2]).to.equal('Mineral 3');
    expect(sentence()).to.equal('idle');
  });

  it('says what is wrong with a file, and puts that away', async () => {
    await act({
      act: 'replace-from-files',
      endmember: 0,
      files: [new File(['nothing'], 'notes.csv')],
    });
    expect(controller.state.editing.state).to.equal('failed');
    await act({ act: 'cancel' });
    expect(controller.state.editing).to.deep.equal({ state: 'idle' });
    expect(edits()).to.deep.equal([]);
  });

  it('replaces one by the pixel that is held, without what the baseline adds', async () => {
    controller.pinPixel(tinySize.width - 1, 2);
    await until(() => controller.state.pointer?.spectrum != null);
    const before = shown(controller.state);
    // The last column is the third material alone.
    const pixel = 3 * tinySize.width - 1;
    const of = [0, 1, 2].findIndex(
      (r) => before.abundances[3 * pixel + r] > 0.9,
    );
    await act({ act: 'replace-by-pixel', endmember: of });
    expect(sentence()).to.equal('idle');
    const after = shown(controller.state);
    expect(after.names[of]).to.equal(`Pixel ${tinySize.width - 1}, 2`);
    expect(after.abundances[3 * pixel + of]).to.be.closeTo(1, 0.05);
  });

  it('keeps what is held fixed, whatever it is called then', async () => {
    controller.fixEndmember(2, true);
    await change({ kind: 'delete', endmember: 2 });
    expect(sentence()).to.include('Endmember 3 is held fixed');
    expect(shown(controller.state).names).to.have.length(3);
    await change({ kind: 'merge', endmembers: [0, 2], spectrum: 'mean' });
    expect(sentence()).to.include('Endmember 3 is held fixed');
    await change({ kind: 'flip', endmember: 2 });
    expect(sentence()).to.include('Endmember 3 is held fixed');
    const spectrum = fixedEndmember(shown(controller.state), 2);
    await change({ kind: 'delete', endmember: 0 });
    const { fixed } = controller.state.request;
    expect(fixed).to.deep.equal([{ ...spectrum, name: 'Endmember 2' }]);
    controller.rename(1, 'Lead white');
    expect(controller.state.request.fixed?.[0].name).to.equal('Lead white');
  });

  it('puts names on record; one that is given again takes the place of the one before', () => {
    controller.rename(1, 'Gyp');
    controller.rename(1, 'Gypsum');
    expect(
      edits().map((edit) => edit.kind === 'rename' && edit.name),
    ).to.deep.equal(['Gypsum']);
    expect(edits()[0]).to.deep.include({ names: ['Endmember 2'] });
  });

  it('tells that it works, and ends without a trace when cancelled', async () => {
    const before = controller.state.unmixing;
    const editing = change({ kind: 'delete', endmember: 1 });
    await until(() => controller.state.editing.state !== 'idle');
    expect(controller.state.editing).to.include({
      state: 'running',
      what: 'Deleting',
    });
    await act({ act: 'cancel' });
    await editing;
    expect(controller.state.editing).to.deep.equal({ state: 'idle' });
    expect(controller.state.unmixing).to.equal(before);
  });

  it('lets a run that begins meanwhile have its result', async () => {
    const editing = change({ kind: 'delete', endmember: 1 });
    await until(() => controller.state.editing.state !== 'idle');
    const run = controller.unmix();
    await editing;
    expect(controller.state.editing).to.deep.equal({ state: 'idle' });
    await run;
    expect(shown(controller.state).names).to.have.length(3);
    expect(edits()).to.deep.equal([]);
  });

  it('an edited run comes back as it was edited', async () => {
    await change({ kind: 'delete', endmember: 1 });
    const edited = controller.state;
    controller.setRequest({ seed: 2 });
    await controller.unmix();
    expect(shown(controller.state).names).to.have.length(3);
    await (await controller.runs())?.show(edited.shownRun ?? '');
    expect(controller.state.unmixing).to.equal(edited.unmixing);
    expect(edits()).to.have.length(1);
  });
});
