import { expect } from '@open-wc/testing';
import { findHost } from '../../../src/hosts/find.js';
import type { Host } from '../../../src/hosts/host.js';
import { volviewHost } from '../../../src/hosts/volview.js';
import { volviewFinder } from '../../../src/hosts/volview/find.js';
import { axisOf } from '../../../src/hosts/volview/views.js';
import { indexToWorld } from '../../../src/imaging/geometry.js';
import type { Layer, LayerStyle } from '../../../src/imaging/layer.js';
import { unitGeometry, type Geometry } from '../../../src/spectral/cube.js';
import { isUnmixingError } from '../../../src/spectral/errors.js';
import { hostConformance, type GivenVolume } from '../../conformance/suite.js';
import { mapLayer } from '../../imaging/layers.js';
import { VolViewPage, nextTask } from './volview-page.js';

hostConformance('volview', () => VolViewPage.open());

const width = 8;
const height = 6;
const base = 100;
const grey = [base, base, base];
const red = [255, 0, 0];

const volume = (geometry = unitGeometry, bands = 4): GivenVolume => ({
  layout: 'slices',
  width,
  height,
  bands,
  data: new Uint8Array(width * height * bands).fill(base),
  geometry,
});

const flat = (
  style: Partial<LayerStyle> = {},
  geometry = unitGeometry,
  id = 'flat',
): Layer => ({
  ...mapLayer(Array<number>(width * height).fill(1), style, width),
  id,
  name: `Layer ${id}`,
  geometry,
});

/** Turned about x and z. */
const turned: Geometry = (() => {
  const [c, s] = [Math.cos(0.4), Math.sin(0.4)];
  return {
    origin: [3, -2, 5] as const,
    spacing: [1.5, 2, 3] as const,
    direction: [c, -s * c, s * s, s, c * c, -c * s, 0, s, c],
    unit: null,
  };
})();

