// Images against readers and writers that are not ours: geotiff for TIFF, zarrita for OME-Zarr, itk-wasm for NRRD, fflate
// for zip, and a picture in JPEG that libtiff packed. The files are made here.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { fromArrayBuffer, writeArrayBuffer } from 'geotiff';
import * as zarr from 'zarrita';
import { bundled } from './real.mjs';

const [width, height, bands] = [150, 70, 130];
/** Value (x, y, b), all different. */
const value = (x, y, b) => Math.fround(x + 1000 * y + b / 1000);
const image = {
  name: 'leaf',
  description: 'Maps of a leaf',
  width,
  height,
  bands,
  data: Float32Array.from({ length: width * height * bands }, (_, i) => {
    const n = Math.floor(i / bands);
    return value(n % width, Math.floor(n / width), i % bands);
  }),
  axis: {
    values: Float64Array.from({ length: bands }, (_, b) => 400 + b * 4.7),
    unit: 'nm',
    quantity: 'reflectance',
  },
  geometry: {
    origin: [10, -20, 5],
    spacing: [2.5, 3.5, 1],
    direction: [0, -1, 0, 1, 0, 0, 0, 0, 1],
    unit: 'µm',
  },
};

const jpegInTiff =
  'SUkqAIgAAAD/2P/AABEIABAAGAMBIgACEQEDEQH/2gAMAwEAAhEDEQA/APj/AET4X/d/dfpXf6J8L/u/uf0r33RPhf8Ad/c/pXoGifC/7v7n9K+mx/Fu/vHxXCPHPw++eBaJ8L/u/uf0or680T4X/d/dfpRXwNfi33/iP63yrjn/AGZe+f/ZABEAAAEDAAEAAAAYAAAAAQEDAAEAAAAQAAAAAgEDAAMAAABqAQAAAwEDAAEAAAAHAAAABgEDAAEAAAAGAAAAEQEEAAEAAAAIAAAAEgEDAAEAAAABAAAAFQEDAAEAAAADAAAAFgEDAAEAAAAQAAAAFwEEAAEAAAB/AAAAGgEFAAEAAABaAQAAGwEFAAEAAABiAQAAHAEDAAEAAAABAAAAKAEDAAEAAAABAAAAMQECAAwAAADeAwAAWwEHAD4CAACgAQAAFAIFAAYAAABwAQAAAAAAAAEAAAABAAAAAQAAAAEAAAAIAAgACAAAAAAAAQAAAP8AAAABAAAAgAAAAAEAAAD/AAAAAQAAAIAAAAABAAAA/wAAAAEAAAD/2P/bAEMAAwICAwICAwMDAwQDAwQFCAUFBAQFCgcHBggMCgwMCwoLCw0OEhANDhEOCwsQFhARExQVFRUMDxcYFhQYEhQVFP/bAEMBAwQEBQQFCQUFCRQNCw0UFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/EAB8BAAMBAQEBAQEBAQEAAAAAAAABAgMEBQYHCAkKC//EALURAAIBAgQEAwQHBQQEAAECdwABAgMRBAUhMQYSQVEHYXETIjKBCBRCkaGxwQkjM1LwFWJy0QoWJDThJfEXGBkaJicoKSo1Njc4OTpDREVGR0hJSlNUVVZXWFlaY2RlZmdoaWpzdHV2d3h5eoKDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uLj5OXm5+jp6vLz9PX29/j5+v/ZdGlmZmZpbGUucHkA';

