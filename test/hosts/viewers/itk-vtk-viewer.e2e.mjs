// A session on the example page with itk-vtk-viewer: a cube opened there, unmixed in the panel, and put away; then a file of the
// panel's own, where the viewer shows nothing.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeNrrd } from './nrrd-made.mjs';
import { serveViewers } from './serve.mjs';
import { openSession, places, sampleFiles, within } from './session.mjs';

const made = makeNrrd();

/** What the viewer says of itself without the plugin: warnings of its own controls and of vtk.js. */
const ofTheViewer =
  /slider-vertical|willReadFrequently|Resetting view-up|attempt to set zero width|GPU stall|GL Driver Message/;

const where = (pixels) => {
  const view = window.viewer.getViewProxy();
  const [gl] = view.getRenderWindow().getViews();
  const box = gl.getCanvas().getBoundingClientRect();
  const [width, height] = gl.getSize();
  return pixels.map(([x, y]) => {
    const world = [0.5 * x, 0.5 * y, 0];
    const [left, bottom] = gl.worldToDisplay(...world, view.getRenderer());
    return [
      box.left + (left / width) * box.width,
      box.top + (1 - bottom / height) * box.height,
    ];
  });
};

describe('the page with itk-vtk-viewer', () => {
  let session;
  let page;

  before(async () => {
    session = await openSession(await serveViewers(), '/itk-vtk-viewer-page/', {
      where,
      // Ground where nothing of the viewer's lies over it.
      looked: [...places.slice(0, 2), [60, 44]],
    });
    ({ page } = session);
  });
  after(() => session?.close());

  it('shows the mean of a cube that is opened there', async () => {
    await page.locator('#file').setInputFiles({
      name: 'grains.nrrd',
      mimeType: 'application/octet-stream',
      buffer: made.file,
    });
    await page.waitForFunction(
      () => window.viewer?.getLayerNames().length === 1,
    );
    session.bare = await session.see(
      'grains brighter than the ground, in grey',
      ([first, second, ground]) =>
        first[0] > ground[0] + 40 &&
        second[0] > ground[0] + 40 &&
        new Set(first).size === 1,
    );
  });

  it('reads the cube, all its bands', () =>
    session.chooseCube(/64 × 48, 32 bands/));

  it('unmixes it and draws the maps over the image, each in its colour', async () => {
    session.compare(await session.unmix(), made.maps);
    await session.seeColours();
    await session.screenshot('itk-vtk-viewer-page');
  });

  it('draws one weaker, and hides one where its row says so', async () => {
    const drawn = await session.hideCube();
    await session.weakenSelected(drawn);
    await session.hideFirst(drawn);
  });

  it('tells the pixel under the pointer', () => session.pick([20, 18]));

  it('gives the image back when the cube is put away', async () => {
    await session.closeCube();
    await session.see('the bare mean', within(session.bare, 1));
    assert.equal(
      await page.evaluate(() => window.viewer.getLayerNames().length),
      1,
    );
  });

  it('shows files of the panel where it shows nothing of its own, and takes the cube away', async () => {
    await page.reload();
    await session.panel.waitFor();
    /** Resolves once the viewer draws so many layers of ours. */
    const drawn = (count) =>
      page.waitForFunction(
        (wanted) =>
          window.viewer
            .getViewProxy()
            .getRenderWindow()
            .getRenderers()
            .filter((one) =>
              one.getViewProps().some((prop) => prop.isA('vtkImageSlice')),
            ).length === wanted,
        count,
      );
    await session.openFiles(sampleFiles);
    await session.cubeReady();
    await drawn(2);
    await session.screenshot('itk-vtk-viewer-sample');
    await session.closeCube();
    // The picture stays.
    await drawn(1);
  });

  it('loads no second vtk.js, complains of nothing and asks nothing of another origin', async () => {
    assert.deepEqual(
      session.complaints.filter((text) => !ofTheViewer.test(text)),
      [],
    );
    const texts = await page.evaluate(() =>
      Promise.all(
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .filter((name) => name.endsWith('.js'))
          .map(async (name) => [name, await (await fetch(name)).text()]),
      ),
    );
    assert.deepEqual(
      texts
        .filter(([, text]) => text.includes('vtkOpenGLRenderWindow'))
        .map(([name]) => new URL(name).pathname),
      ['/viewers/itk-vtk-viewer/itkVtkViewer.js'],
    );
  });
});
