// A session in OHIF as it is deployed, with the extension of examples/ohif: a dropped series, unmixed in its side panel.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeCube, makeSeries } from './dicom-made.mjs';
import { serveOhif } from './ohif-server.mjs';
import { beyond, differs, openSession, places, within } from './session.mjs';

const made = makeCube();
const series = makeSeries(made).map(({ name, type, bytes }) => ({
  name,
  mimeType: type,
  buffer: Buffer.from(bytes),
}));

const where = (pixels) => {
  const { viewport } = window.cornerstone.getEnabledElementByIds(
    'default',
    'OHIFCornerstoneRenderingEngine',
  );
  const { origin, spacing } = viewport.getImageData();
  const box = viewport.element.getBoundingClientRect();
  return pixels.map(([x, y]) => {
    const [left, top] = viewport.worldToCanvas([
      origin[0] + x * spacing[0],
      origin[1] + y * spacing[1],
      origin[2],
    ]);
    return [box.left + left, box.top + top];
  });
};

describe('OHIF with the extension', () => {
  let session;
  let page;
  /** The band shown before anything is drawn over it. */
  const band = 12;

  before(async () => {
    session = await openSession(await serveOhif(), '/localbasic', {
      where,
      patience: 60_000,
    });
    ({ page } = session);
  });
  after(() => session?.close());

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
    await session.panel.waitFor();
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
    session.bare = await session.see(
      'the band as a DICOM viewer shows it',
      (seen) =>
        places.every(([x, y], i) => {
          const value = values[band * width * height + y * width + x];
          return seen[i].every((c) => Math.abs(c - (value * 255) / 1000) < 6);
        }),
    );
  });

  it('reads the cube of the viewport', () =>
    session.chooseCube(/64 × 48, 32 bands/));

  it('unmixes it and draws the maps over the image, each in its colour', async () => {
    session.compare(await session.unmix(), made.maps);
    await session.seeColours();
    await session.screenshot('ohif');
  });

  it('keeps the overlays over the band that is shown', async () => {
    const bands = await session.hideCube();
    await showBand(31 - 17);
    const before = await session.see(
      'maps over another band',
      beyond(session.bare, 40),
    );
    assert.notDeepEqual(before, bands);
    await showBand(31 - band);
    await session.see('as before', within(bands, 1));
  });

  it('hides one where its row says so', async () => {
    const before = await session.coloursAt();
    assert.ok(differs(before[0], session.bare[0]) > 40);
    await session.hideFirst(before);
  });

  it('goes on while another panel is open', async () => {
    const before = await session.coloursAt();
    assert.ok(differs(before[0], session.bare[0]) > 40);
    await page.locator('[data-cy=trackedMeasurements-btn]').click();
    await session.panel.waitFor({ state: 'detached' });
    await session.see('the overlays', within(before, 1));
    await page.locator('[data-cy=unmixing-btn]').click();
    await session.panel.getByText('Done in').first().waitFor();
  });

  it('gives the image back when the cube is put away', async () => {
    await session.closeCube();
    await session.see('the bare band', within(session.bare, 1));
  });

  it('says when another layout closes its viewport, and starts in the one that is active', async () => {
    await page.locator('[data-cy=Layout]').click();
    await page.locator('[data-cy=MPR]').click();
    await page.locator('[data-viewport-uid=mpr-axial] canvas').waitFor();
    await session.panel.hover();
    await page.getByRole('button', { name: 'Start in the active one' }).click();
    await session.panel
      .getByRole('button', { name: /64 × 48, 32 bands/ })
      .waitFor();
  });

  it('ends with the mode, and starts again with the next', async () => {
    await page.locator('[data-cy=return-to-work-list]').click();
    await session.panel.waitFor({ state: 'detached' });
    assert.equal(await page.locator('unmixing-legend').count(), 0);
    await page.goBack();
    await page.locator('[data-cy=unmixing-btn]').click();
    await session.panel
      .getByRole('button', { name: /64 × 48, 32 bands/ })
      .waitFor();
  });

  it('complains of nothing and asks nothing of another origin', () => {
    assert.deepEqual(session.complaints, []);
  });
});
