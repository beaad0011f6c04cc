// A session in VolView as its package holds it, with the line of examples/volview added to its page: a file opened by its own
// dialog, unmixed in the panel beside it, its layers handled in VolView's own lists.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../../scripts/root.mjs';
import { openBrowser } from '../../e2e/page.mjs';
import { correlation } from '../../e2e/truth.mjs';
import { makeCube } from './dicom-made.mjs';
import { serveViewers } from './serve.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

const made = makeCube();
/** Where each material is seen alone: in its grain, and in the ground. */
const places = [
  [20, 18],
  [45, 30],
  [60, 4],
];

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

describe('VolView with the plugin on its page', () => {
  let browser;
  let page;
  let complaints;
  let byTruth;
  /** Colours at the places before anything was drawn over them. */
  let bare;

  /** VolView tells a file that it does not know by its name only when it has no type, as those on a disk. */
  const folder = mkdtempSync(join(tmpdir(), 'volview-'));
  const file = join(folder, 'two-grains.mha');

  before(async () => {
    writeFileSync(file, metaImage(made));
    browser = await openBrowser(await serveViewers({ change }));
    ({ page, complaints } = await browser.newPage('/viewers/volview/', {
      viewport: { width: 1280, height: 760 },
    }));
    page.setDefaultTimeout(60_000);
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  const panel = () => page.locator('unmixing-panel');
  const session = (read) =>
    panel().evaluate(
      (element, body) =>
        new Function('state', `return ${body}`)(element.session),
      read,
    );

  /** Colours of the screen at pixels of the cube in the axial view, as a screenshot shows them. */
  const coloursAt = async (pixels) => {
    const shot = await page.screenshot();
    return page.evaluate(
      async ([png, wanted]) => {
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
        const bytes = Uint8Array.from(window.atob(png), (c) => c.charCodeAt(0));
        const bitmap = await window.createImageBitmap(new Blob([bytes]));
        const canvas = new window.OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d', { willReadFrequently: true });
        context.drawImage(bitmap, 0, 0);
        return wanted.map(([x, y]) => {
          const [left, bottom] = renderWindowView.worldToDisplay(
            -10 + 0.5 * x,
            20 + 0.5 * y,
            5,
            renderer,
          );
          const { data } = context.getImageData(
            Math.floor(box.left + (left / view.width) * box.width),
            Math.floor(box.top + (1 - bottom / view.height) * box.height),
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

  /** Asks again until the screen is as wanted: VolView draws in its own time. */
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
  const same = (wanted) => (seen) =>
    seen.every((colour, i) => differs(colour, wanted[i]) <= 1);

  it('opens a file by its own dialog, with the panel beside it', async () => {
    await panel().waitFor();
    // Its view of the whole volume is slow without a GPU.
    await page.locator('button:has(.mdi-view-dashboard)').click();
    await page.getByText('Axial Only').click();
    await page.keyboard.press('Escape');
    const chooser = page.waitForEvent('filechooser');
    await page.getByText('Click', { exact: false }).first().click();
    await (await chooser).setFiles(file);
    await panel()
      .getByRole('button', { name: /64 × 48, 32 bands/ })
      .waitFor();
    await page.locator('.Vue-Toastification__close-button').click();
    bare = await coloursAt(places);
    await page.screenshot({ path: join(screenshots, 'volview-before.png') });
  });

  it('gives the cube to the panel, which unmixes it', async () => {
    await panel()
      .getByRole('button', { name: /64 × 48, 32 bands/ })
      .click();
    await panel().getByLabel('Quantity').selectOption('absorbance');
    const less = panel().getByRole('button', { name: 'One endmember less' });
    await less.click();
    await less.click();
    assert.equal(await session('state.request.endmembers'), 3);
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
    await page.screenshot({ path: join(screenshots, 'volview.png') });
  });

  it('weakens a layer where VolView’s own list of layers says so', async () => {
    // The cube's own picture lies between the bands and the maps.
    await panel()
      .getByRole('button', { name: /^Layers/ })
      .click();
    await panel().getByRole('button', { name: 'Hide Cube' }).click();
    const over = await see('maps over the band', (seen) =>
      seen.every((colour, i) => differs(colour, bare[i]) > 40),
    );
    await page.getByRole('tab', { name: 'Rendering' }).click();
    const layer = page
      .locator('.v-expansion-panel-text .mx-2')
      .filter({ hasText: `Endmember ${byTruth[0] + 1}` })
      .last();
    const slider = layer.getByRole('slider');
    assert.equal(Number(await slider.getAttribute('aria-valuenow')), 0.8);
    await slider.press('Home');
    await see(
      'the first grain bare, the second not',
      (seen) =>
        differs(seen[0], bare[0]) < 12 && differs(seen[1], over[1]) <= 1,
    );
    await page.screenshot({ path: join(screenshots, 'volview-layers.png') });
    await slider.press('End');
    await see(
      'the first grain in full',
      (seen) => differs(seen[0], bare[0]) > differs(over[0], bare[0]),
    );
  });

  it('loses a layer that is deleted in VolView’s list, and shows it again from the panel', async () => {
    const before = await coloursAt(places);
    await page.getByRole('tab', { name: 'Data' }).click();
    const name = `Endmember ${byTruth[1] + 1}`;
    const card = page.locator('.v-card').filter({ hasText: name }).last();
    await card.locator('button').click();
    await page.getByText('Delete', { exact: true }).last().click();
    await card.waitFor({ state: 'detached' });
    await see(
      'the second grain bare',
      (seen) =>
        differs(seen[1], bare[1]) < 12 && differs(seen[0], before[0]) <= 12,
    );
    const list = panel().getByRole('list', { name: 'Endmembers' });
    await list.getByRole('button', { name: `Hide ${name}` }).click();
    await list.getByRole('button', { name: `Show ${name}` }).click();
    await see('it again', (seen) => differs(seen[1], before[1]) <= 1);
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
    await page.mouse.move(5, 5);
    await panel().getByRole('button', { name: 'More' }).first().click();
    await panel().getByRole('menuitem', { name: 'Close cube' }).click();
    await see('the bare band', same(bare));
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
    await page.getByText('Delete', { exact: true }).last().click();
    const chooser = page.waitForEvent('filechooser');
    await panel().getByRole('button', { name: 'Open file' }).click();
    await (await chooser).setFiles(file);
    await page.waitForFunction(
      () =>
        document.querySelector('unmixing-panel').session.cube.state === 'ready',
    );
    await see('a picture', (seen) =>
      seen.some((colour, i) => differs(colour, seen[(i + 1) % 3]) > 20),
    );
    await page.screenshot({ path: join(screenshots, 'volview-opened.png') });
  });

  it('complains of nothing and asks nothing of another origin', () => {
    assert.deepEqual(
      complaints.filter((one) => !itsOwn.test(one)),
      [],
    );
  });
});