describe('images and other libraries', () => {
  let ours;
  before(async () => {
    ours = await bundled(
      'formats/open.ts',
      'formats/zarr.ts',
      'formats/zip.ts',
      'formats/itk/nrrd-write.ts',
      'formats/tiff/ome-write.ts',
      'formats/zarr/ome-write.ts',
    );
  });

  it('geotiff reads every value of an OME-TIFF that we wrote, one picture a band', async () => {
    const [{ name, content }] = ours.writeOmeTiff(image);
    assert.equal(name, 'leaf.ome.tif');
    const tiff = await fromArrayBuffer(content.buffer);
    assert.equal(await tiff.getImageCount(), bands);
    for (const b of [0, 77, bands - 1]) {
      const page = await tiff.getImage(b);
      const [values] = await page.readRasters();
      assert.ok(values instanceof Float32Array);
      assert.deepEqual([page.getWidth(), page.getHeight()], [width, height]);
      values.forEach((v, n) =>
        assert.equal(v, value(n % width, Math.floor(n / width), b)),
      );
    }
    const { fileDirectory } = await tiff.getImage(0);
    const xml = await fileDirectory.loadValue('ImageDescription');
    assert.match(xml, /SizeX="150" SizeY="70" SizeC="130"/);
    assert.match(xml, /PhysicalSizeX="2.5" PhysicalSizeXUnit="µm"/);
    assert.match(xml, /Name="404.7 nm" [^>]*EmissionWavelength="404.7"/);
  });

  it('a TIFF that geotiff wrote opens with its values', async () => {
    const values = Float32Array.from({ length: 5 * 4 * 6 }, (_, i) => i / 7);
    const written = writeArrayBuffer(values, {
      width: 5,
      height: 4,
      SamplesPerPixel: [6],
      BitsPerSample: [32, 32, 32, 32, 32, 32],
      SampleFormat: [3, 3, 3, 3, 3, 3],
      PhotometricInterpretation: 1,
    });
    const [{ cube }] = await ours.openFiles([new File([written], 'g.tif')]);
    assert.deepEqual([cube.width, cube.height], [5, 4]);
    assert.deepEqual(cube.data, values);
  });

  it('colours that libtiff packed as JPEG are there to a few levels', async () => {
    const bytes = Buffer.from(jpegInTiff, 'base64');
    const [{ picture }] = await ours.openFiles([new File([bytes], 'j.tif')]);
    assert.deepEqual([picture.width, picture.height], [24, 16]);
    for (let y = 0; y < 16; y++)
      for (let x = 0; x < 24; x++)
        [10 * x, 15 * y, 128].forEach((expected, c) => {
          const is = picture.data[4 * (24 * y + x) + c];
          assert.ok(Math.abs(is - expected) <= 12, `${is}, not ${expected}`);
        });
  });

  it('zarrita reads every value of an OME-Zarr that we wrote', async () => {
    const files = ours.writeOmeZarr(image);
    const store = new Map(
      files.map(({ name, content }) => [
        name.replace('leaf.ome.zarr', ''),
        Buffer.from(content),
      ]),
    );
    const group = await zarr.open(zarr.root(store), { kind: 'group' });
    const [multiscale] = group.attrs.ome.multiscales;
    assert.deepEqual(multiscale.axes, [
      { name: 'c', type: 'channel' },
      { name: 'y', type: 'space', unit: 'micrometer' },
      { name: 'x', type: 'space', unit: 'micrometer' },
    ]);
    const array = await zarr.open(group.resolve(multiscale.datasets[0].path), {
      kind: 'array',
    });
    const { data, shape } = await zarr.get(array);
    assert.deepEqual(shape, [bands, height, width]);
    let i = 0;
    for (let b = 0; b < bands; b++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) assert.equal(data[i++], value(x, y, b));
  });

  it('itk-wasm reads every value of an NRRD that we wrote, and where it lies', async (t) => {
    const { readImageNode } = await import('@itk-wasm/image-io');
    const [{ name, content }] = ours.writeNrrd(image);
    const folder = mkdtempSync(join(tmpdir(), 'stratigraph-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const path = join(folder, name);
    writeFileSync(path, content);
    const read = await readImageNode(path);
    assert.equal(read.imageType.components, bands);
    assert.deepEqual(read.size, [width, height, 1]);
    assert.deepEqual(read.origin, image.geometry.origin);
    assert.deepEqual(read.spacing, image.geometry.spacing);
    assert.deepEqual(
      Array.from(read.direction, (d) => d + 0),
      image.geometry.direction,
    );
    assert.deepEqual(read.data, image.data);
  });

  it('fflate unpacks a zip that we wrote', () => {
    const files = ours.writeOmeZarr(image);
    const unpacked = unzipSync(ours.zipFiles(files));
    assert.deepEqual(
      Object.keys(unpacked),
      files.map(({ name }) => name),
    );
    for (const { name, content } of files)
      assert.ok(Buffer.from(content).equals(Buffer.from(unpacked[name])));
  });

  it('an OME-Zarr opens from a server, and stops when it is told to', async () => {
    const files = new Map(
      ours
        .writeOmeZarr(image)
        .map(({ name, content }) => [`/${name}`, content]),
    );
    const server = createServer(({ url }, answer) => {
      const content = files.get(url);
      if (content === undefined) answer.statusCode = 404;
      answer.end(content);
    });
    await new Promise((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${server.address().port}/leaf.ome.zarr`;
    try {
      const [{ cube }] = await ours.openZarrUrl(url, {});
      assert.deepEqual(cube.data, image.data);
      assert.deepEqual(cube.axis, image.axis);
      assert.deepEqual(cube.geometry, image.geometry);
      const reason = new Error('enough');
      const aborter = new globalThis.AbortController();
      const opening = ours.openZarrUrl(url, { signal: aborter.signal });
      aborter.abort(reason);
      await assert.rejects(opening, reason);
      files.delete('/leaf.ome.zarr/zarr.json');
      await assert.rejects(ours.openZarrUrl(url, {}), {
        message: /holds no image of OME-Zarr/,
      });
    } finally {
      server.close();
    }
  });
});
