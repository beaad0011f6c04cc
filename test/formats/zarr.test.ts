import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import { openZarrUrl } from '../../src/formats/zarr.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import { file, openCube, openOne, refusal } from './files.js';

type Content = string | Uint8Array<ArrayBuffer>;

const json = (value: unknown): string => JSON.stringify(value);

/** Channels, rows, columns. */
const shape = [3, 2, 4];
/** Value (x, y, b) is 100 b + 10 y + x. */
const value = (b: number, y: number, x: number): number => 100 * b + 10 * y + x;
const expected = Array.from({ length: 24 }, (_, i) =>
  value(i % 3, Math.floor(i / 12), Math.floor(i / 3) % 4),
);

/** A chunk of 2 x 2 x 3 values of a type, with zeros beyond the array. */
function chunk(
  at: readonly number[],
  put: (view: DataView, index: number, value: number) => void,
  bytes: number,
): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(12 * bytes));
  for (let i = 0; i < 12; i++) {
    const [b, y, x] = [
      at[0] * 2 + Math.floor(i / 6),
      at[1] * 2 + (Math.floor(i / 3) % 2),
      at[2] * 3 + (i % 3),
    ];
    if (b < 3 && y < 2 && x < 4) put(view, i, value(b, y, x));
  }
  return new Uint8Array(view.buffer);
}
const places = [0, 1].flatMap((c) => [0, 1].map((x) => [c, 0, x]));

async function gzip(bytes: Uint8Array<ArrayBuffer>) {
  const packed = new Blob([bytes])
    .stream()
    .pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

const space = (name: string, unit = 'micrometer') => ({
  name,
  type: 'space',
  unit,
});
const multiscales = (more: object = {}): object[] => [
  {
    axes: [{ name: 'c', type: 'channel' }, space('y'), space('x')],
    datasets: [
      {
        path: 'full',
        coordinateTransformations: [
          { type: 'scale', scale: [1, 0.5, 2] },
          { type: 'translation', translation: [0, -3, 10] },
        ],
      },
      { path: 'half' },
    ],
    ...more,
  },
];

/** Version 0.5 on Zarr 3: big-endian 16-bit integers, packed with gzip. */
async function third(
  attributes: object = { ome: { version: '0.5', multiscales: multiscales() } },
  array: object = {},
): Promise<Record<string, Content>> {
  const files: Record<string, Content> = {
    'zarr.json': json({ zarr_format: 3, node_type: 'group', attributes }),
    'full/zarr.json': json({
      zarr_format: 3,
      node_type: 'array',
      shape,
      data_type: 'int16',
      chunk_grid: {
        name: 'regular',
        configuration: { chunk_shape: [2, 2, 3] },
      },
      chunk_key_encoding: {
        name: 'default',
        configuration: { separator: '/' },
      },
      fill_value: -1,
      codecs: [
        { name: 'bytes', configuration: { endian: 'big' } },
        { name: 'gzip', configuration: { level: 5 } },
      ],
      ...array,
    }),
  };
  for (const at of places)
    files[`full/c/${at.join('/')}`] = await gzip(
      chunk(at, (view, i, v) => view.setInt16(2 * i, v, false), 2),
    );
  return files;
}

/** Version 0.4 on Zarr 2: 64-bit floats, not packed. */
function second(
  attributes: object = { multiscales: multiscales() },
): Record<string, Content> {
  const files: Record<string, Content> = {
    '.zgroup': json({ zarr_format: 2 }),
    '.zattrs': json(attributes),
    'full/.zarray': json({
      zarr_format: 2,
      shape,
      chunks: [2, 2, 3],
      dtype: '<f8',
      compressor: null,
      fill_value: 0,
      order: 'C',
      filters: null,
      dimension_separator: '.',
    }),
  };
  for (const at of places)
    files[`full/${at.join('.')}`] = chunk(
      at,
      (view, i, v) => view.setFloat64(8 * i, v, true),
      8,
    );
  return files;
}

const inFolder = (files: Record<string, Content>): File[] =>
  Object.entries(files).map(([path, content]) =>
    file(`data/leaf.ome.zarr/${path}`, content),
  );

describe('OME-Zarr', () => {
  it('versions 2 and 3 give every value and their place, whatever the order of the files', async () => {
    for (const files of [second(), await third()])
      for (const given of [inFolder(files), inFolder(files).reverse()]) {
        const opened = await openOne(...given);
        if (opened.kind !== 'cube') throw new Error(opened.kind);
        const { name, width, height, data, geometry } = opened.cube;
        expect(opened.type).to.equal('OME-Zarr');
        expect([name, width, height]).to.deep.equal(['leaf', 4, 2]);
        expect([...data]).to.deep.equal(expected);
        expect(geometry.origin).to.deep.equal([10, -3, 0]);
        expect(geometry.spacing).to.deep.equal([2, 0.5, 1]);
        expect(geometry.unit).to.equal('µm');
        expect(opened.missing).to.deep.equal(['axis', 'unit', 'quantity']);
        expect(opened.warnings).to.deep.equal([]);
      }
  });

  it('labels of channels are names, or positions where they are such', async () => {
    const labelled = (...labels: string[]): object => ({
      multiscales: multiscales(),
      omero: { channels: labels.map((label) => ({ label })) },
    });
    const named = await openCube(...inFolder(second(labelled('a', 'b', 'c'))));
    expect(named.bandNames).to.deep.equal(['a', 'b', 'c']);
    expect(named.axis.unit).to.equal('band');
    const { axis, data } = await openCube(
      ...inFolder(second(labelled('500 nm', '450nm', '475.5 nm'))),
    );
    expect([...axis.values]).to.deep.equal([450, 475.5, 500]);
    expect(axis.unit).to.equal('nm');
    expect([...data.slice(0, 3)]).to.deep.equal([100, 200, 0]);
  });

  it('an axis of wavelengths is the axis of the bands', async () => {
    const axes = [
      { name: 'wavelength', unit: 'nanometer' },
      space('y', 'millimeter'),
      space('x', 'millimeter'),
    ];
    const datasets = [
      {
        path: 'full',
        coordinateTransformations: [{ type: 'scale', scale: [5, 1, 1] }],
      },
    ];
    const coordinateTransformations = [
      { type: 'translation', translation: [400, 0, 0] },
    ];
    const { axis, geometry } = await openCube(
      ...inFolder(
        second({
          multiscales: multiscales({
            axes,
            datasets,
            coordinateTransformations,
          }),
        }),
      ),
    );
    expect([...axis.values]).to.deep.equal([400, 405, 410]);
    expect(axis.unit).to.equal('nm');
    expect(geometry.unit).to.equal('mm');
  });

  it('chunks that are absent hold the fill value, and that is said', async () => {
    const files = await third();
    delete files['full/c/1/0/1'];
    const opened = await openOne(...inFolder(files));
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.cube.data[11]).to.equal(-1);
    expect(opened.warnings).to.deep.equal([
      '1 chunk of 4 is absent and filled with -1.',
    ]);
  });

  it('opens from an address, and asks nothing of another origin', async () => {
    const files = await third();
    const plain = globalThis.fetch;
    const asked: string[] = [];
    globalThis.fetch = async (input) => {
      const { url } = input as Request;
      asked.push(url);
      const path = url.replace('https://there.example/a/leaf.zarr/', '');
      return path in files
        ? new Response(files[path])
        : new Response(null, { status: 403 });
    };
    try {
      const [opened] = await openZarrUrl(
        'https://there.example/a/leaf.zarr',
        {},
      );
      if (opened.kind !== 'cube') throw new Error(opened.kind);
      expect([...opened.cube.data]).to.deep.equal(expected);
      delete files['full/c/0/0/0'];
      const error: unknown = await openZarrUrl(
        'https://there.example/a/leaf.zarr',
        {},
      ).catch((caught: unknown) => caught);
      expect(isUnmixingError(error) && error.message).to.equal(
        'leaf.zarr could not be fetched: the server answered 403.',
      );
    } finally {
      globalThis.fetch = plain;
    }
    expect(
      asked.every((url) =>
        url.startsWith('https://there.example/a/leaf.zarr/'),
      ),
    ).to.equal(true);
  });

  it('an aborted read rejects with the reason given', async () => {
    const reason = new Error('enough');
    const aborter = new AbortController();
    const opening = openFiles(inFolder(second()), { signal: aborter.signal });
    aborter.abort(reason);
    expect(await opening.catch((error: unknown) => error)).to.equal(reason);
  });
});

