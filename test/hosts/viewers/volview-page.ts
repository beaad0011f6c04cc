import { waitUntil } from '@open-wc/testing';
import type { Point } from '../../../src/imaging/geometry.js';
import type { Rgb } from '../../../src/imaging/layer.js';
import { volviewHost } from '../../../src/hosts/volview.js';
import { openVolView } from '../../../src/hosts/volview/open.js';
import type { VolView } from '../../../src/hosts/volview/viewer.js';
import {
  sliceViews,
  type SliceView,
} from '../../../src/hosts/volview/views.js';
import type { GivenVolume, HostHarness } from '../../conformance/suite.js';
import { onPage, pointAt, sendPointer } from './pointer.js';

type Page = Window & typeof globalThis;

/** Parts of VolView that only the tests use. */
interface Views {
  switchToNamedLayout(name: string): void;
}
interface Windowing {
  updateConfig(
    view: string,
    dataset: string,
    patch: { width: number; level: number },
  ): void;
}
interface Drawn extends SliceView {
  readonly renderWindowView: SliceView['renderWindowView'] & {
    worldToDisplay(
      x: number,
      y: number,
      z: number,
      renderer: unknown,
    ): [number, number];
  };
}

let opened: Promise<HTMLIFrameElement> | null = null;

/** VolView in a frame, started once for all tests: it takes seconds. */
function openFrame(): Promise<HTMLIFrameElement> {
  return (opened ??= (async () => {
    const frame = document.createElement('iframe');
    Object.assign(frame.style, { width: '420px', height: '320px', border: 0 });
    frame.src = '/viewers/volview/index.html';
    document.body.append(frame);
    await waitUntil(
      () => {
        try {
          return (
            sliceTree(openVolView(frame.contentWindow!)) &&
            frame.contentDocument!.readyState === 'complete'
          );
        } catch {
          return false;
        }
      },
      'VolView starts',
      { timeout: 60_000, interval: 100 },
    );
    return frame;
  })());
}

const sliceTree = (volview: VolView): boolean =>
  volview.tree().component !== null;

/** A MetaImage file, as VolView's users open them. */
export function metaImage(
  { layout, width, height, bands, data, geometry }: GivenVolume,
  name: string,
  page: Page,
): File {
  const { origin, spacing, direction } = geometry;
  const components = layout === 'components' ? bands : 1;
  const types = new Map<unknown, string>([
    [Float32Array, 'MET_FLOAT'],
    [Uint16Array, 'MET_USHORT'],
    [Uint8Array, 'MET_UCHAR'],
  ]);
  const header = [
    'ObjectType = Image',
    'NDims = 3',
    'BinaryData = True',
    'BinaryDataByteOrderMSB = False',
    'CompressedData = False',
    `TransformMatrix = ${[0, 3, 6, 1, 4, 7, 2, 5, 8].map((n) => direction[n]).join(' ')}`,
    `Offset = ${origin.join(' ')}`,
    `ElementSpacing = ${spacing.join(' ')}`,
    `DimSize = ${width} ${height} ${layout === 'slices' ? bands : 1}`,
    `ElementNumberOfChannels = ${components}`,
    `ElementType = ${types.get(data.constructor)!}`,
    'ElementDataFile = LOCAL',
    '',
  ].join('\n');
  return new page.File([header, data as Uint8Array<ArrayBuffer>], name);
}

/** VolView with one axial view, and the host on it. */
export class VolViewPage implements HostHarness {
  readonly page: Page;
  readonly volview: VolView;
  readonly host;
  #before: string;

  constructor(readonly frame: HTMLIFrameElement) {
    this.page = frame.contentWindow as Page;
    this.volview = openVolView(this.page);
    this.#before = this.#state();
    this.host = volviewHost({ page: this.page });
  }

  static async open(layout = 'Axial Only'): Promise<VolViewPage> {
    const frame = await openFrame();
    const { views } = openVolView(frame.contentWindow!).stores;
    (views as unknown as Views).switchToNamedLayout(layout);
    await nextTask();
    return new VolViewPage(frame);
  }

