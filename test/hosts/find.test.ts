import { expect } from '@open-wc/testing';
import { findHost, finders, type Finder } from '../../src/hosts/find.js';
import { hasMethods, objectsOn } from '../../src/hosts/common/shapes.js';
import { activate } from '../../src/plugin.js';
import { unitGeometry } from '../../src/spectral/cube.js';
import { UnmixingError } from '../../src/spectral/errors.js';
import { MemoryHost } from '../fixtures/memory-host.js';
import { failure } from '../fixtures/failure.js';
import { VtkPage } from './vtk-page.js';

const volume = {
  layout: 'slices',
  width: 4,
  height: 3,
  bands: 7,
  data: new Uint8Array(84),
  geometry: unitGeometry,
} as const;

/** Puts things on the window of the page under names, as scripts do, and takes them away again. */
class Globals {
  readonly #names: string[] = [];

  set(name: string, value: unknown): void {
    this.define(name, { value });
  }

  define(name: string, property: PropertyDescriptor): void {
    Object.defineProperty(window, name, { ...property, configurable: true });
    this.#names.push(name);
  }

  clear(): void {
    for (const name of this.#names.splice(0))
      Reflect.deleteProperty(window, name);
  }
}

describe('objects on a page', () => {
  const globals = new Globals();
  afterEach(() => globals.clear());

  it('are found by the methods they have, of their own or of their class', () => {
    class Viewer {
      draw(): void {
        throw new Error('called');
      }
    }
    const made = new Viewer();
    const plain = { draw: () => undefined, list: [] };
    globals.set('made', made);
    globals.set('plain', plain);
    globals.set('text', 'draw');
    const found = objectsOn(window).filter((one) => hasMethods(one, 'draw'));
    expect(found).to.have.members([made, plain]);
    expect(hasMethods(plain, 'draw', 'list')).to.equal(false);
  });

  it('are looked at without calling a getter', () => {
    let called = 0;
    const get = (): unknown => called++;
    const value = Object.defineProperty({}, 'draw', { get });
    globals.define('late', { get });
    globals.set('value', value);
    expect(objectsOn(window)).to.include(value);
    expect(hasMethods(value, 'draw')).to.equal(false);
    expect(called).to.equal(0);
  });

  it('may be frames of another origin and proxies that throw', async () => {
    const frame = document.createElement('iframe');
    frame.sandbox.add('allow-scripts'); // without allow-same-origin it has an origin of its own
    frame.srcdoc = '<p>Elsewhere</p>';
    const loaded = new Promise((resolve) =>
      frame.addEventListener('load', resolve),
    );
    document.body.append(frame);
    await loaded;
    globals.set('elsewhere', frame.contentWindow);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    globals.set('revoked', proxy);
    expect(() =>
      (frame.contentWindow as Window & { draw?: unknown }).draw?.toString(),
    ).to.throw('cross-origin');
    expect(
      objectsOn(window).filter((one) => hasMethods(one, 'draw')),
    ).to.deep.equal([]);
    await findHost(window, finders).catch(() => undefined);
    frame.remove();
  });
});

describe('the viewer of a page', () => {
  const globals = new Globals();
  let page: VtkPage | undefined;
  afterEach(() => {
    globals.clear();
    page?.host.dispose();
    page?.close();
    page = undefined;
  });

  const found = (): ((() => unknown) | null)[] =>
    finders.map((finder) => finder.look(window));

  for (const [what, of] of [
    ['render window', (one: VtkPage) => one.renderWindow],
    ['renderer', (one: VtkPage) => one.renderer],
    ['helper that made both', (one: VtkPage) => one.viewer],
  ] as const)
    it(`is vtk.js where its ${what} is a global`, async () => {
      page = new VtkPage();
      globals.set('anyName', of(page));
      const host = await findHost();
      expect(host.id).to.equal('vtk.js');
      await page.addVolume(volume);
      const volumes = await host.volumes();
      expect(volumes.map(({ bands }) => bands)).to.deep.equal([7]);
      host.dispose();
      expect(page.leftovers()).to.deep.equal([]);
    });

  it('is the one that draws images where there are several', async () => {
    const other = new VtkPage();
    page = new VtkPage();
    await page.addVolume(volume);
    globals.set('first', other.renderWindow);
    globals.set('second', page.renderWindow);
    const host = await findHost();
    expect(await host.volumes()).to.have.length(1);
    host.dispose();
    other.host.dispose();
    other.close();
  });

  it('is not a vtk.js that draws nowhere', () => {
    page = new VtkPage();
    page.container.remove();
    globals.set('renderWindow', page.renderWindow);
    expect(found().filter(Boolean)).to.deep.equal([]);
  });

  it('that is not there: the sentence names all that were looked for', async () => {
    const error = await failure(findHost());
    expect(error).to.be.instanceOf(UnmixingError);
    expect(error).to.have.property('tag', 'host');
    for (const { where } of finders)
      expect(error.message).to.include(where, error.message);
  });
});

describe('a viewer of a version that its adapter does not know', () => {
  const globals = new Globals();
  const place = document.createElement('div');
  const canvas = document.createElement('canvas');
  let called: string[] = [];
  /** Methods that tell when they are called. */
  const methods = (...names: string[]): Record<string, () => void> =>
    Object.fromEntries(names.map((name) => [name, () => called.push(name)]));
  beforeEach(() => {
    called = [];
    place.dataset['viewportUid'] = 'one';
    place.append(canvas);
    document.body.append(place);
  });
  afterEach(() => {
    globals.clear();
    place.remove();
  });

  for (const [name, id, make, sentence] of [
    [
      'cornerstone',
      'Cornerstone3D',
      () => ({ version: '9.0.0', ...methods('getRenderingEngines') }),
      /is missing in version 9\.0\.0 \(tested with 5\.14\.0\)\.$/,
    ],
    [
      'nv',
      'niivue',
      () => ({
        canvas,
        ...methods('niftiArray2NVImage', 'setVolume', 'canvasPos2frac'),
      }),
      /^invalid niivue: it lacks .* \(want niivue 0\.69\.0/,
    ],
  ] as const)
    it(`is refused with its sentence, and nothing is touched: ${id}`, async () => {
      globals.set(name, Object.freeze(make()));
      const before = document.documentElement.outerHTML;
      const error = await failure(activate());
      expect(error).to.have.property('tag', 'host');
      expect(error.message).to.match(sentence);
      expect(called).to.deep.equal([]);
      expect(document.documentElement.outerHTML).to.equal(before);
    });
});

describe('a finder', () => {
  const nothing: Finder = { id: 'a', where: 'A (in #a)', look: () => null };

  it('is asked only until one has found its viewer', async () => {
    const host = new MemoryHost();
    let asked = false;
    const found: Finder = {
      ...nothing,
      look: () => () => Promise.resolve(host),
    };
    const later: Finder = {
      ...nothing,
      look: () => {
        asked = true;
        return null;
      },
    };
    expect(await findHost(window, [nothing, found, later])).to.equal(host);
    expect(asked).to.equal(false);
  });

  it('that throws is passed over', async () => {
    const bad: Finder = {
      ...nothing,
      look: () => {
        throw new Error('odd page');
      },
    };
    const host = new MemoryHost();
    const good: Finder = {
      ...nothing,
      look: () => () => Promise.resolve(host),
    };
    expect(await findHost(window, [bad, good])).to.equal(host);
  });

  it('whose adapter does not know the version passes its sentence on', async () => {
    const sentence = 'Viewer 9 is not known: it was tested with 4.4.1.';
    const found: Finder = {
      ...nothing,
      look: () => () => Promise.reject(new UnmixingError('host', sentence)),
    };
    const error = await failure(findHost(window, [found, nothing]));
    expect(error.message).to.equal(sentence);
  });
});
