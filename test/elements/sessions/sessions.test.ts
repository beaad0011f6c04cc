import { expect } from '@open-wc/testing';
import { UnmixingController } from '../../../src/elements/controller.js';
import type { ControllerOptions } from '../../../src/elements/controller.js';
import { keptRuns } from '../../../src/elements/runs/kept.js';
import { MemoryHost } from '../../fixtures/memory-host.js';
import { tinyCubeFiles, tinySize } from '../../fixtures/tiny-cube.js';
import { itkAssets } from '../../formats/files.js';

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** The file that the page hands to the browser while `work` goes on. */
async function handedOut(work: () => Promise<void>): Promise<File> {
  const blobs = new Map<string, Blob>();
  const create = URL.createObjectURL.bind(URL);
  const handed: File[] = [];
  URL.createObjectURL = (blob: Blob) => {
    const address = create(blob);
    blobs.set(address, blob);
    return address;
  };
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    const blob = blobs.get(this.href);
    if (blob) handed.push(new File([blob], this.download));
  };
  try {
    await work();
  } finally {
    URL.createObjectURL = create;
    HTMLAnchorElement.prototype.click = click;
  }
  if (handed.length !== 1) throw new Error(`${handed.length} files`);
  return handed[0];
}

const picture = async (): Promise<File> => {
  const canvas = new OffscreenCanvas(6, 4);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#204060';
  context.fillRect(1, 1, 3, 2);
  return new File([await canvas.convertToBlob()], 'micrograph.png');
};

const controllers: UnmixingController[] = [];
const begin = (
  options: Partial<ControllerOptions> = {},
): { controller: UnmixingController; host: MemoryHost } => {
  const host = new MemoryHost();
  const controller = new UnmixingController({
    host,
    assets: itkAssets,
    keepSessions: false,
    ...options,
  });
  controllers.push(controller);
  return { controller, host };
};

/** Opens, corrects, unmixes and edits: a session with something of most kinds in it. */
async function script(controller: UnmixingController): Promise<void> {
  await controller.open(tinyCubeFiles());
  await controller.open([await picture()]);
  await controller.correct([
    { kind: 'range', on: true, window: [3900, 1100] },
    { kind: 'rubberband', on: false },
  ]);
  controller.setRequest({ endmembers: 3, seed: 5 });
  await controller.unmix();
  controller.rename(1, 'Lead white');
  controller.recolour(1, '#123456');
  controller.setStyle('cube-1/abundance-0', { opacity: 0.25, gamma: 2 });
  controller.setOrder([
    'picture-1',
    ...controller.state.layers
      .map(({ id }) => id)
      .filter((id) => id !== 'picture-1'),
  ]);
  await controller.addMap('residual-rmse');
  controller.lock('picture-1', true);
  await controller.setPixelSize('cube-1', 6.25);
  controller.place('cube-1', [1, 0.1, 5, -0.1, 1, -3], 'move');
  controller.setClassThreshold(0.3);
  controller.select(2);
  controller.pinPixel(4, 2);
}

/** What must be the same again, as plain data. */
function facts({ state }: UnmixingController) {
  const { cube, chain, request, unmixing, run } = state;
  if (cube.state !== 'ready') throw new Error(`cube is ${cube.state}`);
  return {
    active: state.active,
    cubes: state.cubes.map(({ id, name, size, sizeable }) => ({
      ...{ id, name, size, sizeable },
    })),
    type: cube.type,
    summary: cube.summary,
    steps: chain.applied,
    request,
    unmixing,
    runs: keptRuns(state).map((one) => ({ ...one, result: null })),
    shownRun: state.shownRun,
    report: run.state === 'done' ? run.result.report : null,
    colours: state.colours,
    classThreshold: state.classThreshold,
    selected: state.selected,
    pinned: state.pointer && [state.pointer.x, state.pointer.y],
    layers: state.layers,
    placements: state.placements,
    registrations: state.registrations,
    pictures: state.pictures,
    composite: state.composite,
  };
}

