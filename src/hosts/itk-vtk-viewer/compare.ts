import type { Layer } from '../../imaging/layer.js';
import { renderLayer, strength } from '../../imaging/render.js';
import { UnmixingError } from '../../spectral/errors.js';
import type { Comparison, Undo } from '../host.js';
import type { ImageList } from './images.js';
import { viewerParts } from './parts.js';
import { rendered } from './rendered.js';
import { forgetLayer, freeNames, keepGroups, type Service } from './state.js';
import type { ItkImage, ItkVtkViewer } from './viewer.js';

/** How the viewer was, to be brought back there. */
interface Before {
  readonly image: string;
  /** Ours, on the viewer's list. */
  readonly names: readonly string[];
  readonly slices: readonly [number, number, number];
  readonly bringBackGroups: Undo;
}

/** Places 0 to 1 between the limits of an image, each with the weight of the image there. */
const opaque = [
  [0, 1],
  [1, 1],
] as const;

/**
 * Two layers in the viewer's own comparison: both become images of it for as long as it lasts. It compares intensities, so that a
 * map comes by its strength from 0 to 1, and colours by their brightness.
 */
export class Comparing {
  #before: Before | null = null;

  constructor(
    readonly viewer: ItkVtkViewer,
    readonly service: Service,
    readonly images: ImageList,
    /** Hides our layers, and shows them again. */
    readonly hide: (hidden: boolean) => void,
  ) {}

  get isOn(): boolean {
    return this.#before !== null;
  }

  async show(comparison: Comparison): Promise<void> {
    await this.end();
    const { selectedName } = this.#state.images;
    if (selectedName === null)
      throw new UnmixingError(
        'host',
        'itk-vtk-viewer compares only where it shows an image: show one in it first (showCube).',
      );
    const { first, second, mode } = comparison;
    const before = (this.#before = {
      image: selectedName,
      names: freeNames(this.viewer, [first.name, second.name]),
      slices: this.#slices(),
      bringBackGroups: keepGroups(this.#state),
    });
    this.hide(true);
    try {
      await this.#begin([first, second], mode, before);
    } catch (error) {
      this.#bringBack(before);
      if (this.#before === before) this.#before = null;
      throw error;
    }
  }

  async #begin(
    layers: readonly Layer[],
    mode: Comparison['mode'],
    before: Before,
  ): Promise<void> {
    const { viewer } = this;
    const step = async (name: string, work: () => Promise<void>) => {
      await rendered(viewer, name, work);
      if (this.#before !== before)
        throw new UnmixingError('host', 'The comparison was ended.');
    };
    for (const [i, name] of before.names.entries()) {
      this.images.hidden.add(name);
      await step(name, () =>
        viewer.setImage(intensities(layers[i], name), name),
      );
      viewer.setImageColorMap('Grayscale', 0, name);
      // In two dimensions an image of one component has none, and the viewer's comparison fails without.
      viewer.setImagePiecewiseFunctionPoints(opaque, 0, name);
    }
    await this.#prepareSecond();
    const [fixed, moving] = before.names;
    await step(moving, () =>
      viewer.setCompareImages(fixed, moving, { method: mode }),
    );
  }

  /** Ends it; resolves when the viewer draws its image again. */
  async end(): Promise<void> {
    const before = this.#before;
    if (!before) return;
    await rendered(this.viewer, before.image, () => this.leave());
    const [x, y, z] = before.slices;
    this.viewer.setXSlice(x);
    this.viewer.setYSlice(y);
    this.viewer.setZSlice(z);
  }

  /** Takes our images away at once; the viewer draws its own with one of its next frames. */
  leave(): void {
    if (this.#before) this.#bringBack(this.#before);
    this.#before = null;
  }

  #bringBack({ image, names, bringBackGroups }: Before): void {
    const view = this.viewer.getViewProxy();
    this.#state.images.selectedName = image;
    for (const name of names) {
      forgetLayer(this.#state, view, name);
      this.images.hidden.delete(name);
    }
    const { service } = this;
    service.send({ type: 'SELECT_LAYER', data: image });
    service.send({ type: 'COMPARE_UPDATED', data: { name: image } });
    service.send({ type: 'IMAGE_ASSIGNED', data: image });
    bringBackGroups();
    this.hide(false);
  }

  /** The viewer sets limits of the second image before it has made a colour function for it, and fails. */
  async #prepareSecond(): Promise<void> {
    const functions = this.#state.images.colorTransferFunctions;
    if (!functions || functions.has(1)) return;
    const manager = this.viewer.getViewProxy().getProxyManager();
    functions.set(1, (await viewerParts(manager)).colours);
  }

  get #state() {
    return this.service.state.context;
  }

  /** Where the viewer cuts along x, y and z of its world. */
  #slices(): [number, number, number] {
    const [x, y, z] = this.viewer
      .getViewProxy()
      .getRepresentations()
      .flatMap((one) => one.getActors())
      .map((actor) =>
        (actor as unknown as { getMapper(): { getSlice(): number } })
          .getMapper()
          .getSlice(),
      );
    return [x, y, z];
  }
}

function intensities(layer: Layer, name: string): ItkImage {
  const { image, geometry } = layer;
  return {
    imageType: {
      dimension: 3,
      componentType: 'float32',
      pixelType: 'Scalar',
      components: 1,
    },
    name,
    origin: [...geometry.origin],
    spacing: [...geometry.spacing],
    direction: Float64Array.from(geometry.direction),
    size: [image.width, image.height, 1],
    metadata: new Map(),
    data: strengths(layer),
    // By which the viewer scales both.
    ranges: [[0, 1]],
  };
}

/** One value a pixel, 0 to 1. */
function strengths(layer: Layer): Float32Array {
  const { image, style } = layer;
  if (image.kind === 'map')
    return Float32Array.from(image.values, (value) => strength(value, style));
  const { data } = renderLayer({
    ...layer,
    style: { ...style, opacity: 1, visible: true },
  });
  // Luma of Rec. 709, over black.
  return Float32Array.from({ length: data.length / 4 }, (_, n) => {
    const [red, green, blue, alpha] = data.subarray(4 * n, 4 * n + 4);
    return ((0.2126 * red + 0.7152 * green + 0.0722 * blue) * alpha) / 255 ** 2;
  });
}
