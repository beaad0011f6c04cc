import type { Channel } from '../common/bands.js';
import { nameFrom } from '../common/json.js';
import { type Tag, tagsOf } from '../common/xml.js';

export type Dimension = 'C' | 'Z' | 'T';
type Place = Readonly<Record<Dimension, number>>;

/** What the OME-XML of a file says of its first image (OME data model, schema 2016-06). */
export interface OmeImage {
  /** Planes along each dimension; a plane of several samples counts as so many channels. */
  readonly sizes: Place;
  /** One a channel that is described. */
  readonly channels: readonly Channel[];
  /** Size of a pixel in µm; null when it is not said in a length. */
  readonly spacing: readonly [number, number] | null;
  /** Number of the picture in the file that holds a plane; null when none does. */
  readonly pageOf: (place: Place) => number | null;
  /** Images in the file. */
  readonly images: number;
  /** What we noted ourselves; null when there is nothing. */
  readonly note: string | null;
}

/** The namespace of the annotation with our note. */
export const noteNamespace = 'stratigraph';

/** Lengths of the OME data model, in nm. */
const lengths: ReadonlyMap<string, number> = new Map([
  ['pm', 1e-3],
  ['Å', 0.1],
  ['nm', 1],
  ['µm', 1e3],
  ['μm', 1e3],
  ['um', 1e3],
  ['mm', 1e6],
  ['cm', 1e7],
  ['m', 1e9],
]);

/** A length of a tag in nm; null when it is not said, or in a unit that is no length. */
function lengthOf(
  { attributes }: Tag,
  key: string,
  unit: string,
): number | null {
  const factor = lengths.get(attributes.get(`${key}Unit`) ?? unit);
  const value = Number(attributes.get(key)) * (factor ?? NaN);
  return value > 0 && value < Infinity ? value : null;
}

function whole({ attributes }: Tag, key: string, otherwise: number): number {
  const value = Number(attributes.get(key) ?? otherwise);
  return Number.isInteger(value) && value >= 0 ? value : otherwise;
}

/** Where each plane lies: in the order of the dimensions, unless `TiffData` says otherwise. */
function pagesOf(
  pixels: Tag,
  sizes: Place,
  data: readonly Tag[],
  pages: number,
) {
  const said = attribute(pixels, 'DimensionOrder').slice(2);
  const order = (/^(?=.*C)(?=.*Z)(?=.*T)[CZT]{3}$/.test(said) ? said : 'CZT')
    .split('')
    .map((letter): Dimension =>
      letter === 'C' || letter === 'Z' ? letter : 'T',
    );
  const numberOf = (place: Place): number =>
    order.reduceRight(
      (at, dimension) => at * sizes[dimension] + place[dimension],
      0,
    );
  const listed = new Map<number, number>();
  // No picture is named twice.
  let left = pages;
  for (const tag of data) {
    const first = numberOf({
      C: whole(tag, 'FirstC', 0),
      Z: whole(tag, 'FirstZ', 0),
      T: whole(tag, 'FirstT', 0),
    });
    const page = whole(tag, 'IFD', 0);
    const count = whole(
      tag,
      'PlaneCount',
      tag.attributes.has('IFD') ? 1 : pages,
    );
    for (let i = 0; i < count && page + i < pages && left > 0; i++, left--)
      listed.set(first + i, page + i);
  }
  return (place: Place): number | null =>
    (data.length > 0 ? listed.get(numberOf(place)) : numberOf(place)) ?? null;
}

const attribute = ({ attributes }: Tag, key: string): string =>
  attributes.get(key) ?? '';

/**
 * Reads OME-XML.
 * @param pages pictures in the file
 * @returns null when the text is none
 */
export function readOmeXml(xml: string, pages: number): OmeImage | null {
  if (!/<(?:[\w.-]+:)?OME[\s>]/.test(xml.slice(0, 10_000))) return null;
  const all = tagsOf(xml);
  const start = all.findIndex(({ name }) => name === 'Pixels');
  if (start < 0) return null;
  const pixels = all[start];
  const isNext = ({ name }: Tag): boolean =>
    name === 'Image' || name === 'StructuredAnnotations';
  const end = all.findIndex((tag, i) => i > start && isNext(tag));
  const within = all.slice(start, end < 0 ? undefined : end);
  const named = (name: string): Tag[] =>
    within.filter((tag) => tag.name === name);
  const channels = named('Channel');
  const perPlane =
    channels.length > 0
      ? Math.max(1, whole(channels[0], 'SamplesPerPixel', 1))
      : 1;
  const size = (key: Dimension): number =>
    Math.max(1, whole(pixels, `Size${key}`, 1));
  const sizes = {
    C: Math.ceil(size('C') / perPlane),
    Z: size('Z'),
    T: size('T'),
  };
  const [x, y] = ['X', 'Y'].map((axis) =>
    lengthOf(pixels, `PhysicalSize${axis}`, 'µm'),
  );
  const notes = all.findIndex(
    ({ name, attributes }) =>
      name === 'CommentAnnotation' &&
      attributes.get('Namespace') === noteNamespace,
  );
  return {
    sizes,
    channels: channels.map((channel) => ({
      name: nameFrom(attribute(channel, 'Name')),
      wavelength: lengthOf(channel, 'EmissionWavelength', 'nm'),
    })),
    spacing: x !== null && y !== null ? [x / 1e3, y / 1e3] : null,
    pageOf: pagesOf(pixels, sizes, named('TiffData'), pages),
    images: all.filter(({ name }) => name === 'Image').length,
    note:
      notes < 0
        ? null
        : (all.slice(notes + 1).find(({ name }) => name === 'Value')?.text ??
          null),
  };
}
