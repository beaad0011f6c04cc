import { expect, waitUntil } from '@open-wc/testing';
import type { Host, PanelPlace, Pick } from '../../src/hosts/host.js';
import { placed } from '../../src/imaging/affine.js';
import { composite } from '../../src/imaging/composite.js';
import { indexToWorld, type Point } from '../../src/imaging/geometry.js';
import type { Layer, LayerStyle, Rgb } from '../../src/imaging/layer.js';
import { renderLayer } from '../../src/imaging/render.js';
import type { Geometry } from '../../src/spectral/cube.js';
import { unitGeometry } from '../../src/spectral/cube.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import {
  classesLayer,
  drawOver,
  mapLayer,
  rgbaLayer,
} from '../imaging/layers.js';

/** A volume for the viewer, laid as viewers do: bands as components of each pixel, or as slices along the third axis. */
export interface GivenVolume {
  readonly layout: 'components' | 'slices';
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly data: Float32Array | Uint16Array | Uint8Array;
  readonly geometry: Geometry;
}

/** What a viewer's test gives the suite. */
export interface HostHarness {
  readonly host: Host;
  /** Lets the viewer hold a volume, and draw it if it can. */
  addVolume(volume: GivenVolume): Promise<void>;
  /** Colour of the screen at a position of the world, in a frame that is drawn now. */
  pixel(world: Point): Promise<Rgb>;
  /** Where on the page a position of the world is seen, CSS pixels from the top left. */
  screen(world: Point): { readonly x: number; readonly y: number };
  /** Moves the pointer there, and presses when asked. */
  point(world: Point, pressed?: boolean): Promise<void>;
  /** Takes the pointer away. */
  leave(): Promise<void>;
  /** What of the plugin is still in the viewer or its page; nothing, when the viewer is as it was before the host. */
  leftovers(): readonly string[];
  /** Closes the viewer. */
  close(): void;
}

/** What the suite asks, topic by topic; docs/hosts.md tells of each, for each viewer. */
export type Topic =
  | 'components'
  | 'slices'
  | 'many-bands'
  | 'told'
  | 'map'
  | 'opacity'
  | 'order'
  | 'remove'
  | 'rgba'
  | 'classes'
  | 'linear'
  | 'place'
  | 'upright'
  | 'rotated'
  | 'affine'
  | 'pick'
  | 'camera'
  | 'panels'
  | 'dispose'
  | 'origin';

/** How much a viewer can be asked for. */
export interface Conformance {
  /** Topics that the viewer itself does not allow, each with a sentence that says why: printed, and written in docs/hosts.md. */
  readonly lacks?: Partial<Record<Topic, string>>;
  /** Levels of 255 that the viewer's own drawing may be off. Default 0: layers of one colour are exact. */
  readonly levels?: number;
  /** Of geometry read back, in its unit: a viewer may keep single precision. */
  readonly precision?: number;
}

/** Turned by 25° about z, then by 35° about x; spacing differs along each axis. */
const turned: Geometry = (() => {
  const [a, b] = [(25 * Math.PI) / 180, (35 * Math.PI) / 180];
  const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
  return {
    origin: [12.5, -7, 3] as const,
    spacing: [2, 1.5, 4] as const,
    direction: [ca, -sa, 0, cb * sa, cb * ca, -sb, sb * sa, sb * ca, cb],
    unit: null,
  };
})();

/** Sheared: the second axis leans by 0.4. */
const sheared = placed(
  { ...unitGeometry, spacing: [2, 1.5, 1] },
  [1, 0.4, 3, -0.1, 1, -2],
);

const width = 8;
const height = 6;
const base = 100;
const size = { width, height };

