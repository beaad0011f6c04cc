import { expect } from '@open-wc/testing';
import { UnmixingController } from '../../../src/elements/controller.js';
import type { IdentifyAction } from '../../../src/elements/identify/ask.js';
import { shownEvidence } from '../../../src/elements/identify/evidence.js';
import { MemoryHost } from '../../fixtures/memory-host.js';
import { tinyCubeFiles } from '../../fixtures/tiny-cube.js';
import { itkAssets } from '../../formats/files.js';

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const start = (): UnmixingController =>
  new UnmixingController({
    host: new MemoryHost(),
    assets: itkAssets,
    keepSessions: false,
  });
const act = async (
  controller: UnmixingController,
  action: IdentifyAction,
): Promise<void> => (await controller.identifying()).act(action);
const unmix = async (controller: UnmixingController): Promise<void> => {
  await controller.open(tinyCubeFiles());
  controller.setRequest({ endmembers: 3, seed: 1 });
  await controller.unmix();
};
const compared = (controller: UnmixingController): Promise<void> =>
  until(() => shownEvidence(controller.state) !== null);

/** The endmembers of the result on show as a table, each as "own N", and one that is like none. */
function library({ state }: UnmixingController): File {
  const { axis, names, endmembers } = state.unmixing!;
  const bands = axis.values.length;
  const rows = Array.from(axis.values, (position, b) =>
    [position, ...names.map((_, r) => endmembers[r * bands + b]), b % 2].join(),
  );
  return new File(
    [
      [
        `Wavenumber (cm-1),${names.map((_, r) => `own ${r + 1}`).join()},none`,
        ...rows,
      ].join('\n'),
    ],
    'own.csv',
  );
}

describe('libraries of a session', () => {
  let controller: UnmixingController;
  before(async () => {
    localStorage.clear();
    indexedDB.deleteDatabase('stratigraph libraries');
    controller = start();
    await unmix(controller);
  });
  after(() => controller.dispose());

  it('are searched as soon as they are opened: each endmember is found in a library of them', async () => {
    await act(controller, { act: 'open', files: [library(controller)] });
    await compared(controller);
    const evidence = shownEvidence(controller.state)!;
    expect(
      evidence.found.map(({ candidates }) => candidates[0].name),
    ).to.deep.equal(['own 1', 'own 2', 'own 3']);
    expect(evidence.references).to.equal(4);
    const [listing] = controller.state.identifying.libraries;
    expect(listing).to.include({ name: 'own', spectra: 4, kept: true });
    expect(listing.sha256).to.match(/^[0-9a-f]{64}$/);
  });

  it('leave names alone, and hold for a result that only its names were changed of', () => {
    controller.rename(0, 'chalk');
    expect(shownEvidence(controller.state)).not.to.equal(null);
    controller.undo();
    expect(controller.state.unmixing?.names[0]).to.equal('Endmember 1');
  });

  it('are searched again when the measure or the ranges change', async () => {
    const before = controller.state.evidence;
    await act(controller, { act: 'choose', patch: { measure: 'angle' } });
    await until(() => controller.state.evidence !== before);
    expect(controller.state.evidence?.found[0].measure).to.equal('angle');
  });

  it('are searched again when another result comes', async () => {
    controller.setRequest({ endmembers: 2 });
    await controller.unmix();
    await compared(controller);
    expect(shownEvidence(controller.state)?.found).to.have.length(2);
  });

  it('take the place of one of the same name', async () => {
    await act(controller, { act: 'open', files: [library(controller)] });
    expect(controller.state.identifying.libraries).to.have.length(1);
    await compared(controller);
    expect(controller.state.evidence?.references).to.equal(3);
  });

  it('tell in a sentence what holds no spectra', async () => {
    await act(controller, {
      act: 'open',
      files: [new File(['nothing'], 'words.txt')],
    });
    const { work } = controller.state.identifying;
    expect(work.state === 'failed' && work.error.message).to.contain(
      'words.txt',
    );
    await act(controller, { act: 'dismiss' });
    expect(controller.state.identifying.work.state).to.equal('idle');
  });

  it('are there for the next page with the choices', async () => {
    const other = start();
    await unmix(other);
    await compared(other);
    expect(
      other.state.identifying.libraries.map(({ name }) => name),
    ).to.deep.equal(['own']);
    expect(other.state.evidence?.found[0].measure).to.equal('angle');
    other.dispose();
  });

  it('say nothing any more once they are switched off or removed', async () => {
    const [{ id }] = controller.state.identifying.libraries;
    await act(controller, { act: 'use', library: id, on: false });
    await until(() => controller.state.evidence === null);
    await act(controller, { act: 'use', library: id, on: true });
    await compared(controller);
    await act(controller, { act: 'remove', library: id });
    await until(() => controller.state.evidence === null);
    expect(controller.state.identifying.libraries).to.deep.equal([]);
  });
});
