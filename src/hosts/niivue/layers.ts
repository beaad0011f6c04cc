import { indexToWorld } from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { renderLayer, sameLook } from '../../imaging/render.js';
import type { Geometry } from '../../spectral/cube.js';
import type { Grid } from './grid.js';
import {
  byteType,
  checkVolume,
  rgbaType,
  type Niivue,
  type Volume,
} from './viewer.js';
import { affineOf } from './world.js';

/** A volume of niivue that is not in its list yet. */
export async function makeVolume(
  nv: Niivue,
  kind: 'rgba' | 'bytes',
): Promise<Volume> {
  const type = kind === 'rgba' ? rgbaType : byteType;
  const affine = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const values = new Uint8Array(kind === 'rgba' ? 4 : 1);
  const ones = [1, 1, 1];
  const file = await nv.createNiftiArray(ones, ones, affine, type, values);
  const volume = checkVolume(await nv.niftiArray2NVImage(file));
  volume.colorbarVisible = false;
  return volume;
}

/** Gives a volume other values and another place; niivue draws them with its next update. */
export function fill(
  volume: Volume,
  [width, height, depth]: readonly [number, number, number],
  values: Uint8Array,
  geometry: Geometry,
): void {
  const { dims, pixDims } = volume.hdr;
  [dims[1], dims[2], dims[3]] = [width, height, depth];
  [pixDims[1], pixDims[2], pixDims[3]] = geometry.spacing;
  volume.nVox3D = width * height * depth;
  volume.img = values;
  volume.setAffine(affineOf(geometry));
}

/**
 * One layer as niivue draws it: a volume of finished colours, which it blends over those below with their alpha. (Of a
 * colour map niivue keeps no alpha between 0 and 1.)
 */
export class DrawnLayer {
  /** What the values of the volume were made from. */
  #drawn: Layer | null = null;
  #asSlab = false;

  constructor(
    public layer: Layer,
    readonly volume: Volume,
  ) {}

  /**
   * @param asSlab draws it where its slice lies and nowhere else; otherwise on every slice of the background
   * @param most pixels along an axis that the viewer can take
   */
  draw(asSlab: boolean, most: number): void {
    const { layer, volume } = this;
    const { visible } = layer.style;
    if (visible && (!sameLook(this.#drawn, layer) || asSlab !== this.#asSlab)) {
      const { width, height, data, geometry } = framed(layer, most);
      const depth = asSlab ? 3 : 1;
      fill(
        volume,
        [width, height, depth],
        asSlab ? between(data) : data,
        asSlab
          ? { ...geometry, origin: indexToWorld(geometry, [0, 0, -1]) }
          : geometry,
      );
      this.#drawn = layer;
      this.#asSlab = asSlab;
    }
    volume.name = layer.name;
    volume.opacity = visible ? 1 : 0;
  }
}

interface Framed extends Grid {
  readonly data: Uint8Array;
}

/**
 * The colours of a layer in a frame of one transparent pixel, as niivue repeats the outermost beyond a volume's edge. Pixels
 * of the frame keep the hue beside them, so that interpolation does. Of an image too large for the viewer every second
 * pixel is left out, or more.
 */
function framed(layer: Layer, most: number): Framed {
  const image = renderLayer(layer);
  const step = Math.ceil(Math.max(image.width, image.height) / (most - 2));
  const [width, height] = [image.width, image.height].map(
    (n) => Math.ceil(n / step) + 2,
  );
  const from = new Uint32Array(image.data.buffer);
  const to = new Uint32Array(width * height);
  const taken = (i: number, n: number): number =>
    Math.min(Math.max((i - 1) * step + (step >> 1), 0), n - 1);
  for (let y = 0; y < height; y++) {
    const row = taken(y, image.height) * image.width;
    for (let x = 0; x < width; x++)
      to[y * width + x] = from[row + taken(x, image.width)];
  }
  const data = new Uint8Array(to.buffer);
  const last = (height - 1) * width;
  for (let x = 0; x < width; x++)
    data[4 * x + 3] = data[4 * (last + x) + 3] = 0;
  for (let n = 0; n <= last; n += width)
    data[4 * n + 3] = data[4 * (n + width - 1) + 3] = 0;
  const { geometry } = layer;
  const [dx, dy, dz] = geometry.spacing;
  const start = -(step + 1) / 2;
  return {
    width,
    height,
    data,
    geometry: {
      ...geometry,
      spacing: [dx * step, dy * step, dz],
      origin: indexToWorld(geometry, [start, start, 0]),
    },
  };
}

/** Between two transparent copies: colours of one slice and of no other. */
function between(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(3 * data.length);
  for (const slice of [0, 1, 2]) out.set(data, slice * data.length);
  for (let a = 3; a < data.length; a += 4)
    out[a] = out[2 * data.length + a] = 0;
  return out;
}
