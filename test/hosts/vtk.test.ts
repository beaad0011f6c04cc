import { expect, waitUntil } from '@open-wc/testing';
import vtkVolume from '@kitware/vtk.js/Rendering/Core/Volume.js';
import vtkVolumeMapper from '@kitware/vtk.js/Rendering/Core/VolumeMapper.js';
import type { Pick } from '../../src/hosts/host.js';
import { unitGeometry } from '../../src/spectral/cube.js';
import { hostConformance } from '../conformance/suite.js';
import {
  dotLayer,
  drawingInPages,
  height,
  plain,
  width,
} from './vtk-drawing.js';
import { VtkPage, toImage } from './vtk-page.js';

hostConformance('vtk.js', async () => new VtkPage());

drawingInPages('vtk.js pages', async () => new VtkPage());

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
