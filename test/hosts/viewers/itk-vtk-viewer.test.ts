import { expect, waitUntil } from '@open-wc/testing';
import { findHost } from '../../../src/hosts/find.js';
import { itkVtkViewerFinder } from '../../../src/hosts/itk-vtk-viewer/find.js';
import { rendered } from '../../../src/hosts/itk-vtk-viewer/rendered.js';
import {
  itkVtkViewerHost,
  type ItkVtkViewer,
} from '../../../src/hosts/itk-vtk-viewer.js';
import type { Layer, Rgb } from '../../../src/imaging/layer.js';
import { renderLayer } from '../../../src/imaging/render.js';
import { unitGeometry } from '../../../src/spectral/cube.js';
import { isUnmixingError } from '../../../src/spectral/errors.js';
import { hostConformance } from '../../conformance/suite.js';
import { classesLayer, drawOver, mapLayer } from '../../imaging/layers.js';
import { ItkVtkViewerPage, module, toItk } from './itk-vtk-viewer-page.js';

hostConformance('itk-vtk-viewer', () => ItkVtkViewerPage.open());

const width = 8;
const height = 6;
const base = 100;

const grey = (bands = 2) => ({
  layout: 'slices' as const,
  width,
  height,
  bands,
  data: new Uint8Array(width * height * bands).fill(base),
  geometry: unitGeometry,
});

