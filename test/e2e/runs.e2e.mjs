import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { openBrowser } from './page.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

/** What the page knows of the results that are kept, as plain data. */
const stateOf = (page) =>
  page.evaluate(() => {
    const { run, runs, shownRun, unmixing, colours } =
      window.stratigraphViewer.controller.state;
    return {
      run: run.state,
      runs: runs.map(({ id, name }) => ({ id, name })),
      shown: runs.find(({ id }) => id === shownRun)?.name,
      names: unmixing?.names,
      colours,
      endmembers: unmixing && [...unmixing.endmembers],
      abundances: unmixing && [...unmixing.abundances],
      width: unmixing?.width,
    };
  });

const waitFor = (page, test, argument) =>
  page.waitForFunction(test, argument, { timeout: 120000, polling: 50 });

const shows = (page, name) =>
  waitFor(
    page,
    (want) => {
      const { run, runs, shownRun } = window.stratigraphViewer.controller.state;
      if (run.state === 'failed') throw new Error(run.error.message);
      return (
        run.state === 'done' &&
        runs.find(({ id }) => id === shownRun)?.name === want
      );
    },
    name,
  );

const angle = (x, y) => {
  const dot = (a, b) => a.reduce((sum, v, i) => sum + v * b[i], 0);
  return Math.acos(Math.min(1, dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y))));
};
const rowsOf = ({ endmembers, names }) => {
  const bands = endmembers.length / names.length;
  return names.map((_, r) => endmembers.slice(r * bands, (r + 1) * bands));
};

describe('kept results in the example viewer', () => {
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
    list = page.locator('unmixing-runs');
  });
  after(() => browser?.close());

  const runSeed = async (seed) => {
    await page.evaluate((wanted) => {
      const { controller } = window.stratigraphViewer;
      controller.setRequest({ seed: wanted, endmembers: 4 });
    }, seed);
    await page
      .locator('unmixing-dock')
      .getByRole('button', { name: /^Unmix/ })
      .click();
    await shows(page, `Auto, seed ${seed}`);
  };
  const openResults = async () => {
    const results = page.getByRole('button', { name: /^Results/ });
    if ((await results.getAttribute('aria-expanded')) === 'false')
      await results.click();
    await list.scrollIntoViewIfNeeded();
  };
  /** What the panel says of the pixel that is held. */
  const readout = () =>
    page.locator('unmixing-spectra [part=readout]').innerText();

  it('keeps the result of a seed, and that of the next has the same materials in the same places and colours', async () => {
    await runSeed(1);
    await page.evaluate(() => {
      const { controller } = window.stratigraphViewer;
      controller.recolour(1, '#FF00AA');
      controller.rename(0, 'Ground');
    });
    const first = await stateOf(page);
    await runSeed(2);
    const second = await stateOf(page);
    assert.deepEqual(
      second.runs.map(({ name }) => name),
      ['Auto, seed 1', 'Auto, seed 2'],
    );
    assert.notDeepEqual(second.abundances, first.abundances);
    const before = rowsOf(first);
    rowsOf(second).forEach((spectrum, r) => {
      const angles = before.map((row) => angle(row, spectrum));
      assert.equal(angles.indexOf(Math.min(...angles)), r, `${r}: ${angles}`);
    });
    assert.deepEqual(second.colours, first.colours);
    assert.equal(second.colours[1], '#FF00AA');
    assert.deepEqual(second.names, first.names);
    assert.equal(second.names[0], 'Ground');
  });

  it('switches by a press, and maps and model of the pixel follow', async () => {
    await openResults();
    await page.evaluate(() =>
      window.stratigraphViewer.controller.pinPixel(40, 20),
    );
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.pointer?.spectrum,
    );
    const second = await stateOf(page);
    const after = await readout();
    await list.getByRole('button', { name: 'Auto, seed 1' }).first().click();
    await shows(page, 'Auto, seed 1');
    const first = await stateOf(page);
    const n = 20 * first.width + 40;
    const strongest = ({ abundances, names }) => {
      const shares = abundances.slice(n * names.length, (n + 1) * names.length);
      const most = Math.max(...shares);
      return `${names[shares.indexOf(most)]}|${Math.round(100 * most)}`;
    };
    const [name, percent] = strongest(first).split('|');
    const text = await readout();
    assert.match(text, new RegExp(name));
    assert.match(text, new RegExp(`${percent}\\s%`));
    assert.notEqual(text, after);
    assert.notDeepEqual(first.abundances, second.abundances);
    assert.equal(
      await list.locator('li[aria-current=true] .name').innerText(),
      'Auto, seed 1',
    );
    await page.screenshot({ path: join(screenshots, 'runs-dark.png') });
  });

  it('takes the switch back and does it again by undo and redo', async () => {
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await shows(page, 'Auto, seed 2');
    await page.getByRole('button', { name: 'Redo', exact: true }).click();
    await shows(page, 'Auto, seed 1');
  });

  it('is used by keys alone: arrows, F2, Enter and Del', async () => {
    const first = list.getByRole('button', { name: 'Auto, seed 1' }).first();
    await first.focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('Reference');
    await page.keyboard.press('Enter');
    await shows(page, 'Reference');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await shows(page, 'Auto, seed 2');
    await page.keyboard.press('Delete');
    await shows(page, 'Reference');
    assert.equal((await stateOf(page)).runs.length, 1);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await shows(page, 'Auto, seed 2');
    assert.equal((await stateOf(page)).runs.length, 2);
  });

  it('keeps a result of other corrections, says so, and brings these back with it', async () => {
    await page.evaluate(() =>
      window.stratigraphViewer.controller.correct([{ kind: 'snv', on: true }]),
    );
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.chain.applied.length > 0,
    );
    assert.equal((await stateOf(page)).shown, undefined);
    await openResults();
    assert.match(await list.locator('.list').innerText(), /other corrections/);
    await list.getByRole('button', { name: 'Reference' }).first().click();
    await shows(page, 'Reference');
    assert.deepEqual(
      await page.evaluate(
        () => window.stratigraphViewer.controller.state.chain.applied,
      ),
      [],
    );
  });

  it('looks right in light, too, and on a page of 1024 pixels', async () => {
    await page.evaluate(() =>
      window.stratigraphViewer.controller.setTheme('light'),
    );
    await page.setViewportSize({ width: 1024, height: 800 });
    await openResults();
    await page.screenshot({ path: join(screenshots, 'runs-light.png') });
    const wide = await list.evaluate(
      (element) => element.scrollWidth - element.clientWidth,
    );
    assert.ok(wide <= 24, `wider than its place by ${wide}`);
  });

  it('complained of nothing and asked no other origin', () => {
    assert.deepEqual(complaints, []);
  });
});
