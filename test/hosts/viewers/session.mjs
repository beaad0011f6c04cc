// A session with a viewer in Chromium, step by step: a cube of three materials is chosen in the panel and unmixed, its maps are
// looked for on the viewer's screen, and it is put away.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/root.mjs';
import { built, openBrowser } from '../../e2e/page.mjs';
import { correlation } from '../../e2e/truth.mjs';

const screenshots = join(root, 'build/screenshots');

/** Where each material of the cubes that are made for these tests is seen alone: in its grain, and in the ground. */
export const places = [
  [20, 18],
  [45, 30],
  [60, 4],
];

/** The sample's cube, and its micrograph. */
export const sampleFiles = [
  'cross-section.hdr',
  'cross-section.img',
  'micrograph.png',
  'micrograph.pgw',
].map((name) => join(built, 'sample', name));

/** The greatest difference of two colours in one channel. */
export const differs = (a, b) =>
  Math.max(...a.map((v, i) => Math.abs(v - b[i])));

/** Whether all colours seen are those wanted, but for so much. */
export const within = (wanted, most) => (seen) =>
  seen.every((colour, i) => differs(colour, wanted[i]) <= most);

/** Whether all colours seen are others than these, by more than so much. */
export const beyond = (these, least) => (seen) =>
  seen.every((colour, i) => differs(colour, these[i]) > least);

class Session {
  /** Colours at the places before anything was drawn over them. */
  bare;
  /** Number of the endmember that each place's material was found as. */
  endmembers;

  constructor(browser, { page, complaints }, { where, looked, patience }) {
    Object.assign(this, { browser, page, complaints, where, patience });
    this.places = looked ?? places;
  }

  get panel() {
    return this.page.locator('unmixing-panel');
  }

  /** @param read takes the panel, in the page, and gives what can be cloned */
  read(read) {
    return this.panel.evaluate(read);
  }

