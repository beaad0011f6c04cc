import { expect } from '@open-wc/testing';
import { ready } from 'h5wasm';
import { openFiles } from '../../src/formats/open.js';
import { readInWorker } from '../../src/formats/reader.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import { randomSource } from '../../src/spectral/random.js';
import { openCube, openOne, refusal } from './files.js';
import { describe as say, hdf5, put } from './hdf5-made.js';

/** Value (y, x, b) of the images below: each of its indices can be read off it. */
const value = (y: number, x: number, b: number): number => 100 * y + 10 * x + b;

/** The image as it lies with its dimensions in any order, the last index fastest. */
function laid(
  sizes: readonly number[],
  at: (...indices: number[]) => number,
): Float32Array {
  const [, second, third] = sizes;
  return Float32Array.from(
    { length: sizes.reduce((all, size) => all * size) },
    (_, i) =>
      at(
        Math.floor(i / (second * third)),
        Math.floor(i / third) % second,
        i % third,
      ),
  );
}

/** The image band-interleaved by pixel: 3 columns, 2 rows, 4 bands. */
const interleaved = laid([2, 3, 4], value);
const wavenumbers = Float64Array.of(1000, 1100, 1200, 1300);

const image = (name = 'a.h5'): Promise<File> =>
  hdf5(name, (file) => {
    put(
      file,
      'bands_first',
      laid([4, 2, 3], (b, y, x) => value(y, x, b)),
      [4, 2, 3],
      {
        long_name: 'Absorbance',
      },
    );
    put(file, 'position', wavenumbers, [4], { units: '1/cm' });
  });

/** An image of 2 x 3 x 4 zeros whose units are "absorbance", as h5py 3.7 writes it; packed by gzip, in base64. */
const h5pyFile =
  'H4sIAAAAAAACA+2Uz2oCMRDGJ1mVIJYqCLa9dB+hxx4tdds9iBb14HFXkeKhFrQ992rfxEfx6BvZxEwkkQqCp9LvdxnmTzJhmC/faevponxTJoNSVKAq+WyZ7Cr0XT5jK9gu2a6ki4tdjo9Tje8/rBv0ksRUbw9wfe4K1ioC/5E0eXgxdsi+29K1DOumb/nrxNvH9My+gkr2LuH8e2sjG3DtI7a8pkfjkVaCOVmLbzkWU0NR44vzRb3hJi+lFHbfrXJ0OxUqzlKh5v6ddV3yOZt+LLR/LcRuRtX901WgUyP4TPnajU+aR7/TbRlFOx3GEXYTAPA7z4/dtvA+bP//MeSjxft8lM/Gk/Dc5hKzAwAAAAAAAAAA/go/rnRvU2AYAAA=';
/** Where that file says how long the word is. */
const lengthOfUnits = 1016;

