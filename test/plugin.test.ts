import { expect } from '@open-wc/testing';
import { listContributions } from '../src/contributions.js';
import { activate, commands, conditions, runCommand } from '../src/plugin.js';
import { failure } from './fixtures/failure.js';
import { MemoryHost } from './fixtures/memory-host.js';
import { tinyCubeFiles } from './fixtures/tiny-cube.js';
import { VtkPage } from './hosts/vtk-page.js';

describe('activate', () => {
  beforeEach(() => localStorage.clear());

  it('mounts panel, spectra, layers and legend, each in its place', async () => {
    const host = new MemoryHost();
    const { dispose } = await activate(host);
    const places = Array.from(host.mounted, ([{ localName }, place]) => [
      localName,
      place,
    ]);
    expect(places).to.have.deep.members([
      ['unmixing-panel', 'right'],
      ['unmixing-spectra', 'bottom'],
      ['unmixing-layers', 'left'],
      ['unmixing-legend', 'view'],
    ]);
    dispose();
  });

  it('mounts only where the viewer has room', async () => {
    const host = new MemoryHost(['pick', 'panel-right']);
    const { dispose } = await activate(host);
    expect(Array.from(host.mounted.values())).to.deep.equal(['right']);
    dispose();
  });

  it('mounts at once what is asked for, and the rest when it is opened', async () => {
    const host = new MemoryHost();
    const { open, dispose } = await activate(host, {
      widgets: ['unmixing-spectra'],
    });
    const places = (): string[] => Array.from(host.mounted.values());
    expect(places()).to.deep.equal(['bottom']);
    const close = open('unmixing-layers');
    expect(open('unmixing-layers')).to.equal(close);
    expect(places()).to.deep.equal(['bottom', 'left']);
    close();
    open('unmixing-layers');
    close();
    expect(places()).to.deep.equal(['bottom', 'left']);
    expect(() => open('unmixing-disco')).to.throw(
      'invalid widget: unmixing-disco (want unmixing-panel, unmixing-spectra',
    );
    dispose();
    expect(places()).to.deep.equal([]);
  });

  it('keeps no session in the browser, and offers no choice of it, where the viewer does not let it', async () => {
    const { controller, dispose } = await activate(new MemoryHost(), {
      keepSessions: false,
    });
    expect(controller.state.sessions.keeps).to.equal(null);
    const sessions = await controller.sessions();
    await sessions.asked({ what: 'keep', on: true });
    await controller.open(tinyCubeFiles());
    await sessions.kept();
    const { keeps, kept } = controller.state.sessions;
    expect([keeps, kept]).to.eql([null, null]);
    dispose();
  });

  it('says which widget the viewer has no room for', async () => {
    const host = new MemoryHost(['panel-right']);
    const { open, dispose } = await activate(host);
    expect(() => open('unmixing-spectra')).to.throw(
      'memory has no room for unmixing-spectra (it wants the place bottom).',
    );
    dispose();
    const error = await failure(
      activate(host, { widgets: ['unmixing-layers'] }),
    );
    expect(error.message).to.include('no room for unmixing-layers');
    expect(host.mounted.size).to.equal(0);
  });

  it('finds the viewer of the page when none is given, and lets go of it', async () => {
    const page = new VtkPage();
    const left = (): string[] =>
      Array.from(
        page.page.querySelectorAll('*'),
        ({ localName }) => localName,
      ).filter((name) => name.startsWith('unmixing-'));
    Object.assign(window, { renderWindow: page.renderWindow });
    try {
      const { controller, dispose } = await activate();
      expect(left()).to.include('unmixing-panel');
      await controller.open(tinyCubeFiles());
      expect(controller.state.layers).to.have.length(1);
      dispose();
      expect(left()).to.deep.equal([]);
      expect(page.leftovers()).to.deep.equal([]);
      const again = await activate(undefined, { widgets: [] });
      expect(left()).to.deep.equal([]);
      again.dispose();
    } finally {
      Reflect.deleteProperty(window, 'renderWindow');
      page.close();
    }
  });

  it('says what was looked for when there is no viewer, and touches nothing', async () => {
    const before = document.body.innerHTML;
    const error = await failure(activate());
    expect(error).to.have.property('tag', 'host');
    expect(error.message).to.match(/^There is no known viewer.*vtk\.js/);
    expect(document.body.innerHTML).to.equal(before);
  });

  it('leaves nothing in the viewer when disposed, twice too', async () => {
    const host = new MemoryHost();
    const { controller, dispose } = await activate(host);
    await controller.open(tinyCubeFiles());
    expect(host.layers).to.have.length(1);
    dispose();
    dispose();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host.layers).to.deep.equal([]);
    expect(host.mounted.size).to.equal(0);
    expect(host.pickListeners.size + host.volumeListeners.size).to.equal(0);
    expect(document.querySelector('unmixing-panel')).to.equal(null);
  });

  it('takes back what it mounted when the viewer fails half way', async () => {
    const host = new MemoryHost();
    const { mountPanel } = host;
    host.mountPanel = (element, where) => {
      if (where === 'left') throw new Error('no room');
      return mountPanel.call(host, element, where);
    };
    let message = '';
    await activate(host).catch((error: unknown) => (message = String(error)));
    expect(message).to.equal('Error: no room');
    expect(host.mounted.size).to.equal(0);
    expect(host.pickListeners.size).to.equal(0);
  });

  it('does what an element inside the panel asks for, and shows it in all', async () => {
    const host = new MemoryHost();
    const { controller, dispose } = await activate(host);
    const [panel] = host.mounted.keys();
    const { UnmixingThemeEvent } = await import('../src/elements/events.js');
    panel.dispatchEvent(new UnmixingThemeEvent('light'));
    await Promise.resolve();
    expect(controller.state.theme).to.equal('light');
    for (const element of host.mounted.keys())
      expect(element).to.have.property('theme', 'light');
    dispose();
  });

  it('refuses a sample of another origin, and says when one is not there', async () => {
    const host = new MemoryHost();
    const { controller, dispose } = await activate(host, {
      sample: [
        { name: 'elsewhere', urls: ['https://example.org/cube.hdr'] },
        { name: 'gone', urls: ['/no-such-sample.hdr'] },
      ],
    });
    const sentence = async (index: number): Promise<string> => {
      await controller.openSample(index);
      const { cube } = controller.state;
      return cube.state === 'failed' ? cube.error.message : cube.state;
    };
    expect(await sentence(0)).to.include('invalid sample: https://example.org');
    expect(await sentence(1)).to.include(
      'no-such-sample.hdr could not be fetched: there is no such file on',
    );
    dispose();
  });
});

