import { expect } from '@open-wc/testing';
import { findHost } from '../../../src/hosts/find.js';
import type { Pick } from '../../../src/hosts/host.js';
import { niivueHost } from '../../../src/hosts/niivue.js';
import { niivueFinder } from '../../../src/hosts/niivue/find.js';
import { indexToWorld, type Point } from '../../../src/imaging/geometry.js';
import type { Layer } from '../../../src/imaging/layer.js';
import { unitGeometry, type Geometry } from '../../../src/spectral/cube.js';
import { isUnmixingError } from '../../../src/spectral/errors.js';
import { hostConformance, type GivenVolume } from '../../conformance/suite.js';
import { mapLayer } from '../../imaging/layers.js';
import { NiivuePage } from './niivue-page.js';
import { watchTextures } from '../textures.js';

hostConformance('niivue', () => NiivuePage.open(), { precision: 1e-5 });

const [width, height] = [8, 6];
const grey = [100, 100, 100];
const red = [255, 0, 0];

/** A map that is 1 at one pixel and 0 elsewhere. */
function dotLayer(x: number, y: number, geometry = unitGeometry): Layer {
  const values = Array<number>(width * height).fill(0);
  values[y * width + x] = 1;
  return { ...mapLayer(values, {}, width), geometry };
}

const plain = (
  bands: number,
  layout: GivenVolume['layout'] = 'slices',
  geometry: Geometry = unitGeometry,
): GivenVolume => ({
  layout,
  width,
  height,
  bands,
  data: new Uint8Array(width * height * bands).fill(100),
  geometry,
});

