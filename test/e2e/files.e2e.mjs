// Ways in and out of the example viewer, on files that are made here.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { matFile } from '../fixtures/mat-file.mjs';
import { built, openBrowser } from './page.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

const [width, height, bands] = [16, 12, 40];
const positions = Array.from({ length: bands }, (_, b) => 4000 - 80 * b);
const cubeData = (columns = width, rows = height) =>
  Float32Array.from({ length: columns * rows * bands }, (_, i) => {
    const share = (Math.floor(i / bands) % columns) / columns;
    const at = positions[i % bands];
    const bell = (centre) => Math.exp(-(((at - centre) / 200) ** 2));
    return 0.1 + share * bell(3200) + (1 - share) * bell(1700);
  });
const header = (rows = height, axis = true) =>
  [
    'ENVI',
    `samples = ${width}`,
    `lines = ${rows}`,
    `bands = ${bands}`,
    'data type = 4',
    'interleave = bip',
    'byte order = 0',
    ...(axis
      ? [
          'wavelength units = Wavenumber',
          `wavelength = { ${positions.join(', ')} }`,
          'data units = absorbance',
        ]
      : []),
    '',
  ].join('\n');

const cubeOf = (page) =>
  page.evaluate(() => {
    const { cube } = window.stratigraphViewer.controller.state;
    return cube.state === 'ready'
      ? {
          state: cube.state,
          name: cube.summary.name,
          size: [cube.summary.width, cube.summary.height],
          bands: cube.summary.axis.values.length,
          ends: [cube.summary.axis.values[0], cube.summary.axis.values.at(-1)],
          missing: cube.missing,
          warnings: cube.warnings,
          error: cube.error?.message,
        }
      : { state: cube.state, error: cube.error?.message };
  });

const waitFor = (page, state) =>
  page.waitForFunction(
    (want) => {
      const { cube } = window.stratigraphViewer.controller.state;
      if (cube.state === 'failed' && want !== 'failed')
        throw new Error(cube.error.message);
      return cube.state === want;
    },
    state,
    { timeout: 60000, polling: 50 },
  );

/** Drops a folder of the disk onto a place, as a hand would. */
async function dropFolder(page, folder, [x, y]) {
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await session.send('Input.dispatchDragEvent', {
      type,
      x,
      y,
      data: { items: [], files: [folder], dragOperationsMask: 1 },
    });
}