describe('commands', () => {
  it('are those of the manifest', async () => {
    const response = await fetch('/plugin-manifest.json');
    const listed = listContributions(await response.json());
    expect(Object.keys(commands)).to.have.members(
      listed.commands.map(({ id }) => id),
    );
    const when = [...Object.values(listed.menus).flat(), ...listed.keybindings]
      .map((entry) => entry.when)
      .filter((name) => name !== undefined);
    expect(Object.keys(conditions)).to.have.members([...new Set(when)]);
  });

  it('close the cube, hold and let go of a pixel, and set options', async () => {
    const host = new MemoryHost();
    const { controller, dispose } = await activate(host);
    const run = (id: string, ...given: unknown[]): Promise<void> =>
      runCommand(`stratigraph.${id}`, controller, ...given);
    const { cube, pinned } = conditions;
    await run('open', tinyCubeFiles());
    expect(cube(controller.state)).to.equal(true);
    controller.pin([0, 0, 0]);
    expect(pinned(controller.state)).to.equal(true);
    await run('unpin');
    expect(pinned(controller.state)).to.equal(false);
    await run('configure', { 'stratigraph.seed': 3 });
    expect(controller.state.request.seed).to.equal(3);
    await run('open', tinyCubeFiles());
    expect(conditions.cubes(controller.state)).to.equal(true);
    await run('next-cube');
    expect(controller.state.active).to.equal('cube-1');
    await run('activate', 'cube-2');
    expect(controller.state.active).to.equal('cube-2');
    await run('close');
    expect(controller.state.active).to.equal('cube-1');
    await run('close');
    expect(cube(controller.state)).to.equal(false);
    expect((await failure(run('save-cube', 'jpeg'))).message).to.include(
      'invalid format: "jpeg" (want envi,',
    );
    expect((await failure(run('open-url'))).message).to.include(
      'invalid address: undefined (want a text)',
    );
    dispose();
  });

  it('open files, exclude carbon dioxide and take it back', async () => {
    const host = new MemoryHost();
    const { controller, dispose } = await activate(host);
    await runCommand('stratigraph.open', controller, tinyCubeFiles());
    expect(controller.state.cube.state).to.equal('ready');
    await runCommand('stratigraph.exclude-co2', controller);
    expect(controller.state.request.exclude).to.deep.equal([[2280, 2400]]);
    await runCommand('stratigraph.undo', controller);
    expect(controller.state.request.exclude).to.deep.equal([]);
    await runCommand('stratigraph.redo', controller);
    expect(controller.state.request.exclude).to.have.length(1);
    dispose();
  });

  it('that do not exist are refused with those that do', async () => {
    const host = new MemoryHost();
    const { controller, dispose } = await activate(host);
    let message = '';
    await runCommand('stratigraph.dance', controller).catch(
      (error: unknown) => (message = String(error)),
    );
    expect(message).to.include('invalid command: stratigraph.dance');
    expect(message).to.include('stratigraph.unmix');
    await runCommand('stratigraph.open', controller, 'cube.hdr').catch(
      (error: unknown) => (message = String(error)),
    );
    expect(message).to.include('invalid file: string (want File objects)');
    dispose();
  });
});
