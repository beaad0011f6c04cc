// A session in OHIF as it is deployed, with the extension of examples/ohif: a dropped series, unmixed in its side panel.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../../scripts/root.mjs';
import { openBrowser } from '../../e2e/page.mjs';
import { correlation } from '../../e2e/truth.mjs';
import { makeCube, makeSeries } from './dicom-made.mjs';
import { serveOhif } from './ohif-server.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

const made = makeCube();
const series = makeSeries(made).map(({ name, type, bytes }) => ({
  name,
  mimeType: type,
  buffer: Buffer.from(bytes),
}));
/** Where each material is seen alone: in its grain, and in the ground. */
const places = [
  [20, 18],
  [45, 30],
  [60, 4],
];

describe('OHIF with the extension', () => {
  let browser;
  let page;
  let complaints;
  let byTruth;
  /** Colours at the places before anything was drawn over them. */
  let bare;
  /** The band shown then. */
  const band = 12;

  before(async () => {
    browser = await openBrowser(await serveOhif());
    ({ page, complaints } = await browser.newPage('/localbasic'));
  });
  after(() => browser?.close());

  const panel = () => page.locator('unmixing-panel');
  const session = (read) =>
    panel().evaluate(
      (element, body) =>
        new Function('state', `return ${body}`)(element.session),
      read,
    );

  /** Colours of the screen at pixels of the image, as a screenshot shows them. */
  const coloursAt = async (pixels) => {
    const shot = await page.screenshot();
    return page.evaluate(
      async ([png, wanted]) => {
        const viewport = window.cornerstone.getEnabledElementByIds(
          'default',
          'OHIFCornerstoneRenderingEngine',
        ).viewport;
        const { origin, spacing } = viewport.getImageData();
        const box = viewport.element.getBoundingClientRect();
        const bytes = Uint8Array.from(window.atob(png), (c) => c.charCodeAt(0));
        const bitmap = await window.createImageBitmap(new Blob([bytes]));
        const canvas = new window.OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d', { willReadFrequently: true });
        context.drawImage(bitmap, 0, 0);
        return wanted.map(([x, y]) => {
          const [left, top] = viewport.worldToCanvas([
            origin[0] + x * spacing[0],
            origin[1] + y * spacing[1],
            origin[2],
          ]);
          const { data } = context.getImageData(
            Math.round(box.left + left),
            Math.round(box.top + top),
            1,
            1,
          );
          return [...data.slice(0, 3)];
        });
      },
      [shot.toString('base64'), pixels],
    );
  };

  const differs = (a, b) => Math.max(...a.map((v, i) => Math.abs(v - b[i])));

  /** Asks again until the screen is as wanted: OHIF draws in its own time. */
  const see = async (what, test) => {
    let seen;
    for (const end = Date.now() + 60_000; Date.now() < end;) {
      seen = await coloursAt(places);
      if (test(seen)) return seen;
    }
    assert.fail(
      `${what}: ${JSON.stringify(seen)}, bare ${JSON.stringify(bare)}`,
    );
  };

  const showBand = (index) =>
    page.evaluate(
      (wanted) =>
        window.cornerstone
          .getEnabledElementByIds('default', 'OHIFCornerstoneRenderingEngine')
          .viewport.setImageIdIndex(wanted),
      index,
    );

  it('shows a series that was dropped, without a server', async () => {
    await page.getByText('Load files').waitFor();
    await page.locator('input[type=file]').first().setInputFiles(series);
    await page.locator('[data-viewport-uid=default] canvas').waitFor();
    await page.getByText('Confirm and hide').click();
    await page.locator('[data-cy=unmixing-btn]').waitFor();
    assert.equal(
      await page.evaluate(() => window.customElements.get('unmixing-panel')),
      undefined,
      'the plugin is loaded when its panel is first opened, not before',
    );
    // The window is open at its full width before the panel is: what is compared later has the same place.
    await page.locator('[data-cy=unmixing-btn]').click();
    await panel().waitFor();
    await page.waitForFunction(() => {
      const found = window.cornerstone.getEnabledElementByIds(
        'default',
        'OHIFCornerstoneRenderingEngine',
      );
      return found?.viewport.getImageIds().length === 32;
    });
    // OHIF shows the last slice first.
    await showBand(31 - band);
    const { width, height, values } = made;
    bare = await see('the band as a DICOM viewer shows it', (seen) =>
      places.every(([x, y], i) => {
        const value = values[band * width * height + y * width + x];
        return seen[i].every((c) => Math.abs(c - (value * 255) / 1000) < 6);
      }),
    );
  });

  it('reads the cube of the viewport', async () => {
    await panel()
      .getByRole('button', { name: /64 × 48, 32 bands/ })
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
    byTruth = made.maps.map((map) => {
      const likeness = [0, 1, 2].map((r) =>
        correlation(
          map,
          Float32Array.from(map, (_, n) => abundances[3 * n + r]),
        ),
      );
      const best = likeness.indexOf(Math.max(...likeness));
      assert.ok(likeness[best] > 0.9, `maps are like the truth: ${likeness}`);
      return best;
    });
    const colours = await session(
      '[0, 1, 2].map((r) => state.layers.find(({ endmember }) => endmember === r).style.colour)',
    );
    await see('the colour of the material where there is most of it', (seen) =>
      places.every((_, i) => {
        const colour = colours[byTruth[i]];
        const way = colour.map((c, k) => c - bare[i][k]);
        const along =
          way.reduce((s, v, k) => s + v * (seen[i][k] - bare[i][k]), 0) /
          way.reduce((s, v) => s + v * v, 0);
        return along > 0.5;
      }),
    );
    await page.screenshot({ path: join(screenshots, 'ohif.png') });
  });

  it('keeps the overlays over the band that is shown', async () => {
    // The cube's own picture lies between the bands and the maps.
    await panel()
      .getByRole('button', { name: /^Layers/ })
      .click();
    await panel().getByRole('button', { name: 'Hide Cube' }).click();
    const bands = await see('maps over the band', (seen) =>
      seen.every((colour, i) => differs(colour, bare[i]) > 40),
    );
    await showBand(31 - 17);
    const before = await see('maps over another band', (seen) =>
      seen.every((colour, i) => differs(colour, bare[i]) > 40),
    );
    assert.notDeepEqual(before, bands);
    await showBand(31 - band);
    await see('as before', (seen) =>
      seen.every((colour, i) => differs(colour, bands[i]) <= 1),
    );
  });

  it('hides one where its row says so', async () => {
    const before = await coloursAt(places);
    assert.ok(differs(before[0], bare[0]) > 40);
    const list = panel().getByRole('list', { name: 'Endmembers' });
    const name = `Endmember ${byTruth[0] + 1}`;
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

  it('goes on while another panel is open', async () => {
    const before = await coloursAt(places);
    assert.ok(differs(before[0], bare[0]) > 40);
    await page.locator('[data-cy=trackedMeasurements-btn]').click();
    await panel().waitFor({ state: 'detached' });
    await see('the overlays', (seen) =>
      seen.every((colour, i) => differs(colour, before[i]) <= 1),
    );
    await page.locator('[data-cy=unmixing-btn]').click();
    await panel().getByText('Done in').first().waitFor();
  });

  it('gives the image back when the cube is put away', async () => {
    await panel().getByRole('button', { name: 'More' }).first().click();
    await panel().getByRole('menuitem', { name: 'Close cube' }).click();
    await see('the bare band', (seen) =>
      seen.every((colour, i) => differs(colour, bare[i]) <= 1),
    );
  });

  it('says when another layout closes its viewport, and starts in the one that is active', async () => {
    await page.locator('[data-cy=Layout]').click();
    await page.locator('[data-cy=MPR]').click();
    await page.locator('[data-viewport-uid=mpr-axial] canvas').waitFor();
    await panel().hover();
    await page.getByRole('button', { name: 'Start in the active one' }).click();
    await panel()
      .getByRole('button', { name: /64 × 48, 32 bands/ })
      .waitFor();
  });

  it('ends with the mode, and starts again with the next', async () => {
    await page.locator('[data-cy=return-to-work-list]').click();
    await panel().waitFor({ state: 'detached' });
    assert.equal(await page.locator('unmixing-legend').count(), 0);
    await page.goBack();
    await page.locator('[data-cy=unmixing-btn]').click();
    await panel()
      .getByRole('button', { name: /64 × 48, 32 bands/ })
      .waitFor();
  });

  it('complains of nothing and asks nothing of another origin', () => {
    assert.deepEqual(complaints, []);
  });
});