describe('a session', () => {
  after(() => {
    for (const controller of controllers) controller.dispose();
    localStorage.clear();
  });

  let saved: File;
  let before: ReturnType<typeof facts>;

  it('is saved into one file and comes back in another page with all that was in it', async () => {
    const { controller, host } = begin();
    await script(controller);
    before = facts(controller);
    const sessions = await controller.sessions();
    saved = await handedOut(() => sessions.save('embedded'));
    expect(saved.name).to.equal('tiny.stratigraph.zip');
    const other = begin();
    await other.controller.open([saved]);
    const { work } = other.controller.state.sessions;
    expect(work.state === 'failed' ? work.error.message : work.state).to.equal(
      'idle',
    );
    expect(facts(other.controller)).to.deep.equal(before);
    expect(other.host.layers).to.deep.equal(host.layers);
    expect(other.controller.state.canUndo).to.equal(false);
  });

  it('goes on as before: the spectrum of a pixel, another run, an edit that is taken back', async () => {
    const { controller } = begin();
    await controller.open([saved]);
    await until(() => !!controller.state.pointer?.spectrum);
    expect(controller.state.pointer?.spectrum).to.have.length(
      controller.state.unmixing?.axis.values.length ?? 0,
    );
    controller.rename(0, 'Azurite');
    controller.undo();
    expect(controller.state.unmixing?.names[0]).to.equal('Endmember 1');
    controller.setRequest({ seed: 6 });
    await controller.unmix();
    expect(controller.state.runs).to.have.length(2);
    const [first, second] = controller.state.runs;
    expect(first.id).not.to.equal(second.id);
  });

  it('by reference asks for its files, knows them by their bytes, and refuses others in a sentence', async () => {
    const { controller } = begin();
    await script(controller);
    const sessions = await controller.sessions();
    const zip = await handedOut(() => sessions.save('referenced'));
    expect(zip.size).below(saved.size - tinySize.width * tinySize.height * 100);
    const other = begin().controller;
    const opened = other.open([zip]);
    await until(() => other.state.sessions.work.state === 'missing');
    const others = await other.sessions();
    const { work } = other.state.sessions;
    expect(work).to.deep.include({
      state: 'missing',
      sites: [],
      refused: null,
    });
    const [header, data] = tinyCubeFiles();
    const bytes = new Uint8Array(await data.arrayBuffer());
    bytes[100] ^= 1;
    await others.asked({
      what: 'find',
      files: [new File([bytes], 'tiny.img')],
    });
    await until(() => {
      const { work: now } = other.state.sessions;
      return now.state === 'missing' && now.refused !== null;
    });
    expect(other.state.sessions.work).to.include({
      refused: 'tiny.img is another file of this name: its bytes differ.',
    });
    expect(other.state.cube.state).to.equal('none');
    await others.asked({
      what: 'find',
      files: [
        new File([header], 'renamed.hdr'),
        new File([data], 'renamed.img'),
      ],
    });
    await opened;
    expect(facts(other).unmixing?.names).to.deep.equal(before.unmixing?.names);
    expect(facts(other).summary).to.deep.equal(before.summary);
  });

  it('without its files shows what was found, refuses what needs the image, and is saved again by reference', async () => {
    const { controller } = begin();
    await script(controller);
    const sessions = await controller.sessions();
    const zip = await handedOut(() => sessions.save('referenced'));
    const { controller: other, host } = begin();
    const opened = other.open([zip]);
    await until(() => other.state.sessions.work.state === 'missing');
    const others = await other.sessions();
    await others.asked({ what: 'without' });
    await opened;
    expect(facts(other)).to.deep.equal(facts(controller));
    expect(host.layers).to.have.length(controller.state.layers.length);
    await other.unmix();
    const { run } = other.state;
    if (run.state !== 'failed') throw new Error(`the run is ${run.state}`);
    expect(run.error.message).to.match(/files/);
    const again = await handedOut(() => others.save('embedded'));
    const third = begin().controller;
    const opening = third.open([again]);
    await until(() => third.state.sessions.work.state === 'missing');
    await (await third.sessions()).asked({ what: 'cancel' });
    await opening;
    expect(third.state.cube.state).to.equal('none');
    expect(third.state.sessions.work.state).to.equal('idle');
  });

  it('that is damaged leaves the one that is open as it was, and says what is wrong', async () => {
    const { controller } = begin();
    await script(controller);
    const earlier = facts(controller);
    const bytes = new Uint8Array(await saved.arrayBuffer());
    bytes[bytes.length >> 1] ^= 255;
    const opened = controller.open([new File([bytes], 'bad.stratigraph.zip')]);
    await until(() => controller.state.sessions.work.state === 'replacing');
    await (await controller.sessions()).asked({ what: 'replace' });
    await opened;
    const { work } = controller.state.sessions;
    if (work.state !== 'failed') throw new Error(`work is ${work.state}`);
    expect(work.error.message).to.match(/^bad\.stratigraph\.zip is cut short/);
    expect(facts(controller)).to.deep.equal(earlier);
  });

  it('that is in a file gives way to another without a question', async () => {
    const { controller } = begin();
    await controller.open([saved]);
    await controller.open([saved]);
    expect(controller.state.sessions.work.state).to.equal('idle');
    controller.rename(0, 'Azurite');
    const opened = controller.open([saved]);
    await until(() => controller.state.sessions.work.state === 'replacing');
    expect(controller.state.sessions.work).to.deep.equal({
      state: 'replacing',
      name: 'tiny.stratigraph.zip',
      loses: 'tiny, 3 endmembers, 1 layer moved',
      stays: false,
    });
    await (await controller.sessions()).asked({ what: 'cancel' });
    await opened;
    expect(controller.state.unmixing?.names[0]).to.equal('Azurite');
  });

  it('of a volume of the viewer holds its values', async () => {
    const { controller, host } = begin();
    const values = Float32Array.from({ length: 3 * 2 * 8 }, (_, i) => i % 7);
    host.held = [
      {
        id: 'v',
        name: 'volume',
        width: 3,
        height: 2,
        bands: 8,
        data: values,
        axis: null,
        geometry: {
          origin: [0, 0, 0],
          spacing: [1, 1, 1],
          direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
          unit: null,
        },
      },
    ];
    await controller.openVolume('v');
    await controller.describe({ unit: 'nm', quantity: 'reflectance' });
    const zip = await handedOut(async () =>
      (await controller.sessions()).save('embedded'),
    );
    const other = begin().controller;
    await other.open([zip]);
    expect(facts(other).summary).to.deep.equal(facts(controller).summary);
    const again = await handedOut(async () =>
      (await other.sessions()).save('embedded'),
    );
    const third = begin().controller;
    await third.open([again]);
    expect(facts(third).summary).to.deep.equal(facts(controller).summary);
  });
});

