import type { Geometry } from '../../spectral/cube.js';
import { UnmixingError } from '../../spectral/errors.js';
import { copied, interleavedSlices } from '../common/reading.js';
import type { HostVolume, LongTask, VolumeRef } from '../host.js';
import { stackSource } from './stack-source.js';
import { volumeSource } from './volume-source.js';
import { isStack, type Cornerstone, type Viewport } from './viewer.js';

/** An image that the viewer holds. */
export interface Source {
  readonly ref: VolumeRef;
  readonly geometry: Geometry;
  readonly depth: number;
  readonly components: number;
  /** Values of each slice, interleaved by component; loads what is not loaded yet. */
  slices(task: LongTask): Promise<readonly ArrayLike<number>[]>;
}

/** Volumes in cornerstone's cache and the stack of the viewport, without those that are ours. */
export class SourceList {
  constructor(
    readonly cornerstone: Cornerstone,
    readonly viewport: () => Viewport,
    readonly isOurs: (volumeId: string) => boolean,
  ) {}

  /** What the viewport shows comes first. */
  all(): readonly Source[] {
    const { cornerstone } = this;
    const shown = this.#shown();
    const viewport = this.viewport();
    const stack = isStack(viewport) ? stackSource(cornerstone, viewport) : null;
    const volumes = cornerstone.cache
      .getVolumes()
      .filter((volume) => volume !== undefined)
      .filter(
        ({ volumeId, imageIds }) =>
          !this.isOurs(volumeId) &&
          // One image, not two, where a stack was made a volume, too.
          !(stack && imageIds.includes(stack.ref.id)),
      );
    const sources = volumes.map((volume) => volumeSource(cornerstone, volume));
    return [
      ...(stack ? [stack] : []),
      ...sources.filter(({ ref }) => shown.has(ref.id)),
      ...sources.filter(({ ref }) => !shown.has(ref.id)),
    ];
  }

  /** Those that the viewport shows. */
  shown(): readonly Source[] {
    const shown = this.#shown();
    return this.all().filter(({ ref }) => shown.has(ref.id));
  }

  async read(id: string, task: LongTask = {}): Promise<HostVolume> {
    const all = this.all();
    const source = all.find(({ ref }) => ref.id === id);
    if (!source)
      throw new UnmixingError(
        'host',
        `invalid volume: ${id} (want one of: ${all.map(({ ref }) => ref.id).join(', ')})`,
      );
    const { ref, depth, components, geometry } = source;
    if (components > 1 && depth > 1)
      throw new UnmixingError(
        'host',
        `cannot read ${ref.name}: ${depth} slices of ${components} components (want one slice with the bands as components, or one component with the bands as slices)`,
      );
    const { signal, onProgress } = task;
    signal?.throwIfAborted();
    const loading = (fraction: number): void => onProgress?.(fraction / 2);
    const laying = (fraction: number): void => onProgress?.((1 + fraction) / 2);
    const slices = await source.slices({ signal, onProgress: loading });
    const pixels = ref.width * ref.height;
    for (const slice of slices)
      if (slice.length !== pixels * components)
        throw new UnmixingError(
          'host',
          `cannot read ${ref.name}: a slice of ${slice.length} values (want ${ref.width} x ${ref.height} x ${components} = ${pixels * components})`,
        );
    const rest = { signal, onProgress: laying };
    const data =
      depth > 1
        ? await interleavedSlices(slices, pixels, rest)
        : await copied(slices[0], rest);
    return { ...ref, data, geometry, axis: null };
  }

  #shown(): ReadonlySet<string | undefined> {
    const viewport = this.viewport();
    return new Set([
      ...viewport.getActors().map(({ referencedId }) => referencedId),
      ...(isStack(viewport) ? viewport.getImageIds().slice(0, 1) : []),
    ]);
  }
}