  /** A store of VolView that the adapter does not use. */
  store(name: string): unknown {
    const { __vue_app__: app } = this.volview.element as unknown as {
      __vue_app__: {
        config: {
          globalProperties: { $pinia: { _s: Map<string, unknown> } };
        };
      };
    };
    return app.config.globalProperties.$pinia._s.get(name);
  }

  /** The first 2D view of a dataset. */
  get view(): Drawn {
    return sliceViews(this.volview)[0] as Drawn;
  }

  /** Drops a file on the page; the first is shown at once. Grey 0 to 255 is black to white. */
  async addVolume(volume: GivenVolume, name = 'cube.mha'): Promise<void> {
    const { datasets, cache, views } = this.volview.stores;
    const known = new Set(datasets.idsAsSelections);
    const drop = new this.page.Event('drop', { bubbles: true });
    Object.defineProperty(drop, 'dataTransfer', {
      value: { files: [metaImage(volume, name, this.page)] },
    });
    this.page.document.querySelector('#app-container')!.dispatchEvent(drop);
    const added = (): string | undefined =>
      datasets.idsAsSelections.find((id) => !known.has(id));
    await waitUntil(
      () => {
        const id = added();
        return (
          id !== undefined &&
          cache.imageById[id]?.isLoaded() &&
          views.getAllViews().some(({ dataID }) => dataID) &&
          sliceViews(this.volview).length > 0
        );
      },
      'VolView opens the file',
      { timeout: 20_000 },
    );
    const windowing = this.store('windowing') as Windowing;
    for (const { id } of views.getAllViews())
      windowing.updateConfig(id, added()!, { width: 255, level: 127.5 });
    await nextTask();
    this.#before = this.#state();
  }

  #display([x, y, z]: Point): [number, number] {
    const { renderWindowView, renderer } = this.view;
    return renderWindowView.worldToDisplay(x, y, z, renderer);
  }

  async pixel(world: Point): Promise<Rgb> {
    await nextTask();
    const canvas = this.view.renderWindowView.getCanvas();
    const [x, y] = this.#display(world).map(Math.floor);
    const [red, green, blue] = canvas
      .getContext('2d')!
      .getImageData(x, canvas.height - 1 - y, 1, 1).data;
    return [red, green, blue];
  }

  screen(world: Point): { x: number; y: number } {
    const { renderWindowView } = this.view;
    const size = renderWindowView.getSize();
    const [x, y] = this.#display(world);
    return onPage(renderWindowView.getCanvas(), [x, size[1] - y], size);
  }

  async point(world: Point, pressed = false): Promise<void> {
    await pointAt(
      this.view.renderWindowView.getCanvas(),
      this.screen(world),
      pressed,
    );
  }

  async leave(): Promise<void> {
    sendPointer(this.volview.element, 'pointerleave');
  }

  #state(): string {
    const { stores, element } = this.volview;
    const { configs } = stores.colouring;
    return JSON.stringify({
      datasets: stores.datasets.idsAsSelections,
      images: Object.keys(stores.cache.imageById),
      layers: stores.layers.parentToLayers,
      colouring: Object.values(configs).flatMap((layers) =>
        Object.keys(layers ?? {}),
      ),
      views: stores.views
        .getAllViews()
        .map(({ id, dataID }) => [id, dataID ?? null]),
      drawn: sliceViews(this.volview).map(({ renderer }) => {
        const camera = renderer.getActiveCamera();
        return [
          renderer.getViewProps().length,
          camera.getPosition(),
          camera.getFocalPoint(),
          camera.getViewUp(),
          camera.getParallelScale(),
        ];
      }),
      style: element.getAttribute('style'),
      page: [...this.page.document.body.children].map(
        ({ localName, className }) => `${localName}.${className}`,
      ),
    });
  }

  leftovers(): readonly string[] {
    const now = this.#state();
    return now === this.#before ? [] : [`${this.#before} became ${now}`];
  }

  close(): void {
    const { datasets, views } = this.volview.stores;
    for (const { id } of views.getAllViews()) views.setDataForView(id, null);
    for (const id of [...datasets.idsAsSelections]) datasets.remove(id);
  }
}

/** VolView draws with a timer of 0 ms after what changed, which browsers hold back for 4 ms where timers are nested. */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 5));
