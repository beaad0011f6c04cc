import { expect, waitUntil } from '@open-wc/testing';
import vtkVolume from '@kitware/vtk.js/Rendering/Core/Volume.js';
import vtkVolumeMapper from '@kitware/vtk.js/Rendering/Core/VolumeMapper.js';
import vtkCamera from '@kitware/vtk.js/Rendering/Core/Camera.js';
import vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import type { Pick } from '../../src/hosts/host.js';
import { indexToWorld } from '../../src/imaging/geometry.js';
import type { Layer } from '../../src/imaging/layer.js';
import { unitGeometry, type Geometry } from '../../src/spectral/cube.js';
import { hostConformance } from '../conformance/suite.js';
import { mapLayer } from '../imaging/layers.js';
import { VtkPage, toImage } from './vtk-page.js';

hostConformance('vtk.js', async () => new VtkPage());

const width = 8;
const height = 6;

/** A map that is 1 at one pixel and 0 elsewhere. */
function dotLayer(x: number, y: number, geometry = unitGeometry): Layer {
  const values = Array<number>(width * height).fill(0);
  values[y * width + x] = 1;
  return { ...mapLayer(values, {}, width), geometry };
}

const plain = (bands: number) => ({
  layout: 'slices' as const,
  width,
  height,
  bands,
  data: new Uint8Array(width * height * bands),
  geometry: unitGeometry,
});

