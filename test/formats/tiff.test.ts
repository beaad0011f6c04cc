import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import type { Cube, Picture } from '../../src/spectral/cube.js';
import { file, openCube, openOne, refusal } from './files.js';
import { type Page, grey, tiff, withFields } from './tiff-bytes.js';

const bytesOf = (values: ArrayBufferView): Uint8Array<ArrayBuffer> =>
  new Uint8Array(values.buffer as ArrayBuffer);
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function openPicture(...pages: Page[]): Promise<Picture> {
  const opened = await openOne(file('p.tif', tiff(pages)));
  if (opened.kind !== 'picture') throw new Error(`a ${opened.kind} was opened`);
  return opened.picture;
}

async function deflate(bytes: Uint8Array<ArrayBuffer>) {
  const packed = new Blob([bytes])
    .stream()
    .pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** The first value of each pixel of a picture. */
const reds = ({ data }: Picture): number[] =>
  [...data].filter((_, i) => i % 4 === 0);

/** 3 x 2 pixels; the value of pixel n in band b is 10 b + n. */
const floats = (b: number, little = true): Uint8Array<ArrayBuffer> => {
  const view = new DataView(new ArrayBuffer(24));
  for (let n = 0; n < 6; n++) view.setFloat32(4 * n, 10 * b + n, little);
  return new Uint8Array(view.buffer);
};
const floatPages = (little = true, xml = ''): Page[] =>
  [0, 1, 2].map((b) => ({
    fields: withFields(
      grey(3, 2, 32, 3),
      ...(b === 0 && xml !== '' ? ([[270, 2, xml]] as const) : []),
    ),
    blocks: [floats(b, little)],
  }));
const expectFloats = ({ width, height, data }: Cube): void => {
  expect([width, height]).to.deep.equal([3, 2]);
  expect([...data]).to.deep.equal(
    Array.from({ length: 18 }, (_, i) => 10 * (i % 3) + Math.floor(i / 3)),
  );
};

const ome = (pixels: string, inside: string, after = ''): string =>
  `<?xml version="1.0"?><!-- <Pixels SizeC="9"/> --><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"><Pixels SizeX="3" SizeY="2" ${pixels}>${inside}</Pixels></Image>${after}</OME>`;

describe('TIFF', () => {
  it('pages are bands, in either byte order, classic and BigTIFF', async () => {
    for (const little of [true, false])
      for (const big of [true, false]) {
        const bytes = tiff(floatPages(little), { little, big });
        const opened = await openOne(file('c.tif', bytes));
        if (opened.kind !== 'cube') throw new Error(opened.kind);
        expectFloats(opened.cube);
        expect(opened.missing).to.deep.equal(['axis', 'unit', 'quantity']);
      }
  });

  it('samples of one page are bands, one after the other or each in a plane', async () => {
    const fields = withFields(
      grey(3, 2),
      [258, 3, [8, 8, 8, 8, 8]],
      [277, 3, [5]],
    );
    const value = (n: number, b: number): number => 40 * b + n;
    const all = Array.from({ length: 30 }, (_, i) =>
      value(Math.floor(i / 5), i % 5),
    );
    const whole = await openCube(
      file('s.tif', tiff([{ fields, blocks: [Uint8Array.from(all)] }])),
    );
    const planes = [0, 1, 2, 3, 4].map((b) =>
      Uint8Array.from({ length: 6 }, (_, n) => value(n, b)),
    );
    const planar = await openCube(
      file(
        's.tif',
        tiff([{ fields: withFields(fields, [284, 3, [2]]), blocks: planes }]),
      ),
    );
    expect([...whole.data]).to.deep.equal(all);
    expect([...planar.data]).to.deep.equal(all);
  });

  it('strips and tiles that reach over the edge give every pixel', async () => {
    const strips = await openPicture({
      fields: withFields(grey(3, 5), [278, 4, [2]]),
      blocks: [
        Uint8Array.of(1, 2, 3, 4, 5, 6),
        Uint8Array.of(7, 8, 9, 10, 11, 12),
        Uint8Array.of(13, 14, 15),
      ],
    });
    expect(reds(strips)).to.deep.equal(
      Array.from({ length: 15 }, (_, i) => i + 1),
    );
    const tile = (first: number): Uint8Array =>
      Uint8Array.from({ length: 256 }, (_, i) => first + (i % 16));
    const tiles = await openPicture({
      fields: withFields(grey(20, 17), [322, 4, [16]], [323, 4, [16]]),
      blocks: [tile(0), tile(16), tile(100), tile(116)],
      tiled: true,
    });
    expect(reds(tiles).slice(0, 20)).to.deep.equal(
      Array.from({ length: 20 }, (_, i) => i),
    );
    expect(reds(tiles).slice(-2)).to.deep.equal([118, 119]);
  });

  it('a 16-bit picture is scaled between its limits, and says so', async () => {
    const opened = await openOne(
      file(
        't.tif',
        tiff([
          {
            fields: grey(3, 1, 16),
            blocks: [bytesOf(Uint16Array.of(1000, 2000, 3000))],
          },
        ]),
      ),
    );
    if (opened.kind !== 'picture') throw new Error(opened.kind);
    expect([...opened.picture.data]).to.deep.equal([
      0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255,
    ]);
    expect(opened.warnings).to.deep.equal([
      'Brightness was scaled: 1000 is black, 3000 is white.',
    ]);
  });

  it('colours, opacity, a palette, white as zero and single bits are drawn as they are meant', async () => {
    const rgb = withFields(
      grey(2, 1),
      [258, 3, [8, 8, 8]],
      [262, 3, [2]],
      [277, 3, [3]],
    );
    const colours = Uint8Array.of(1, 2, 3, 4, 5, 6);
    expect([
      ...(await openPicture({ fields: rgb, blocks: [colours] })).data,
    ]).to.deep.equal([1, 2, 3, 255, 4, 5, 6, 255]);
    const alpha = withFields(
      grey(1, 1),
      [258, 3, [8, 8, 8, 8]],
      [262, 3, [2]],
      [277, 3, [4]],
      [338, 3, [2]],
    );
    expect([
      ...(
        await openPicture({
          fields: alpha,
          blocks: [Uint8Array.of(1, 2, 3, 4)],
        })
      ).data,
    ]).to.deep.equal([1, 2, 3, 4]);
    const map = Array.from({ length: 48 }, (_, i) => 257 * (i + 1));
    const palette = withFields(grey(2, 1, 4), [262, 3, [3]], [320, 3, map]);
    expect([
      ...(await openPicture({ fields: palette, blocks: [Uint8Array.of(0x2f)] }))
        .data,
    ]).to.deep.equal([3, 19, 35, 255, 16, 32, 48, 255]);
    const negative = withFields(grey(2, 1), [262, 3, [0]]);
    expect(
      reds(
        await openPicture({
          fields: negative,
          blocks: [Uint8Array.of(0, 200)],
        }),
      ),
    ).to.deep.equal([255, 55]);
    const bits = await openPicture({
      fields: grey(10, 1, 1),
      blocks: [Uint8Array.of(0b10110000, 0b01000000)],
    });
    expect(reds(bits)).to.deep.equal([255, 0, 255, 255, 0, 0, 0, 0, 0, 255]);
  });

  it('unpacks LZW as libtiff packs it', async () => {
    const picture = await openPicture({
      fields: withFields(grey(30, 20), [259, 3, [5]]),
      blocks: [
        fromBase64(
          'gAAgUDgkFg0HgYBAQDAgFAwHBAJBQLBgNBwPCARCQTCgVCwAhUMhwAAQEAwIBQMBwQCQUCwBAYFA4JBYNB4RCYVkkmlAMAADAwJBgPCQVAIEA4KBoQCYWAQFBALBwRCk/oNDCQAAgIBgQCgBAoJBoRCoCAwKBwSCwDA4LB4TrVcrwBAAFBQPCgCA4MCIWAgJBwTAIGBYQCoDBANrN2vF6AAGBgSAIHBoTAQIBwUAYJB4VAgKCAWAoLCOPyOTBoAA4OCoFBgTAYKCIBBAPCwGBoUAgLCQCBIQ1Ws11wBAQAIJCICBQSAYLCYEBgUAoNCoGBwWA4PAHF4/JAAJCQEBoWBARAYMCoHCACBYUAwPAIKCYFB3f8PjBAABQUA4RAgHACBYKgQCQCgeAQGAsBIJgMCABtS/b+v+AAFgsBQKgSCgEAmA4JAMCICggAgHgGBwBAaAKfQrC8MgABgAgaAQHAGB4CAgAoIgMCQDgmBAKASCoFAsBcXRhGQBgABoBggAwJgSCwGAEB4CgkBAKgWAIHAICIDgoBUkyXJoEgABwCgmBQAgeAwKAWAQIAOCoGAGCIEAsBoCAlMcyzPNIAAeA4LAcAwKgaAoKAYAgJgWAYJAUAQIgSAIIPzP9A0GAAIASAQJAWAgKAaAwLAeBAAgiBQBgmBgCgqBwD0xTVOAIAAIgWAoLAgBQCAqB4EgGCgHAQAQJgaA4AgkBgDVnWtby+CQGgQAYKggBYDACCYHASAgLAiBgDgECgHgUAoAWdaFpAACYHgWA4BgsCQHAUAwBAqCIGgSAoAgoCAGARWV03XdqAg=',
        ),
      ],
    });
    expect(reds(picture)).to.deep.equal(
      Array.from(
        { length: 600 },
        (_, n) => ((n % 30) * Math.floor(n / 30)) % 23,
      ),
    );
  });

  it('unpacks PackBits as in Apple Technical Note 1023', async () => {
    const picture = await openPicture({
      fields: withFields(grey(24, 1), [259, 3, [32773]]),
      blocks: [
        Uint8Array.of(
          0xfe,
          0xaa,
          2,
          0x80,
          0,
          0x2a,
          0xfd,
          0xaa,
          3,
          0x80,
          0,
          0x2a,
          0x22,
          0xf7,
          0xaa,
        ),
      ],
    });
    expect(reds(picture)).to.deep.equal([
      ...[0xaa, 0xaa, 0xaa, 0x80, 0, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa, 0x80, 0],
      ...[
        0x2a, 0x22, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa,
      ],
    ]);
  });

  it('undoes the steps of predictor 2, and of predictor 3 as libtiff makes them', async () => {
    const steps = withFields(grey(4, 1), [259, 3, [8]], [317, 3, [2]]);
    expect(
      reds(
        await openPicture({
          fields: steps,
          blocks: [await deflate(Uint8Array.of(5, 1, 255, 7))],
        }),
      ),
    ).to.deep.equal([5, 6, 5, 12]);
    const sorted = fromBase64(
      'wAAA/wAAgejo4dHRbVFSSKSkzezrrtfXv///gQEACIpShYtVJj3sHj7CH2yAwHSQPwABAAAAeC8kGBcY/13Xrq6uXSgMFBQUQAAAAAAAKhYMDAwMjbjX19fXH1MKCgsK',
    );
    const fields = withFields(grey(6, 4, 32, 3), [259, 3, [8]], [317, 3, [3]]);
    const page = { fields, blocks: [await deflate(sorted)] };
    const { data } = await openCube(file('f.tif', tiff([page, page])));
    const step = Math.fround(0.37);
    expect([...data].filter((_, i) => i % 2 === 0)).to.deep.equal(
      Array.from({ length: 24 }, (_, n) =>
        Math.fround(Math.fround(n * step) - 3),
      ),
    );
  });

  it('says the size of a pixel as ImageJ or a resolution does, but not that of print', async () => {
    const spacing = async (...fields: Parameters<typeof withFields>[1][]) => {
      const page = {
        fields: withFields(grey(1, 1), ...fields),
        blocks: [Uint8Array.of(1)],
      };
      const { geometry } = await openPicture(page);
      return [...geometry.spacing.slice(0, 2), geometry.unit];
    };
    const resolution = (pixels: number) =>
      [
        [282, 5, [pixels, 1]],
        [283, 5, [pixels, 2]],
      ] as const;
    expect(
      await spacing([270, 2, 'ImageJ=1.53\nunit=micron\n'], ...resolution(4)),
    ).to.deep.equal([0.25, 0.5, 'µm']);
    expect(await spacing([296, 3, [3]], ...resolution(5000))).to.deep.equal([
      2,
      4,
      'µm',
    ]);
    expect(await spacing([296, 3, [2]], ...resolution(72))).to.deep.equal([
      1,
      1,
      null,
    ]);
  });

  it('smaller copies and pictures of another size are left out', async () => {
    const other = {
      fields: grey(1, 1, 32, 3),
      blocks: [bytesOf(Float32Array.of(5))],
    };
    const copy = {
      fields: withFields(other.fields, [254, 4, [1]]),
      blocks: other.blocks,
    };
    const opened = await openOne(
      file('c.tif', tiff([...floatPages(), other, copy])),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expectFloats(opened.cube);
    expect(opened.warnings).to.deep.equal([
      'Skipped: 1 more picture in the file, of another size.',
    ]);
  });
});

describe('OME-TIFF', () => {
  it('channels are bands with their names, in the places that TiffData says', async () => {
    const xml = ome(
      'DimensionOrder="XYZCT" SizeC="3" SizeZ="1" SizeT="1" PhysicalSizeX="0.5" PhysicalSizeY="600" PhysicalSizeYUnit="nm"',
      '<Channel Name="a &amp; b"/><Channel Name="&#x3b2;"/><Channel Name="c"/><TiffData IFD="2" FirstC="0"/><TiffData IFD="0" FirstC="1" PlaneCount="2"/>',
    );
    const cube = await openCube(file('o.ome.tif', tiff(floatPages(true, xml))));
    expect(cube.name).to.equal('o');
    expect(cube.bandNames).to.deep.equal(['a & b', 'β', 'c']);
    expect(cube.axis.unit).to.equal('band');
    expect([...cube.data.slice(0, 3)]).to.deep.equal([20, 0, 10]);
    expect(cube.geometry.spacing).to.deep.equal([0.5, 0.6, 1]);
    expect(cube.geometry.unit).to.equal('µm');
  });

  it('wavelengths are the axis, sorted, and so are names such as "1650 cm-1"', async () => {
    const channels = (attributes: readonly string[]): string =>
      attributes.map((one) => `<Channel ${one}/>`).join('');
    const emitted = ome(
      'SizeC="3" SizeZ="1" SizeT="1"',
      channels([
        'EmissionWavelength="600"',
        'EmissionWavelength="0.5" EmissionWavelengthUnit="µm"',
        'EmissionWavelength="700"',
      ]),
    );
    const nm = await openCube(
      file('o.ome.tif', tiff(floatPages(true, emitted))),
    );
    expect([...nm.axis.values]).to.deep.equal([500, 600, 700]);
    expect(nm.axis.unit).to.equal('nm');
    expect([...nm.data.slice(0, 3)]).to.deep.equal([10, 0, 20]);
    const named = ome(
      'SizeC="3" SizeZ="1" SizeT="1"',
      channels(['Name="1000.5 cm-1"', 'Name="1002 cm-1"', 'Name="1004 cm-1"']),
    );
    const { axis } = await openCube(
      file('o.ome.tif', tiff(floatPages(true, named))),
    );
    expect([...axis.values]).to.deep.equal([1000.5, 1002, 1004]);
    expect(axis.unit).to.equal('cm-1');
  });

  it('of several planes the first is read, and without channels planes are the bands', async () => {
    const stack = ome(
      'DimensionOrder="XYCZT" SizeC="1" SizeZ="3" SizeT="1"',
      '<Channel/>',
    );
    const opened = await openOne(file('z.tif', tiff(floatPages(true, stack))));
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expectFloats(opened.cube);
    expect(opened.warnings).to.deep.equal([
      'The 3 planes in depth are taken as bands.',
    ]);
    const both = ome(
      'DimensionOrder="XYTCZ" SizeC="3" SizeZ="1" SizeT="2"',
      '',
    );
    const twice = floatPages(true, both).flatMap((page) => [page, page]);
    const first = await openOne(file('t.tif', tiff(twice)));
    if (first.kind !== 'cube') throw new Error(first.kind);
    expectFloats(first.cube);
    expect(first.warnings).to.deep.equal([
      'Of 2 points of time the first is read.',
    ]);
  });
});

describe('a bad TIFF is refused with a sentence', () => {
  const plain = grey(3, 2);
  const six = [Uint8Array.of(1, 2, 3, 4, 5, 6)];
  const cases: [string, Uint8Array<ArrayBuffer>, string][] = [
    [
      'cut short within its values',
      tiff([{ fields: plain, blocks: six }]).slice(0, 40),
      'points past its end',
    ],
    [
      'of a height that it does not hold',
      tiff([
        {
          fields: withFields(plain, [257, 4, [2e9]], [278, 4, [2e9]]),
          blocks: six,
        },
      ]),
      'it declares more than it holds',
    ],
    [
      'of a width that it does not hold',
      tiff([{ fields: withFields(plain, [256, 4, [4e9]]), blocks: six }]),
      'it declares more than it holds',
    ],
    [
      'without a size',
      tiff([{ fields: withFields(plain, [256, 4, [0]]), blocks: six }]),
      'a picture without a size',
    ],
    [
      'packed in an unknown way',
      tiff([{ fields: withFields(plain, [259, 3, [34712]]), blocks: six }]),
      'cannot be read (number 34712',
    ],
    [
      'of 16-bit floats',
      tiff([
        {
          fields: withFields(plain, [258, 3, [16]], [339, 3, [3]]),
          blocks: six,
        },
      ]),
      '16 bits, float',
    ],
    [
      'whose deflate is damaged',
      tiff([{ fields: withFields(plain, [259, 3, [8]]), blocks: six }]),
      'cannot be read as TIFF',
    ],
    [
      'in inks',
      tiff([{ fields: withFields(plain, [262, 3, [5]]), blocks: six }]),
      'colours that cannot be read (number 5',
    ],
    [
      'that is one of several files',
      tiff(floatPages(true, ome('SizeC="5" SizeZ="1" SizeT="1"', ''))),
      'does not hold all 5 channels',
    ],
  ];
  for (const [title, bytes, sentence] of cases)
    it(title, async () => {
      expect(await refusal(file('b.tif', bytes))).to.contain(sentence);
    });

  it('whose list of pictures runs in a circle', async () => {
    const bytes = tiff(floatPages());
    const view = new DataView(bytes.buffer);
    view.setUint32(bytes.length - 4, view.getUint32(4, true), true);
    expect(await refusal(file('b.tif', bytes))).to.contain('runs in a circle');
  });

  it('that unpacks to more than it declares gives only what it declares', async () => {
    const bomb = await deflate(new Uint8Array(5e6).fill(7));
    const fields = withFields(grey(3, 2), [259, 3, [8]]);
    expect(reds(await openPicture({ fields, blocks: [bomb] }))).to.deep.equal(
      Array(6).fill(7),
    );
  });

  it('an aborted read rejects with the reason given', async () => {
    const reason = new Error('enough');
    const caught: unknown = await openFiles(
      [file('c.tif', tiff(floatPages()))],
      {
        signal: AbortSignal.abort(reason),
      },
    ).catch((error: unknown) => error);
    expect(caught).to.equal(reason);
  });
});
