import { expect } from '@open-wc/testing';
import { drawOn, measureText } from '../../../src/elements/figure/canvas.js';
import {
  figureFile,
  pngOf,
  svgOf,
} from '../../../src/elements/figure/files.js';
import { unzip } from '../../../src/formats/zip.js';
import type { Figure } from '../../../src/session/figure/figure.js';
import { layOut } from '../../../src/session/figure/layout.js';
import type { Drawing } from '../../../src/session/figure/marks.js';
import {
  entry,
  figure,
  panel,
  placed,
  raster,
} from '../../session/figure/made.js';

const map = raster(16, 8, (x, y) => [65, 192, 246, (x * 16 + y * 3) % 256]);
const picture = raster(40, 20, (x, y) => [x * 6, y * 12, (x * y) % 256, 255]);
const bar = raster(128, 1, (x) => [232, 163, 23, 2 * x]);

const drawingOf = (more: Partial<Figure> = {}): Drawing =>
  layOut(
    figure({
      panels: [
        panel([placed(picture), placed(map, { at: [2.5, 0, 0, 0, 2.5, 0] })]),
      ],
      legend: [
        entry(1, 'Calcite'),
        {
          ...entry(9, 'Lead white'),
          swatch: { number: 9, colour: '#E8A317', hatched: true },
        },
        {
          ...entry(2, 'Residual'),
          bar: { raster: bar, low: '0', high: '0.05 rad' },
        },
      ],
      scale: { length: 10, label: '10 µm' },
      caption: 'Said of it, in a few words that take more than one line.',
      ...more,
    }),
    measureText,
  );

async function pixelsOf(blob: Blob): Promise<ImageData> {
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.drawImage(image, 0, 0);
  URL.revokeObjectURL(image.src);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

const pngPixels = async (drawing: Drawing, scale: number): Promise<ImageData> =>
  pixelsOf(new Blob([await pngOf(drawing, scale)], { type: 'image/png' }));
const svgPixels = async (drawing: Drawing): Promise<ImageData> =>
  pixelsOf(new Blob([await svgOf(drawing)], { type: 'image/svg+xml' }));

/** CRC-32 bit by bit, as ISO 3309 has it. */
function checksum(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit++)
      rest = ((rest ^ (byte >> bit)) & 1 ? 0xedb88320 : 0) ^ (rest >>> 1);
  return ~rest >>> 0;
}

interface Chunk {
  readonly type: string;
  readonly content: Uint8Array;
  readonly sum: number;
  readonly wanted: number;
}
function chunksOf(png: Uint8Array): Chunk[] {
  const view = new DataView(png.buffer);
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const body = png.subarray(at + 4, at + 8 + length);
    chunks.push({
      type: String.fromCharCode(...body.subarray(0, 4)),
      content: body.subarray(4),
      sum: view.getUint32(at + 8 + length),
      wanted: checksum(body),
    });
    at += 12 + length;
  }
  return chunks;
}

describe('a figure as PNG', () => {
  it('shows each pixel of a map as source over says, in the middle of the square that it takes', async () => {
    const theme = 'light';
    const drawing = layOut(
      figure({ panels: [panel([placed(map)])], ground: 'black', theme }),
      measureText,
    );
    const { data, width } = await pngPixels(drawing, 2);
    // 400 pixels between margins of 12, twice as many in the file, for 16 of the map.
    const side = 800 / 16;
    for (let y = 0; y < 8; y++)
      for (let x = 0; x < 16; x++) {
        const at =
          4 * ((24 + side * (y + 0.5)) * width + 24 + side * (x + 0.5));
        const alpha = map.data[4 * (16 * y + x) + 3] / 255;
        [65, 192, 246].forEach((value, c) =>
          expect(data[at + c]).to.be.closeTo(14 + alpha * (value - 14), 1),
        );
      }
  });

  it('puts a sheared image where its map says, to the pixel', async () => {
    const at = [1, 0.5, 0, 0.25, 1, 0] as const;
    const square = raster(8, 8, (x, y) =>
      x === 5 && y === 3 ? [255, 0, 0, 255] : [0, 0, 255, 255],
    );
    const extent = { x: 0, y: 0, width: 12, height: 10 };
    const drawing = layOut(
      figure({ panels: [panel([placed(square, { at })], { extent })] }),
      measureText,
    );
    const { data, width } = await pngPixels(drawing, 3);
    const colourAt = (x: number, y: number): number[] => {
      const [u, v] = [at[0] * x + at[1] * y, at[3] * x + at[4] * y];
      const place = (one: number): number => Math.floor(36 + (1200 / 12) * one);
      const index = 4 * (place(v) * width + place(u));
      return Array.from(data.subarray(index, index + 3));
    };
    expect(colourAt(5.5, 3.5)).to.deep.equal([255, 0, 0]);
    for (const [x, y] of [
      [5.05, 3.05],
      [5.95, 3.05],
      [5.05, 3.95],
      [5.95, 3.95],
    ])
      expect(colourAt(x, y)).to.deep.equal([255, 0, 0]);
    for (const [x, y] of [
      [4.95, 3.5],
      [6.05, 3.5],
      [5.5, 2.95],
      [5.5, 4.05],
    ])
      expect(colourAt(x, y)).to.deep.equal([0, 0, 255]);
    expect(colourAt(8.1, 4)).to.deep.equal([255, 255, 255]);
  });

  it('has as many pixels as asked for, tells the size on paper and what it shows, with right checksums', async () => {
    const drawing = drawingOf();
    for (const scale of [1, 2, 3, 4]) {
      const chunks = chunksOf(await pngOf(drawing, scale));
      const [header] = chunks;
      const view = new DataView(header.content.slice().buffer);
      expect(view.getUint32(0)).to.equal(scale * drawing.width);
      expect(view.getUint32(4)).to.equal(scale * drawing.height);
      for (const { sum, wanted } of chunks) expect(sum).to.equal(wanted);
      const size = chunks.find(({ type }) => type === 'pHYs');
      const physical = new DataView(
        (size?.content ?? new Uint8Array(9)).slice().buffer,
      );
      // 96 pixels to 25.4 mm are 3779.5 to the metre.
      expect(physical.getUint32(0)).to.be.closeTo(3779.53 * scale, 0.5);
      expect(physical.getUint8(8)).to.equal(1);
      const texts = chunks
        .filter(({ type }) => type === 'iTXt')
        .map(({ content }) => new TextDecoder().decode(content).split('\0'));
      expect(texts.map(([keyword]) => keyword)).to.deep.equal([
        'Title',
        'Description',
        'Software',
      ]);
      expect(texts[1].at(-1)).to.equal(drawing.caption);
    }
  });

  it('keeps what is transparent so', async () => {
    const { data } = await pngPixels(drawingOf({ theme: 'transparent' }), 1);
    expect(data[3]).to.equal(0);
  });

  it('is refused, with what is possible, where it is larger than a browser can draw', async () => {
    const drawing = { ...drawingOf(), width: 4000, height: 3000 };
    let message = '';
    await pngOf(drawing, 4).catch((error: unknown) => {
      message = String(error);
    });
    expect(message).to.match(
      /would have 16000 x 12000 pixels, more than a browser can draw: save it at 2 times, or as SVG\.$/,
    );
  });

  it('fades a stack as one', async () => {
    const red = raster(40, 20, () => [255, 0, 0, 255]);
    const stack = {
      part: { x: 0, y: 0, width: 1, height: 1 },
      opacity: 0.5,
      tag: null,
      // Faded one by one, the second would leave three quarters.
      images: [placed(red), placed(red)],
    };
    const drawing = layOut(
      figure({ panels: [panel([placed(red)], { stacks: [stack] })] }),
      measureText,
    );
    for (const { data, width } of [
      await pngPixels(drawing, 1),
      await svgPixels(drawing),
    ]) {
      const at = 4 * (100 * width + 200);
      [255, 127.5, 127.5].forEach((value, c) =>
        expect(data[at + c]).to.be.closeTo(value, 2),
      );
    }
  });
});

