import { UnmixingError } from '../../spectral/errors.js';
import { quietly } from '../common/shapes.js';
import type { HostVolume, LongTask, VolumeRef } from '../host.js';
import {
  bandsOf,
  geometryOfItk,
  shapeOfItk,
  valuesOf,
  type Shape,
} from './itk-image.js';
import { meanOf } from './proxy.js';
import type { ItkImage, ItkVtkViewer, ScaledImage } from './viewer.js';

/** Images of the viewer by lasting ids, and cubes that it shows by a proxy only. */
export class ImageList {
  readonly #ids = new WeakMap<ScaledImage, string>();
  readonly #held = new WeakMap<ScaledImage, ItkImage>();
  #count = 0;
  /** Names of images that are no volumes of the viewer's: those we compare. */
  readonly hidden = new Set<string>();

  constructor(readonly viewer: ItkVtkViewer) {}

  list(): readonly VolumeRef[] {
    return this.#images().map(([name, image]) => this.#describe(name, image));
  }

  async read(id: string, task: LongTask = {}): Promise<HostVolume> {
    const found = this.#images().find(([, image]) => this.#idOf(image) === id);
    if (!found)
      throw new UnmixingError(
        'host',
        `invalid volume: ${id} (want one of: ${this.list()
          .map((ref) => ref.id)
          .join(', ')})`,
      );
    task.signal?.throwIfAborted();
    const [name, scaled] = found;
    const image = this.#held.get(scaled) ?? (await scaled.getImage(0));
    return {
      ...this.#describe(name, scaled),
      data: await valuesOf(image, name, task),
      geometry: geometryOfItk(image),
      axis: null,
    };
  }

  /** Keeps a cube, and lets the viewer show a proxy in its place. */
  async hold(cube: ItkImage, name: string): Promise<void> {
    await this.viewer.setImage(await meanOf(cube), name);
    const shown = this.viewer.getImage(name);
    if (shown) this.#held.set(shown, cube);
    this.viewer.setImageColorMap('Grayscale', 0, name);
  }

  #images(): readonly (readonly [string, ScaledImage])[] {
    return this.viewer
      .getLayerNames()
      .filter((name) => !this.hidden.has(name))
      .flatMap((name) => {
        const image = quietly(() => this.viewer.getImage(name));
        return image ? [[name, image] as const] : [];
      });
  }

  #idOf(image: ScaledImage): string {
    const known = this.#ids.get(image);
    if (known !== undefined) return known;
    const id = `image-${++this.#count}`;
    this.#ids.set(image, id);
    return id;
  }

  #describe(name: string, image: ScaledImage): VolumeRef {
    const held = this.#held.get(image);
    const shape = held ? shapeOfItk(held) : shapeOfScaled(image);
    const { width, height } = shape;
    return {
      id: this.#idOf(image),
      name,
      width,
      height,
      bands: bandsOf(shape),
    };
  }
}

function shapeOfScaled({ scaleInfo, imageType }: ScaledImage): Shape {
  const along = (axis: string): number =>
    scaleInfo[0].arrayShape.get(axis) ?? 1;
  return {
    width: along('x'),
    height: along('y'),
    depth: along('z'),
    components: imageType.components,
  };
}
