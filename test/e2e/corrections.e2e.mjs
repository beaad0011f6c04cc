import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { built, openBrowser } from './page.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

/** What the page knows of cube, chain and run, as plain data. */
const stateOf = (page) =>
  page.evaluate(() => {
    const { cube, chain, run, unmixing } =
      window.stratigraphViewer.controller.state;
    const { summary } = cube;
    return {
      axis: summary && [...summary.axis.values],
      size: summary && [summary.width, summary.height],
      mean: summary && [...summary.mean],
      masked: summary?.masked.given,
      kinds: chain.steps.map(({ kind }) => kind),
      applied: chain.applied.map(({ kind, on }) => (on ? kind : `(${kind})`)),
      work: chain.work.state,
      error: chain.work.error?.message,
      after: chain.means && [...chain.means.after],
      run: run.state,
      abundances: unmixing && [...unmixing.abundances],
    };
  });

const waitFor = (page, test, argument) =>
  page.waitForFunction(test, argument, { timeout: 120000, polling: 50 });

/** Waits until the cube has the chain that the panel shows. */
async function applied(page) {
  await waitFor(page, () => {
    const { chain } = window.stratigraphViewer.controller.state;
    return chain.work.state !== 'running';
  });
  return stateOf(page);
}

const spread = (values) => Math.max(...values) - Math.min(...values);

