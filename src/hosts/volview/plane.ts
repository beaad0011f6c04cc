import {
  axisVector,
  dot,
  subtract,
  transposeDirection,
  type Point,
} from '../../imaging/geometry.js';
import type { Layer } from '../../imaging/layer.js';
import { renderLayer } from '../../imaging/render.js';
import type { Geometry } from '../../spectral/cube.js';
import { UnmixingError } from '../../spectral/errors.js';
import { quietly } from '../common/shapes.js';
import { geometryOf } from './volumes.js';
import {
  tested,
  type HeldImage,
  type VtkArray,
  type VtkImage,
} from './viewer.js';

/**
 * A layer as VolView holds one: an image with as many slices as the dataset it lies on, for VolView shows of a layer the
 * slice with the number of the one that it shows of the dataset. All slices are the same, so only one is kept. Its pixels
 * are finished colours, those of `renderLayer`: VolView draws four components as they are, so limits, threshold and opacity
 * are exact.
 */
export class Plane {
  readonly image: VtkImage;
  readonly #scalars: VtkArray;
  #told: Look['told'] = () => [];

  /**
   * @param below the dataset it lies on: its slices are parallel to the layer
   * @throws UnmixingError `host` when VolView makes no image of the kind expected
   */
  constructor(layer: Layer, look: Look, below: HeldImage) {
    const dataset = below.getVtkImageData();
    [this.image, this.#scalars] = made(below);
    const { width, height } = layer.image;
    const [, , slices] = dataset.getDimensions();
    this.image.setDimensions(width, height, slices);
    const { origin, spacing, direction } = placed(
      layer.geometry,
      geometryOf(dataset),
    );
    this.image.setOrigin(origin);
    this.image.setSpacing(spacing);
    this.image.setDirection(transposeDirection(direction));
    this.#put(look);
    const getTuple = (n: number): readonly number[] => this.#told(n);
    this.image
      .getPointData()
      .setScalars(Object.freeze({ ...this.#scalars, getTuple }));
  }

  /** Draws another look, of the same size and place. */
  draw(look: Look): void {
    this.#put(look);
    this.image.modified();
  }

  #put({ colours, told }: Look): void {
    this.#told = told;
    this.#scalars.setData(colours, 4);
    // Otherwise vtk.js looks at every value of every slice for them.
    for (let c = 0; c < 4; c++) this.#scalars.setRange({ min: 0, max: 255 }, c);
    this.#scalars.setRange({ min: 0, max: 510 }, 4);
  }
}

/** A fresh image and fresh values of VolView's own copy of vtk.js, whose classes are not to be had from outside. */
function made(held: HeldImage): [VtkImage, VtkArray] {
  const parts = quietly((): [VtkImage, VtkArray] => {
    // The class that all images of its cache derive from; a new one holds an image without values.
    const Empty = Object.getPrototypeOf(
      held.constructor,
    ) as new () => HeldImage;
    const image = new Empty().getVtkImageData();
    const scalars = held.getVtkImageData().getPointData().getScalars()!;
    return [image, scalars.newClone()];
  });
  if (!parts || parts[0] === held.getVtkImageData())
    throw new UnmixingError(
      'host',
      `This VolView makes no images for layers as VolView ${tested} does: another version needs an adapter made for it.`,
    );
  return parts;
}

/**
 * Where the layer's image lies: in its own place within its plane, its first slice in the plane of the dataset's first and
 * as far apart as the dataset's.
 */
function placed(own: Geometry, below: Geometry): Geometry {
  const step = axisVector(below, 2);
  const thickness = Math.hypot(...step);
  const along = step.map((value) => value / thickness) as unknown as Point;
  const rise = dot(subtract(below.origin, own.origin), along);
  const at = (axis: 0 | 1 | 2): number => own.origin[axis] + rise * along[axis];
  const [a, b, , d, e, , g, h] = own.direction;
  return {
    origin: [at(0), at(1), at(2)],
    spacing: [own.spacing[0], own.spacing[1], thickness],
    direction: [a, b, along[0], d, e, along[1], g, h, along[2]],
    unit: own.unit,
  };
}

/** What a layer looks like. */
export interface Look {
  /** Of one slice, answering for any: whatever part is asked for is taken of this one. */
  readonly colours: Uint8Array;
  /** What VolView tells of pixel n, as that under the pointer: its value, where there is one. */
  readonly told: (n: number) => readonly number[];
}

/**
 * The look of a layer, be it visible or not.
 * @throws UnmixingError `input` when the layer cannot be drawn
 */
export function lookOf(layer: Layer, opacity = layer.style.opacity): Look {
  const { style, image } = layer;
  const { data } = renderLayer({
    ...layer,
    style: { ...style, opacity, visible: true },
  });
  const colours = new Uint8Array(data.buffer);
  const pixels = image.width * image.height;
  const part = colours.subarray.bind(colours);
  Object.defineProperty(colours, 'subarray', {
    value: (begin = 0, end = colours.length): Uint8Array => {
      const size = end - begin;
      // One value a pixel is asked for where VolView makes a thumbnail.
      if (size === pixels) return brightness(colours);
      const start = begin % colours.length;
      return part(start, start + size);
    },
  });
  const told = (n: number): readonly number[] => {
    const at = n % pixels;
    if (image.kind === 'map') return [image.values[at]];
    if (image.kind === 'classes') return [image.classes[at]];
    return [...part(4 * at, 4 * at + 4)];
  };
  return { colours, told };
}

function brightness(colours: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: colours.length / 4 }, (_, n) => {
    const [red, green, blue, alpha] = [0, 1, 2, 3].map(
      (c) => colours[4 * n + c],
    );
    return (Math.max(red, green, blue) * alpha) / 255;
  });
}
