import { expect } from '@open-wc/testing';
import { cornerstoneHost } from '../../../src/hosts/cornerstone.js';
import { cornerstoneFinder } from '../../../src/hosts/cornerstone/find.js';
import type { Pick } from '../../../src/hosts/host.js';
import { indexToWorld } from '../../../src/imaging/geometry.js';
import type { Rgb } from '../../../src/imaging/layer.js';
import { unitGeometry } from '../../../src/spectral/cube.js';
import { isUnmixingError } from '../../../src/spectral/errors.js';
import { hostConformance, type GivenVolume } from '../../conformance/suite.js';
import { mapLayer } from '../../imaging/layers.js';
import {
  CornerstonePage,
  loadCornerstone,
  type TestedCornerstone,
} from './cornerstone-page.js';
import { watchTextures } from '../textures.js';

const lacks = {
  components:
    'Cornerstone3D takes images of 1, 3 or 4 components: a cube lies in it with its bands as slices, or is opened in the panel.',
};

hostConformance(
  'cornerstone',
  async () => new CornerstonePage(await loadCornerstone()),
  { lacks, precision: 1e-6 },
);

hostConformance(
  'cornerstone stack',
  async () => new CornerstonePage(await loadCornerstone(), 'stack'),
  {
    lacks: { ...lacks, told: 'A viewport of stacks holds one at a time.' },
    precision: 1e-6,
  },
);

const width = 8;
const height = 6;

const base = (bands: number, data?: Uint8Array): GivenVolume => ({
  layout: 'slices',
  width,
  height,
  bands,
  data: data ?? new Uint8Array(width * height * bands).fill(100),
  geometry: unitGeometry,
});

/** A layer with one pixel in colour. */
const dot = (x: number, y: number, id = 'dot', colour: Rgb = [255, 0, 0]) => ({
  ...mapLayer(
    Array.from({ length: width * height }, (_, n) =>
      Number(n === y * width + x),
    ),
    { colour },
    width,
  ),
  id,
});

const sentenceOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isUnmixingError(error)) return `${error.tag}: ${error.message}`;
  }
  return 'nothing';
};

