import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { openBrowser } from './page.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

/** What the page knows of the endmembers on show, as plain data. */
const stateOf = (page) =>
  page.evaluate(() => {
    const { run, unmixing, colours, editing, layers } =
      window.stratigraphViewer.controller.state;
    return {
      editing,
      names: unmixing?.names,
      colours,
      endmembers: unmixing && [...unmixing.endmembers],
      abundances: unmixing && [...unmixing.abundances],
      rmse: unmixing?.residual.rmse,
      edits: run.state === 'done' ? run.result.report.edits : undefined,
      maps: layers
        .filter(({ role }) => role === 'abundance')
        .map(({ name }) => name),
    };
  });

const waitFor = (page, test, argument) =>
  page.waitForFunction(test, argument, { timeout: 120000, polling: 50 });

/** Until so many edits are on record and nothing is under way. */
const edited = (page, count) =>
  waitFor(
    page,
    (want) => {
      const { run, editing } = window.stratigraphViewer.controller.state;
      if (editing.state === 'failed') throw new Error(editing.error.message);
      return (
        editing.state === 'idle' &&
        run.state === 'done' &&
        (run.result.report.edits ?? []).length === want
      );
    },
    count,
  );

describe('editing endmembers in the example viewer', () => {
  let browser;
  let page;
  let complaints;
  let list;
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
    await page.evaluate(() =>
      window.stratigraphViewer.controller.setRequest({
        endmembers: 4,
        seed: 1,
      }),
    );
    await page
      .locator('unmixing-dock')
      .getByRole('button', { name: /^Unmix/ })
      .click();
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.run.state === 'done',
    );
    list = page.locator('unmixing-endmembers');
    await list.scrollIntoViewIfNeeded();
  });
  after(() => browser?.close());

  const row = (place) => list.locator(`#endmember-${place} .main`);
  const fromMenu = async (place, name) => {
    await list.locator(`#endmember-${place} unmixing-menu #button`).click();
    await list
      .locator(`#endmember-${place}`)
      .getByRole('menuitem', { name })
      .click();
  };
  const undo = () =>
    page.getByRole('button', { name: 'Undo', exact: true }).click();

  it('changes the order by Alt and an arrow: maps and colours go along', async () => {
    const former = await stateOf(page);
    await row(1).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await edited(page, 1);
    const { colours, abundances, maps } = await stateOf(page);
    assert.deepEqual(colours, [
      former.colours[1],
      former.colours[0],
      ...former.colours.slice(2),
    ]);
    assert.equal(abundances[4 * 1000], former.abundances[4 * 1000 + 1]);
    assert.equal(maps.length, 4);
    await undo();
    await edited(page, 0);
  });

  it('merges two by M and the keyboard, with the mean by area', async () => {
    const former = await stateOf(page);
    await row(0).focus();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await list.getByRole('button', { name: 'Mean by area' }).waitFor();
    await page.screenshot({
      path: join(screenshots, 'editing-merge-dark.png'),
    });
    await page.keyboard.press('Enter');
    await edited(page, 1);
    const { names, rmse, maps, edits } = await stateOf(page);
    assert.deepEqual(names, ['Endmember 1', 'Endmember 2', 'Endmember 3']);
    assert.equal(maps.length, 3);
    assert.ok(rmse > former.rmse, `${rmse} after ${former.rmse}`);
    assert.deepEqual(edits[0].endmembers, [0, 2]);
  });

  it('splits what was merged, and leaves less of the data again', async () => {
    const former = await stateOf(page);
    await fromMenu(0, 'Split in two');
    await edited(page, 2);
    const { names, colours, rmse } = await stateOf(page);
    assert.equal(names.length, 4);
    assert.equal(new Set(colours.slice(0, 4)).size, 4);
    assert.ok(rmse < former.rmse, `${rmse} after ${former.rmse}`);
  });

  it('deletes one by Del; the rest stays as it is', async () => {
    const former = await stateOf(page);
    const bands = former.endmembers.length / 4;
    await row(3).focus();
    await page.keyboard.press('Delete');
    await edited(page, 3);
    const { endmembers } = await stateOf(page);
    assert.deepEqual(endmembers, former.endmembers.slice(0, 3 * bands));
    await undo();
    await edited(page, 2);
    assert.deepEqual((await stateOf(page)).abundances, former.abundances);
  });

  it('takes the spectrum of the pixel that is held', async () => {
    await page.evaluate(() =>
      window.stratigraphViewer.controller.pinPixel(40, 20),
    );
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.pointer?.spectrum,
    );
    await fromMenu(1, 'Spectrum of the held pixel');
    await edited(page, 3);
    assert.equal((await stateOf(page)).names[1], 'Pixel 40, 20');
    await undo();
    await edited(page, 2);
  });

  it('keeps what is held fixed', async () => {
    await row(0).focus();
    await page.keyboard.press('l');
    await page.keyboard.press('Delete');
    await list.getByText(/is held fixed/).waitFor();
    await page.screenshot({
      path: join(screenshots, 'editing-error-dark.png'),
    });
    await list.getByRole('button', { name: 'Dismiss' }).click();
    assert.equal((await stateOf(page)).names.length, 4);
    await row(0).focus();
    await page.keyboard.press('l');
  });

  it('tells what was done, and writes it into the recipe', async () => {
    await list.getByText('2 edits since the run').click();
    assert.match(
      await list.locator('details').first().innerText(),
      /Endmember 3 was merged into Endmember 1, with the mean of both spectra by area\./,
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.evaluate(() =>
        window.stratigraphViewer.controller.save({ what: 'recipe' }),
      ),
    ]);
    const chunks = [];
    for await (const chunk of await download.createReadStream())
      chunks.push(chunk);
    const recipe = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    assert.equal(recipe.recipe, 4);
    assert.deepEqual(
      recipe.edits.map(({ kind }) => kind),
      ['merge', 'split'],
    );
  });

  it('looks right in light, too, and on a page of 1024 pixels', async () => {
    await page.evaluate(() =>
      window.stratigraphViewer.controller.setTheme('light'),
    );
    await list.locator('#endmember-1 unmixing-menu #button').click();
    await page.screenshot({
      path: join(screenshots, 'editing-menu-light.png'),
    });
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1024, height: 800 });
    await row(1).focus();
    await page.keyboard.press('m');
    await row(2).click();
    await list.getByRole('button', { name: 'Mean by area' }).waitFor();
    await page.screenshot({ path: join(screenshots, 'editing-light.png') });
    const wide = await list.evaluate(
      (element) => element.scrollWidth - element.clientWidth,
    );
    assert.ok(wide <= 24, `wider than its place by ${wide}`);
    await page.keyboard.press('Escape');
  });

  it('complained of nothing and asked no other origin', () => {
    assert.deepEqual(complaints, []);
  });
});
