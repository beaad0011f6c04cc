import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { openBrowser } from './page.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

/** How often a page is ended at a moment of chance. */
const kills = 20;

/**
 * Runs in the page: a session in steps, each with what must hold after it. A step counts as done once the page says that it
 * is kept.
 */
function prepare() {
  const size = { width: 24, height: 16, bands: 40 };
  const bell = (x, centre) => Math.exp(-(((x - centre) / 220) ** 2));
  /** @param padding bytes before the values, to make the file as large as that */
  const files = (padding = 0) => {
    const { width, height, bands } = size;
    const axis = Array.from(
      { length: bands },
      (_, b) => 4000 - (3000 * b) / (bands - 1),
    );
    const data = new Float32Array(width * height * bands);
    let chance = 1;
    for (let n = 0; n < width * height; n++) {
      const at = (2 * (n % width)) / (width - 1);
      const shares = [Math.max(0, 1 - at), 0, Math.max(0, at - 1)];
      shares[1] = 1 - shares[0] - shares[2];
      axis.forEach((x, b) => {
        chance = (chance * 16807) % 2147483647;
        data[n * bands + b] =
          0.02 +
          shares[0] * bell(x, 3300) +
          shares[1] * bell(x, 2000) +
          shares[2] * bell(x, 1400) +
          (chance / 2147483647 - 0.5) * 2e-3;
      });
    }
    const header = `ENVI
samples = ${width}
lines = ${height}
bands = ${bands}
data type = 4
interleave = bip
byte order = 0
header offset = ${padding}
wavelength units = Wavenumber
wavelength = { ${axis.join(', ')} }
`;
    return [
      new File([header], 'section.hdr'),
      new File([new Uint8Array(padding), data.buffer], 'section.img'),
    ];
  };
  const { controller } = window.stratigraphViewer;
  const move = [1, 0.1, 4, -0.1, 1, -2];
  const landmarks = [{ moving: [1, 2], fixed: [3, 4] }];
  const styleOf = ({ layers }, id) =>
    layers.find((one) => one.id === id)?.style;
  const steps = [
    {
      name: 'open',
      act: () => controller.open(files()),
      holds: ({ cube }) => cube.state === 'ready',
    },
    {
      name: 'describe',
      act: () => controller.describe({ quantity: 'absorbance' }),
      holds: ({ cube }) => cube.summary.axis.quantity === 'absorbance',
    },
    {
      name: 'correct',
      act: () => controller.correct([{ kind: 'rubberband', on: true }]),
      holds: ({ chain }) => chain.applied[0]?.kind === 'rubberband',
    },
    {
      name: 'unmix',
      act: async () => {
        controller.setRequest({ endmembers: 3, seed: 1 });
        await controller.unmix();
      },
      holds: ({ unmixing, runs }) =>
        unmixing?.names.length === 3 && runs.length >= 1,
    },
    {
      name: 'rename',
      act: () => controller.rename(0, 'Lead white'),
      holds: ({ unmixing }) => unmixing.names.includes('Lead white'),
    },
    {
      name: 'style',
      act: () => controller.setStyle('cube-1/abundance-1', { opacity: 0.25 }),
      holds: (state) => styleOf(state, 'cube-1/abundance-1')?.opacity === 0.25,
    },
    {
      name: 'move',
      act: () => controller.place('cube-1', move, 'move'),
      holds: ({ placements }) =>
        JSON.stringify(placements['cube-1']) === JSON.stringify(move),
    },
    {
      name: 'landmarks',
      act: () =>
        controller.parts.store.set({
          registrations: [
            { moving: 'cube-1', fixed: 'picture-1', kind: 'rigid', landmarks },
          ],
        }),
      holds: ({ registrations }) =>
        JSON.stringify(registrations[0]?.landmarks) ===
        JSON.stringify(landmarks),
    },
    {
      name: 'second run',
      act: async () => {
        controller.setRequest({ seed: 2 });
        await controller.unmix();
      },
      holds: ({ runs, request }) => runs.length >= 2 && request.seed === 2,
    },
  ];
  window.session = {
    names: steps.map(({ name }) => name),
    /** Which steps hold, as far as one after the other does. */
    held: () => {
      let held = 0;
      while (held < steps.length) {
        try {
          if (!steps[held].holds(controller.state)) break;
        } catch {
          break;
        }
        held++;
      }
      return held;
    },
    /** Does all steps from one on; returns the milliseconds of each. */
    async run(from, tell) {
      const times = [];
      for (const [i, { act }] of steps.entries()) {
        if (i < from) continue;
        const begun = performance.now();
        await act();
        await (await controller.sessions()).kept();
        times.push(performance.now() - begun);
        await tell?.(i + 1);
      }
      return times;
    },
    files,
  };
}

const waitFor = (page, test, argument) =>
  page.waitForFunction(test, argument, { timeout: 120000, polling: 50 });