/** What every host must do, whatever its viewer: one suite, run for each adapter. */
export function hostConformance(
  name: string,
  makeHarness: () => Promise<HostHarness>,
  { lacks = {}, levels = 0, precision = 1e-12 }: Conformance = {},
): void {
  /** One test, in a group named for its topic: from these names docs/hosts.md is written. */
  const check = (
    topic: Topic,
    title: string,
    test: () => Promise<void> | void,
  ): void => {
    describe(topic, () => {
      const why = lacks[topic];
      if (why === undefined) it(title, test);
      else it.skip(why);
    });
  };

  describe(`${name} host`, () => {
    let harness: HostHarness;
    let host: Host;

    beforeEach(async () => {
      harness = await makeHarness();
      ({ host } = harness);
    });

    afterEach(() => {
      host.dispose();
      harness.close();
    });

    /** A grey volume of two slices under everything. */
    const addBase = (geometry: Geometry): Promise<void> =>
      harness.addVolume({
        layout: 'slices',
        ...size,
        bands: 2,
        data: new Uint8Array(width * height * 2).fill(base),
        geometry,
      });

    const place = (layer: Layer, geometry: Geometry, id: string): Layer => ({
      ...layer,
      geometry,
      id,
    });

    const flat = (style: Partial<LayerStyle>, id = 'flat'): Layer =>
      place(
        mapLayer(Array<number>(width * height).fill(1), style, width),
        unitGeometry,
        id,
      );

    const at = (x: number, y: number, geometry = unitGeometry) =>
      harness.pixel(indexToWorld(geometry, [x, y, 0]));

    /** A pixel of the screen has this colour. */
    const expectColour = async (
      x: number,
      y: number,
      wanted: readonly number[],
    ): Promise<void> => {
      const found = await at(x, y);
      wanted.forEach((value, c) =>
        expect(found[c]).to.be.closeTo(
          value,
          levels,
          `pixel ${x}, ${y}: ${found.join()} for ${wanted.join()}`,
        ),
      );
    };

    /** Every pixel of the screen is the layers' reference drawing over the base, within one level. */
    const expectDrawn = async (
      layers: readonly Layer[],
      below: readonly number[] = [base, base, base],
      geometry = unitGeometry,
    ): Promise<void> => {
      const drawn = layers.map((layer) => renderLayer(layer).data);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const n = y * width + x;
          const wanted = drawn.reduce<readonly number[]>(
            (under, data) =>
              drawOver([...data.subarray(4 * n, 4 * n + 4)], under),
            below,
          );
          const found = await at(x, y, geometry);
          wanted.forEach((value, c) =>
            expect(found[c]).to.be.closeTo(
              value,
              levels + 1.01,
              `pixel ${x}, ${y}: ${found.join()} for ${wanted.join()}`,
            ),
          );
        }
    };

    const ramp = (style: Partial<LayerStyle> = {}, id = 'ramp'): Layer =>
      place(
        mapLayer(
          Array.from({ length: width * height }, (_, n) => n / 47),
          style,
          width,
        ),
        unitGeometry,
        id,
      );

    describe('volumes', () => {
      check(
        'components',
        'read back to the byte with the geometry of a rotated image, bands as components',
        async () => {
          const data = Uint16Array.from(
            { length: 7 * 5 * 6 },
            (_, i) => i * 311,
          );
          await harness.addVolume({
            layout: 'components',
            width: 7,
            height: 5,
            bands: 6,
            data,
            geometry: turned,
          });
          const [ref] = await host.volumes();
          expect([ref.width, ref.height, ref.bands]).to.deep.equal([7, 5, 6]);
          const volume = await host.readVolume(ref.id);
          expect([...volume.data]).to.deep.equal([...data]);
          const numbers = (g: Geometry): number[] => [
            ...g.origin,
            ...g.spacing,
            ...g.direction,
          ];
          numbers(volume.geometry).forEach((value, i) =>
            expect(value).to.be.closeTo(numbers(turned)[i], precision),
          );
        },
      );

      check(
        'slices',
        'read back band-interleaved when the bands are slices',
        async () => {
          const data = Float32Array.from(
            { length: 4 * 3 * 5 },
            (_, i) => i / 7,
          );
          await harness.addVolume({
            layout: 'slices',
            width: 4,
            height: 3,
            bands: 5,
            data,
            geometry: turned,
          });
          const [ref] = await host.volumes();
          const volume = await host.readVolume(ref.id);
          for (let n = 0; n < 12; n++)
            for (let b = 0; b < 5; b++)
              expect(volume.data[n * 5 + b]).to.equal(data[b * 12 + n]);
        },
      );

      check(
        'many-bands',
        'of 1500 bands read back whole, with progress up to 1',
        async () => {
          const layouts = [
            ['components', 12],
            ['slices', 13],
          ] as const;
          for (const [layout, columns] of layouts) {
            if (layout in lacks) continue;
            const pixels = columns * 10;
            const data = Float32Array.from(
              { length: pixels * 1500 },
              (_, i) => Math.sin(i) * 3,
            );
            await harness.addVolume({
              layout,
              width: columns,
              height: 10,
              bands: 1500,
              data,
              geometry: unitGeometry,
            });
            const refs = await host.volumes();
            const ref = refs.find((one) => one.width === columns)!;
            const fractions: number[] = [];
            const volume = await host.readVolume(ref.id, {
              onProgress: (fraction) => fractions.push(fraction),
            });
            expect(volume.data).to.have.length(data.length);
            expect(
              volume.data.findIndex((value, i) => {
                const [n, b] = [Math.floor(i / 1500), i % 1500];
                return value !== data[layout === 'slices' ? b * pixels + n : i];
              }),
            ).to.equal(-1, `first value of ${layout} that differs`);
            expect(fractions.at(-1)).to.equal(1);
            expect([...fractions].sort((p, q) => p - q)).to.deep.equal(
              fractions,
            );
          }
        },
      );

      check(
        'slices',
        'are copies: the plugin may change or send away what it read',
        async () => {
          await addBase(unitGeometry);
          const [{ id }] = await host.volumes();
          const first = await host.readVolume(id);
          first.data.fill(7);
          const second = await host.readVolume(id);
          expect(second.data[0]).to.equal(base);
        },
      );

      check(
        'slices',
        'that are unknown are refused with a sentence, and an aborted read gives the reason',
        async () => {
          await addBase(unitGeometry);
          const error: unknown = await host
            .readVolume('no such volume')
            .catch((reason: unknown) => reason);
          expect(isUnmixingError(error) && error.tag).to.equal('host');
          const [{ id }] = await host.volumes();
          const reason = new Error('enough');
          const rejected: unknown = await host
            .readVolume(id, { signal: AbortSignal.abort(reason) })
            .catch((given: unknown) => given);
          expect(rejected).to.equal(reason);
        },
      );

      check(
        'told',
        'that come later are told, until the listener is taken back',
        async () => {
          let told = 0;
          const undo = host.onVolumesChanged(() => told++);
          await addBase(unitGeometry);
          await waitUntil(() => told > 0, 'the volume is told', {
            timeout: 5000,
          });
          const before = told;
          undo();
          undo();
          await addBase(turned);
          expect(await host.volumes()).to.have.length(2);
          expect(told).to.equal(before);
        },
      );
    });

    describe('layers', () => {
      beforeEach(() => addBase(unitGeometry));

      check(
        'map',
        'draw a map in its colour, stronger with its value',
        async () => {
          const layer = ramp({ colour: [255, 40, 0], opacity: 0.9 });
          await host.addLayer(layer);
          host.fit();
          await expectDrawn([layer]);
        },
      );

      check(
        'opacity',
        'of opacity 0, .5 and 1 give base, half and colour',
        async () => {
          const layer = await host.addLayer(flat({ opacity: 0 }));
          host.fit();
          await expectColour(3, 3, [base, base, base]);
          await layer.update(flat({ opacity: 0.5 }));
          const [red, green, blue] = await at(3, 3);
          expect(red).to.be.closeTo(177.5, levels + 1);
          expect([green, blue]).to.satisfy((c: number[]) =>
            c.every((v) => Math.abs(v - 50) <= levels + 1),
          );
          await layer.update(flat({ opacity: 1 }));
          await expectColour(3, 3, [255, 0, 0]);
        },
      );

      check(
        'order',
        'that overlap blend source over in the order given, in both orders',
        async () => {
          const red = flat({ opacity: 0.6 }, 'red');
          const blue = flat({ opacity: 0.6, colour: [0, 0, 255] }, 'blue');
          await host.addLayer(red);
          await host.addLayer(blue);
          host.fit();
          // .4 (.4 base + .6 red) + .6 blue, by hand: 77, 16, 169.
          await expectDrawn([red, blue]);
          await host.orderLayers(['blue', 'red']);
          await expectDrawn([blue, red]);
        },
      );

      check('order', 'not named in an order stay below', async () => {
        const layers = ['a', 'b', 'c', 'd'].map((id, i) =>
          flat({ opacity: 0.5, colour: [60 * i, 255 - 60 * i, 90] }, id),
        );
        for (const layer of layers) await host.addLayer(layer);
        host.fit();
        const [a, b, c, d] = layers;
        await host.orderLayers(['d', 'a']);
        await expectDrawn([b, c, d, a]);
      });

      check('map', 'keep a threshold sharp to the pixel', async () => {
        const layer = ramp({ threshold: 23 / 47, limits: [0.2, 0.8] });
        await host.addLayer(layer);
        host.fit();
        await expectDrawn([layer]);
        // Pixel 23 is (7, 2), pixel 22 its neighbour to the left.
        await expectColour(6, 2, [base, base, base]);
        expect((await at(7, 2))[0]).to.be.greaterThan(base + 60);
      });

      check(
        'remove',
        'that are hidden or removed give the base back',
        async () => {
          const layer = await host.addLayer(flat({}));
          host.fit();
          await layer.update(flat({ visible: false }));
          await expectColour(2, 2, [base, base, base]);
          await layer.update(flat({ visible: true, colour: [0, 255, 0] }));
          await expectColour(2, 2, [0, 255, 0]);
          await layer.remove();
          await expectColour(2, 2, [base, base, base]);
          await layer.remove();
        },
      );

      check(
        'remove',
        'that are added hidden are there once they are shown',
        async () => {
          const layer = await host.addLayer(flat({ visible: false }));
          host.fit();
          await expectColour(4, 4, [base, base, base]);
          await layer.update(flat({ visible: true }));
          await expectColour(4, 4, [255, 0, 0]);
        },
      );

      check(
        'remove',
        'that are added hidden are gone when they are removed unseen',
        async () => {
          const layer = await host.addLayer(flat({ visible: false }));
          host.fit();
          await expectColour(4, 4, [base, base, base]);
          await layer.remove();
          await expectColour(4, 4, [base, base, base]);
        },
      );

      check(
        'rgba',
        'of finished colours keep their alpha, scaled by the opacity',
        async () => {
          const image = rgbaLayer(
            Array.from({ length: width * height }, (_, n) => [
              (n * 37) % 256,
              (n * 91) % 256,
              255 - n,
              (n * 53) % 256,
            ]),
            { opacity: 0.7 },
          );
          const { image: row } = image;
          const layer: Layer = { ...image, image: { ...row, ...size } };
          await host.addLayer(layer);
          host.fit();
          await expectDrawn([layer]);
        },
      );

      check(
        'classes',
        'of classes stand in their colours, with nothing at class 0',
        async () => {
          const layer = place(
            classesLayer(
              Array.from({ length: width * height }, (_, n) => n % 3),
              [
                [240, 163, 10],
                [18, 178, 135],
              ],
              { opacity: 0.7 },
              width,
            ),
            unitGeometry,
            'classes',
          );
          await host.addLayer(layer);
          host.fit();
          await expectDrawn([layer]);
        },
      );

      check(
        'map',
        'draw a map in the colours of a ramp, with its gamma and limits',
        async () => {
          const style = {
            colourMap: 'ice',
            gamma: 0.5,
            threshold: 0.1,
          } as const;
          const handle = await host.addLayer(ramp({ ...style, opacity: 0.9 }));
          host.fit();
          await expectDrawn([ramp({ ...style, opacity: 0.9 })]);
          // Each of them alone is drawn anew.
          for (const patch of [
            { colourMap: 'grey' },
            { gamma: 2.2 },
            { limits: [0.3, 0.6] },
          ] as const) {
            const layer = ramp({ ...style, ...patch });
            await handle.update(layer);
            await expectDrawn([layer]);
          }
        },
      );

      check('rgba', 'of finished colours take limits and gamma', async () => {
        const image = rgbaLayer(
          Array.from({ length: width * height }, (_, n) => [
            (n * 37) % 256,
            (n * 91) % 256,
            255 - n,
            255,
          ]),
        );
        const layer = (style: Partial<LayerStyle>): Layer => ({
          ...image,
          image: { ...image.image, ...size },
          style: { ...image.style, ...style },
        });
        const handle = await host.addLayer(layer({}));
        host.fit();
        for (const style of [
          { limits: [0.2, 0.7] },
          { limits: [0, 1], gamma: 0.4 },
        ] as const) {
          await handle.update(layer(style));
          await expectDrawn([layer(style)]);
        }
      });

      check(
        'rgba',
        'blended into one give what they give one after another',
        async () => {
          const layers = [
            ramp({ opacity: 0.8 }, 'a'),
            flat({ opacity: 0.3, colour: [0, 200, 90] }, 'b'),
            ramp({ opacity: 0.6, colour: [20, 30, 255], threshold: 0.5 }, 'c'),
          ];
          await host.addLayer({
            ...flat({ opacity: 1 }, 'blend'),
            image: composite(layers),
          });
          host.fit();
          const { data } = composite(layers);
          const drawn = layers.map((layer) => renderLayer(layer).data);
          for (const n of [0, 13, 24, 30, 47]) {
            const rgba = (pixels: Uint8ClampedArray): number[] => [
              ...pixels.subarray(4 * n, 4 * n + 4),
            ];
            const one = drawOver(rgba(data), [base, base, base]);
            const each = drawn.reduce<readonly number[]>(
              (under, pixels) => drawOver(rgba(pixels), under),
              [base, base, base],
            );
            const found = await at(n % width, Math.floor(n / width));
            found.forEach((value, c) => {
              expect(value).to.be.closeTo(one[c], levels + 1.01);
              expect(value).to.be.closeTo(each[c], levels + 2.01);
            });
          }
        },
      );

      check(
        'linear',
        'with linear interpolation are halfway between two pixels',
        async () => {
          const values = Array.from({ length: width * height }, (_, n) =>
            n % width < 4 ? 0 : 1,
          );
          const layer = (interpolation: 'nearest' | 'linear'): Layer =>
            place(
              mapLayer(values, { interpolation }, width),
              unitGeometry,
              'edge',
            );
          const handle = await host.addLayer(layer('linear'));
          host.fit();
          const middle = await at(3.5, 3);
          expect(middle[0]).to.be.closeTo((base + 255) / 2, levels + 4);
          await handle.update(layer('nearest'));
          expect((await at(3.4, 3))[0]).to.equal(base);
          expect((await at(3.6, 3))[0]).to.equal(255);
        },
      );

      check('place', 'change image and place with an update', async () => {
        const handle = await host.addLayer(flat({}));
        host.fit();
        const small = mapLayer([1, 1], {}, 2);
        await handle.update({
          ...place(small, { ...unitGeometry, origin: [4, 3, 0] }, 'flat'),
        });
        await expectColour(4, 3, [255, 0, 0]);
        await expectColour(5, 3, [255, 0, 0]);
        await expectColour(3, 3, [base, base, base]);
        await expectColour(4, 4, [base, base, base]);
      });

      check(
        'upright',
        'show the first row on top and the first column left after fit',
        async () => {
          const corner = mapLayer(
            Array.from({ length: width * height }, (_, n) => (n === 0 ? 1 : 0)),
            {},
            width,
          );
          await host.addLayer(corner);
          host.fit();
          await expectColour(0, 0, [255, 0, 0]);
          const [first, right, down] = (
            [
              [0, 0, 0],
              [width - 1, 0, 0],
              [0, height - 1, 0],
            ] as const
          ).map((index) => harness.screen(index));
          expect(right.x).to.be.greaterThan(first.x);
          expect(right.y).to.be.closeTo(first.y, 1);
          expect(down.y).to.be.greaterThan(first.y);
          expect(down.x).to.be.closeTo(first.x, 1);
        },
      );

      check(
        'map',
        'that cannot be drawn are refused and leave nothing',
        async () => {
          const layer = flat({});
          const short = { ...layer, image: { ...layer.image, width: 99 } };
          const error: unknown = await host
            .addLayer(short)
            .catch((reason: unknown) => reason);
          expect(isUnmixingError(error)).to.equal(true);
          await host.addLayer(layer);
          host.fit();
          await expectDrawn([layer]);
          const again: unknown = await host
            .addLayer(layer)
            .catch((reason: unknown) => reason);
          expect(isUnmixingError(again) && again.tag).to.equal('host');
        },
      );
    });

    check(
      'rotated',
      'a layer of a rotated volume lies exactly on its pixels',
      async () => {
        await addBase(turned);
        const layer = place(
          mapLayer(
            Array.from({ length: width * height }, (_, n) => (n % 3) / 2),
            { colour: [0, 90, 255] },
            width,
          ),
          turned,
          'rotated',
        );
        await host.addLayer(layer);
        host.fit();
        await expectDrawn([layer], [base, base, base], turned);
      },
    );

    check(
      'affine',
      'a layer whose axes are not perpendicular lies exactly on its pixels; without the capability none is given',
      async () => {
        if (!host.capabilities.has('affine')) return;
        await addBase(unitGeometry);
        const layer = place(
          mapLayer(
            Array.from({ length: width * height }, (_, n) => (n % 3) / 2),
            { colour: [0, 90, 255] },
            width,
          ),
          sheared,
          'sheared',
        );
        await host.addLayer(layer);
        host.fit();
        // Whatever lies under it: black, where the volume does not reach.
        const pixels = renderLayer(layer).data;
        for (const [x, y] of [
          [0, 0],
          [2, 0],
          [7, 5],
          [5, 0],
          [2, 5],
        ] as const) {
          const found = await at(x, y, sheared);
          const strong = pixels[4 * (y * width + x) + 3] > 200;
          expect(found[2] > 200).to.equal(strong, `pixel ${x}, ${y}`);
        }
        // Just inside and outside of its slanted left and lower edges.
        const opaque = place(flat({ opacity: 1 }), sheared, 'opaque');
        await host.addLayer(opaque);
        for (const [x, y, inside] of [
          [-0.4, 3, true],
          [-0.6, 3, false],
          [4, 5.4, true],
          [4, 5.6, false],
        ] as const) {
          const [red, green] = await at(x, y, sheared);
          expect(red === 255 && green === 0).to.equal(inside, `${x}, ${y}`);
        }
      },
    );

    describe('pointer', () => {
      for (const [kind, geometry] of [
        ['plain', unitGeometry],
        ['rotated', turned],
      ] as const)
        check(
          kind === 'plain' ? 'pick' : 'rotated',
          `gives the voxel of a known pixel on a ${kind} layer, when nothing else is drawn`,
          async () => {
            await host.addLayer(place(flat({}), geometry, 'only'));
            host.fit();
            const picks: (Pick | null)[] = [];
            const undo = host.onPick((pick) => picks.push(pick));
            if (!host.capabilities.has('pick')) {
              await harness.point(indexToWorld(geometry, [2, 1, 0]), true);
              expect(picks).to.deep.equal([]);
              return;
            }
            for (const [x, y] of [
              [0, 0],
              [7, 5],
              [3.3, 2.4],
            ] as const) {
              const world = indexToWorld(geometry, [x, y, 0]);
              await harness.point(world);
              const pick = picks.at(-1);
              expect(pick?.pressed).to.equal(false);
              world.forEach((value, axis) =>
                expect(pick?.world[axis]).to.be.closeTo(value, 0.05),
              );
            }
            await harness.point(indexToWorld(geometry, [2, 1, 0]), true);
            expect(picks.at(-1)?.pressed).to.equal(true);
            await harness.leave();
            expect(picks.at(-1)).to.equal(null);
            const count = picks.length;
            undo();
            await harness.point(indexToWorld(geometry, [2, 1, 0]), true);
            expect(picks).to.have.length(count);
          },
        );
    });

    check(
      'camera',
      'shows what it is told to, where toView would put it, and tells the same again; without the capability there is none',
      async () => {
        if (!host.capabilities.has('camera')) {
          expect(host.camera).to.equal(undefined);
          return;
        }
        await addBase(unitGeometry);
        const layer = flat({});
        await host.addLayer(layer);
        host.fit();
        const { camera } = host;
        if (!camera) throw new Error('it claims a camera and has none');
        const fitted = camera.view();
        expect(fitted.up[1]).to.be.closeTo(-1, 1e-9);
        expect(fitted.right[0]).to.be.closeTo(1, 1e-9);
        expect(fitted.aspect ?? 1).to.be.greaterThan(0);
        let told = 0;
        const undo = camera.onMove(() => told++);
        const half = fitted.halfHeight / 2;
        camera.look({ ...fitted, centre: [3, 2, 0], halfHeight: half });
        expect(told).to.be.greaterThan(0);
        const now = camera.view();
        [3, 2, 0].forEach((value, i) =>
          expect(now.centre[i]).to.be.closeTo(value, 1e-9),
        );
        expect(now.halfHeight).to.be.closeTo(half, 1e-9);
        await expectColour(3, 2, [255, 0, 0]);
        // A step in the world is as long on the screen as the height of what is seen says.
        const [middle, beside, below] = (
          [
            [3, 2, 0],
            [4, 2, 0],
            [3, 3, 0],
          ] as const
        ).map((world) => harness.screen(world));
        const step = beside.x - middle.x;
        expect(step).to.be.greaterThan(0);
        expect(beside.y).to.be.closeTo(middle.y, 0.5);
        expect(below.y - middle.y).to.be.closeTo(step, 0.5);
        camera.look(fitted);
        const [first, second] = [
          harness.screen([3, 2, 0]),
          harness.screen([4, 2, 0]),
        ];
        expect(second.x - first.x).to.be.closeTo(step / 2, 0.5);
        undo();
        const count = told;
        camera.look(now);
        expect(told).to.equal(count);
      },
    );

    check(
      'panels',
      'mounts an element in each place it claims, and takes it back',
      async () => {
        const places: PanelPlace[] = [
          'left',
          'right',
          'bottom',
          'view',
          'cover',
        ];
        for (const where of places) {
          const element = document.createElement('p');
          const claim =
            where === 'view' || where === 'cover'
              ? 'view'
              : (`panel-${where}` as const);
          if (!host.capabilities.has(claim)) {
            expect(() => host.mountPanel(element, where)).to.throw(
              'invalid place',
            );
            continue;
          }
          const undo = host.mountPanel(element, where);
          expect(element.isConnected).to.equal(true);
          undo();
          undo();
          expect(element.isConnected).to.equal(false);
        }
      },
    );

    check('dispose', 'leaves nothing behind when disposed of', async () => {
      await addBase(unitGeometry);
      await host.addLayer(flat({}, 'a'));
      await host.addLayer(ramp({}, 'b'));
      await host.orderLayers(['b', 'a']);
      host.fit();
      let picked = 0;
      host.onPick(() => picked++);
      host.onVolumesChanged(() => undefined);
      for (const where of ['right', 'view'] as const)
        if (host.capabilities.has(where === 'view' ? where : 'panel-right'))
          host.mountPanel(document.createElement('p'), where);
      await at(1, 1);
      expect(harness.leftovers()).not.to.deep.equal([]);
      host.dispose();
      expect(harness.leftovers()).to.deep.equal([]);
      await expectColour(1, 1, [base, base, base]);
      await harness.point([1, 1, 0], true);
      expect(picked).to.equal(0);
      host.dispose();
    });

    check('origin', 'asks nothing of another origin', () => {
      const elsewhere = performance
        .getEntriesByType('resource')
        .map(({ name: url }) => new URL(url, location.href))
        .filter(({ protocol }) => protocol.startsWith('http'))
        .filter(({ origin }) => origin !== location.origin);
      expect(elsewhere.map(String)).to.deep.equal([]);
    });
  });
}
