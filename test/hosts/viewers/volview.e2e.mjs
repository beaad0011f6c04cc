// A session in VolView as its package holds it, with the line of examples/volview added to its page: a file opened by its own
// dialog, unmixed in the panel beside it, its layers handled in VolView's own lists.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeCube } from './dicom-made.mjs';
import { serveViewers } from './serve.mjs';
import { differs, openSession, within } from './session.mjs';

const made = makeCube();

/** The cube as a MetaImage file, its bands as slices. */
function metaImage({ width, height, bands, values }) {
  const header = [
    'ObjectType = Image',
    'NDims = 3',
    'BinaryData = True',
    'BinaryDataByteOrderMSB = False',
    'CompressedData = False',
    'TransformMatrix = 1 0 0 0 1 0 0 0 1',
    'Offset = -10 20 5',
    'ElementSpacing = 0.5 0.5 1',
    `DimSize = ${width} ${height} ${bands}`,
    'ElementType = MET_USHORT',
    'ElementDataFile = LOCAL',
    '',
  ].join('\n');
  return Buffer.concat([Buffer.from(header), Buffer.from(values.buffer)]);
}

/** VolView's page without the fonts it asks of other machines, and with the plugin. */
const change = (_, html) =>
  html
    .replace(/<link [^>]*href="https?:[^>]*>/g, '')
    .replace(
      '</body>',
      '<script type="module" src="/volview/main.js"></script></body>',
    );

/** What VolView says by itself with any file: it asks first whether it is DICOM, and reads its canvas often. */
const itsOwn =
  /Could not read the input DICOM file|Canvas2D: Multiple readback/;

const where = (pixels) => {
  const app = document.querySelector('#app').__vue_app__;
  const find = (node) => {
    if (!node || typeof node !== 'object') return null;
    const { component, children, suspense } = node;
    if (component?.exposed?.renderWindowView) return component.exposed;
    return (
      (component && find(component.subTree)) ||
      (suspense && find(suspense.activeBranch)) ||
      (Array.isArray(children) &&
        children.reduce((found, child) => found || find(child), null)) ||
      null
    );
  };
  const { renderWindowView, renderer } = find(app._container._vnode);
  const view = renderWindowView.getCanvas();
  const box = view.getBoundingClientRect();
  return pixels.map(([x, y]) => {
    const world = [-10 + 0.5 * x, 20 + 0.5 * y, 5];
    const [left, bottom] = renderWindowView.worldToDisplay(...world, renderer);
    return [
      box.left + (left / view.width) * box.width,
      box.top + (1 - bottom / view.height) * box.height,
    ];
  });
};

describe('VolView with the plugin on its page', () => {
  let session;
  let page;

  /** VolView tells a file that it does not know by its name only when it has no type, as those on a disk. */
  const folder = mkdtempSync(join(tmpdir(), 'volview-'));
  const file = join(folder, 'two-grains.mha');

  before(async () => {
    writeFileSync(file, metaImage(made));
    const server = await serveViewers({ change });
    session = await openSession(server, '/viewers/volview/', {
      where,
      patience: 60_000,
      context: { viewport: { width: 1280, height: 760 } },
    });
    ({ page } = session);
    page.setDefaultTimeout(60_000);
  });
  after(async () => {
    await session?.close();
    rmSync(folder, { recursive: true });
  });

  it('opens a file by its own dialog, with the panel beside it', async () => {
    await session.panel.waitFor();
    // Its view of the whole volume is slow without a GPU.
    await page.locator('button:has(.mdi-view-dashboard)').click();
    await page.getByText('Axial Only').click();
    await page.keyboard.press('Escape');
    const chooser = page.waitForEvent('filechooser');
    await page.getByText('Click', { exact: false }).first().click();
    await (await chooser).setFiles(file);
    await session.panel
      .getByRole('button', { name: /64 × 48, 32 bands/ })
      .waitFor();
    await page.locator('.Vue-Toastification__close-button').click();
    session.bare = await session.coloursAt();
    await session.screenshot('volview-before');
  });

  it('gives the cube to the panel, which unmixes it', async () => {
    await session.chooseCube(/64 × 48, 32 bands/);
    session.compare(await session.unmix(), made.maps);
    await session.seeColours();
    await session.screenshot('volview');
  });

  it('weakens a layer where VolView’s own list of layers says so', async () => {
    const over = await session.hideCube();
    await page.getByRole('tab', { name: 'Rendering' }).click();
    const layer = page
      .locator('.v-expansion-panel-text .mx-2')
      .filter({ hasText: `Endmember ${session.endmembers[0] + 1}` })
      .last();
    const slider = layer.getByRole('slider');
    assert.equal(Number(await slider.getAttribute('aria-valuenow')), 0.8);
    await slider.press('Home');
    await session.seeFirstBare(over);
    await session.screenshot('volview-layers');
    await slider.press('End');
    await session.see(
      'the first grain in full',
      (seen) =>
        differs(seen[0], session.bare[0]) > differs(over[0], session.bare[0]),
    );
  });

  it('loses a layer that is deleted in VolView’s list, and shows it again from the panel', async () => {
    const before = await session.coloursAt();
    await page.getByRole('tab', { name: 'Data' }).click();
    const name = `Endmember ${session.endmembers[1] + 1}`;
    const card = page.locator('.v-card').filter({ hasText: name }).last();
    await card.locator('button').click();
    await page
      .locator('.v-overlay')
      .getByText('Delete', { exact: true })
      .last()
      .click();
    await card.waitFor({ state: 'detached' });
    await session.see(
      'the second grain bare',
      (seen) =>
        differs(seen[1], session.bare[1]) < 12 &&
        differs(seen[0], before[0]) <= 12,
    );
    await session.turn('Hide', 1);
    await session.turn('Show', 1);
    await session.see('it again', (seen) => differs(seen[1], before[1]) <= 1);
  });

  it('tells the spectrum and the share under the pointer', async () => {
    const box = await page
      .locator('[data-testid~="vtk-two-view"]')
      .first()
      .boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x - 40, y);
    await page.mouse.move(x, y, { steps: 4 });
    const shown = page.locator('.probe-value-display');
    await shown.waitFor();
    const told = await shown.innerText();
    const shares = [...told.matchAll(/Endmember \d\n(\S+)/g)].map(([, share]) =>
      Number(share),
    );
    assert.equal(shares.length, 3, told);
    const sum = shares.reduce((a, b) => a + b);
    assert.ok(Math.abs(sum - 1) < 0.05, `shares, not colours: ${told}`);
    await page.waitForFunction(
      () => document.querySelector('unmixing-panel').session.pointer !== null,
    );
  });

  it('gives the image back when the cube is put away', async () => {
    await session.closeCube();
    await session.see('the bare band', within(session.bare, 1));
    assert.equal(
      await page.getByText(/^Endmember \d/).count(),
      0,
      'nothing in its lists',
    );
  });

  it('shows a cube that is opened in the panel, where VolView has none', async () => {
    await page.getByRole('tab', { name: 'Data' }).click();
    const card = page.locator('.v-card').filter({ hasText: 'two-grains.mha' });
    await card.last().locator('button').click();
    await page
      .locator('.v-overlay')
      .getByText('Delete', { exact: true })
      .last()
      .click();
    await session.openFiles(file);
    await session.cubeReady();
    await session.see('a picture', (seen) =>
      seen.some((colour, i) => differs(colour, seen[(i + 1) % 3]) > 20),
    );
    await session.screenshot('volview-opened');
  });

  it('complains of nothing and asks nothing of another origin', () => {
    assert.deepEqual(
      session.complaints.filter((one) => !itsOwn.test(one)),
      [],
    );
  });
});