describe('a session kept in the browser', () => {
  const keeps = { keepSessions: true };

  before(async () => {
    localStorage.clear();
  });
  after(() => {
    for (const controller of controllers) controller.dispose();
  });

  const offered = async (): Promise<UnmixingController> => {
    const { controller } = begin(keeps);
    await controller.sessions();
    return controller;
  };
  /** Until no page of this browser has a session. */
  const released = async (): Promise<void> => {
    const isHeld = async (): Promise<boolean> => {
      const { held = [] } = await navigator.locks.query();
      return held.some(({ name }) => name?.startsWith('stratigraph session'));
    };
    while (await isHeld()) await new Promise((next) => setTimeout(next, 5));
  };
  const reopenFirst = async (controller: UnmixingController): Promise<void> => {
    const [{ id }] = controller.state.sessions.offers;
    const sessions = await controller.sessions();
    await sessions.asked({ what: 'reopen', session: id });
  };
  const throwAll = async (controller: UnmixingController): Promise<void> => {
    const sessions = await controller.sessions();
    for (const { id } of controller.state.sessions.offers)
      await sessions.asked({ what: 'throw-away', session: id });
  };

  it('has the edit of the last moment when the page is ended as usual', async () => {
    const { controller } = begin(keeps);
    await controller.open(tinyCubeFiles());
    controller.setRequest({ endmembers: 3 });
    await controller.unmix();
    await (await controller.sessions()).kept();
    controller.rename(0, 'Azurite');
    controller.dispose();
    await released();
    const next = await offered();
    await reopenFirst(next);
    expect(next.state.unmixing?.names[0]).to.equal('Azurite');
    next.dispose();
    await released();
    await throwAll(await offered());
  });

  it('has a run as soon as it is shown as done', async () => {
    const { controller } = begin(keeps);
    await controller.open(tinyCubeFiles());
    await (await controller.sessions()).kept();
    controller.setRequest({ endmembers: 3 });
    await controller.unmix();
    expect(controller.state.run.state).to.equal('done');
    controller.dispose();
    await released();
    const next = await offered();
    expect(next.state.sessions.offers[0].words).to.equal('tiny, 3 endmembers');
    await throwAll(next);
    next.dispose();
  });

  it('stays on offer, with its last edit, when another takes its place', async () => {
    const { controller: other } = begin();
    await other.open(tinyCubeFiles());
    const zip = await handedOut(async () =>
      (await other.sessions()).save('embedded'),
    );
    const { controller } = begin(keeps);
    await script(controller);
    const sessions = await controller.sessions();
    await sessions.kept();
    const earlier = facts(controller);
    controller.rename(0, 'Azurite');
    const opened = controller.open([zip]);
    await until(() => controller.state.sessions.work.state === 'replacing');
    expect(controller.state.sessions.work).to.include({ stays: true });
    await sessions.asked({ what: 'replace' });
    await opened;
    expect(controller.state.unmixing).to.equal(null);
    expect(
      controller.state.sessions.offers.map(({ words }) => words),
    ).to.deep.equal(['tiny, 3 endmembers, 1 layer moved']);
    await reopenFirst(controller);
    expect(facts(controller).unmixing?.names).to.deep.equal(
      earlier.unmixing?.names.with(0, 'Azurite'),
    );
    controller.dispose();
    await released();
    await throwAll(await offered());
  });

  it('is on offer to the next page with what is in it, and comes back whole', async () => {
    const { controller } = begin(keeps);
    await script(controller);
    await (await controller.sessions()).kept();
    expect(controller.state.sessions.trouble).to.equal(null);
    const before = facts(controller);
    controller.dispose();
    const { controller: next } = begin(keeps);
    await until(() => next.state.sessions.offers.length > 0);
    const [offer] = next.state.sessions.offers;
    expect(offer.words).to.equal('tiny, 3 endmembers, 1 layer moved');
    await (await next.sessions()).asked({ what: 'reopen', session: offer.id });
    const { work } = next.state.sessions;
    expect(work.state === 'failed' ? work.error.message : work.state).to.equal(
      'idle',
    );
    expect(facts(next)).to.deep.equal(before);
    expect(next.state.sessions.offers).to.deep.equal([]);
  });
});
