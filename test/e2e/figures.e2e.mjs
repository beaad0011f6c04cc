import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { root } from '../../scripts/root.mjs';
import { openBrowser } from './page.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

const waitFor = (page, test, argument) =>
  page.waitForFunction(test, argument, { timeout: 120000, polling: 50 });

/** Width and height that the header of a PNG tells. */
function sizeOf(png) {
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe('figures in the example viewer', () => {
  let browser;
  let page;
  let complaints;
  let figure;
  before(async () => {
    browser = await openBrowser();
    ({ page, complaints } = await browser.newPage('/'));
    await page.waitForFunction(() => window.stratigraphViewer);
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    await page.getByRole('menuitem').first().click();
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.cube.state === 'ready',
    );
    await page
      .getByRole('button', { name: 'Unmix', exact: true })
      .last()
      .click();
    await waitFor(page, () => {
      const { run } = window.stratigraphViewer.controller.state;
      if (run.state === 'failed') throw new Error(run.error.message);
      return run.state === 'done';
    });
    await page.getByRole('button', { name: /^Results/ }).click();
    await page.getByRole('button', { name: 'Make a figure' }).click();
    figure = page.locator('unmixing-figure');
    await figure.getByRole('img', { name: /^Preview/ }).waitFor();
  });
  after(async () => {
    await browser?.close();
  });

  const save = async (name) => {
    const saved = page.waitForEvent('download');
    await figure.getByRole('button', { name: /^Save/ }).click();
    const download = await saved;
    const path = join(screenshots, name);
    await download.saveAs(path);
    return { name: download.suggestedFilename(), bytes: readFileSync(path) };
  };

  it('saves what is seen at twice the size as PNG', async () => {
    await figure.getByLabel('Extent').selectOption('All images');
    const { name, bytes } = await save('figure-seen.png');
    assert.match(name, /-figure\.png$/);
    const [width, height] = sizeOf(bytes);
    assert.equal(width, 1384);
    assert.ok(height > 500, `${height}`);
    const words = bytes.toString('utf8');
    assert.match(words, /blind spectral unmixing into \d+ endmembers/);
    await figure.scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(screenshots, 'figures-dark.png') });
  });

  it('saves the same as SVG that a browser opens, with the names as text', async () => {
    await figure.getByText('SVG', { exact: true }).click();
    const { name, bytes } = await save('figure-seen.svg');
    assert.match(name, /-figure\.svg$/);
    const seen = await page.evaluate(async (text) => {
      const svg = new window.DOMParser().parseFromString(text, 'image/svg+xml');
      const image = new window.Image();
      image.src = URL.createObjectURL(
        new Blob([text], { type: 'image/svg+xml' }),
      );
      await image.decode();
      return {
        size: [image.width, image.height],
        words: Array.from(
          svg.querySelectorAll('text'),
          ({ textContent }) => textContent,
        ),
        names: window.stratigraphViewer.controller.state.unmixing.names,
      };
    }, bytes.toString('utf8'));
    assert.equal(seen.size[0], 692);
    for (const one of seen.names) assert.ok(seen.words.includes(one), one);
    assert.ok(seen.words.some((words) => /µm$/.test(words)));
  });

  it('saves all maps side by side, and each of its own in a zip', async () => {
    await figure.getByText('PNG', { exact: true }).click();
    await figure.getByLabel('Shows').selectOption('All maps, side by side');
    await figure.getByText('Dark', { exact: true }).click();
    await figure.getByRole('img', { name: 'Preview: Maps' }).waitFor();
    sizeOf((await save('figure-sheet.png')).bytes);
    await figure.getByLabel('Shows').selectOption('Each map');
    await figure.getByRole('button', { name: /^Save \d+ figures/ }).waitFor();
    const { name, bytes } = await save('figure-maps.zip');
    assert.match(name, /-maps\.zip$/);
    const files = unzipSync(bytes);
    const count = await page.evaluate(
      () => window.stratigraphViewer.controller.state.unmixing.names.length,
    );
    assert.equal(Object.keys(files).length, count);
    for (const file of Object.values(files))
      assert.equal(sizeOf(Buffer.from(file))[0], 1384);
  });

  it('takes a caption, back by undo, and goes with the light theme', async () => {
    const field = figure.getByLabel('Caption of the figure');
    const before = await field.inputValue();
    await field.fill('Fig. 3: the section.');
    await field.press('Tab');
    await waitFor(
      page,
      () =>
        window.stratigraphViewer.controller.state.caption ===
        'Fig. 3: the section.',
    );
    await page.getByRole('button', { name: 'Undo' }).click();
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.caption === null,
    );
    assert.equal(await field.inputValue(), before);
    await page.getByRole('button', { name: 'Turn light' }).click();
    await figure.scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(screenshots, 'figures-light.png') });
  });

  it('asked for nothing outside, broke no policy and complained of nothing', () => {
    assert.deepEqual(complaints, []);
  });
});
