import { UnmixingError } from '../../spectral/errors.js';
import type { Bytes } from '../common/bytes.js';
import { findStream } from './compound.js';

/*
 * Agilent publishes no description of its files. The layout of tiles, and that tiles are counted from the upper left
 * while their rows run from below, are as the project agilent-format reads them. How the description is built was seen
 * in four samples, whose own spectrum stands in it.
 */

/** What a .bsp or .dmt says of its tiles. */
export interface Description {
  readonly start: number;
  readonly step: number;
  readonly bands: number;
  /** Labels of the axis and of the values, such as "Wavenumber" and "Absorbance". */
  readonly labels: readonly [string, string];
  /** Of a pixel, µm; null when it is not said. */
  readonly pixelSize: number | null;
  /** Pixels along each side when the whole detector is read. */
  readonly wholeField: number;
  /** Tiles of a mosaic along x and y. */
  readonly tiles: readonly [number, number];
  /** A photograph of the whole field, and the size of its pixels, µm. */
  readonly picture: {
    readonly packed: Uint8Array;
    readonly pixelSize: number;
  } | null;
}

/** Two numbers of a measurement, such as 0007255F-5A4BE501: the name of its stream. */
const measurement = /^[\dA-F]{8}-[\dA-F]{8}$/i;

/** A stream of names and values: each text stands after its length (32 bit). */
class Properties {
  readonly #text: string;

  constructor(readonly bytes: Bytes) {
    this.#text = new TextDecoder('latin1').decode(bytes.bytes);
  }

  #after(name: string): number | null {
    const at = this.#text.indexOf(
      `${String.fromCharCode(name.length)}\0\0\0${name}`,
    );
    return at < 0 ? null : at + 4 + name.length;
  }

  /** The values of an object: zero, records, and for each its version, one, values, and each value after its size. */
  values(name: string): readonly Bytes[] {
    let at = this.#after(name);
    if (at === null) return [];
    const records = this.bytes.int32(at + 4);
    at += 8;
    for (let r = 0; r < records; r++) {
      const length = this.bytes.int32(at);
      const version = this.bytes.text(at + 4, length);
      at += 4 + length;
      const values: Bytes[] = [];
      const count = this.bytes.int32(at + 4);
      at += 8;
      for (let i = 0; i < count; i++) {
        const size = this.bytes.int32(at);
        values.push(this.bytes.part(at + 4, size));
        at += 4 + size;
      }
      if (version === '1.00') return values;
    }
    return [];
  }

  /** A property that is one 64-bit number; NaN when there is none. */
  number(name: string): number {
    const value = this.values(name).at(0);
    return value?.size === 8 ? value.float64(0) : NaN;
  }

  /** A setting of the measurement: eleven numbers after its name, its text; NaN when there is none. */
  setting(name: string): number {
    const at = this.#after(name);
    if (at === null) return NaN;
    return Number(this.bytes.text(at + 44, this.bytes.int32(at + 28)) || NaN);
  }
}

/**
 * Reads the description of a tile or mosaic.
 * @throws UnmixingError `file`
 */
export function readDescription(file: Bytes): Description {
  const stream = findStream(file, measurement);
  const properties = stream && new Properties(stream);
  const data = properties?.values('Data') ?? [];
  // Step, first point in steps, points, and the spectrum that was on the screen.
  if (!properties || [8, 4, 4].some((size, i) => data.at(i)?.size !== size))
    throw new UnmixingError(
      'file',
      `${file.name} does not describe an image of an Agilent microscope.`,
    );
  const [step, start, bands] = data;
  const labels = properties.values('Parms');
  const label = (i: number): string => {
    const value = labels.at(i);
    return value ? value.text(0, value.size) : '';
  };
  const atOnce = properties.setting('PixelAggregationSize');
  const pixelSize = properties.number('FPA Pixel Size') * atOnce;
  const tiles = (axis: 'X' | 'Y'): number => {
    const said = properties.setting(`MosaicExtent${axis}`);
    return Number.isInteger(said) && said > 0 ? said : 1;
  };
  const packed = properties.values('Captured Image').at(1)?.bytes;
  const visible = properties.number('Visible Pixel Size');
  return {
    start: start.int32(0),
    step: step.float64(0),
    bands: bands.int32(0),
    labels: [label(3), label(5)],
    pixelSize: pixelSize > 0 && pixelSize < Infinity ? pixelSize : null,
    wholeField: properties.setting('FPA Size X') / atOnce,
    tiles: [tiles('X'), tiles('Y')],
    picture: packed && visible > 0 ? { packed, pixelSize: visible } : null,
  };
}
