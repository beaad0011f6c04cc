import { UnmixingError } from '../../spectral/errors.js';
import { describe } from '../common/description.js';
import { bytesPerValue } from '../common/put-values.js';
import { noteNamespace } from './ome-xml.js';
import type { SavedFile, SavedImage } from '../saved.js';
import { bytes } from '../common/words.js';
import { escapeXml } from '../common/xml.js';

/** What the 32-bit places of a TIFF reach. */
const mostBytes = 2 ** 32 - 1;
/** TIFF 6.0: SHORT, LONG and ASCII fields. */
const short = 3;
const long = 4;
const ascii = 2;

/** What a band is called: its name, or its position. */
const channelName = ({ bandNames, axis }: SavedImage, b: number): string =>
  bandNames?.[b] ??
  (axis ? `${axis.values[b]} ${axis.unit ?? ''}`.trim() : `Band ${b + 1}`);

function channelXml(image: SavedImage, b: number): string {
  const { axis } = image;
  // The data model has lengths only; a wavenumber stands in the name.
  const wavelength =
    (axis?.unit === 'nm' || axis?.unit === 'µm') && axis.values[b] > 0
      ? ` EmissionWavelength="${axis.values[b]}" EmissionWavelengthUnit="${axis.unit}"`
      : '';
  return `<Channel ID="Channel:0:${b}" Name="${escapeXml(channelName(image, b))}" SamplesPerPixel="1"${wavelength}/>`;
}

/** OME-XML of the schema 2016-06; our own description is a comment in it. */
function omeXml(image: SavedImage): string {
  const { name, description, width, height, bands, geometry } = image;
  const { unit, spacing } = geometry;
  const size = unit
    ? ['X', 'Y']
        .map(
          (axis, i) =>
            ` PhysicalSize${axis}="${spacing[i]}" PhysicalSize${axis}Unit="${unit}"`,
        )
        .join('')
    : '';
  const channels = Array.from({ length: bands }, (_, b) =>
    channelXml(image, b),
  ).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openmicroscopy.org/Schemas/OME/2016-06 http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd" Creator="Stratigraph"><Image ID="Image:0" Name="${escapeXml(name)}"><Description>${escapeXml(description)}</Description><Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="${image.classes ? 'uint8' : 'float'}" BigEndian="false" SizeX="${width}" SizeY="${height}" SizeC="${bands}" SizeZ="1" SizeT="1"${size}>${channels}<TiffData IFD="0" PlaneCount="${bands}"/></Pixels><AnnotationRef ID="Annotation:0"/></Image><StructuredAnnotations><CommentAnnotation ID="Annotation:0" Namespace="${noteNamespace}"><Value>${escapeXml(JSON.stringify(describe(image)))}</Value></CommentAnnotation></StructuredAnnotations></OME>`;
}

/** The fields of one picture in rising order: number, type, count, value or place. */
function fieldsOf(
  image: SavedImage,
  strip: number,
  xml: { readonly at: number; readonly length: number } | null,
): [number, number, number, number][] {
  const { width, height, classes } = image;
  return [
    [256, long, 1, width],
    [257, long, 1, height],
    // Bits of a value, not packed, zero is black.
    [258, short, 1, 8 * bytesPerValue(image)],
    [259, short, 1, 1],
    [262, short, 1, 1],
    ...(xml
      ? [
          [270, ascii, xml.length, xml.at] satisfies [
            number,
            number,
            number,
            number,
          ],
        ]
      : []),
    [273, long, 1, strip],
    [277, short, 1, 1],
    [278, long, 1, height],
    [279, long, 1, bytesPerValue(image) * width * height],
    // IEEE floats, or whole numbers.
    [339, short, 1, classes ? 1 : 3],
  ];
}

/**
 * Writes 32-bit floats (bytes, of classes) as OME-TIFF, little-endian, one picture a band. Axis, names and geometry stand in its OME-XML as
 * far as that has places for them, and wholly in our description beside it.
 * @throws UnmixingError `input` when the file would be larger than a TIFF can be
 */
export function writeOmeTiff(image: SavedImage): SavedFile[] {
  const { name, width, height, bands, data } = image;
  const xml = new TextEncoder().encode(`${omeXml(image)}\0`);
  const each = bytesPerValue(image);
  const planeBytes = each * width * height;
  const first = 8 + 4 * Math.ceil(xml.length / 4);
  const fields = fieldsOf(image, 0, null).length;
  const directoryBytes = 2 + 12 * fields + 4;
  // Directories begin at a whole word.
  const directories = first + 2 * Math.ceil((bands * planeBytes) / 2);
  const size = directories + bands * directoryBytes + 12;
  if (size > mostBytes)
    throw new UnmixingError(
      'input',
      `invalid format: OME-TIFF cannot hold ${bytes(size)} (want at most ${bytes(mostBytes)}: crop or bin the image, or save it as ENVI or OME-Zarr)`,
    );
  const content = new Uint8Array(size);
  const view = new DataView(content.buffer);
  view.setUint32(0, 0x002a4949, true);
  view.setUint32(4, directories, true);
  content.set(xml, 8);
  for (let b = 0, at = first; b < bands; b++)
    for (let n = b; n < data.length; n += bands, at += each)
      if (each === 4) view.setFloat32(at, data[n], true);
      else view.setUint8(at, data[n]);
  let at = directories;
  for (let b = 0; b < bands; b++) {
    const all = fieldsOf(
      image,
      first + b * planeBytes,
      b === 0 ? { at: 8, length: xml.length } : null,
    );
    view.setUint16(at, all.length, true);
    at += 2;
    for (const [tag, type, count, value] of all) {
      view.setUint16(at, tag, true);
      view.setUint16(at + 2, type, true);
      view.setUint32(at + 4, count, true);
      // A SHORT fills the first half of its place; the rest is zero.
      view.setUint32(at + 8, value, true);
      at += 12;
    }
    view.setUint32(at, b < bands - 1 ? at + 4 : 0, true);
    at += 4;
  }
  return [{ name: `${name}.ome.tif`, content }];
}