async function begin(page) {
  await page.waitForFunction(() => window.stratigraphViewer, null, {
    timeout: 120000,
  });
  await page.evaluate(prepare);
}

/** Ends the renderer of a page, as a crash does. */
async function kill(page) {
  const crashed = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}

/** Numbers from 0 to 1, the same each time. */
function chanceOf(seed) {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

describe('sessions in the example viewer', () => {
  let browser;
  let folder;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sessions-'));
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  let took;
  let file;

  it('saves with Ctrl+S into one file, which opens in another page as any file does, with all that was in it', async () => {
    const { page, complaints } = await browser.newPage('/');
    await begin(page);
    took = await page.evaluate(() => window.session.run(0));
    const all = await page.evaluate(() => window.session.names.length);
    assert.equal(await page.evaluate(() => window.session.held()), all);
    const saved = page.waitForEvent('download');
    await page.keyboard.press('Control+s');
    const download = await saved;
    assert.equal(download.suggestedFilename(), 'section.stratigraph.zip');
    file = join(folder, 'section.stratigraph.zip');
    await download.saveAs(file);
    assert.deepEqual(complaints, []);
    await page.context().close();

    const other = await browser.newPage('/');
    await begin(other.page);
    await other.page.evaluate(
      ([bytes, name]) =>
        window.stratigraphViewer.controller.open([
          new File([Uint8Array.from(bytes)], name),
        ]),
      [[...readFileSync(file)], 'section.stratigraph.zip'],
    );
    await waitFor(other.page, (want) => window.session.held() === want, all);
    await other.page.screenshot({
      path: join(screenshots, 'session-dark.png'),
    });
    assert.deepEqual(other.complaints, []);
    await other.page.context().close();
  });

  it(`brings back what was done up to the last step when the page is ended at ${kills} moments of chance, and goes on`, async () => {
    const chance = chanceOf(6);
    const reached = [];
    for (let round = 0; round < kills; round++) {
      const { page } = await browser.newPage('/');
      const context = page.context();
      // Each step in turn, at a part of its usual time.
      const during = round % took.length;
      const moment = chance() * took[during];
      let done = 0;
      let begun;
      const turn = new Promise((resolve) => {
        begun = resolve;
      });
      await page.exposeFunction('tell', (step) => {
        done = step;
        if (step === during) begun();
      });
      await begin(page);
      void page
        .evaluate(() => window.session.run(0, window.tell))
        .catch(() => undefined);
      if (during > 0) await turn;
      await new Promise((resolve) => setTimeout(resolve, moment));
      await kill(page);
      reached.push(done);

      const next = await context.newPage();
      await next.goto(browser.address);
      await begin(next);
      let held = 0;
      if (done > 0) {
        const reopen = next.getByRole('button', { name: 'Reopen' });
        await reopen.first().click({ timeout: 60000 });
        await waitFor(next, () => {
          const { work } = window.stratigraphViewer.controller.state.sessions;
          if (work.state === 'failed') throw new Error(work.error.message);
          return work.state === 'idle' && window.session.held() > 0;
        });
        held = await next.evaluate(() => window.session.held());
      }
      assert.ok(
        held >= done,
        `round ${round}, ended ${Math.round(moment)} ms into step ${during}: ${held} of ${done} steps came back`,
      );
      await next.evaluate((from) => window.session.run(from), held);
      const all = await next.evaluate(() => window.session.names.length);
      assert.equal(
        await next.evaluate(() => window.session.held()),
        all,
        `round ${round} goes on to its end`,
      );
      await context.close();
    }
    console.log(`# ended after so many steps: ${reached.join(' ')}`);
    assert.ok(new Set(reached).size >= took.length / 2, `${reached}`);
  });

  it('offers what a closed tab left, in words, to reopen or to throw away; it fits in light and at 1024 pixels', async () => {
    const { page } = await browser.newPage('/');
    const context = page.context();
    await begin(page);
    await page.evaluate(() => window.session.run(0));
    await page.close();
    const next = await context.newPage();
    await next.setViewportSize({ width: 1024, height: 768 });
    await next.emulateMedia({ colorScheme: 'light' });
    await next.goto(browser.address);
    const offer = next.locator('unmixing-sessions');
    await offer.getByRole('button', { name: 'Reopen' }).waitFor();
    assert.match(
      (await offer.getByRole('listitem').innerText()).replace(/\s+/g, ' '),
      /^\d\d:\d\d: section, 3 endmembers, 2 results, 1 layer moved/,
    );
    await next.screenshot({
      path: join(screenshots, 'session-offer-light.png'),
    });
    await offer.getByRole('button', { name: 'Throw away' }).click();
    await offer.getByRole('button', { name: 'Reopen' }).waitFor({
      state: 'detached',
    });
    await next.reload();
    await begin(next);
    await next.evaluate(async () => {
      await window.stratigraphViewer.controller.sessions();
    });
    assert.deepEqual(
      await next.evaluate(
        () => window.stratigraphViewer.controller.state.sessions.offers,
      ),
      [],
    );
    await context.close();
  });

  it('keeps two tabs apart: each has its own, and none is on offer in the other', async () => {
    const { page } = await browser.newPage('/');
    const context = page.context();
    await begin(page);
    await page.evaluate(() => window.session.run(0));
    const other = await context.newPage();
    await other.goto(browser.address);
    await begin(other);
    await other.evaluate(async () => {
      await window.stratigraphViewer.controller.sessions();
    });
    assert.deepEqual(
      await other.evaluate(
        () => window.stratigraphViewer.controller.state.sessions.offers,
      ),
      [],
    );
    await context.close();
  });

  it('says that storage is refused, and works on', async () => {
    const { page } = await browser.newPage('about:blank');
    await page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', {
        get() {
          throw new window.DOMException('Access is denied.', 'SecurityError');
        },
      });
    });
    await page.goto(browser.address);
    await begin(page);
    await page.evaluate(async () => {
      const { controller } = window.stratigraphViewer;
      await controller.open(window.session.files());
      await controller.describe({ quantity: 'absorbance' });
      controller.setRequest({ endmembers: 3 });
      await controller.unmix();
    });
    await page
      .getByText('The browser refuses storage to this page')
      .waitFor({ timeout: 60000 });
    assert.equal(
      await page.evaluate(
        () => window.stratigraphViewer.controller.state.run.state,
      ),
      'done',
    );
    await page.screenshot({
      path: join(screenshots, 'session-refused-dark.png'),
    });
    await page.context().close();
  });

  it('keeps results and not the files where storage has room for these alone, says so, and asks for the files when it is reopened', async () => {
    const { page } = await browser.newPage('/');
    const context = page.context();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(browser.address).origin,
      quotaSize: 8e6,
    });
    await begin(page);
    await page.evaluate(async () => {
      const { controller } = window.stratigraphViewer;
      await controller.open(window.session.files(24e6));
      await controller.describe({ quantity: 'absorbance' });
      controller.setRequest({ endmembers: 3 });
      await controller.unmix();
      await (await controller.sessions()).kept();
    });
    await page
      .getByText('results are kept, the files are not (section.hdr')
      .waitFor({ timeout: 60000 });
    assert.ok(
      await page.evaluate(
        () => window.stratigraphViewer.controller.state.sessions.kept > 0,
      ),
    );
    await page.screenshot({
      path: join(screenshots, 'session-without-files-dark.png'),
    });
    await kill(page);

    const next = await context.newPage();
    await next.goto(browser.address);
    await begin(next);
    await next.getByRole('button', { name: 'Reopen' }).click();
    await next.getByText('names files that it does not hold').waitFor();
    await next.screenshot({
      path: join(screenshots, 'session-missing-dark.png'),
    });
    await next.evaluate(async () => {
      const sessions = await window.stratigraphViewer.controller.sessions();
      await sessions.asked({ what: 'find', files: window.session.files(24e6) });
    });
    await waitFor(
      next,
      () =>
        window.stratigraphViewer.controller.state.run.state === 'done' &&
        window.stratigraphViewer.controller.state.sessions.work.state ===
          'idle',
    );
    assert.equal(
      await next.evaluate(
        () => window.stratigraphViewer.controller.state.unmixing.names.length,
      ),
      3,
    );
    await context.close();
  });

  it('says that storage is full and what is kept, works on, and keeps all once there is room', async () => {
    const { page } = await browser.newPage('/');
    const devtools = await page.context().newCDPSession(page);
    const { origin } = new URL(browser.address);
    await devtools.send('Storage.overrideQuotaForOrigin', {
      origin,
      quotaSize: 1000,
    });
    await begin(page);
    await page.evaluate(async () => {
      const { controller } = window.stratigraphViewer;
      await controller.open(window.session.files());
      await controller.describe({ quantity: 'absorbance' });
    });
    await page
      .getByText("The browser's storage is full")
      .waitFor({ timeout: 60000 });
    await page.evaluate(async () => {
      const { controller } = window.stratigraphViewer;
      controller.setRequest({ endmembers: 3 });
      await controller.unmix();
    });
    assert.equal(
      await page.evaluate(
        () => window.stratigraphViewer.controller.state.run.state,
      ),
      'done',
    );
    await page.screenshot({ path: join(screenshots, 'session-full-dark.png') });
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
    await page.evaluate(async () => {
      const { controller } = window.stratigraphViewer;
      const sessions = await controller.sessions();
      await sessions.asked({ what: 'keep', on: false });
      await sessions.asked({ what: 'keep', on: true });
      await sessions.kept();
    });
    const { trouble, kept } = await page.evaluate(
      () => window.stratigraphViewer.controller.state.sessions,
    );
    assert.equal(trouble, null);
    assert.ok(kept > 0);
    await page.context().close();
  });
});
