import { expect } from '@open-wc/testing';
import { activate, commands, runCommand } from '../src/plugin.js';
import { MemoryHost } from './fixtures/memory-host.js';
import { tinyCubeFiles } from './fixtures/tiny-cube.js';

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
    const ids = (await response.text()).matchAll(
      /"id": "(stratigraph\.[^"]+)"/g,
    );
    expect(Object.keys(commands)).to.have.members(
      Array.from(ids, ([, id]) => id),
    );
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
