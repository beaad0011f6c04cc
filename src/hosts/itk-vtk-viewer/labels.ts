import type { Layer, LayerImage } from '../../imaging/layer.js';
import { samePlace } from '../../imaging/geometry.js';
import type { Undo } from '../host.js';
import { geometryOfItk, shapeOfItk } from './itk-image.js';
import { forgetLayer, freeNames, keepGroups, type Service } from './state.js';
import type { ItkImage, ItkVtkViewer } from './viewer.js';
import { rendered } from './rendered.js';

type Classes = Extract<LayerImage, { readonly kind: 'classes' }>;

/** Labels of more values the viewer makes a pyramid of, in its worker. */
const mostValues = 2e6;

/** What is in the viewer now: on which of its images, and how that was before. */
interface Shown {
  readonly image: string;
  readonly name: string;
  readonly before: {
    readonly blend: number;
    readonly interpolation: boolean;
    readonly bringBackGroups: Undo;
  };
}

/**
 * Classes as the viewer's label image: on its list of layers, with the names of its labels and our colours. The viewer adds the
 * colours of labels to those of the image, so that they would not be exact: the layer is drawn by our stack as others are, and
 * the label image is blended in by nothing until the user moves the viewer's own slider.
 */
export class Labels {
  #wanted: Layer | null = null;
  #waiting = false;
  #working = false;
  #shown: Shown | null = null;
  /** The image that was last looked at for a place. */
  #tried: string | null = null;

  constructor(
    readonly viewer: ItkVtkViewer,
    readonly service: Service,
  ) {}

  /** Shows these classes, or none; of several calls while the viewer is at work only the last counts. */
  set(layer: Layer | null): void {
    if (layer === this.#wanted) return;
    this.#wanted = layer;
    this.#start();
  }

  /** To be told when the viewer may show another image. */
  follow(): void {
    const { selectedName } = this.#state.images;
    if (this.#wanted && selectedName !== this.#tried) this.#start();
  }

  #start(): void {
    this.#waiting = true;
    if (this.#working) return;
    this.#working = true;
    // They are beside what is drawn: without them the layer is still there.
    this.#work()
      .catch(() => this.#take())
      .finally(() => {
        this.#working = false;
      });
  }

  /** Takes them away at once. */
  dispose(): void {
    this.#wanted = null;
    this.#take();
  }

  async #work(): Promise<void> {
    while (this.#waiting) {
      this.#waiting = false;
      const layer = this.#wanted;
      const place = layer && (await this.#placeFor(layer));
      if (layer !== this.#wanted) continue;
      if (!layer || !place) this.#take();
      else {
        if (this.#shown && this.#shown.image !== place.image) this.#take();
        await this.#put(layer, place);
        if (this.#wanted === null) this.#take();
      }
    }
  }

  get #state() {
    return this.service.state.context;
  }

  /** The image that the viewer shows, if the classes lie on its pixels and it has no labels of its own. */
  async #placeFor(
    layer: Layer,
  ): Promise<{ image: string; like: ItkImage } | null> {
    const image = this.#state.images.selectedName;
    this.#tried = image;
    const state =
      image === null ? null : this.#state.images.actorContext.get(image);
    if (image === null || !state) return null;
    if (state.labelImage && this.#shown?.image !== image) return null;
    const like = await this.viewer.getImage(image)?.getImage(0);
    if (!like) return null;
    const { width, height, depth } = shapeOfItk(like);
    const fits =
      width === layer.image.width &&
      height === layer.image.height &&
      width * height * depth <= mostValues &&
      samePlace(geometryOfItk(like), layer.geometry);
    return fits ? { image, like } : null;
  }

  async #put(
    layer: Layer,
    { image, like }: { image: string; like: ItkImage },
  ): Promise<void> {
    const { viewer } = this;
    const classes = layer.image as Classes;
    const first = this.#shown === null;
    this.#shown ??= {
      image,
      name: freeNames(viewer, [layer.name])[0],
      before: {
        blend: this.#state.images.actorContext.get(image)!.labelImageBlend,
        interpolation: viewer.getImageInterpolationEnabled(image),
        bringBackGroups: keepGroups(this.#state),
      },
    };
    if (first) viewer.setLabelImageBlend(0, image);
    await rendered(viewer, image, () =>
      viewer.setLabelImage(labelImage(classes, like, this.#shown!.name), image),
    );
    viewer.setLabelImageLabelNames(
      new Map([
        [0, 'None'],
        ...classes.names.map((name, k) => [k + 1, escaped(name)] as const),
      ]),
      image,
    );
    this.#colour(classes);
  }

  /** In place of the colours of a lookup table by which the viewer tells labels apart. */
  #colour({ colours }: Classes): void {
    const function_ =
      this.#state.images.colorTransferFunctions?.get('labelImage');
    if (!function_) return;
    function_.removeAllPoints();
    function_.addRGBPointLong(0, 0, 0, 0, 0.5, 1);
    colours.forEach(([red, green, blue], k) =>
      function_.addRGBPointLong(
        k + 1,
        red / 255,
        green / 255,
        blue / 255,
        0.5,
        1,
      ),
    );
    function_.setMappingRange(0, colours.length);
    // A slice looks at the colours of its second component only when its own properties change.
    for (const one of this.viewer.getViewProxy().getRepresentations())
      for (const actor of one.getActors())
        (actor as unknown as { getProperty(): { modified(): void } })
          .getProperty()
          .modified();
  }

  #take(): void {
    if (!this.#shown) return;
    const { image, name, before } = this.#shown;
    this.#shown = null;
    const view = this.viewer.getViewProxy();
    forgetLayer(this.#state, view, name);
    const state = this.#state.images.actorContext.get(image);
    if (state) {
      state.labelImage = null;
      state.labelImageName = null;
      state.labelImageBlend = before.blend;
      state.labelNames = new Map();
      state.labelImageWeights = new Map();
      delete state.uniqueLabels;
      delete state.renderedLabelImage;
      this.viewer.setImageInterpolationEnabled(before.interpolation, image);
      this.service.send({
        type: 'UPDATE_RENDERED_IMAGE',
        data: { name: image },
      });
    }
    view.setLabelNames(null);
    before.bringBackGroups();
  }
}

/** The same on every slice of the image that it lies on. */
function labelImage(
  { classes }: Classes,
  like: ItkImage,
  name: string,
): ItkImage {
  const { depth } = shapeOfItk(like);
  const data = new Uint8Array(classes.length * depth);
  for (let k = 0; k < depth; k++) data.set(classes, k * classes.length);
  return {
    ...like,
    imageType: {
      ...like.imageType,
      componentType: 'uint8',
      pixelType: 'Scalar',
      components: 1,
    },
    name,
    metadata: new Map(),
    data,
    ranges: undefined,
  };
}

/** The viewer writes names of labels into its page as HTML. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
