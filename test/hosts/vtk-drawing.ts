import { expect } from '@open-wc/testing';
import type { Pick } from '../../src/hosts/host.js';
import { indexToWorld } from '../../src/imaging/geometry.js';
import type { Layer } from '../../src/imaging/layer.js';
import { unitGeometry, type Geometry } from '../../src/spectral/cube.js';
import { mapLayer } from '../imaging/layers.js';
import { toImage, type VtkPage } from './vtk-page.js';
import { watchTextures } from './textures.js';

export const width = 8;
export const height = 6;

/** A map that is 1 at one pixel and 0 elsewhere. */
export function dotLayer(x: number, y: number, geometry = unitGeometry): Layer {
  const values = Array<number>(width * height).fill(0);
  values[y * width + x] = 1;
  return { ...mapLayer(values, {}, width), geometry };
}

/** A black volume, its bands as slices. */
export const plain = (bands: number) => ({
  layout: 'slices' as const,
  width,
  height,
  bands,
  data: new Uint8Array(width * height * bands),
  geometry: unitGeometry,
});

/** How layers are drawn in pages made with vtk.js, whichever copy of it draws them. */
export function drawingInPages(
  name: string,
  makePage: () => Promise<VtkPage>,
): void {
  describe(name, () => {
    let page: VtkPage;

    beforeEach(async () => {
      page = await makePage();
    });
    afterEach(() => {
      page.host.dispose();
      page.close();
    });

    const red = [255, 0, 0];
    const black = [0, 0, 0];

    it('see a layer on the slice they show of its volume, in perspective too, and pick it there', async () => {
      const { host, renderer } = page;
      const geometry: Geometry = { ...unitGeometry, spacing: [1, 1, 3] };
      const mapper = page.draw(toImage({ ...plain(9), geometry }, page.vtk));
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
      const { host, renderer } = page;
      page.draw(toImage(plain(2), page.vtk));
      await host.addLayer(dotLayer(2, 1));
      renderer.setActiveCamera(page.vtk.Rendering.Core.vtkCamera.newInstance());
      renderer.resetCamera();
      expect(await page.pixel([2, 1, 0])).to.deep.equal(red);
      expect(await page.pixel([3, 1, 0])).to.deep.equal(black);
      renderer.setViewport(0.5, 0, 1, 0.5);
      expect(await page.pixel([2.4, 1.4, 0])).to.deep.equal(red);
      expect(await page.pixel([2.6, 1.4, 0])).to.deep.equal(black);
    });

    it('keep their own layered renderers, under ours while we draw', async () => {
      const { host, renderWindow } = page;
      page.draw(toImage(plain(2), page.vtk));
      const marks = page.vtk.Rendering.Core.vtkRenderer.newInstance();
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
      const { alive, end } = watchTextures();
      try {
        const { host, renderWindow } = page;
        page.draw(toImage(plain(2), page.vtk));
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
        end();
      }
    });
  });
}