describe('a bad OME-Zarr is refused with a sentence', () => {
  const without = async (...paths: string[]) =>
    Object.fromEntries(
      Object.entries(await third()).filter(([path]) =>
        paths.every((one) => !path.startsWith(one)),
      ),
    );
  const said = (more: object) => ({ ome: { multiscales: multiscales(more) } });
  const cases: [string, () => Promise<Record<string, Content>>, string][] = [
    [
      'without any chunk',
      () => without('full/c'),
      'leaf.ome.zarr holds no chunk of its image',
    ],
    [
      'without its array',
      () => without('full'),
      'leaf.ome.zarr is damaged or cut short',
    ],
    [
      'that is no image',
      () => third({}),
      'leaf.ome.zarr holds no image of OME-Zarr',
    ],
    [
      'that points out of itself',
      () => third(said({ datasets: [{ path: '../../x' }] })),
      'holds no image of OME-Zarr',
    ],
    [
      'of more than a machine holds',
      () => third(undefined, { shape: [3000, 1e6, 1e6] }),
      'declares an image of 12.0 PB',
    ],
    [
      'of far more chunks than there are',
      () => third(undefined, { shape: [3000, 200, 300] }),
      'it is damaged or was not copied whole',
    ],
    [
      'of a shape that is none',
      () => third(undefined, { shape: [3, -2, 4] }),
      'an array without a size',
    ],
    [
      'with axes that do not fit',
      () => third(said({ axes: ['y', 'x'] })),
      'has an image of 3 dimensions called "y", "x"',
    ],
    [
      'packed in an unknown way',
      () =>
        third(undefined, { codecs: [{ name: 'bytes' }, { name: 'squeeze' }] }),
      'is packed with "squeeze"',
    ],
    [
      'of texts',
      () => third(undefined, { data_type: 'string', fill_value: '' }),
      'holds no numbers but string',
    ],
    [
      'whose chunk is cut short',
      async () => ({
        ...(await third()),
        'full/c/0/0/0': await gzip(new Uint8Array(10)),
      }),
      'a chunk of it does not hold what its shape declares',
    ],
    [
      'whose chunk unpacks to more than its shape',
      async () => ({
        ...(await third()),
        'full/c/0/0/0': await gzip(new Uint8Array(1e7)),
      }),
      'a chunk of it does not hold what its shape declares',
    ],
  ];
  for (const [title, files, sentence] of cases)
    it(title, async () => {
      expect(await refusal(...inFolder(await files()))).to.contain(sentence);
    });

  it('whose folder was not given', async () => {
    expect(await refusal(file('zarr.json', '{}'))).to.contain(
      'open the folder that it lies in',
    );
  });
});
