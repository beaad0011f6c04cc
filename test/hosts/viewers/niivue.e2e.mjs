// A session on the example page with niivue: a volume opened there, unmixed in the panel, and put away; then a file of the panel's own.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeNifti } from './nifti-made.mjs';
import { serveViewers } from './serve.mjs';
import { openSession, sampleFiles, within } from './session.mjs';

const made = makeNifti();

const where = (pixels) => {
  const { nv } = window;
  const box = nv.canvas.getBoundingClientRect();
  const scale = box.width / nv.canvas.width;
  return pixels.map(([x, y]) => {
    const share = nv.mm2frac([-0.5 * x, -0.5 * y, 0], 0, true);
    const [left, top] = nv.frac2canvasPos(share);
    return [box.left + left * scale, box.top + top * scale];
  });
};

describe('the page with niivue', () => {
  let session;
  let page;

  before(async () => {
    session = await openSession(await serveViewers(), '/niivue-page/', {
      where,
    });
    ({ page } = session);
  });
  after(() => session?.close());

  it('shows a volume that is opened there', async () => {
    await page.locator('#file').setInputFiles({
      name: 'grains.nii',
      mimeType: 'application/octet-stream',
      buffer: made.file,
    });
    await page.waitForFunction(() => window.nv.volumes[0]?.nFrame4D === 32);
    await page.locator('#frame').fill('12');
    session.bare = await session.see(
      'a grain brighter than the ground',
      ([, second, ground]) => second.every((c, i) => c > ground[i] + 40),
    );
  });

  it('reads the cube, all its frames', () =>
    session.chooseCube(/64 × 48, 32 bands/));

  it('unmixes it and draws the maps over the image, each in its colour', async () => {
    session.compare(await session.unmix(), made.maps);
    await session.seeColours();
    await session.screenshot('niivue-page');
  });

  it('draws one weaker, and hides one where its row says so', async () => {
    const drawn = await session.hideCube();
    await session.weakenSelected(drawn);
    await session.hideFirst(drawn);
  });

  it('tells the pixel under the pointer', () => session.pick([20, 18]));

  it('gives the image back when the cube is put away', async () => {
    await session.closeCube();
    await session.see('the bare frame', within(session.bare, 1));
    assert.equal(await page.evaluate(() => window.nv.volumes.length), 1);
  });

  it('shows files of the panel where it shows nothing of its own, the picture as fine as it is', async () => {
    await page.reload();
    await session.panel.waitFor();
    await session.openFiles(sampleFiles);
    const shown = (count) =>
      page
        .waitForFunction(
          (wanted) =>
            window.nv.volumes.length === wanted &&
            window.nv.volumes.map(({ name }) => name),
          count,
        )
        .then((names) => names.jsonValue());
    assert.deepEqual(await shown(3), ['Stratigraph', 'micrograph', 'Cube']);
    const [width, height] = await page.evaluate(() =>
      window.nv.volumes[0].hdr.dims.slice(1, 3),
    );
    // The micrograph's own pixels, and the cube's in the middle of it.
    assert.deepEqual([width, height], [900, 560]);
    await session.screenshot('niivue-sample');
    await session.closeCube();
    assert.deepEqual(await shown(2), ['Stratigraph', 'micrograph']);
  });

  it('complains of nothing and asks nothing of another origin', () => {
    assert.deepEqual(session.complaints, []);
  });
});