const failure = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('itk-vtk-viewer', () => {
  let page: ItkVtkViewerPage;
  beforeEach(async () => {
    page = await ItkVtkViewerPage.open();
  });
  afterEach(() => {
    page.host.dispose();
    page.close();
  });

  it('of another version is refused before anything is touched', () => {
    const error = failure(() =>
      itkVtkViewerHost({ viewer: page.viewer, version: '15.0.0' }),
    );
    expect(isUnmixingError(error) && error.tag).to.equal('host');
    expect(String(error)).to.contain('15.0.0').and.to.contain('14.51.0');
    itkVtkViewerHost({
      viewer: page.viewer,
      version: module.version,
    }).dispose();
    expect(page.leftovers()).to.deep.equal([]);
  });

  it('of other parts is refused with the part that is missing', () => {
    for (const [part, broken] of [
      ['getViewProxy', { getViewProxy: undefined }],
      [
        'getProxyManager',
        { getViewProxy: () => ({ ...page.view, getProxyManager: undefined }) },
      ],
      [
        'loadState',
        {
          getViewProxy: () => ({
            ...page.view,
            getProxyManager: () => ({
              ...page.view.getProxyManager(),
              loadState: undefined,
            }),
          }),
        },
      ],
    ] as const) {
      const viewer = { ...page.viewer, ...broken } as unknown as ItkVtkViewer;
      const error = failure(() => itkVtkViewerHost({ viewer }));
      expect(isUnmixingError(error) && error.tag).to.equal('host');
      expect(String(error)).to.contain(`no ${part}`).and.to.contain('14.51.0');
    }
    expect(page.leftovers()).to.deep.equal([]);
  });

  it('whose vtk.js lacks a class says so, and keeps nothing of what it made', async () => {
    const manager = page.view.getProxyManager();
    const host = itkVtkViewerHost({
      viewer: {
        ...page.viewer,
        getViewProxy: () => ({
          ...page.view,
          getProxyManager: () => ({
            ...manager,
            loadState: (state: { sources: readonly { id: string }[] }) =>
              manager.loadState({
                ...state,
                sources: state.sources.filter(({ id }) => id !== 'mapper'),
              }),
          }),
        }),
      },
    });
    const error: unknown = await host
      .addLayer(mapLayer([1]))
      .catch((reason: unknown) => reason);
    expect(String(error)).to.contain('makes no mapper');
    host.dispose();
    expect(page.leftovers()).to.deep.equal([]);
  });

  it('is found by what createViewer gave, and told of where that is missing', async () => {
    const error: unknown = await findHost(window, [itkVtkViewerFinder]).catch(
      (reason: unknown) => reason,
    );
    expect(String(error)).to.contain('createViewer');
    Object.assign(window, { theViewer: page.viewer });
    try {
      const host = await findHost(window, [itkVtkViewerFinder]);
      expect([host.id, host.version]).to.deep.equal([
        'itk-vtk-viewer',
        module.version,
      ]);
      host.dispose();
    } finally {
      Reflect.deleteProperty(window, 'theViewer');
    }
    page.page.remove();
    expect(itkVtkViewerFinder.look(window)).to.equal(null);
  });

  it('shows the mean of a cube that it could not draw, in the same place, and the plugin reads all of it', async () => {
    const { host, viewer } = page;
    const bands = 40;
    const data = Float32Array.from(
      { length: width * height * bands },
      (_, i) => (i % bands) + Math.floor(i / bands),
    );
    data[3] = NaN;
    const geometry = { ...unitGeometry, origin: [3, 4, 5] as const };
    const image = toItk({
      layout: 'components',
      width,
      height,
      bands,
      data,
      geometry,
    });
    await rendered(viewer, 'Fibre', () => host.showCube(image, 'Fibre'));
    const [ref, ...rest] = await host.volumes();
    expect(rest).to.deep.equal([]);
    expect([ref.name, ref.width, ref.height, ref.bands]).to.deep.equal([
      'Fibre',
      width,
      height,
      bands,
    ]);
    const read = await host.readVolume(ref.id);
    expect([...read.data]).to.deep.equal([...data]);
    expect([...read.geometry.origin]).to.deep.equal([3, 4, 5]);
    const shown = await viewer.getImage('Fibre')!.getImage(0);
    expect([...shown.size]).to.deep.equal([width, height, 1]);
    expect([...shown.origin]).to.deep.equal([3, 4, 5]);
    const mean = Array.from(shown.data as Float32Array);
    expect(mean[0]).to.be.closeTo((780 - 3) / 39, 1e-5);
    expect(mean[10]).to.be.closeTo(19.5 + 10, 1e-5);
    expect(viewer.getImageColorMap(0, 'Fibre')).to.equal('Grayscale');
  });

  it('shows layers on the slice that it shows of their volume', async () => {
    await page.addVolume(grey(5));
    const layer = await page.host.addLayer(mapLayer([1]));
    page.viewer.setZSlice(3);
    const shown = page.view
      .getRenderWindow()
      .getRenderers()
      .at(-1)!
      .getViewProps()[0] as unknown as { getPosition(): number[] };
    await waitUntil(() => shown.getPosition()[2] === 3, 'the layer follows');
    await layer.remove();
  });

  it('keeps drawing layers when it changes its image', async () => {
    await page.addVolume(grey());
    await page.host.addLayer(mapLayer([1, 1], { opacity: 1 }, 2));
    page.host.fit();
    await page.addVolume({
      ...grey(),
      data: new Uint8Array(width * height * 2),
    });
    expect(await page.pixel([0, 0, 0])).to.deep.equal([255, 0, 0]);
  });

  describe('classes', () => {
    const colours: Rgb[] = [
      [250, 10, 20],
      [20, 30, 240],
    ];
    const classes = Array.from({ length: width * height }, (_, n) => n % 3);
    const layer = (style = {}): Layer => ({
      ...classesLayer(classes, colours, style, width),
      id: 'classes',
      name: 'Classes',
    });
    const name = 'volume-1';

    const labels = () => page.viewer.getLabelImageLabelNames(name);

    it('are drawn exactly, and are labels of the viewer with their names, on its list of layers', async () => {
      await page.addVolume(grey());
      const { viewer, host } = page;
      const given = layer({ opacity: 0.7 });
      const image = {
        ...given.image,
        names: ['<img src=x onerror="window.wrong = 1">', 'B'],
      } as Layer['image'];
      await host.addLayer({ ...given, image });
      host.fit();
      await waitUntil(() => labels().get(2) === 'B', 'the labels have names', {
        timeout: 10_000,
      });
      expect(viewer.getLayerNames()).to.deep.equal([name, 'Classes']);
      expect(labels().get(1)).not.to.contain('<');
      expect(page.container.querySelector('img[src=x]')).to.equal(null);
      const { data } = renderLayer({ ...given, image });
      for (const n of [0, 1, 2, 9, 47]) {
        const at = await page.pixel([n % width, Math.floor(n / width), 0]);
        drawOver(
          [...data.subarray(4 * n, 4 * n + 4)],
          [base, base, base],
        ).forEach((value, c) => expect(at[c]).to.be.closeTo(value, 1.01));
      }
    });

    it('that are hidden or removed leave the viewer as it was', async () => {
      await page.addVolume(grey());
      const { viewer, host, container } = page;
      const before = () => ({
        layers: viewer.getLayerNames(),
        interpolation: viewer.getImageInterpolationEnabled(name),
        rows: container.querySelectorAll('layer-icon').length,
        labels: viewer.getLabelImage(),
        leftovers: page.leftovers(),
      });
      const found = before();
      const handle = await host.addLayer(layer());
      for (const undo of [
        () => handle.update(layer({ visible: false })),
        () => handle.remove(),
      ]) {
        await handle.update(layer()).catch(() => undefined);
        await waitUntil(() => viewer.getLayerNames().length === 2, 'labels', {
          timeout: 10_000,
        });
        await waitUntil(() => labels().size > 0, 'names', { timeout: 10_000 });
        await rendered(viewer, name, undo);
        expect({ ...before(), leftovers: [] }).to.deep.equal({
          ...found,
          leftovers: [],
        });
        expect(await page.pixel([1, 0, 0])).to.deep.equal([base, base, base]);
      }
      expect(page.leftovers()).to.deep.equal([]);
    });

    it('of other pixels than the image are drawn, but are no labels', async () => {
      await page.addVolume(grey());
      const { viewer, host } = page;
      await host.addLayer({
        ...layer(),
        geometry: { ...unitGeometry, origin: [0.5, 0, 0] },
      });
      await host.addLayer({ ...mapLayer([1]), id: 'other' });
      expect(viewer.getLayerNames()).to.deep.equal([name]);
    });
  });

  describe('comparison', () => {
    const first: Layer = {
      ...mapLayer(
        Array.from({ length: width * height }, () => 1),
        {},
        width,
      ),
      id: 'first',
      name: 'First',
    };
    const second: Layer = {
      ...mapLayer(
        Array.from({ length: width * height }, (_, n) => n / 47),
        {},
        width,
      ),
      id: 'second',
      name: 'Second',
    };

    it('is the viewer’s own, in place of all layers, and ends with the viewer as it was', async () => {
      await page.addVolume(grey());
      const { viewer, host } = page;
      await host.addLayer(first);
      host.fit();
      const found = {
        names: viewer.getLayerNames(),
        map: viewer.getImageColorMap(0, 'volume-1'),
        range: viewer.getImageColorRange(0, 'volume-1'),
        volumes: await host.volumes(),
      };
      await host.compare!({ first, second, mode: 'cyan-magenta' });
      expect(viewer.getLayerNames()).to.include.members(['First', 'Second']);
      expect(await host.volumes()).to.deep.equal(found.volumes);
      const [red, green, blue] = await page.pixel([1, 0, 0]);
      // The first alone is strong there: cyan.
      expect(green).to.be.greaterThan(red + 60);
      expect(blue).to.be.greaterThan(red + 60);
      await host.compare!({ first, second, mode: 'checkerboard' });
      await host.compare!(null);
      await host.compare!(null);
      expect({
        names: viewer.getLayerNames(),
        map: viewer.getImageColorMap(0, 'volume-1'),
        range: viewer.getImageColorRange(0, 'volume-1'),
        volumes: await host.volumes(),
      }).to.deep.equal(found);
      expect(await page.pixel([1, 0, 0])).to.deep.equal([255, 0, 0]);
      host.dispose();
      expect(await page.pixel([1, 0, 0])).to.deep.equal([base, base, base]);
      expect(page.leftovers()).to.deep.equal([]);
    });

    it('takes no colour from classes, which are labels again when it ends', async () => {
      await page.addVolume(grey());
      const { viewer, host } = page;
      const labelled = (): boolean =>
        viewer.getLayerNames().includes('Classes');
      await host.addLayer({
        ...classesLayer(
          Array.from({ length: width * height }, () => 1),
          [[0, 200, 0]],
          {},
          width,
        ),
        id: 'classes',
        name: 'Classes',
      });
      host.fit();
      await waitUntil(labelled, 'labels', { timeout: 10_000 });
      await host.compare!({ first, second, mode: 'blend' });
      expect(labelled()).to.equal(false);
      const [red, green, blue] = await page.pixel([4, 3, 0]);
      expect([green, blue]).to.deep.equal([red, red]);
      await host.compare!(null);
      await waitUntil(labelled, 'labels again', { timeout: 10_000 });
      expect(await page.pixel([4, 3, 0])).to.deep.equal([0, 200, 0]);
    });

    it('is refused where the viewer shows no image', async () => {
      const error: unknown = await page.host.compare!({
        first,
        second,
        mode: 'blend',
      }).catch((reason: unknown) => reason);
      expect(isUnmixingError(error) && error.tag).to.equal('host');
    });
  });
});
