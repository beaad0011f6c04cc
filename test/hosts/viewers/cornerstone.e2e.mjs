// A session on the example page with Cornerstone3D: the volume that it shows, unmixed in the panel, and put away.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { serveViewers } from './serve.mjs';
import { differs, openSession, places, within } from './session.mjs';

const width = 64;

const where = (pixels) => {
  const { viewport } = window.cornerstone.getEnabledElements()[0];
  const box = viewport.getCanvas().getBoundingClientRect();
  return pixels.map(([x, y]) => {
    const [left, top] = viewport.worldToCanvas([x, y, 0]);
    return [box.left + left, box.top + top];
  });
};

describe('the page with Cornerstone3D', () => {
  let session;
  let page;

  before(async () => {
    session = await openSession(await serveViewers(), '/cornerstone-page/', {
      where,
    });
    ({ page } = session);
  });
  after(() => session?.close());

  it('shows its volume', async () => {
    await session.panel.waitFor();
    await page.locator('#slice').fill('25');
    session.bare = await session.see(
      'a grain brighter than the ground',
      ([, second, ground]) => second.every((c, i) => c > ground[i] + 40),
    );
  });

  it('reads the cube by its name, its slices as bands', () =>
    session.chooseCube(/Two grains.*64 × 48, 60 bands/s));

  it('unmixes it and draws the maps over the image, each in its colour', async () => {
    const abundances = await session.unmix();
    const count = 3;
    session.endmembers = places.map(([x, y]) => {
      const at = count * (y * width + x);
      const here = abundances.slice(at, at + count);
      return here.indexOf(Math.max(...here));
    });
    assert.equal(
      new Set(session.endmembers).size,
      3,
      `one each: ${session.endmembers}`,
    );
    await session.seeColours();
    await session.screenshot('cornerstone-page');
  });

  it('draws the maps on every slice', async () => {
    const drawn = await session.coloursAt();
    await page.locator('#slice').fill('50');
    await session.see('the maps, over another slice', (seen) =>
      seen.every((colour, i) => differs(colour, drawn[i]) < 60),
    );
    await page.locator('#slice').fill('25');
    await session.see('the maps, over the slice as before', within(drawn, 1));
  });

  it('draws one weaker, and hides one where its row says so', async () => {
    const drawn = await session.hideCube(30);
    await session.weakenSelected(drawn);
    await session.hideFirst(drawn);
  });

  it('tells the pixel under the pointer', () => session.pick([20, 18]));

  it('gives the slice back when the cube is put away', async () => {
    await session.closeCube();
    await session.see('the bare slice', within(session.bare, 1));
    const left = await page.evaluate(() => {
      const { cache, getEnabledElements } = window.cornerstone;
      const { viewport } = getEnabledElements()[0];
      return {
        volumes: cache.getVolumes().map((volume) => volume.volumeId),
        actors: viewport.getActors().map((actor) => actor.referencedId),
      };
    });
    assert.deepEqual(left, {
      volumes: ['page:grains'],
      actors: ['page:grains'],
    });
  });

  it('complains of nothing and asks nothing of another origin', () => {
    assert.deepEqual(session.complaints, []);
  });
});