describe('corrections in the example viewer', () => {
  let browser;
  let page;
  let complaints;
  let folder;
  let section;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'corrections-'));
    browser = await openBrowser();
    ({ page, complaints } = await browser.newPage('/'));
    await page.waitForFunction(() => window.stratigraphViewer);
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    await page.getByRole('menuitem').first().click();
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.cube.state === 'ready',
    );
    section = page.locator('unmixing-correct');
    await page.getByRole('button', { name: /^Correct/ }).click();
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const add = async (title) => {
    await section.getByRole('button', { name: 'Add a correction' }).click();
    await section.getByRole('menuitem', { name: title, exact: true }).click();
  };

  const keep = async (end, position) => {
    const field = section.getByLabel(`Keep, ${end}`);
    await field.fill(`${position}`);
    await field.press('Tab');
  };

  it('adds a rubberband baseline: the mean spectrum comes down to zero at its ends, live and then in the cube', async () => {
    await add('Rubberband baseline');
    const state = await applied(page);
    assert.deepEqual(state.applied, ['rubberband'], state.error);
    const ends = [state.mean[0], state.mean.at(-1)];
    assert.ok(
      ends.every((value) => Math.abs(value) < 1e-6),
      `the hull touches the ends of every spectrum: ${ends}`,
    );
    assert.ok(state.mean.every((value) => value > -1e-6));
    assert.ok(Math.abs(state.after[0]) < 1e-6 && spread(state.after) > 0);
    assert.match(
      await page.getByRole('button', { name: /^Correct/ }).innerText(),
      /1 correction$/,
    );
  });

  it('keeps a range that is typed in: bands and plots end there', async () => {
    await add('Band range');
    await keep('from', 3700);
    await keep('to', 1000);
    const { axis } = await applied(page);
    const ends = [Math.min(...axis), Math.max(...axis)];
    assert.ok(ends[0] >= 1000 && ends[0] < 1005, `${ends}`);
    assert.ok(ends[1] <= 3700 && ends[1] > 3695, `${ends}`);
    const cube = await page
      .locator('unmixing-panel')
      .getByRole('button', { name: /^Cube/ })
      .innerText();
    assert.match(cube, /1\u2009504$/, 'the cube is told as it was opened');
    await page.screenshot({ path: join(screenshots, 'corrections-dark.png') });
  });

  it('says in a sentence what cannot be, keeps the cube, and goes back', async () => {
    const { axis } = await stateOf(page);
    await keep('to', 10);
    await keep('from', 20);
    const failed = await applied(page);
    assert.equal(failed.work, 'failed');
    assert.match(failed.error, /^invalid correction 2 \(Band range\)/);
    assert.deepEqual(failed.axis, axis);
    assert.equal(
      await page
        .getByRole('button', { name: 'Unmix', exact: true })
        .last()
        .isDisabled(),
      true,
    );
    await section
      .getByRole('button', { name: 'Go back to what worked' })
      .click();
    const { work, kinds } = await applied(page);
    assert.equal(work, 'idle');
    assert.deepEqual(kinds, ['rubberband', 'range']);
  });

  it('is switched off and on, reordered and removed with the keys alone, and every step is taken back', async () => {
    const before = await stateOf(page);
    const row = section.getByRole('button', { name: /^Rubberband/ });
    await row.focus();
    await page.keyboard.press('Space');
    const off = await applied(page);
    assert.deepEqual(off.applied, ['(rubberband)', 'range']);
    await page.keyboard.press('Alt+ArrowDown');
    const moved = await applied(page);
    assert.deepEqual(moved.applied, ['range', '(rubberband)']);
    await page.keyboard.press('Delete');
    assert.deepEqual((await applied(page)).applied, ['range']);
    const undo = page.getByRole('button', { name: 'Undo' });
    for (let step = 0; step < 3; step++) await undo.click();
    const { applied: chain, mean } = await applied(page);
    assert.deepEqual(chain, ['rubberband', 'range']);
    assert.notDeepEqual(off.mean, before.mean);
    assert.deepEqual(mean, before.mean);
  });

  it('masks a pixel by hand', async () => {
    const place = await page.evaluate(() =>
      window.stratigraphViewer.pixel(30, 12),
    );
    await page.mouse.move(place[0] - 3, place[1]);
    await page.mouse.click(...place);
    await page.getByRole('button', { name: 'Mask this pixel' }).click();
    const { applied: chain, masked } = await applied(page);
    assert.deepEqual(chain, ['chosen-pixels', 'rubberband', 'range']);
    assert.equal(masked, 1);
    assert.equal(
      await page.getByRole('button', { name: 'Mask this pixel' }).count(),
      0,
    );
  });

  it('unmixes the corrected cube, and the command line comes to the same with the recipe that is saved', async () => {
    const field = page.getByLabel('Endmembers', { exact: true });
    await field.fill('5');
    await field.press('Tab');
    await page
      .getByRole('button', { name: 'Unmix', exact: true })
      .last()
      .click();
    await waitFor(page, () => {
      const { run } = window.stratigraphViewer.controller.state;
      if (run.state === 'failed') throw new Error(run.error.message);
      return run.state === 'done';
    });
    const { abundances, size } = await stateOf(page);
    await page.getByRole('button', { name: /^Results/ }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save Recipe' }).click();
    const recipe = join(folder, 'recipe.json');
    await (await saved).saveAs(recipe);
    const { corrections } = JSON.parse(readFileSync(recipe, 'utf8'));
    assert.deepEqual(
      corrections.map(({ kind }) => kind),
      ['chosen-pixels', 'rubberband', 'range'],
    );

    const header = await page.evaluate(
      () => window.stratigraphViewer.controller.state.cube.summary.name,
    );
    const out = join(folder, 'out');
    execFileSync(
      process.execPath,
      [
        join(root, 'dist/cli.js'),
        'unmix',
        join(built, 'sample', `${header}.hdr`),
        '--recipe',
        recipe,
        '--out',
        out,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const bytes = readFileSync(join(out, 'abundances.img'));
    const again = new Float32Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    );
    assert.equal(again.length, size[0] * size[1] * 5);
    const farthest = again.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - abundances[i])),
      0,
    );
    assert.ok(farthest < 1e-5, `abundances differ by up to ${farthest}`);
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
    assert.deepEqual(report.corrections.steps, corrections);
    assert.ok(Array.isArray(report.corrections.notes));
  });

  it('fits the panel in light too, with its values open', async () => {
    await page.getByRole('button', { name: 'Turn light' }).click();
    await section.getByRole('button', { name: /^Band range/ }).click();
    await page.screenshot({ path: join(screenshots, 'corrections-light.png') });
  });

  it('asked for nothing outside, broke no policy and complained of nothing', async () => {
    assert.deepEqual(complaints, []);
  });
});
