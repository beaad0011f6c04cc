// A session on the example page with Cornerstone3D: the volume that it shows, unmixed in the panel, and put away.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../../scripts/root.mjs';
import { openBrowser } from '../../e2e/page.mjs';
import { serveViewers } from './serve.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

const width = 64;
/** Where each material is seen alone: in its grain, and in the ground. */
const places = [
  [20, 18],
  [45, 30],
  [60, 4],
];

describe('the page with Cornerstone3D', () => {
  let browser;
  let page;
  let complaints;
  /** Colours at the places before anything was drawn over them. */
  let bare;
  /** Number of the endmember that there is most of at each place. */
  let most;

  before(async () => {
    browser = await openBrowser(await serveViewers());
    ({ page, complaints } = await browser.newPage('/cornerstone-page/'));
  });
  after(() => browser?.close());

  const panel = () => page.locator('unmixing-panel');
  const session = (read) =>
    panel().evaluate(
      (element, body) =>
        new Function('state', `return ${body}`)(element.session),
      read,
    );
  const viewer = (read) =>
    page.evaluate((body) => {
      const { cornerstone } = window;
      const { viewport } = cornerstone.getEnabledElements()[0];
      return new Function('cornerstone', 'viewport', `return ${body}`)(
        cornerstone,
        viewport,
      );
    }, read);

  /** Colours of the screen at pixels of the volume, as a screenshot shows them. */
  const coloursAt = async (pixels) => {
    const shot = await page.screenshot();
    return page.evaluate(
      async ([png, wanted]) => {
        const { viewport } = window.cornerstone.getEnabledElements()[0];
        const box = viewport.getCanvas().getBoundingClientRect();
        const bytes = Uint8Array.from(window.atob(png), (c) => c.charCodeAt(0));
        const bitmap = await window.createImageBitmap(new Blob([bytes]));
        const canvas = new window.OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d', { willReadFrequently: true });
        context.drawImage(bitmap, 0, 0);
        return wanted.map(([x, y]) => {
          const [left, top] = viewport.worldToCanvas([x, y, 0]);
          const at = [box.left + left, box.top + top].map(Math.round);
          const { data } = context.getImageData(...at, 1, 1);
          return [...data.slice(0, 3)];
        });
      },
      [shot.toString('base64'), pixels],
    );
  };

  const differs = (a, b) => Math.max(...a.map((v, i) => Math.abs(v - b[i])));

  /** Asks again until the screen is as wanted. */
  const see = async (what, test, pixels = places) => {
    let seen;
    for (const end = Date.now() + 20_000; Date.now() < end;) {
      seen = await coloursAt(pixels);
      if (test(seen)) return seen;
    }
    assert.fail(
      `${what}: ${JSON.stringify(seen)}, bare ${JSON.stringify(bare)}`,
    );
  };

  it('shows its volume', async () => {
    await panel().waitFor();
    await page.locator('#slice').fill('25');
    bare = await see('a grain brighter than the ground', ([, second, ground]) =>
      second.every((c, i) => c > ground[i] + 40),
    );
  });

  it('reads the cube by its name, its slices as bands', async () => {
    await panel()
      .getByRole('button', { name: /Two grains.*64 × 48, 60 bands/s })
      .click();
    await panel().getByLabel('Quantity').selectOption('absorbance');
    const less = panel().getByRole('button', { name: 'One endmember less' });
    await less.click();
    await less.click();
    assert.equal(await session('state.request.endmembers'), 3);
  });

  it('unmixes it and draws the maps over the image, each in its colour', async () => {
    await panel().getByRole('button', { name: 'Unmix', exact: true }).click();
    await panel().getByText('Done in').first().waitFor({ timeout: 120_000 });
    const abundances = await session('[...state.unmixing.abundances]');
    const count = 3;
    most = places.map(([x, y]) => {
      const at = count * (y * width + x);
      const here = abundances.slice(at, at + count);
      return here.indexOf(Math.max(...here));
    });
    assert.equal(new Set(most).size, 3, `one each: ${most}`);
    const colours = await session(
      '[...state.layers].map(({ endmember, style }) => [endmember, style.colour])',
    );
    const colourOf = new Map(colours);
    await see('the colour of the material where there is most of it', (seen) =>
      places.every((_, i) => {
        const way = colourOf.get(most[i]).map((c, k) => c - bare[i][k]);
        const along =
          way.reduce((s, v, k) => s + v * (seen[i][k] - bare[i][k]), 0) /
          way.reduce((s, v) => s + v * v, 0);
        return along > 0.5;
      }),
    );
    await page.screenshot({ path: join(screenshots, 'cornerstone-page.png') });
  });

  it('draws the maps on every slice', async () => {
    const drawn = await coloursAt(places);
    await page.locator('#slice').fill('50');
    await see('the maps, over another slice', (seen) =>
      seen.every((colour, i) => differs(colour, drawn[i]) < 60),
    );
    await page.locator('#slice').fill('25');
    await see('the maps, over the slice as before', (seen) =>
      seen.every((colour, i) => differs(colour, drawn[i]) <= 1),
    );
  });

  it('draws one weaker, and hides one where its row says so', async () => {
    await panel()
      .getByRole('button', { name: /^Layers/ })
      .click();
    await panel().getByRole('button', { name: 'Hide Cube' }).click();
    const before = await see('maps over the slice', (seen) =>
      seen.every((colour, i) => differs(colour, bare[i]) > 30),
    );
    const selected = most.indexOf((await session('state.selected')) ?? 0);
    const opacity = panel().getByRole('slider', { name: 'Opacity' }).first();
    const value = await opacity.inputValue();
    await opacity.fill(String(value / 4));
    await see('one map weaker, the others as before', (seen) =>
      seen.every((colour, i) =>
        i === selected
          ? differs(colour, bare[i]) < differs(before[i], bare[i]) / 2
          : differs(colour, before[i]) < 12,
      ),
    );
    await opacity.fill(value);
    const list = panel().getByRole('list', { name: 'Endmembers' });
    const name = `Endmember ${most[0] + 1}`;
    await list.getByRole('button', { name: `Hide ${name}` }).click();
    await see(
      'the first grain bare, the second not',
      (seen) =>
        differs(seen[0], bare[0]) < 12 && differs(seen[1], before[1]) <= 1,
    );
    await list.getByRole('button', { name: `Show ${name}` }).click();
    await see(
      'the first grain again',
      (seen) => differs(seen[0], before[0]) <= 1,
    );
  });

  it('tells the pixel under the pointer', async () => {
    const [left, top] = await viewer('viewport.worldToCanvas([20, 18, 0])');
    const box = await page.locator('#view canvas').first().boundingBox();
    await page.mouse.move(box.x + left, box.y + top);
    await page.waitForFunction(() => {
      const { pointer } = document.querySelector('unmixing-panel').session;
      return pointer?.x === 20 && pointer.y === 18;
    });
  });

  it('gives the slice back when the cube is put away', async () => {
    await page.mouse.move(5, 5);
    await panel().getByRole('button', { name: 'More' }).first().click();
    await panel().getByRole('menuitem', { name: 'Close cube' }).click();
    await see('the bare slice', (seen) =>
      seen.every((colour, i) => differs(colour, bare[i]) <= 1),
    );
    assert.deepEqual(
      await viewer('cornerstone.cache.getVolumes().map((v) => v.volumeId)'),
      ['page:grains'],
    );
    assert.deepEqual(
      await viewer('viewport.getActors().map((a) => a.referencedId)'),
      ['page:grains'],
    );
  });

  it('complains of nothing and asks nothing of another origin', () => {
    assert.deepEqual(complaints, []);
  });
});