  screenshot(name) {
    mkdirSync(screenshots, { recursive: true });
    return this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  /** Colours of the screen at pixels of the cube, as a screenshot shows them. */
  async coloursAt(pixels = this.places) {
    const at = await this.page.evaluate(this.where, pixels);
    const shot = await this.page.screenshot();
    return this.page.evaluate(
      async ([png, points]) => {
        const bytes = Uint8Array.from(window.atob(png), (c) => c.charCodeAt(0));
        const bitmap = await window.createImageBitmap(new Blob([bytes]));
        const canvas = new window.OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d', { willReadFrequently: true });
        context.drawImage(bitmap, 0, 0);
        return points.map((point) => {
          const [x, y] = point.map(Math.floor);
          return [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
        });
      },
      [shot.toString('base64'), at],
    );
  }

  /** Asks again until the screen is as wanted: viewers draw in their own time. */
  async see(what, test) {
    let seen;
    for (const end = Date.now() + this.patience; Date.now() < end;) {
      seen = await this.coloursAt();
      if (test(seen)) return seen;
    }
    assert.fail(
      `${what}: ${JSON.stringify(seen)}, bare ${JSON.stringify(this.bare)}`,
    );
  }

  /** Takes the cube of that name, or size, from the panel's list, and asks for three endmembers. */
  async chooseCube(name) {
    await this.panel.getByRole('button', { name }).click();
    await this.panel.getByLabel('Quantity').selectOption('absorbance');
    const less = this.panel.getByRole('button', {
      name: 'One endmember less',
    });
    await less.click();
    await less.click();
    assert.equal(
      await this.read(({ session }) => session.request.endmembers),
      3,
    );
  }

  /** @returns the abundances, three a pixel */
  async unmix() {
    await this.panel
      .getByRole('button', { name: 'Unmix', exact: true })
      .click();
    await this.panel.getByText('Done in').first().waitFor({ timeout: 120_000 });
    return this.read(({ session }) => [...session.unmixing.abundances]);
  }

  /** Tells the endmembers by the true maps, one a place. */
  compare(abundances, maps) {
    this.endmembers = maps.map((map) => {
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
  }

  /** Each place has gone more than half its way to the colour of its endmember. */
  async seeColours() {
    const colours = await this.read(({ session }) =>
      [0, 1, 2].map(
        (r) =>
          session.layers.find(({ endmember }) => endmember === r).style.colour,
      ),
    );
    await this.see(
      'the colour of the material where there is most of it',
      (seen) =>
        seen.every((colour, i) => {
          const bare = this.bare[i];
          const way = colours[this.endmembers[i]].map((c, k) => c - bare[k]);
          const along =
            way.reduce((s, v, k) => s + v * (colour[k] - bare[k]), 0) /
            way.reduce((s, v) => s + v * v, 0);
          return along > 0.5;
        }),
    );
  }

  /** Hides the cube's own picture, which lies between the viewer's and the maps; gives the colours of the maps alone. */
  async hideCube(least = 40) {
    await this.panel.getByRole('button', { name: /^Layers/ }).click();
    await this.panel.getByRole('button', { name: 'Hide Cube' }).click();
    return this.see('maps over the image', beyond(this.bare, least));
  }

  /** Draws the selected endmember at a quarter of its opacity, and as before again. */
  async weakenSelected(before) {
    const { bare } = this;
    const selected = this.endmembers.indexOf(
      (await this.read(({ session }) => session.selected)) ?? 0,
    );
    const opacity = this.panel.getByRole('slider', { name: 'Opacity' }).first();
    const value = await opacity.inputValue();
    await opacity.fill(String(value / 4));
    await this.see('one map weaker, the others as before', (seen) =>
      seen.every((colour, i) =>
        i === selected
          ? differs(colour, bare[i]) < differs(before[i], bare[i]) / 2
          : differs(colour, before[i]) < 12,
      ),
    );
    await opacity.fill(value);
  }

  /** Row of the endmember that is this place's, to hide or show it. */
  async turn(verb, place) {
    const name = `${verb} Endmember ${this.endmembers[place] + 1}`;
    const list = this.panel.getByRole('list', { name: 'Endmembers' });
    await list.getByRole('button', { name }).click();
  }

  /** Hides the endmember of the first place where its row says so, and shows it again. */
  async hideFirst(before) {
    await this.turn('Hide', 0);
    await this.seeFirstBare(before);
    await this.turn('Show', 0);
    await this.see(
      'the first grain again',
      (seen) => differs(seen[0], before[0]) <= 1,
    );
  }

  seeFirstBare(before) {
    return this.see(
      'the first grain bare, the second not',
      (seen) =>
        differs(seen[0], this.bare[0]) < 12 && differs(seen[1], before[1]) <= 1,
    );
  }

  /** Moves the mouse over a pixel of the cube, and waits until the plugin tells that one. */
  async pick(pixel) {
    const [at] = await this.page.evaluate(this.where, [pixel]);
    await this.page.mouse.move(...at);
    await this.page.waitForFunction(([x, y]) => {
      const { pointer } = document.querySelector('unmixing-panel').session;
      return pointer?.x === x && pointer.y === y;
    }, pixel);
  }

  async closeCube() {
    // Off the image, where it would be told what is under the pointer.
    await this.page.mouse.move(5, 5);
    await this.panel.getByRole('button', { name: 'More' }).first().click();
    await this.panel.getByRole('menuitem', { name: 'Close cube' }).click();
  }

  /** Opens files of a disk in the panel. */
  async openFiles(files) {
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      this.panel.getByRole('button', { name: 'Open file' }).click(),
    ]);
    await chooser.setFiles(files);
  }

  cubeReady() {
    return this.page.waitForFunction(
      () =>
        document.querySelector('unmixing-panel').session.cube.state === 'ready',
    );
  }

  close() {
    return this.browser.close();
  }
}

/**
 * Opens a page with a viewer.
 * @param server as serveViewers gives it
 * @param path of the page
 * @param options.where runs in the page: takes pixels of the cube, gives where they lie on the page, CSS pixels
 * @param options.looked pixels whose colours are looked at; `places` when left out
 * @param options.patience how long the screen may take to be as wanted, ms
 * @param options.context what the page's context is made with, besides what openBrowser gives it
 */
export async function openSession(
  server,
  path,
  { where, looked, patience = 20_000, context },
) {
  const browser = await openBrowser(server);
  try {
    const opened = await browser.newPage(path, context);
    return new Session(browser, opened, { where, looked, patience });
  } catch (error) {
    await browser.close();
    throw error;
  }
}