describe('vtk.js pages', () => {
  let page: VtkPage;
  const open = (...options: ConstructorParameters<typeof VtkPage>): VtkPage => {
    page = new VtkPage(...options);
    return page;
  };

  afterEach(() => {
    page.host.dispose();
    page.close();
  });

  const red = [255, 0, 0];
  const black = [0, 0, 0];

  it('see a layer on the slice they show of its volume, in perspective too, and pick it there', async () => {
    const { host, renderer } = open();
    const geometry: Geometry = { ...unitGeometry, spacing: [1, 1, 3] };
    const mapper = page.draw(toImage({ ...plain(9), geometry }));
    await host.addLayer(dotLayer(7, 0, geometry));
    const camera = renderer.getActiveCamera();
    camera.setPosition(-4, 7, 50);
    renderer.resetCameraClippingRange();
    for (const slice of [0, 4, 8]) {
      mapper.setSlice(slice);
      const at = (x: number, y: number) =>
        indexToWorld(geometry, [x, y, slice]);
      expect(await page.pixel(at(6.75, 0))).to.deep.equal(red);
      expect(await page.pixel(at(7.25, 0.25))).to.deep.equal(red);
      expect(await page.pixel(at(6.25, 0))).to.deep.equal(black);
      expect(await page.pixel(at(7, 0.75))).to.deep.equal(black);
      const picks: (Pick | null)[] = [];
      const undo = host.onPick((pick) => picks.push(pick));
      await page.point(at(7, 0));
      undo();
      at(7, 0).forEach((value, axis) =>
        expect(picks.at(-1)?.world[axis]).to.be.closeTo(value, 0.01),
      );
    }
  });

  it('may put another camera or viewport in, and layers follow', async () => {
    const { host, renderer } = open();
    page.draw(toImage(plain(2)));
    await host.addLayer(dotLayer(2, 1));
    renderer.setActiveCamera(vtkCamera.newInstance());
    renderer.resetCamera();
    expect(await page.pixel([2, 1, 0])).to.deep.equal(red);
    expect(await page.pixel([3, 1, 0])).to.deep.equal(black);
    renderer.setViewport(0.5, 0, 1, 0.5);
    expect(await page.pixel([2.4, 1.4, 0])).to.deep.equal(red);
    expect(await page.pixel([2.6, 1.4, 0])).to.deep.equal(black);
  });

  it('keep their own layered renderers, under ours while we draw', async () => {
    const { host, renderWindow } = open();
    page.draw(toImage(plain(2)));
    const marks = vtkRenderer.newInstance();
    renderWindow.setNumberOfLayers(2);
    marks.setLayer(1);
    marks.setActiveCamera(page.renderer.getActiveCamera());
    renderWindow.addRenderer(marks);
    await host.addLayer(dotLayer(0, 0));
    expect(renderWindow.getNumberOfLayers()).to.equal(3);
    host.dispose();
    expect(renderWindow.getNumberOfLayers()).to.equal(2);
    expect(renderWindow.getRenderers()).to.deep.equal([page.renderer, marks]);
  });

  it('get their GPU memory back when layers are updated and removed', async () => {
    const prototype = WebGL2RenderingContext.prototype;
    type Call<A extends unknown[], R> = (
      this: WebGL2RenderingContext,
      ...given: A
    ) => R;
    const createTexture = Reflect.get(prototype, 'createTexture') as Call<
      [],
      WebGLTexture
    >;
    const deleteTexture = Reflect.get(prototype, 'deleteTexture') as Call<
      [WebGLTexture | null],
      void
    >;
    const alive = new Set<WebGLTexture>();
    prototype.createTexture = function () {
      const made = createTexture.call(this);
      alive.add(made);
      return made;
    };
    prototype.deleteTexture = function (gone) {
      if (gone) alive.delete(gone);
      deleteTexture.call(this, gone);
    };
    try {
      const { host, renderWindow } = open();
      page.draw(toImage(plain(2)));
      renderWindow.render();
      const before = alive.size;
      const handle = await host.addLayer(dotLayer(0, 0));
      renderWindow.render();
      const drawn = alive.size;
      for (let n = 1; n < 20; n++) {
        await handle.update(dotLayer(n % width, 2));
        renderWindow.render();
      }
      expect(alive.size).to.equal(drawn);
      await handle.remove();
      renderWindow.render();
      expect(alive.size).to.equal(before);
    } finally {
      Object.assign(prototype, { createTexture, deleteTexture });
    }
  });

  it('list volumes that are ray-cast, and those that are held, each once and by the name of its values', async () => {
    const held = toImage({ ...plain(3), layout: 'components' });
    held.getPointData().getScalars().setName('Fibre');
    const { host, renderer } = open({ volumes: () => [held, held] });
    const volume = vtkVolume.newInstance();
    const mapper = vtkVolumeMapper.newInstance();
    mapper.setInputData(toImage(plain(4)));
    volume.setMapper(mapper);
    renderer.addViewProp(volume);
    const [cast, kept, ...rest] = await host.volumes();
    expect(rest).to.deep.equal([]);
    expect([cast.bands, kept.bands]).to.deep.equal([4, 3]);
    expect(cast.name).to.match(/^Volume \d+$/);
    expect(kept.name).to.equal('Fibre');
    expect((await host.volumes())[1].id).to.equal(kept.id);
    renderer.removeViewProp(volume);
  });

  it('place an image by its first pixel when its extent starts elsewhere', async () => {
    const image = toImage({
      ...plain(2),
      geometry: { ...unitGeometry, spacing: [2, 3, 1], origin: [10, 0, 0] },
    });
    image.setExtent(5, 12, -2, 3, 1, 2);
    const { host } = open({ volumes: () => [image] });
    const [ref] = await host.volumes();
    const { geometry } = await host.readVolume(ref.id);
    expect([...geometry.origin]).to.deep.equal([20, -6, 1]);
  });

  it('hear why a stack of slices with components cannot be read', async () => {
    const image = toImage({ ...plain(2), layout: 'slices' });
    image.getPointData().getScalars().setNumberOfComponents(2);
    image.setDimensions(width, height / 2, 2);
    const { host } = open({ volumes: () => [image] });
    const [ref] = await host.volumes();
    const error: unknown = await host
      .readVolume(ref.id)
      .catch((reason: unknown) => reason);
    expect(String(error)).to.contain('2 slices of 2 components');
  });

  it('without an interactor are asked for new volumes now and then', async () => {
    const held: ReturnType<typeof toImage>[] = [];
    const { renderWindow } = open();
    page.host.dispose();
    const interactor = renderWindow.getInteractor();
    (
      renderWindow as unknown as { setInteractor(none: null): void }
    ).setInteractor(null);
    const { vtkHost } = await import('../../src/hosts/vtk.js');
    const host = vtkHost({
      renderWindow,
      renderer: page.renderer,
      container: page.container,
      volumes: () => held,
    });
    try {
      const told = new Promise<void>((resolve) =>
        host.onVolumesChanged(resolve),
      );
      held.push(toImage(plain(2)));
      await told;
    } finally {
      host.dispose();
      renderWindow.setInteractor(interactor);
    }
  });

  it('that give places get panels in them, and claim no others', () => {
    const left = document.createElement('div');
    const { host } = open({ places: { left } });
    expect([...host.capabilities]).to.include.members(['panel-left', 'view']);
    expect(host.capabilities.has('panel-bottom')).to.equal(false);
    expect(host.capabilities.has('additive')).to.equal(false);
    const element = document.createElement('p');
    host.mountPanel(element, 'left');
    expect(element.parentElement).to.equal(left);
    host.dispose();
    expect(left.childElementCount).to.equal(0);
  });

  it('without places get the panel over the right edge and the cover over the view, which lets the pointer through', async () => {
    const { host, container } = open();
    container.style.width = '400px';
    const [panel, cover] = ['right', 'view'].map((where) => {
      const element = document.createElement('div');
      Object.assign(element.style, { height: '100%' });
      host.mountPanel(element, where as 'right' | 'view');
      return element;
    });
    const view = container.getBoundingClientRect();
    const box = panel.getBoundingClientRect();
    expect([box.right, box.top, box.width, box.height]).to.deep.equal([
      view.right,
      view.top,
      344,
      view.height,
    ]);
    const over = cover.getBoundingClientRect();
    expect([over.left, over.top, over.width, over.height]).to.deep.equal([
      view.left + 8,
      view.top + 8,
      view.width - 16,
      view.height - 16,
    ]);
    cover.style.height = '30px';
    expect(cover.getBoundingClientRect().bottom).to.equal(view.bottom - 8);
    const hit = document.elementFromPoint(view.left + 20, view.top + 20);
    expect(container.contains(hit)).to.equal(true);
    container.style.width = '500px';
    await waitUntil(
      () => panel.getBoundingClientRect().right === view.left + 500,
      'the panel stays at the edge',
    );
  });

  it('tell a press from a drag', async () => {
    const { host } = open();
    await host.addLayer(dotLayer(0, 0));
    host.fit();
    const picks: (Pick | null)[] = [];
    host.onPick((pick) => picks.push(pick));
    const send = (type: string, x: number, y: number, button = 0): boolean =>
      page.container.dispatchEvent(
        new PointerEvent(type, { clientX: x, clientY: y, button }),
      );
    const { x, y } = page.screen([3, 3, 0]);
    send('pointerdown', x, y);
    send('pointerup', x + 30, y);
    send('pointerdown', x, y, 2);
    send('pointerup', x, y, 2);
    expect(picks.filter((pick) => pick?.pressed)).to.deep.equal([]);
    send('pointerdown', x, y);
    send('pointerup', x + 1, y);
    expect(picks.filter((pick) => pick?.pressed)).to.have.length(1);
  });
});