describe('a figure as SVG', () => {
  for (const theme of ['light', 'dark', 'transparent'] as const)
    it(`looks in Chromium as the PNG does, to 2 levels of 255: ${theme}`, async () => {
      const drawing = drawingOf({
        theme,
        panels: [
          panel([
            placed(picture),
            placed(map, { at: [2, 0.3, 1, -0.2, 2, 3], smooth: true }),
            placed(map, { at: [1, 0, 8, 0, 1, 9], additive: true }),
          ]),
        ],
      });
      const [png, svg] = [
        await pngPixels(drawing, 1),
        await svgPixels(drawing),
      ];
      expect([svg.width, svg.height]).to.deep.equal([png.width, png.height]);
      let [most, off] = [0, 0];
      for (let i = 0; i < png.data.length; i++) {
        const apart = Math.abs(png.data[i] - svg.data[i]);
        most = Math.max(most, apart);
        if (apart > 2) off++;
      }
      expect(off, `${off} values are off, by up to ${most}`).to.equal(0);
    });

  it('smooths as the PNG does where an image has more pixels than the figure', async () => {
    const large = raster(1600, 800, (x, y) => {
      const value = 127 + 120 * Math.sin(x / 9) * Math.sin(y / 7);
      return [value, value, 255 - value, 255];
    });
    const drawing = layOut(
      figure({ panels: [panel([placed(large, { smooth: true })])] }),
      measureText,
    );
    const [png, svg] = [await pngPixels(drawing, 1), await svgPixels(drawing)];
    let most = 0;
    for (let i = 0; i < png.data.length; i++)
      most = Math.max(most, Math.abs(png.data[i] - svg.data[i]));
    expect(most).to.be.at.most(2);
  });
});

describe('files of figures', () => {
  const one = (name: string) => ({
    name,
    figure: figure({ name, panels: [panel([placed(map)])] }),
  });

  it('are the figure itself, or several in a zip, numbered, with names that any system takes', async () => {
    const single = await figureFile([one('Layers')], 'sample/7', {
      format: 'svg',
      scale: 1,
    });
    expect([single.name, single.type]).to.deep.equal([
      'sample-7.svg',
      'image/svg+xml',
    ]);
    const several = await figureFile(
      [one('Calcite'), one('../a:b')],
      'sample',
      {
        format: 'png',
        scale: 1,
      },
    );
    expect(several.name).to.equal('sample.zip');
    const files = await unzip(several, {});
    expect(files.map(({ name }) => name)).to.deep.equal([
      'sample.zip/01-Calcite.png',
      'sample.zip/02-..-a-b.png',
    ]);
    expect((await pixelsOf(files[0])).width).to.equal(424);
  });

  it('stop at once when they are given up', async () => {
    const task = new AbortController();
    task.abort();
    let reason: unknown;
    await figureFile(
      [one('a'), one('b')],
      'x',
      { format: 'png', scale: 1 },
      { signal: task.signal },
    ).catch((error: unknown) => {
      reason = error;
    });
    expect(reason).to.equal(task.signal.reason);
  });
});

describe('a canvas that a figure is drawn on', () => {
  it('takes the size of the figure at that scale', () => {
    const canvas = document.createElement('canvas');
    const drawing = drawingOf();
    drawOn(canvas, drawing, 0.5);
    expect(canvas.width).to.equal(212);
    expect(canvas.height).to.equal(Math.round(drawing.height / 2));
  });
});
