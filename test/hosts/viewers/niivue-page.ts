import type { Host } from '../../../src/hosts/host.js';
import {
  niivueHost,
  type NiivueHostOptions,
} from '../../../src/hosts/niivue.js';
import type { Niivue, Volume } from '../../../src/hosts/niivue/viewer.js';
import { affineOf, turned } from '../../../src/hosts/niivue/world.js';
import type { Point } from '../../../src/imaging/geometry.js';
import type { GivenVolume, HostHarness } from '../../conformance/suite.js';
import { onPage, pointAt, sendPointer, twoFrames } from './pointer.js';

/** More of niivue than the adapter uses: what pages do with it. */
export interface Viewer extends Niivue {
  attachToCanvas(canvas: HTMLCanvasElement, antialias: boolean): Promise<void>;
  loadFromArrayBuffer(buffer: ArrayBuffer, name: string): Promise<void>;
  loadVolumes(
    volumes: readonly { url: string; name: string; limitFrames4D?: number }[],
  ): Promise<void>;
  updateGLVolume(): void;
  frac2canvasPos(share: ArrayLike<number>): readonly number[] | null;
  cleanup(): void;
  dispatchEvent(event: Event): boolean;
  volumes: (Volume & { cal_min: number; cal_max: number })[];
}

interface NiivueModule {
  readonly Niivue: new (options: object) => Viewer;
}

/** Known to the page alone. */
const bundle = '/viewers/niivue.js';
const niivue = (await import(bundle)) as NiivueModule;

const dataTypes = new Map<unknown, number>([
  [Uint8Array, 2],
  [Float32Array, 16],
  [Uint16Array, 512],
]);

/** From band-interleaved by pixel to one image a band. */
function frameByFrame(data: GivenVolume['data'], bands: number): typeof data {
  const pixels = data.length / bands;
  return data
    .slice()
    .map((_, i) => data[(i % pixels) * bands + Math.floor(i / pixels)]);
}

/** A page with niivue as its documentation makes one, and the host on it. */
export class NiivuePage implements HostHarness {
  readonly page = document.createElement('div');
  readonly canvas = document.createElement('canvas');
  readonly nv: Viewer;
  host!: Host;
  #before = '';
  #count = 0;

  private constructor(options: object) {
    const container = document.createElement('div');
    Object.assign(container.style, { width: '240px', height: '180px' });
    container.append(this.canvas);
    this.page.append(container);
    document.body.append(this.page);
    this.nv = new niivue.Niivue({
      // Nothing over the image where the tests look.
      crosshairWidth: 0,
      isOrientationTextVisible: false,
      loadingText: '',
      // As radiologists and DICOM have it: x to the left, as pixels are counted.
      isRadiologicalConvention: true,
      logLevel: 'error',
      ...options,
    });
  }

  static async open(
    options: object = {},
    host: Partial<NiivueHostOptions> = {},
  ): Promise<NiivuePage> {
    const page = new NiivuePage(options);
    await page.nv.attachToCanvas(page.canvas, false);
    page.#before = page.#state();
    page.host = niivueHost({ nv: page.nv, ...host });
    return page;
  }

  async addVolume(volume: GivenVolume): Promise<void> {
    await this.load(volume);
    this.#before = this.#state();
  }

  async load(volume: GivenVolume, name?: string): Promise<void> {
    const file = await this.file(volume);
    name ??= `volume-${++this.#count}.nii`;
    await this.nv.loadFromArrayBuffer(file.buffer, name);
    const loaded = this.nv.volumes.find((one) => one.name === name)!;
    [loaded.cal_min, loaded.cal_max] = [0, 255];
    this.nv.updateGLVolume();
  }

  /** A NIfTI file; bands as components become its frames. */
  async file({
    layout,
    width,
    height,
    bands,
    data,
    geometry,
  }: GivenVolume): Promise<Uint8Array<ArrayBuffer>> {
    const frames = layout === 'components';
    const size = [width, height, frames ? 1 : bands];
    const spacing = [...geometry.spacing];
    const file = await this.nv.createNiftiArray(
      frames ? [...size, bands] : size,
      frames ? [...spacing, 1] : spacing,
      affineOf(geometry).flat(),
      dataTypes.get(data.constructor)!,
      (frames ? frameByFrame(data, bands) : data) as Uint8Array,
    );
    return new Uint8Array(file);
  }

  /** After the frame in which the adapter draws. */
  settled(): Promise<void> {
    return twoFrames();
  }

  async pixel(world: Point): Promise<[number, number, number]> {
    await this.settled();
    this.nv.drawScene();
    const { gl } = this.nv;
    const [x, y] = this.#canvas(world).map(Math.floor);
    const found = new Uint8Array(4);
    gl.readPixels(
      x,
      this.canvas.height - 1 - y,
      1,
      1,
      gl.RGBA,
      gl.UNSIGNED_BYTE,
      found,
    );
    return [found[0], found[1], found[2]];
  }

  #canvas(world: Point): readonly [number, number] {
    const share = this.nv.mm2frac(turned(world), 0, true);
    const [x, y] = this.nv.frac2canvasPos(share) ?? [-1, -1];
    return [x, y];
  }

  screen(world: Point): { x: number; y: number } {
    const { width, height } = this.canvas;
    return onPage(this.canvas, this.#canvas(world), [width, height]);
  }

  async point(world: Point, pressed = false): Promise<void> {
    await this.settled();
    await pointAt(this.canvas, this.screen(world), pressed);
  }

  async leave(): Promise<void> {
    sendPointer(this.canvas, 'pointerleave');
  }

  #state(): string {
    const { opts, scene, volumes } = this.nv;
    return JSON.stringify({
      volumes: volumes.map(({ id, opacity }) => [id, opacity]),
      opts,
      crosshair: [...Array.from(scene.crosshairPos)],
      pan: [...Array.from(scene.pan2Dxyzmm)],
      elements: this.page.getElementsByTagName('*').length,
    });
  }

  leftovers(): readonly string[] {
    const now = this.#state();
    return now === this.#before ? [] : [`${this.#before} became ${now}`];
  }

  close(): void {
    // Browsers allow few contexts at a time, and free them late.
    this.nv.cleanup();
    this.nv.gl.getExtension('WEBGL_lose_context')?.loseContext();
    this.page.remove();
  }
}