describe('pages with niivue', () => {
  let page: NiivuePage;
  const open = async (
    ...options: Parameters<typeof NiivuePage.open>
  ): Promise<NiivuePage> => {
    page = await NiivuePage.open(...options);
    return page;
  };
  const at = (x: number, y: number, z = 0): Promise<number[]> =>
    page.pixel([x, y, z]);

  afterEach(() => {
    page.host.dispose();
    page.close();
  });

  it('that show nothing yet show a layer alone, its first column left and its first row on top, and are dark again after it', async () => {
    const { host, nv } = await open({ isRadiologicalConvention: false });
    await host.addLayer(dotLayer(0, 0));
    host.fit();
    expect(await at(0, 0)).to.deep.equal(red);
    expect(await at(1, 0)).to.deep.equal([0, 0, 0]);
    const [first, right, below] = (
      [
        [0, 0, 0],
        [7, 0, 0],
        [0, 5, 0],
      ] as const
    ).map((world) => page.screen(world));
    expect(right.x).to.be.greaterThan(first.x);
    expect(below.y).to.be.greaterThan(first.y);
    expect(nv.opts.isRadiologicalConvention).to.equal(true);
    host.dispose();
    expect(page.leftovers()).to.deep.equal([]);
    expect(nv.volumes).to.deep.equal([]);
  });

  it('of their own convention keep it for their own volumes', async () => {
    const { host, nv } = await open({ isRadiologicalConvention: false });
    await page.addVolume(plain(1));
    await host.addLayer(dotLayer(0, 0));
    host.fit();
    expect(await at(0, 0)).to.deep.equal(red);
    expect(nv.opts.isRadiologicalConvention).to.equal(false);
  });

  /** A picture four times as fine as the layer of a cube, one of its pixels red. */
  const fine: Layer = {
    ...mapLayer(
      Array.from({ length: 32 * 24 }, (_, n) => Number(n === 8 * 32 + 12)),
      { colour: [0, 0, 255] },
      32,
    ),
    id: 'fine',
    geometry: {
      ...unitGeometry,
      spacing: [0.25, 0.25, 1],
      origin: [-0.375, -0.375, 0],
    },
  };
  const finePixel = (x: number, y: number): Promise<number[]> =>
    page.pixel(indexToWorld(fine.geometry, [x, y, 0]));

  it('that show nothing of their own keep every pixel of a picture finer than the cube, and of one that reaches beyond it', async () => {
    const { host } = await open();
    await host.addLayer(dotLayer(7, 5));
    await host.addLayer(fine);
    await host.addLayer({
      ...dotLayer(0, 0, { ...unitGeometry, origin: [-20, -10, 0] }),
      id: 'far',
    });
    host.fit();
    expect(await finePixel(12, 8)).to.deep.equal([0, 0, 255]);
    for (const [x, y] of [
      [11, 8],
      [13, 8],
      [12, 7],
      [12, 9],
    ])
      expect(await finePixel(x, y)).to.deep.equal([0, 0, 0]);
    expect(await at(7.4, 5.4)).to.deep.equal(red);
    expect(await at(6.4, 5)).to.deep.equal([0, 0, 0]);
    expect(await at(-20, -10)).to.deep.equal(red);
  });

  it('draw a picture that is larger than the GPU takes coarser, in its place', async () => {
    const { host } = await open();
    const wide = 3000;
    await host.addLayer(
      mapLayer(
        Array.from({ length: wide * 400 }, (_, n) =>
          Number(n % wide >= 1500 && n % wide < 2500),
        ),
        {},
        wide,
      ),
    );
    host.fit();
    for (const [x, wanted] of [
      [40, [0, 0, 0]],
      [1480, [0, 0, 0]],
      [1520, red],
      [2480, red],
      [2520, [0, 0, 0]],
    ] as const)
      expect(await at(x, 200), `at ${x}`).to.deep.equal(wanted);
  });

  it('draw a picture over a volume of their own in the grid of that volume', async () => {
    const { host } = await open();
    await page.addVolume(plain(1));
    await host.addLayer(fine);
    host.fit();
    // Pixel (3, 2) of the volume takes what lies in its middle, between fine pixels 13 and 14.
    expect(await finePixel(12, 8)).to.deep.equal(grey);
  });

  it('that load other volumes keep the layers above them', async () => {
    const { host, nv } = await open();
    await host.addLayer(dotLayer(2, 1));
    host.fit();
    await page.settled();
    expect(nv.volumes).to.have.length(2);
    await page.load(plain(1), 'own.nii');
    await page.settled();
    expect(nv.volumes.map(({ name }) => name)).to.deep.equal([
      'own.nii',
      'Map',
    ]);
    expect(await at(2, 1)).to.deep.equal(red);
    expect(await at(3, 1)).to.deep.equal(grey);
    nv.volumes = [];
    await page.load(plain(1), 'other.nii');
    await page.settled();
    expect(await at(2, 1)).to.deep.equal(red);
    expect((await host.volumes()).map(({ name }) => name)).to.deep.equal([
      'other.nii',
    ]);
  });

  it('see a layer on every slice of a volume whose slices are bands, and on its own slice alone over one in space', async () => {
    const { host, nv } = await open();
    await page.addVolume(plain(5));
    const handle = await host.addLayer(dotLayer(2, 1));
    host.fit();
    const seen = async (): Promise<number[]> => {
      const found = [];
      for (let z = 0; z < 5; z++) {
        nv.scene.crosshairPos = Float32Array.of(0.5, 0.5, (z + 0.5) / 5);
        nv.drawScene();
        const [r] = await at(2, 1, z);
        if (r === 255) found.push(z);
      }
      return found;
    };
    expect(await seen()).to.deep.equal([0, 1, 2, 3, 4]);
    await handle.update({
      ...mapLayer([1, 1, 1, 1], {}, 2),
      geometry: { ...unitGeometry, origin: [1.5, 0.5, 3] },
    });
    expect(await seen()).to.deep.equal([3]);
  });

  it('with frames of several slices give the slice under the crosshair, and tell when that is another', async () => {
    const { host, nv } = await open();
    const [slices, frames] = [3, 4];
    const values = Float32Array.from(
      { length: width * height * slices * frames },
      (_, i) => i,
    );
    const file = await nv.createNiftiArray(
      [width, height, slices, frames],
      [1, 1, 2, 1],
      [-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1],
      16,
      values as unknown as Uint8Array,
    );
    await nv.loadFromArrayBuffer(new Uint8Array(file).buffer, 'grid.nii');
    let told = 0;
    host.onVolumesChanged(() => told++);
    const [{ name, bands }] = await host.volumes();
    expect([name, bands]).to.deep.equal(['grid.nii, slice 2', frames]);
    nv.scene.crosshairPos = Float32Array.of(0.5, 0.5, 0.9);
    nv.dispatchEvent(new CustomEvent('locationChange'));
    expect(told).to.equal(1);
    const [ref] = await host.volumes();
    expect(ref.name).to.equal('grid.nii, slice 3');
    const { data, geometry } = await host.readVolume(ref.id);
    expect([...geometry.origin]).to.deep.equal([0, 0, 4]);
    const pixels = width * height;
    for (const [n, frame] of [
      [0, 0],
      [17, 2],
      [47, 3],
    ])
      expect(data[n * frames + frame]).to.equal(
        (frame * slices + 2) * pixels + n,
      );
  });

  it('give values by the slope and the intercept of the file', async () => {
    const { host, nv } = await open();
    await page.addVolume(plain(3, 'components'));
    Object.assign(nv.volumes[0].hdr, { scl_slope: 0.5, scl_inter: -20 });
    const [{ id }] = await host.volumes();
    const { data } = await host.readVolume(id);
    expect(new Set(data)).to.deep.equal(new Set([30]));
  });

  it('that hold the first frames of a file load the others when it is read, or say that they cannot', async () => {
    const { host, nv } = await open();
    const file = await page.file({
      ...plain(6, 'components'),
      data: Uint8Array.from({ length: width * height * 6 }, (_, i) => i % 6),
    });
    const url = URL.createObjectURL(new Blob([file]));
    const load = (): Promise<void> =>
      nv.loadVolumes([{ url, name: 'frames.nii', limitFrames4D: 2 }]);
    await load();
    expect(nv.volumes[0].nFrame4D).to.equal(2);
    const [ref] = await host.volumes();
    expect(ref.bands).to.equal(6);
    const { data } = await host.readVolume(ref.id);
    expect([...data.subarray(0, 6)]).to.deep.equal([0, 1, 2, 3, 4, 5]);
    await load();
    URL.revokeObjectURL(url);
    const [again] = await host.volumes();
    const error: unknown = await host
      .readVolume(again.id)
      .catch((reason: unknown) => reason);
    expect(String(error)).to.contain('holds 2 of its 6 frames');
    expect((await host.volumes())[0].bands).to.equal(6);
  });

  it('list no pictures of finished colours, and no layers', async () => {
    const { host, nv } = await open();
    const file = await nv.createNiftiArray(
      [2, 2, 2],
      [1, 1, 1],
      [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
      2304,
      new Uint8Array(32),
    );
    await nv.loadFromArrayBuffer(new Uint8Array(file).buffer, 'colours.nii');
    await host.addLayer(dotLayer(0, 0));
    await page.settled();
    expect(await host.volumes()).to.deep.equal([]);
  });

  it('with several views and a rendering keep layers sharp, and pick in each', async () => {
    const { host, nv } = await open({ multiplanarShowRender: 1 });
    await page.addVolume(plain(6));
    await host.addLayer(dotLayer(2, 1));
    nv.setSliceType(3);
    await page.settled();
    // The crosshair lies where the dot is, so that two of the views cut it.
    const share = nv.mm2frac([-2, -1, 3], 0, true);
    nv.scene.crosshairPos = Float32Array.from(Array.from(share));
    nv.drawScene();
    for (const [dx, wanted] of [
      [0, red],
      [-0.4, red],
      [0.4, red],
      [0.6, grey],
      [-0.6, grey],
    ] as const)
      expect(await at(2 + dx, 1, 3)).to.deep.equal(wanted);
    const picks: (Pick | null)[] = [];
    host.onPick((pick) => picks.push(pick));
    const point: Point = [5, 1, 3];
    await page.point(point);
    point.forEach((value, axis) =>
      expect(picks.at(-1)?.world[axis]).to.be.closeTo(value, 0.1),
    );
  });

  it('get their GPU memory back when layers are updated and removed', async () => {
    const { alive, end } = watchTextures();
    try {
      const { host } = await open();
      await page.addVolume(plain(2));
      const before = alive.size;
      const handle = await host.addLayer(dotLayer(0, 0));
      await page.settled();
      for (let n = 1; n < 8; n++) {
        await handle.update(dotLayer(n, 2));
        await page.settled();
      }
      expect(alive.size).to.equal(before);
      await handle.remove();
      await page.settled();
      expect(alive.size).to.equal(before);
    } finally {
      end();
    }
  });

  it('are found by the instance that a script left on window', async () => {
    const { host, nv } = await open();
    host.dispose();
    expect(niivueFinder.look(window)).to.equal(null);
    Object.defineProperty(window, 'viewer', { value: nv, configurable: true });
    try {
      page.host = await findHost();
      expect(page.host.id).to.equal('niivue');
      page.canvas.remove();
      expect(niivueFinder.look(window)).to.equal(null);
    } finally {
      Reflect.deleteProperty(window, 'viewer');
    }
  });

  it('of another version are refused with a sentence, before anything is touched', async () => {
    const { host, nv } = await open();
    host.dispose();
    const refusal = (changes: Record<string, unknown>): string => {
      const given = Object.fromEntries(
        Object.entries(changes).map(([name, value]) => [name, { value }]),
      );
      const other = Object.create(nv, given) as object;
      try {
        niivueHost({ nv: other });
      } catch (error) {
        expect(isUnmixingError(error) && error.tag).to.equal('host');
        return String(error);
      }
      return 'taken';
    };
    expect(refusal({ setVolume: null })).to.contain(
      'lacks a method setVolume (want niivue 0.69.0, the version that was tested)',
    );
    expect(refusal({ volumes: {} })).to.contain('a list of volumes');
    expect(refusal({ gl: {} })).to.contain('a WebGL 2 context');
    expect(refusal({ opts: {} })).to.contain('a slice type');
    expect(refusal({ scene: { crosshairPos: [1, 2] } })).to.contain(
      'a position of the crosshair',
    );
    expect(refusal({ canvas: null })).to.contain('attachToCanvas');
    expect(page.leftovers()).to.deep.equal([]);
  });
});
