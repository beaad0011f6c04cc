import { transposeDirection } from '../../imaging/geometry.js';
import { UnmixingError } from '../../spectral/errors.js';
import type { LongTask } from '../host.js';
import { inBandOrder, seriesName } from './series.js';
import type { CachedVolume, Cornerstone } from './viewer.js';
import type { Source } from './volumes.js';

/** A volume in the cache; its bands are its slices, or the components of its one slice. */
export function volumeSource(
  cornerstone: Cornerstone,
  volume: CachedVolume,
): Source {
  const { volumeId: id, imageIds } = volume;
  const [width, height, depth] = Array.from(volume.dimensions);
  const components = volume.voxelManager.numberOfComponents ?? 1;
  const [x, y, z] = Array.from(volume.origin);
  const [dx, dy, dz] = Array.from(volume.spacing);
  return {
    ref: {
      id,
      name: seriesName(cornerstone, imageIds.at(0)) ?? id,
      width,
      height,
      bands: depth > 1 ? depth : components,
    },
    geometry: {
      origin: [x, y, z],
      spacing: [dx, dy, dz],
      direction: transposeDirection(volume.direction),
      unit: 'mm',
    },
    depth,
    components,
    async slices(task) {
      await loaded(cornerstone, volume, task);
      const kept = imageIds.map((image) =>
        cornerstone.cache.getImage(image)?.voxelManager?.getScalarData(),
      );
      const whole = kept.filter((slice) => slice !== undefined);
      if (whole.length === depth)
        return inBandOrder(cornerstone, imageIds, whole);
      if (volume.loadStatus)
        throw new UnmixingError(
          'host',
          `cannot read ${id}: ${whole.length} of ${depth} slices could be loaded`,
        );
      // Kept in one piece; a copy, as the viewer gives it.
      const values =
        volume.voxelManager.getCompleteScalarDataArray() as Float32Array;
      const each = width * height * components;
      const parts = Array.from({ length: depth }, (_, k) =>
        values.subarray(k * each, (k + 1) * each),
      );
      return inBandOrder(cornerstone, imageIds, parts);
    },
  };
}

/** Resolves when every slice of a volume that loads one after the other has come. */
function loaded(
  { eventTarget, Enums: { Events } }: Cornerstone,
  volume: CachedVolume,
  { signal, onProgress }: LongTask,
): Promise<void> {
  if (volume.loadStatus?.loaded !== false) return Promise.resolve();
  const stop = new AbortController();
  return new Promise<void>((resolve, reject) => {
    const on = (name: string, listener: (detail: Detail) => void): void => {
      const heard = (event: Event): void => {
        const { detail } = event as CustomEvent<Detail>;
        if (detail.volumeId === volume.volumeId) listener(detail);
      };
      eventTarget.addEventListener(name, heard);
      stop.signal.addEventListener('abort', () =>
        eventTarget.removeEventListener(name, heard),
      );
    };
    on(Events.IMAGE_VOLUME_MODIFIED, ({ framesProcessed, numberOfFrames }) =>
      onProgress?.(framesProcessed / numberOfFrames),
    );
    on(Events.IMAGE_VOLUME_LOADING_COMPLETED, () => resolve());
    signal?.addEventListener('abort', () => reject(signal.reason as Error), {
      signal: stop.signal,
    });
    volume.load();
  }).finally(() => stop.abort());
}

interface Detail {
  readonly volumeId: string;
  readonly framesProcessed: number;
  readonly numberOfFrames: number;
}