describe('files in the example viewer', () => {
  let browser;
  let page;
  let complaints;
  let folder;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stratigraph-files-'));
    mkdirSync(join(folder, 'scan/deep'), { recursive: true });
    writeFileSync(join(folder, 'scan/deep/cube.hdr'), header());
    writeFileSync(join(folder, 'scan/deep/cube.img'), cubeData());
    writeFileSync(join(folder, 'scan/notes.md'), 'Nothing of the kind.\n');
    const values = Float64Array.from(
      { length: 4 * 5 * 8 },
      (_, i) => 1 + ((i * 7) % 11),
    );
    writeFileSync(
      join(folder, 'two.mat'),
      matFile({ first: [[4, 5, 8], values], second: [[5, 4, 8], values] }),
    );
    writeFileSync(join(folder, 'bare.hdr'), header(height, false));
    writeFileSync(join(folder, 'bare.img'), cubeData());
    // Served beside the examples, for addresses.
    mkdirSync(join(built, 'made'), { recursive: true });
    writeFileSync(join(built, 'made/far.hdr'), header());
    writeFileSync(join(built, 'made/far.img'), cubeData());
    browser = await openBrowser();
    ({ page, complaints } = await browser.newPage('/'));
    await page.waitForFunction(() => window.stratigraphViewer);
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(built, 'made'), { recursive: true, force: true });
  });

  const panel = () => page.locator('unmixing-panel');

  it('opens a folder that is dropped anywhere, with the folders in it, and lists what it skipped', async () => {
    await dropFolder(page, join(folder, 'scan'), [600, 400]);
    await waitFor(page, 'ready');
    const cube = await cubeOf(page);
    assert.equal(cube.name, 'cube');
    assert.deepEqual(cube.size, [width, height]);
    assert.match(cube.warnings.join(' '), /Skipped.*scan\/notes\.md/);
  });

  it('opens an address with the data beside it, typed in the panel', async () => {
    await page.evaluate(() => window.stratigraphViewer.controller.closeCube());
    await waitFor(page, 'none');
    await panel().getByRole('button', { name: 'URL' }).click();
    const field = panel().getByLabel('Address of a file');
    await field.fill(`${browser.address}made/far.hdr`);
    await page.screenshot({ path: join(screenshots, 'address.png') });
    await field.press('Enter');
    await waitFor(page, 'ready');
    assert.equal((await cubeOf(page)).name, 'far');
    assert.deepEqual(complaints, []);
  });

  it('says in one sentence that an address holds nothing, and keeps the cube', async () => {
    await panel().getByRole('button', { name: /^Cube/ }).click();
    await panel().getByRole('button', { name: 'URL' }).click();
    const field = panel().getByLabel('Address of a file');
    await field.fill(`${browser.address}made/none.hdr`);
    await field.press('Enter');
    await panel().getByRole('alert').waitFor();
    const cube = await cubeOf(page);
    assert.match(
      cube.error,
      /none\.hdr could not be fetched: there is no such/,
    );
    assert.equal(cube.name, 'far');
    await panel().getByRole('button', { name: 'Dismiss' }).click();
    // The browser tells of the answer 404 in its own words.
    assert.ok(complaints.splice(0).every((one) => one.includes('404')));
  });

  it('asks which array of a file is the image: by keyboard', async () => {
    await page.locator('#files').setInputFiles(join(folder, 'two.mat'));
    await waitFor(page, 'asking');
    await page.screenshot({ path: join(screenshots, 'asking.png') });
    await page.locator('unmixing-cube').getByRole('radio').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await waitFor(page, 'ready');
    const { choice } = await page.evaluate(() => ({
      choice: window.stratigraphViewer.controller.state.cube.choice.chosen,
    }));
    assert.equal(choice, 'second');
  });

  it('gives up a question on Escape, and the cube before stays', async () => {
    await page.evaluate(() => window.localStorage.clear());
    await page.locator('#files').setInputFiles(join(folder, 'two.mat'));
    await waitFor(page, 'asking');
    await page.locator('unmixing-cube').getByRole('radio').first().focus();
    await page.keyboard.press('Escape');
    await waitFor(page, 'ready');
    assert.equal((await cubeOf(page)).error, undefined);
  });

  it('asks where the axis begins and ends, and takes it in the order of the file', async () => {
    await page
      .locator('#files')
      .setInputFiles([join(folder, 'bare.hdr'), join(folder, 'bare.img')]);
    await page.waitForFunction(
      () =>
        window.stratigraphViewer.controller.state.cube.summary?.name === 'bare',
    );
    assert.ok((await cubeOf(page)).missing.includes('axis'));
    await panel().getByLabel('First band').fill('4000');
    await panel().getByLabel('Last band').fill('880');
    await panel().getByLabel('Last band').press('Tab');
    await panel().getByLabel('Unit of the axis').selectOption('cm-1');
    await panel().getByLabel('Quantity').selectOption('absorbance');
    await page.waitForFunction(
      () =>
        window.stratigraphViewer.controller.state.cube.missing?.length === 0,
    );
    assert.deepEqual((await cubeOf(page)).ends, [4000, 880]);
  });

  it('gives a big file up at once, and the cube before stays', async () => {
    const rows = 4000;
    writeFileSync(join(folder, 'big.hdr'), header(rows));
    writeFileSync(join(folder, 'big.img'), cubeData(width, rows));
    await page.evaluate(() => {
      const { controller } = window.stratigraphViewer;
      controller.addEventListener('unmixing-change', () => {
        if (controller.state.cube.state === 'opening') controller.stop();
      });
    });
    await page
      .locator('#files')
      .setInputFiles([join(folder, 'big.hdr'), join(folder, 'big.img')]);
    await page.waitForTimeout(1500);
    const cube = await cubeOf(page);
    assert.equal(cube.state, 'ready');
    assert.equal(cube.name, 'bare');
  });

  it('saves the cube in a format that opens again', async () => {
    await panel()
      .getByRole('button', { name: /^Results/ })
      .click();
    await panel().locator('#cube').selectOption('ome-zarr');
    const download = page.waitForEvent('download');
    await panel()
      .getByRole('button', { name: /^Save (Corrected c|C)ube/ })
      .click();
    const saved = await download;
    assert.equal(saved.suggestedFilename(), 'bare.zip');
    const path = join(folder, 'again.zip');
    await saved.saveAs(path);
    const other = await browser.newPage('/');
    await other.page.waitForFunction(() => window.stratigraphViewer);
    await other.page.locator('#files').setInputFiles(path);
    await waitFor(other.page, 'ready');
    const cube = await cubeOf(other.page);
    assert.deepEqual(cube.size, [width, height]);
    assert.deepEqual(cube.ends, [4000, 880]);
    assert.deepEqual(cube.missing, []);
    assert.deepEqual(other.complaints, []);
  });

  it('asks for nothing that leaves the origin, and breaks no policy', () => {
    assert.deepEqual(complaints, []);
  });
});
