import { planeOf, worldToIndex } from '../../imaging/geometry.js';
import { UnmixingError } from '../../spectral/errors.js';
import { keepPace } from '../../spectral/pace.js';
import { interleavedSlices } from '../common/reading.js';
import type { HostVolume, LongTask, VolumeRef } from '../host.js';
import { colourTypes, type Niivue, type Volume } from './viewer.js';
import { geometryOf, turned } from './world.js';

/** Values scaled between two rests. */
const stretch = 1 << 20;

/** One image that can be read: a volume, and of a stack with frames one slice. */
interface Listed extends VolumeRef {
  readonly volume: Volume;
  readonly slice: number;
}

/**
 * The volumes of the viewer that hold spectra: frames are bands, or slices where there is one frame. Of a stack of slices
 * with frames the slice under the crosshair is listed.
 */
export class VolumeList {
  constructor(
    readonly nv: Niivue,
    /** Tells our own. */
    readonly isOurs: (volume: Volume) => boolean,
  ) {}

  list(): readonly VolumeRef[] {
    return this.#listed().map(({ id, name, width, height, bands }) => ({
      id,
      name,
      width,
      height,
      bands,
    }));
  }

  async read(id: string, task: LongTask = {}): Promise<HostVolume> {
    const listed = this.#listed();
    const found = listed.find((one) => one.id === id);
    if (!found)
      throw new UnmixingError(
        'host',
        `invalid volume: ${id} (want one of: ${listed.map((one) => one.id).join(', ')})`,
      );
    const { volume, slice, name, width, height, bands } = found;
    task.signal?.throwIfAborted();
    await this.#loadFrames(volume);
    const pixels = width * height;
    const { img, nVox3D } = volume;
    const [first, step] =
      framesOf(volume) > 1 ? [slice * pixels, nVox3D] : [0, pixels];
    const wanted = framesOf(volume) * nVox3D;
    if (img.length !== wanted)
      throw new UnmixingError(
        'host',
        `cannot read ${name}: ${img.length} values (want ${wanted})`,
      );
    const slices = Array.from({ length: bands }, (_, b) =>
      img.subarray(first + b * step, first + b * step + pixels),
    );
    const data = await interleavedSlices(slices, pixels, task);
    await scale(data, volume, task);
    const geometry = planeOf(geometryOf(volume), slice);
    return { id, name, width, height, bands, data, geometry, axis: null };
  }

  #listed(): Listed[] {
    return this.nv.volumes
      .filter(
        (volume) =>
          !this.isOurs(volume) &&
          !colourTypes.includes(volume.hdr.datatypeCode),
      )
      .map((volume) => {
        const [, width, height, depth] = volume.hdr.dims;
        const frames = framesOf(volume);
        const stack = frames > 1 && depth > 1;
        const slice = stack ? this.#sliceOf(volume, depth) : 0;
        return {
          volume,
          slice,
          id: stack ? `${volume.id}/${slice}` : volume.id,
          name: `${volume.name || 'Volume'}${stack ? `, slice ${slice + 1}` : ''}`,
          width,
          height,
          bands: frames > 1 ? frames : depth,
        };
      });
  }

  #sliceOf(volume: Volume, depth: number): number {
    const { nv } = this;
    const mm = nv.frac2mm(nv.scene.crosshairPos, 0, true);
    const world = turned([mm[0], mm[1], mm[2]]);
    const [, , k] = worldToIndex(geometryOf(volume), world);
    return Math.min(depth - 1, Math.max(0, Math.round(k)));
  }

  /** A viewer that was told to load a few frames first loads the others now, as on a click beside its timeline. */
  async #loadFrames(volume: Volume): Promise<void> {
    const total = volume.nTotalFrame4D;
    if (volume.nFrame4D >= total) return;
    try {
      await this.nv.loadDeferred4DVolumes(volume.id);
    } catch (cause) {
      volume.nTotalFrame4D = total;
      throw new UnmixingError(
        'host',
        `cannot read ${volume.name}: niivue holds ${volume.nFrame4D} of its ${total} frames, and could not load the others`,
        { cause },
      );
    }
  }
}

const framesOf = ({ nFrame4D, nTotalFrame4D }: Volume): number =>
  Math.max(1, nFrame4D, nTotalFrame4D);

/** By the slope and the intercept that the file declares. */
async function scale(
  data: Float32Array,
  { hdr: { scl_slope, scl_inter } }: Volume,
  { signal }: LongTask,
): Promise<void> {
  const slope = scl_slope || 1;
  const intercept = scl_inter || 0;
  if (slope === 1 && intercept === 0) return;
  const pace = keepPace(signal);
  for (let start = 0; start < data.length; start += stretch) {
    await pace();
    const end = Math.min(data.length, start + stretch);
    for (let i = start; i < end; i++) data[i] = data[i] * slope + intercept;
  }
}