describe('VolView', () => {
  let page: VolViewPage;
  let host: Host;
  const open = async (layout?: string): Promise<void> => {
    page = await VolViewPage.open(layout);
    ({ host } = page);
  };

  afterEach(() => {
    page.host.dispose();
    page.close();
  });

  /** Our entries in VolView's list of layers, top-most last. */
  const listed = (): { selection: string; id: string; name: string }[] => {
    const { layers, cache } = page.volview.stores;
    return Object.values(layers.parentToLayers).flatMap((list) =>
      (list ?? []).map(({ selection, id }) => ({
        selection,
        id,
        name: cache.imageById[selection]!.getImageMetadata().name,
      })),
    );
  };

  const at = (x: number, y: number, geometry = unitGeometry) =>
    page.pixel(indexToWorld(geometry, [x, y, 0]));

  describe('its list of layers', () => {
    beforeEach(async () => {
      await open();
      await page.addVolume(volume());
    });

    it('holds ours by name, in our order', async () => {
      for (const id of ['a', 'b', 'c'])
        await host.addLayer(flat({}, unitGeometry, id));
      await host.orderLayers(['c', 'a', 'b']);
      expect(listed().map(({ name }) => name)).to.deep.equal([
        'Layer c',
        'Layer a',
        'Layer b',
      ]);
      expect((await host.volumes()).map(({ name }) => name)).to.deep.equal([
        'cube.mha',
      ]);
    });

    for (const [what, remove] of [
      [
        'taken off the dataset',
        (selection: string) => {
          const { layers } = page.volview.stores;
          layers.deleteLayer(Object.keys(layers.parentToLayers)[0], selection);
        },
      ],
      [
        'deleted',
        (selection: string) => page.volview.stores.datasets.remove(selection),
      ],
    ] as const)
      it(`is obeyed when one is ${what} there, until it is hidden and shown again here`, async () => {
        const layer = await host.addLayer(flat());
        expect(await at(2, 2)).to.deep.equal(red);
        remove(listed()[0].selection);
        expect(await at(2, 2)).to.deep.equal(grey);
        await layer.update(flat({ opacity: 0.9 }));
        expect(await at(2, 2)).to.deep.equal(grey);
        expect(page.leftovers()).to.deep.equal([]);
        await layer.update(flat({ visible: false }));
        await layer.update(flat());
        expect(await at(2, 2)).to.deep.equal(red);
        await layer.remove();
        expect(page.leftovers()).to.deep.equal([]);
      });

    it('changes the opacity of ours, and shows what it is changed to here', async () => {
      const layer = await host.addLayer(flat({ opacity: 0.8 }));
      await host.addLayer(
        flat({ opacity: 0.5, colour: [0, 0, 255] }, unitGeometry, 'top'),
      );
      const { colouring, views } = page.volview.stores;
      const [{ id }] = listed();
      const opacity = (): number[] =>
        views
          .getAllViews()
          .filter(({ type }) => type === '2D')
          .map((view) => colouring.configs[view.id]![id]!.blendConfig.opacity);
      expect(opacity().every((one) => one === 0.8)).to.equal(true);
      for (const view of views.getAllViews()) {
        const now = colouring.configs[view.id]?.[id];
        if (now)
          colouring.updateConfig(view.id, id, {
            ...now,
            blendConfig: { ...now.blendConfig, opacity: 0.2 },
          });
      }
      await nextTask();
      const [r, g, b] = await at(4, 1);
      // .5 (.8 base + .2 red) + .5 blue, by hand.
      expect(r).to.be.closeTo(65.5, 1);
      expect(g).to.be.closeTo(40, 1);
      expect(b).to.be.closeTo(167.5, 1);
      await layer.update(flat({ opacity: 0.8, limits: [0, 2] }));
      expect(opacity().every((one) => one === 0.2)).to.equal(true);
      await layer.update(flat({ opacity: 0.6, limits: [0, 2] }));
      expect(opacity().every((one) => one === 0.6)).to.equal(true);
    });

    it('tells the value of a map under the pointer, not its colour', async () => {
      const values = Array.from({ length: width * height }, (_, n) => n / 4);
      await host.addLayer({
        ...flat(),
        image: mapLayer(values, {}, width).image,
      });
      const { cache } = page.volview.stores;
      const scalars = cache.imageById[listed()[0].id]!.getVtkImageData()
        .getPointData()
        .getScalars() as unknown as {
        getTuple(index: number): ArrayLike<number>;
      };
      const third = 3 * width * height;
      expect([...Array.from(scalars.getTuple(third + 17))]).to.deep.equal([
        17 / 4,
      ]);
    });

    it('loses ours with the dataset that they lie on; shown again, they lie on black', async () => {
      const layer = await host.addLayer(flat({ opacity: 0.5 }));
      const { datasets, views } = page.volview.stores;
      const [cube] = datasets.idsAsSelections;
      for (const { id } of views.getAllViews()) views.setDataForView(id, null);
      datasets.remove(cube);
      await nextTask();
      expect(datasets.idsAsSelections).to.deep.equal([]);
      await layer.update(flat({ opacity: 0.5, visible: false }));
      await layer.update(flat({ opacity: 0.5 }));
      expect((await at(2, 2))[0]).to.be.closeTo(127.5, 1);
      expect(await host.volumes()).to.deep.equal([]);
    });
  });

  it('shows layers on every slice, in views across the bands none, and in views that come later', async () => {
    await open();
    await page.addVolume(volume());
    await host.addLayer(flat());
    const slices = page.volview.stores.slices as unknown as {
      updateConfig(view: string, dataset: string, patch: object): void;
    };
    const { info, dataset } = page.view;
    for (const slice of [0, 3]) {
      slices.updateConfig(info.id, dataset, { slice });
      expect(await at(5, 5)).to.deep.equal(red);
    }
    (
      page.volview.stores.views as unknown as {
        switchToNamedLayout(name: string): void;
      }
    ).switchToNamedLayout('Axial Coronal Sagittal');
    await nextTask();
    const { views, colouring } = page.volview.stores;
    const [{ id }] = listed();
    const all = views.getAllViews().filter(({ type }) => type === '2D');
    expect(all.length).to.be.at.least(3);
    for (const view of all)
      expect(
        colouring.configs[view.id]![id]!.opacityFunction.mappingRange[0] === 0,
        view.id,
      ).to.equal(axisOf(page.volview, view, dataset) === 2);
    expect(await at(5, 5)).to.deep.equal(red);
  });

  it('blends layers of other grids in order, exactly, on a tilted volume', async () => {
    await open();
    await page.addVolume(volume(turned));
    // Half as large pixels, turned within the plane.
    const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
    const [a, b, n, d, e, m, g, h, l] = turned.direction;
    const finer: Geometry = {
      origin: indexToWorld(turned, [1, 0, 0]),
      spacing: [0.9, 1.1, 1],
      direction: [
        ...[c * a + s * b, c * b - s * a, n],
        ...[c * d + s * e, c * e - s * d, m],
        ...[c * g + s * h, c * h - s * g, l],
      ],
      unit: null,
    };
    const under = flat({ opacity: 0.6 }, turned, 'under');
    const over = flat({ opacity: 0.6, colour: [0, 0, 255] }, finer, 'over');
    await host.addLayer(under);
    await host.addLayer(over);
    const inside = [
      [1, 1],
      [3, 2],
      [4, 3],
      [2, 4],
    ] as const;
    const all = async (): Promise<Set<string>> => {
      const found = new Set<string>();
      for (const [x, y] of inside)
        found.add(
          (await page.pixel(indexToWorld(finer, [x + 0.2, y + 0.3, 0]))).join(),
        );
      return found;
    };
    expect([...(await all())]).to.deep.equal(['77,16,169']);
    await host.orderLayers(['over', 'under']);
    expect([...(await all())]).to.deep.equal(['169,16,77']);
  });

  it('without a dataset in the plane of a layer shows a black one, and what it showed when the layer goes', async () => {
    await open();
    await page.addVolume(volume());
    const layer = await host.addLayer(flat({ opacity: 0.5 }, turned));
    expect((await at(3, 3, turned))[0]).to.be.closeTo(127.5, 1);
    expect((await host.volumes()).map(({ name }) => name)).to.deep.equal([
      'cube.mha',
    ]);
    await layer.remove();
    await nextTask();
    expect(page.leftovers()).to.deep.equal([]);
    expect(await at(3, 3)).to.deep.equal(grey);
  });

  it('draws layers over a dataset of more components than it can draw itself', async () => {
    await open();
    const data = new Float32Array(width * height * 6).fill(1);
    await page.addVolume({ ...volume(), layout: 'components', bands: 6, data });
    await host.addLayer(flat());
    expect(await at(2, 2)).to.deep.equal(red);
  });

  it('makes room for the panel, and takes it back', async () => {
    await open();
    const { element } = page.volview;
    const whole = element.getBoundingClientRect().width;
    const panel = page.page.document.createElement('div');
    const undo = host.mountPanel(panel, 'right');
    const app = element.getBoundingClientRect();
    expect(app.width).to.be.lessThan(whole);
    expect(panel.parentElement!.getBoundingClientRect().left).to.equal(
      app.right,
    );
    undo();
    expect(element.getBoundingClientRect().width).to.equal(whole);
    expect(page.leftovers()).to.deep.equal([]);
  });

  it('is found on its page, and nowhere else', async () => {
    await open();
    expect(volviewFinder.look(window)).to.equal(null);
    const found = await findHost(page.page);
    expect([found.id, found.version]).to.deep.equal(['volview', '4.4.1']);
    found.dispose();
  });

  describe('on another version', () => {
    type Parts = Record<string, unknown>;
    /** The page with another VolView: parts of the real one replaced, which stays as it is. */
    const pageWith = (change: {
      stores?: (stores: Map<string, unknown>) => void;
      tree?: unknown;
    }): Window => {
      const element = page.volview.element as unknown as Parts;
      const app = element['__vue_app__'] as {
        config: { globalProperties: { $pinia: { _s: Map<string, unknown> } } };
        _container: unknown;
      };
      const stores = new Map(app.config.globalProperties.$pinia._s);
      change.stores?.(stores);
      const other = {
        __vue_app__: {
          config: { globalProperties: { $pinia: { _s: stores } } },
          _container:
            'tree' in change ? { _vnode: change.tree } : app._container,
        },
      };
      return {
        document: { querySelector: () => other },
      } as unknown as Window;
    };

    const refusal = (change: Parameters<typeof pageWith>[0]): string => {
      try {
        volviewHost({ page: pageWith(change) });
      } catch (error) {
        if (isUnmixingError(error) && error.tag === 'host')
          return error.message;
        throw error;
      }
      return 'taken';
    };

    const without = (store: string, part: string) => ({
      stores: (stores: Map<string, unknown>) =>
        stores.set(
          store,
          new Proxy(stores.get(store) as Parts, {
            get: (of, name) =>
              name === part ? undefined : (Reflect.get(of, name) as unknown),
          }),
        ),
    });

    beforeEach(() => open());

    it('is refused in one sentence, and left as it is', () => {
      const known =
        'The plugin knows VolView 4.4.1; another version needs an adapter made for it.';
      for (const [change, why] of [
        [
          {
            tree: {
              component: {
                type: { name: 'CloseableDialog' },
                slots: {
                  default: () => [
                    {
                      type: {
                        name: 'AboutBox',
                        setup: () => ({ volview: '5.0.0' }),
                      },
                    },
                  ],
                },
              },
            },
          },
          'it is 5.0.0',
        ],
        [{ tree: {} }, 'it does not tell its version'],
        [{ tree: null }, 'what it has drawn is not to be seen'],
        [
          without('layer', 'deleteLayer'),
          'its store "layer" has no deleteLayer',
        ],
        [without('view', '$subscribe'), 'its store "view" has no $subscribe'],
        [
          without('layerColoring', 'configs'),
          'its store "layerColoring" has no configs',
        ],
        [
          {
            stores: (stores: Map<string, unknown>) =>
              stores.delete('viewSlice'),
          },
          'its store "viewSlice" is missing',
        ],
      ] as const)
        expect(refusal(change)).to.equal(
          `This VolView cannot be used: ${why}. ${known}`,
        );
      expect(page.leftovers()).to.deep.equal([]);
    });

    it('is no VolView without its stores', () => {
      expect(
        refusal({ stores: (stores) => stores.delete('image-cache') }),
      ).to.contain('There is no VolView on this page');
    });
  });
});