async function unzipped(base64: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  const stream = new Blob([packed])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

describe('HDF5', () => {
  it('the array beside an axis in cm-1 is a cube, whichever dimension the axis fits', async () => {
    const opened = await openOne(await image());
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    const { cube, missing, warnings } = opened;
    expect([cube.width, cube.height]).to.deep.equal([3, 2]);
    expect(cube.data).to.deep.equal(interleaved);
    expect(cube.axis.values).to.deep.equal(wavenumbers);
    expect(cube.axis.unit).to.equal('cm-1');
    expect(cube.axis.quantity).to.equal('absorbance');
    expect(missing).to.deep.equal([]);
    expect(warnings).to.deep.equal([]);
  });

  it('is read on demand in a worker to the same cube', async () => {
    const [opened] = await readInWorker({ files: [await image()] }, {});
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.cube.data).to.deep.equal(interleaved);
  });

  it('unpacks chunks, and reads them to the same values', async () => {
    const cube = await openCube(
      await hdf5('a.h5', (file) => {
        file.create_dataset({
          name: 'cube',
          data: interleaved,
          shape: [2, 3, 4],
          chunks: [1, 2, 3],
          compression: 'gzip',
        });
      }),
    );
    expect(cube.data).to.deep.equal(interleaved);
  });

  it('without an axis takes the last dimension for the bands and says so', async () => {
    const opened = await openOne(
      await hdf5('a.h5', (file) => put(file, 'cube', interleaved, [2, 3, 4])),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.cube.data).to.deep.equal(interleaved);
    expect([...opened.cube.axis.values]).to.deep.equal([1, 2, 3, 4]);
    expect(opened.missing).to.deep.equal(['axis', 'unit', 'quantity']);
    expect(opened.warnings[0]).to.contain('the last is taken');
  });

  it('with several arrays tells them, and opens the one that is chosen', async () => {
    const file = await hdf5('a.h5', (made) => {
      put(made, 'first/cube', interleaved, [2, 3, 4]);
      put(made, 'list', interleaved, [6, 4]);
    });
    const asked = await openOne(file);
    if (asked.kind !== 'variables') throw new Error(asked.kind);
    expect(asked.variables).to.deep.equal([
      { id: 'first/cube', description: '2 × 3 × 4, float32' },
      { id: 'list', description: '6 × 4, float32' },
    ]);
    const [chosen] = await openFiles([file], {
      variables: { 'a.h5': '/list' },
    });
    if (chosen.kind !== 'cube') throw new Error(chosen.kind);
    expect([chosen.cube.width, chosen.cube.height]).to.deep.equal([6, 1]);
    expect(chosen.missing).to.contain('width');
    const unknown = await openFiles([file], {
      variables: { 'a.h5': 'other' },
    }).catch((error: unknown) => error);
    expect(isUnmixingError(unknown) && unknown.message).to.equal(
      'invalid variable: other (want one of those in a.h5: first/cube, list)',
    );
  });

  it('follows NeXus to the signal and its axes; a stage whose y rises lies with its top row first', async () => {
    const opened = await openOne(
      await hdf5('a.nxs', (file) => {
        put(
          file,
          'entry/scan/counts',
          laid([4, 2, 3], (b, y, x) => value(y, x, b)),
          [4, 2, 3],
        );
        put(file, 'entry/scan/energy', wavenumbers, [4], { units: 'cm-1' });
        put(file, 'entry/scan/stage_y', Float64Array.of(10, 12), [2]);
        put(file, 'entry/scan/stage_x', Float64Array.of(5, 6, 7), [3], {
          units: 'um',
        });
        put(file, 'entry/other', interleaved, [2, 3, 4]);
        say(file, 'entry/scan', {
          NX_class: 'NXdata',
          signal: 'counts',
          axes: ['energy', 'stage_y', 'stage_x'],
        });
      }),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    const { cube, type } = opened;
    expect(type).to.equal('NeXus');
    expect(cube.data).to.deep.equal(
      laid([2, 3, 4], (y, x, b) => value(1 - y, x, b)),
    );
    expect(cube.axis.quantity).to.equal('intensity');
    expect(cube.geometry.origin).to.deep.equal([5, -12, 0]);
    expect(cube.geometry.spacing).to.deep.equal([1, 2, 1]);
    expect(cube.geometry.unit).to.equal('µm');
  });

  it('of MATLAB v7.3 runs its first index fastest', async () => {
    const opened = await openOne(
      await hdf5('a.mat', (file) => {
        // As MATLAB writes (rows, columns, bands): turned round.
        put(
          file,
          'V',
          laid([4, 3, 2], (b, x, y) => value(y, x, b)),
          [4, 3, 2],
          {
            MATLAB_class: 'single',
          },
        );
        put(file, 'note', Uint16Array.of(97, 98), [2, 1], {
          MATLAB_class: 'char',
        });
        put(
          file,
          'wavelength_nm',
          Float64Array.of(400, 500, 600, 700),
          [4, 1],
          {
            MATLAB_class: 'double',
          },
        );
      }),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.type).to.equal('MATLAB v7.3');
    expect([opened.cube.width, opened.cube.height]).to.deep.equal([3, 2]);
    expect(opened.cube.data).to.deep.equal(interleaved);
    expect(opened.cube.axis.unit).to.equal('nm');
  });

  it('that is cut short, or declares more than it can hold, is refused', async () => {
    const whole = await image();
    expect(await refusal(new File([whole.slice(0, 700)], 'a.h5'))).to.equal(
      'a.h5 is damaged or cut short: it cannot be read as HDF5.',
    );
    const grown = (rows: number): Promise<File> =>
      hdf5('a.h5', (file) => {
        const cube = file.create_dataset({
          name: 'cube',
          data: interleaved,
          shape: [2, 3, 4],
          maxshape: [null, 3, 4],
          chunks: [2, 3, 4],
        });
        cube.resize([rows, 3, 4]);
        put(file, 'list', new Float32Array(100_000), [100_000]);
      });
    expect(await refusal(await grown(2 ** 30))).to.match(
      /^cube of a\.h5 declares 1073741824 × 3 × 4 values, more than a file of .* can hold\.$/,
    );
    expect(await refusal(await grown(4000))).to.equal(
      'cube of a.h5 declares 4000 × 3 × 4 values, more than it holds.',
    );
  });

  it('whose heap of texts leads nowhere is refused, where the library would not come to an end', async () => {
    const bytes = new Uint8Array(await (await image()).arrayBuffer());
    const text = new TextDecoder('latin1').decode(bytes);
    const heap = text.indexOf('GCOL');
    expect(heap).to.be.greaterThan(0);
    // The first object becomes free space of 0 bytes.
    bytes.fill(0, heap + 16, heap + 32);
    expect(await refusal(new File([bytes], 'a.h5'))).to.equal(
      'a.h5 is damaged or cut short: it cannot be read as HDF5.',
    );
  });

  it('takes no memory for a text that says it is long', async () => {
    const bytes = await unzipped(h5pyFile);
    const library = (await ready) as unknown as { HEAPU8: Uint8Array };
    const before = library.HEAPU8.length;
    const { prototype } = WebAssembly.Memory;
    const grow = Reflect.get<typeof prototype, 'grow'>(prototype, 'grow');
    new DataView(bytes.buffer).setUint32(lengthOfUnits, 0x30000000, true);
    expect(await refusal(new File([bytes], 'a.h5'))).to.equal(
      'a.h5 is damaged or cut short: it cannot be read as HDF5.',
    );
    expect(library.HEAPU8.length).to.be.below(before + 150e6);
    expect(prototype).to.have.property('grow', grow);
  });

  it('with damaged bytes gives an image in shape or a sentence', async () => {
    const whole = new Uint8Array(await (await image()).arrayBuffer());
    const random = randomSource(3);
    let opened = 0;
    let refused = 0;
    for (let i = 0; i < 200; i++) {
      const bytes = whole.slice();
      for (let n = 0; n < 3; n++)
        bytes[random.below(bytes.length)] = random.below(256);
      try {
        const { width, height, axis, data } = await openCube(
          new File([bytes], 'a.h5'),
        );
        expect(data.length).to.equal(width * height * axis.values.length);
        opened++;
      } catch (error) {
        if (!isUnmixingError(error)) throw error;
        refused++;
      }
    }
    expect(opened).to.be.greaterThan(20);
    expect(refused).to.be.greaterThan(20);
  });
});