describe('pages with Cornerstone3D', () => {
  let cornerstone: TestedCornerstone;
  let page: CornerstonePage;

  const open = (
    type: 'orthographic' | 'stack' = 'orthographic',
    options: object = {},
  ): CornerstonePage => {
    page = new CornerstonePage(cornerstone, type, options);
    return page;
  };

  before(async () => {
    cornerstone = await loadCornerstone();
  });

  afterEach(() => {
    page.host.dispose();
    page.close();
  });

  for (const type of ['orthographic', 'stack'] as const)
    it(`have layers on every slice of a ${type} viewport, where the image lies`, async () => {
      const { host, viewport } = open(type);
      await page.addVolume(base(4));
      await host.addLayer(dot(2, 1));
      host.fit();
      for (const steps of [0, 1, -2]) {
        viewport.scroll(steps);
        await page.settled();
        const z = viewport.getCamera().focalPoint[2];
        expect(await page.pixel([2, 1, z])).to.deep.equal([255, 0, 0]);
        expect(await page.pixel([3, 1, z])).to.deep.equal([100, 100, 100]);
        const picks: (Pick | null)[] = [];
        const undo = host.onPick((pick) => picks.push(pick));
        await page.point([2, 1, z]);
        undo();
        expect(picks.at(-1)?.world.map(Math.round)).to.deep.equal([
          2,
          1,
          Math.round(z),
        ]);
      }
    });

  for (const type of ['orthographic', 'stack'] as const)
    it(`give the slices of a ${type} viewport as bands by the numbers that their files have, and without all of those as they lie`, async () => {
      const { host } = open(type);
      const ids = page.makeImages(
        base(
          3,
          Uint8Array.from({ length: 144 }, (_, i) => Math.floor(i / 48)),
        ),
      );
      const number = (id: string, instanceNumber: number): void =>
        cornerstone.utilities.genericMetadataProvider.add(id, {
          type: 'generalImageModule',
          metadata: { instanceNumber },
        });
      const bandsOf = async (): Promise<number[]> => {
        const [ref] = await host.volumes();
        return [...(await host.readVolume(ref.id)).data.slice(0, 3)];
      };
      await page.show(ids);
      number(ids[0], 30);
      number(ids[1], 20);
      expect(await bandsOf()).to.deep.equal([0, 1, 2]);
      number(ids[2], 25);
      expect(await bandsOf()).to.deep.equal([1, 2, 0]);
    });

  it('cut layers as they cut the volume, seen from the side', async () => {
    const { host, viewport } = open();
    await page.addVolume(base(4));
    await host.addLayer(dot(2, 1));
    viewport.setOrientation('sagittal');
    const [, y, z] = viewport.getCamera().focalPoint;
    for (const [x, colour] of [
      [2, [255, 0, 0]],
      [3, [100, 100, 100]],
    ] as const) {
      viewport.setCamera({ focalPoint: [x, y, z], position: [x - 20, y, z] });
      expect(await page.pixel([x, 1, z]), `at ${x}`).to.deep.equal(colour);
      expect(await page.pixel([x, 3, z])).to.deep.equal([100, 100, 100]);
    }
  });

  for (const type of ['orthographic', 'stack'] as const)
    it(`keep layers, in their order, when a ${type} viewport gets other images`, async () => {
      const { host } = open(type);
      await page.addVolume(base(2));
      await host.addLayer(dot(2, 1, 'a'));
      await host.addLayer(dot(2, 1, 'b', [0, 0, 255]));
      await host.orderLayers(['b', 'a']);
      expect(await page.pixel([2, 1, 1])).to.deep.equal([255, 0, 0]);
      await page.addVolume(base(3, new Uint8Array(144).fill(50)));
      await page.settled();
      expect(await page.pixel([2, 1, 1])).to.deep.equal([255, 0, 0]);
      expect(await page.pixel([3, 1, 1])).to.deep.equal([50, 50, 50]);
    });

  it('keep layers when a viewport is opened in place of another, of another type', async () => {
    const { host } = open('stack');
    await page.addVolume(base(2));
    const handle = await host.addLayer(dot(2, 1));
    page.engine.disableElement('view');
    await handle.update(dot(3, 1));
    page.enable('orthographic');
    await page.addVolume(base(2));
    await page.settled();
    expect(await page.pixel([3, 1, 1])).to.deep.equal([255, 0, 0]);
    await handle.remove();
    expect(await page.pixel([3, 1, 1])).to.deep.equal([100, 100, 100]);
  });

  it('may close a viewport, or empty the cache, before the plugin leaves', async () => {
    const { host } = open();
    await page.addVolume(base(2));
    await host.addLayer(dot(2, 1));
    cornerstone.cache.purgeCache();
    page.engine.disableElement('view');
    host.dispose();
    expect(cornerstone.cache.getCacheSize()).to.equal(0);
  });

  for (const type of ['orthographic', 'stack'] as const)
    it(`have the camera of a ${type} viewport where it was while layers come and go`, async () => {
      const { host, viewport } = open(type);
      await page.addVolume(base(4));
      const camera = {
        focalPoint: [3.2, 2.1, 2],
        position: [3.2, 2.1, -31],
        parallelScale: 2.345,
      } as const;
      viewport.setCamera(camera as never);
      const before = JSON.stringify(viewport.getCamera());
      const handle = await host.addLayer(dot(2, 1));
      await handle.update({
        ...dot(2, 1),
        geometry: { ...unitGeometry, origin: [1, 0, 0] },
      });
      await handle.remove();
      expect(JSON.stringify(viewport.getCamera())).to.equal(before);
    });

  it('have volumes loaded before they are read, with progress, and an end by the signal', async () => {
    const { host } = open();
    const ids = page.makeImages(
      base(
        6,
        Uint8Array.from({ length: 288 }, (_, i) => i),
      ),
    );
    for (const id of ids)
      cornerstone.cache.removeImageLoadObject(id, { force: true });
    const coming = cornerstone.volumeLoader.createAndCacheVolume('late', {
      imageIds: ids,
    });
    expect(await host.volumes()).to.deep.equal([]);
    const volume = await coming;
    expect(volume.loadStatus.loaded).to.equal(false);
    const [ref] = await host.volumes();
    expect([ref.id, ref.bands]).to.deep.equal(['late', 6]);
    expect(ref.name).to.match(/^Made /);
    const reason = new Error('enough');
    const stop = new AbortController();
    const read = host.readVolume(ref.id, { signal: stop.signal });
    stop.abort(reason);
    expect(await read.catch((error: unknown) => error)).to.equal(reason);
    const fractions: number[] = [];
    const { data } = await host.readVolume(ref.id, {
      onProgress: (f) => fractions.push(f),
    });
    expect(data[6 * 5 + 4]).to.equal(4 * 48 + 5);
    expect(fractions.at(-1)).to.equal(1);
  });

  it('have a stack loaded before it is read, in its order', async () => {
    const { host } = open('stack');
    const ids = page.makeImages(
      base(
        20,
        Uint8Array.from({ length: 960 }, (_, i) => i % 251),
      ),
    );
    for (const id of ids)
      cornerstone.cache.removeImageLoadObject(id, { force: true });
    ids.reverse();
    await page.show(ids);
    const [ref, ...rest] = await host.volumes();
    expect(rest).to.deep.equal([]);
    const { data, geometry } = await host.readVolume(ref.id);
    expect(data[20 * 5 + 1]).to.equal((18 * 48 + 5) % 251);
    expect([...geometry.origin]).to.deep.equal([0, 0, 19]);
    expect(indexToWorld(geometry, [0, 0, 19])).to.deep.equal([0, 0, 0]);
  });

  it('have the components of a colour image as bands', async () => {
    const { host } = open('stack');
    const data = Uint8Array.from({ length: 3 * 48 }, (_, i) => i);
    await page.addVolume({ ...base(3, data), layout: 'components' });
    const [ref] = await host.volumes();
    expect([ref.width, ref.height, ref.bands]).to.deep.equal([8, 6, 3]);
    const volume = await host.readVolume(ref.id);
    expect([...volume.data]).to.deep.equal([...data]);
  });

  it('hear that a stack was put in place of another', async () => {
    const { host } = open('stack');
    await page.addVolume(base(2));
    const told = new Promise<void>((resolve) => host.onVolumesChanged(resolve));
    await page.addVolume(base(3));
    await told;
    expect((await host.volumes()).map(({ bands }) => bands)).to.deep.equal([3]);
  });

  it('get their GPU memory and their cache back when layers are updated, ordered and removed', async () => {
    const { alive, end } = watchTextures();
    for (const type of ['orthographic', 'stack'] as const) {
      const { host } = open(type);
      await page.addVolume(base(2));
      await page.frame();
      const empty = alive.size;
      const { cache } = cornerstone;
      const handle = await host.addLayer(dot(0, 0));
      await page.frame();
      const drawn = [alive.size, cache.getCacheSize()];
      for (let n = 1; n < 10; n++) {
        await handle.update(dot(n % width, 2));
        await page.frame();
      }
      expect([alive.size, cache.getCacheSize()], type).to.deep.equal(drawn);
      const others = [];
      for (const id of ['a', 'b', 'c'])
        others.push(await host.addLayer(dot(1, 1, id)));
      await page.frame();
      const all = [alive.size, cache.getCacheSize()];
      for (const order of [['c', 'a'], ['a', 'b', 'c'], ['dot']]) {
        await host.orderLayers(order);
        await page.frame();
        expect([alive.size, cache.getCacheSize()], type).to.deep.equal(all);
      }
      for (const other of others) await other.remove();
      await page.frame();
      expect([alive.size, cache.getCacheSize()], type).to.deep.equal(drawn);
      await handle.remove();
      await page.frame();
      expect(alive.size, type).to.equal(empty);
      host.dispose();
      page.close();
    }
    end();
    open();
  });

  it('of another version are refused before anything is touched', () => {
    open();
    const { viewport } = page;
    const before = page.page.innerHTML;
    const without = (...path: string[]): string =>
      sentenceOf(() =>
        cornerstoneHost({
          cornerstone: lacking(cornerstone, path),
          element: page.element,
        }),
      );
    expect(without('createVolumeActor')).to.equal(
      'host: This is not Cornerstone3D as the plugin knows it: createVolumeActor is missing in version 5.14.0 (tested with 5.14.0).',
    );
    expect(without('cache', 'putVolumeSync')).to.contain(
      'cache.putVolumeSync is missing',
    );
    expect(sentenceOf(() => cornerstoneHost({ cornerstone: {} }))).to.contain(
      'in version unknown',
    );
    expect(sentenceOf(() => cornerstoneHost({ cornerstone: null }))).to.contain(
      'is not Cornerstone3D',
    );
    expect(page.page.innerHTML).to.equal(before);
    expect(viewport.getActors()).to.deep.equal([]);
  });

  it('are told which viewports there are, and of which type they can be', () => {
    open();
    expect(
      sentenceOf(() => cornerstoneHost({ cornerstone, viewportId: 'none' })),
    ).to.equal('host: invalid viewport: none (want one that is enabled: view)');
    page.enable('volume3d');
    expect(
      sentenceOf(() => cornerstoneHost({ cornerstone, element: page.element })),
    ).to.equal(
      'host: invalid viewport: view is of type volume3d (want stack or orthographic)',
    );
    expect(sentenceOf(() => cornerstoneHost({ cornerstone }))).to.contain(
      'invalid viewport: any',
    );
    page.enable('stack');
    Object.assign(page.viewport, { useCPURendering: true });
    expect(
      sentenceOf(() => cornerstoneHost({ cornerstone, viewportId: 'view' })),
    ).to.contain('view is drawn without a GPU');
    Object.assign(page.viewport, { useCPURendering: false });
  });

  it('are found by their module on the window and an element of a viewport', async () => {
    open();
    const here = window as unknown as { cornerstone?: unknown };
    expect(cornerstoneFinder.look(window)).to.equal(null);
    here.cornerstone = cornerstone;
    try {
      const host = await cornerstoneFinder.look(window)!();
      expect([host.id, host.version]).to.deep.equal(['cornerstone', '5.14.0']);
      host.dispose();
      page.element.remove();
      expect(cornerstoneFinder.look(window)).to.equal(null);
      here.cornerstone = { enable: () => undefined };
      expect(cornerstoneFinder.look(window)).to.equal(null);
    } finally {
      delete here.cornerstone;
    }
  });
});

/** The module without one of its parts. */
function lacking(whole: object, [name, ...rest]: string[]): object {
  const part = (whole as Record<string, object>)[name];
  return {
    ...whole,
    [name]: rest.length > 0 ? lacking(part, rest) : undefined,
  };
}
