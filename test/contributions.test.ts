import { expect } from '@open-wc/testing';
import { contributions } from '../src/contributions.js';
import type { Contributions, UseOptions } from '../src/contributions.js';
import { failure } from './fixtures/failure.js';
import { MemoryHost } from './fixtures/memory-host.js';

/** The manifest, with the sources in place of the built modules. */
async function sourceManifest(): Promise<Record<string, unknown>> {
  const response = await fetch('/plugin-manifest.json');
  const text = (await response.text()).replace(
    /"\.\/dist\/(.+)\.js"/g,
    '"./src/$1.ts"',
  );
  return JSON.parse(text) as Record<string, unknown>;
}

/** Paths of the modules of src that this page has asked for, each as often as it did. */
const loaded = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => path.startsWith('/src/'));

describe('contributions', () => {
  let manifest: Record<string, unknown>;
  let host: MemoryHost;
  let plugin: Contributions;
  const use = (
    from: Parameters<typeof contributions>[1] = '/',
    options: UseOptions = {},
  ): Contributions => {
    plugin = contributions(manifest, from, { host, ...options });
    return plugin;
  };
  beforeEach(async () => {
    localStorage.clear();
    manifest = await sourceManifest();
    host = new MemoryHost();
  });
  afterEach(() => plugin.dispose());

  it('are listed from the manifest alone, without loading code of the plugin', () => {
    const before = loaded();
    const { commands, widgets, readers, writers, menus, warnings } = use();
    expect(warnings).to.deep.equal([]);
    expect(commands.map(({ id }) => id)).to.include('stratigraph.unmix');
    expect(widgets).to.have.length(4);
    expect(readers.length + writers.length).to.be.greaterThan(30);
    expect(Object.keys(menus)).to.deep.equal(['file', 'edit', 'run', 'view']);
    expect(plugin.readersOf('Scan.HDR').map(({ title }) => title)).to.eql([
      'ENVI',
    ]);
    expect(plugin.readersOf('a.mat').map(({ title }) => title)).to.eql([
      'HDF5',
      'MATLAB',
    ]);
    expect(plugin.readersOf('a.exe')).to.deep.equal([]);
    expect(plugin.holds('cube')).to.equal(false);
    expect(plugin.holds(undefined)).to.equal(true);
    expect(loaded()).to.deep.equal(before);
    for (const path of before)
      expect(path).to.match(/^\/src\/(contributions|spectral\/errors)/);
  });

  it('may come from anything: nothing is thrown', () => {
    const circle: Record<string, unknown> = { schemaVersion: 2 };
    circle['name'] = circle;
    circle['hosts'] = [circle, 1n, () => undefined];
    manifest = circle;
    const { warnings, hosts } = use();
    expect(hosts).to.deep.equal([]);
    expect(warnings).to.include(
      'invalid name: object (want a word in small letters)',
    );
    expect(warnings.filter((one) => one.startsWith('hosts/'))).to.have.length(
      3,
    );
  });

  it('open one widget alone when it is the first that is used, and load the entry once', async () => {
    use();
    const [close] = await Promise.all([
      plugin.openWidget('unmixing-legend'),
      plugin.run('stratigraph.undo'),
    ]);
    expect(loaded().filter((path) => path === '/src/plugin.ts')).to.have.length(
      1,
    );
    const places = (): string[] => [...host.mounted.values()];
    expect(places()).to.deep.equal(['view']);
    await plugin.openWidget('unmixing-panel');
    expect(places()).to.deep.equal(['view', 'right']);
    close();
    close();
    expect(places()).to.deep.equal(['right']);
    plugin.dispose();
    expect(places()).to.deep.equal([]);
  });

  it('start the plugin where a command is the first that is used, and with what the viewer gives', async () => {
    use('/', {
      samples: '/data/',
      workerUrl: '/src/engine/worker.js',
      readerUrl: '/src/formats/reader-worker.js',
    });
    await plugin.run('stratigraph.configure', {
      'stratigraph.theme': 'light',
    });
    const { controller } = await plugin.start();
    expect(controller.state.theme).to.equal('light');
    expect(host.mounted.size).to.equal(4);
    const [panel] = host.mounted.keys();
    expect(panel).to.have.deep.property(
      'samples',
      plugin.sampleData.map(({ title }) => title),
    );
    await plugin.run('stratigraph.open-sample', 0);
    const { cube } = controller.state;
    expect(cube.state === 'failed' && cube.error.message).to.include(
      'cross-section.hdr could not be fetched',
    );
    await plugin.run('stratigraph.exclude-co2');
    expect(controller.state.request.exclude).to.have.length(1);
    // Of a cube that is not there nothing can be taken back.
    expect(plugin.holds('undo')).to.equal(false);
    controller.parts.before('caption');
    expect(plugin.holds('undo')).to.equal(true);
    expect(plugin.holds('redo')).to.equal(false);
    expect(plugin.holds('raining')).to.equal(false);
  });

  it('start anew after they were disposed', async () => {
    use();
    const first = await plugin.start();
    plugin.dispose();
    expect(host.mounted.size).to.equal(0);
    expect(plugin.holds('undo')).to.equal(false);
    const second = await plugin.start();
    expect(second).not.to.equal(first);
    expect(host.mounted.size).to.equal(4);
  });

  it('that are disposed while they start leave nothing behind', async () => {
    use();
    const starting = plugin.start();
    plugin.dispose();
    await starting;
    await Promise.resolve();
    expect(host.mounted.size).to.equal(0);
  });

  it('that are not there are refused with those that are', async () => {
    use('/nowhere/');
    for (const [asked, want] of [
      [plugin.run('stratigraph.dance'), 'stratigraph.unmix'],
      [plugin.openWidget('unmixing-disco'), 'unmixing-panel'],
      [plugin.adapter('no viewer'), 'vtk.js'],
    ] as const) {
      const { message } = await failure(asked);
      expect(message).to.match(/^invalid (command|widget|host): /);
      expect(message).to.include(want);
    }
  });

  it('whose code cannot be loaded say so, and are tried again', async () => {
    let tries = 0;
    use(() => {
      tries += 1;
      return Promise.reject(new Error('gone'));
    });
    const error = await failure(plugin.start());
    expect(error.message).to.equal(
      './src/plugin.ts of stratigraph could not be loaded.',
    );
    expect(error).to.have.nested.property('cause.message', 'gone');
    await failure(plugin.start());
    expect(tries).to.equal(2);
  });

  it('whose code is not as the manifest says are told, and nothing is started', async () => {
    const activate = (): never => {
      throw new Error('started');
    };
    for (const [module, sentence] of [
      [{ activate, commands: {} }, 'does not export conditions'],
      [{ activate: 1 }, 'does not export activate'],
      [{ activate, commands: { a: 1 } }, 'does not export commands'],
      [null, 'does not export activate'],
    ] as const)
      expect(
        (await failure(use(() => Promise.resolve(module)).start())).message,
      ).to.include(sentence);
    use(() => Promise.resolve({}));
    expect((await failure(plugin.adapter('vtk.js'))).message).to.equal(
      './src/hosts/vtk.ts of stratigraph exports no function vtkHost.',
    );
  });

  it('of a manifest whose entry is broken can be listed but not started', async () => {
    manifest = { ...manifest, entry: { path: 'plugin.js' } };
    use();
    expect(plugin.commands.length).to.be.greaterThan(10);
    const { message } = await failure(plugin.start());
    expect(message).to.include('stratigraph cannot be started: entry is left');
  });

  it('give the adapter of a viewer', async () => {
    const vtkHost = (): MemoryHost => host;
    use(() => Promise.resolve({ vtkHost }));
    expect((await plugin.adapter('vtk.js'))()).to.equal(host);
  });
});
