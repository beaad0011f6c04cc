import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import {
  generateSample,
  sampleDefaults,
} from '../../examples/sample/generate.mjs';
import { materials } from '../../examples/sample/materials.mjs';

const small = { width: 48, height: 30, bands: 200, margin: [4, 6] };
const folders = [];
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'sample-'));
  folders.push(path);
  return path;
};
const read = (path, name) => readFileSync(join(path, name));
const floats = (path, name) => {
  const bytes = read(path, name);
  return new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  );
};
const field = (header, name) =>
  header.match(new RegExp(`^${name} = (.*)$`, 'm'))[1];
const hashes = (path) =>
  Object.fromEntries(
    readdirSync(path).map((name) => [
      name,
      createHash('sha256').update(read(path, name)).digest('hex'),
    ]),
  );

describe('the sample generator', () => {
  let path;
  before(() => {
    path = folder();
    generateSample(path, small);
  });
  after(() => {
    for (const made of folders) rmSync(made, { recursive: true });
  });

  it('writes the same bytes twice, and others for another seed', () => {
    const again = folder();
    generateSample(again, small);
    assert.deepEqual(hashes(again), hashes(path));
    const other = folder();
    generateSample(other, { ...small, seed: 8 });
    assert.notEqual(
      hashes(other)['cross-section.img'],
      hashes(path)['cross-section.img'],
    );
  });

  it('writes images as long as their headers say', () => {
    for (const name of ['cross-section', 'abundances']) {
      const header = read(path, `${name}.hdr`).toString();
      const values = ['samples', 'lines', 'bands'].map((key) =>
        Number(field(header, key)),
      );
      assert.equal(
        read(path, `${name}.img`).length,
        4 * values[0] * values[1] * values[2],
      );
    }
  });

  it('writes one falling wavenumber for each band', () => {
    const header = read(path, 'cross-section.hdr').toString();
    const values = field(header, 'wavelength')
      .match(/[\d.]+/g)
      .map(Number);
    assert.equal(values.length, small.bands);
    assert.equal(values[0], 3900);
    assert.equal(values.at(-1), 850);
    assert.ok(values.every((v, b) => b === 0 || v < values[b - 1]));
  });

  it('makes abundances that are shares: none negative, every pixel summing to one', () => {
    const shares = floats(path, 'abundances.img');
    const count = materials.length;
    for (let n = 0; n < small.width * small.height; n++) {
      const pixel = shares.subarray(n * count, (n + 1) * count);
      assert.ok(pixel.every((share) => share >= 0));
      const sum = pixel.reduce((a, b) => a + b);
      assert.ok(Math.abs(sum - 1) < 1e-6, `pixel ${n} sums to ${sum}`);
    }
  });

  it('makes endmembers that are never negative and reach one', () => {
    const rows = read(path, 'endmembers.csv').toString().trim().split('\n');
    assert.equal(rows.length, small.bands + 1);
    const columns = rows.slice(1).map((row) => row.split(',').map(Number));
    for (let r = 1; r <= materials.length; r++) {
      const spectrum = columns.map((column) => column[r]);
      assert.ok(Math.min(...spectrum) >= 0);
      assert.ok(Math.abs(Math.max(...spectrum) - 1) < 1e-6);
    }
  });

  it('measures what the model says, but for gas, gain and noise', () => {
    const quiet = folder();
    generateSample(quiet, { ...small, noise: 0, carbon: 0 });
    const cube = floats(quiet, 'cross-section.img');
    const shares = floats(quiet, 'abundances.img');
    const columns = read(quiet, 'endmembers.csv')
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',').slice(1).map(Number));
    for (const n of [0, 317, small.width * small.height - 1]) {
      const model = columns.map((row) =>
        row.reduce((sum, v, r) => sum + v * shares[n * row.length + r], 0),
      );
      const seen = cube.subarray(n * small.bands, (n + 1) * small.bands);
      const gain = Math.max(...seen) / Math.max(...model);
      assert.ok(gain > 0.3 && gain < 0.55, `gain ${gain}`);
      seen.forEach((v, b) => assert.ok(Math.abs(v - gain * model[b]) < 1e-6));
    }
  });

  it('shows every material pure somewhere in the whole sample', () => {
    const whole = folder();
    generateSample(whole, { bands: 2 });
    const shares = floats(whole, 'abundances.img');
    materials.forEach(({ name }, r) => {
      let pure = 0;
      for (let n = r; n < shares.length; n += materials.length)
        if (shares[n] > 0.99) pure++;
      assert.ok(pure >= 20, `${name}: ${pure} pure pixels`);
    });
  });

  it('paints the micrograph over the cube: where a material is pure, its own colour', () => {
    const finer = sampleDefaults.finer;
    const png = read(path, 'micrograph.png');
    const width = png.readUInt32BE(16);
    const height = png.readUInt32BE(20);
    assert.equal(width, (small.width + 2 * small.margin[0]) * finer);
    assert.equal(height, (small.height + 2 * small.margin[1]) * finer);
    const start = png.indexOf('IDAT') + 4;
    const length = png.readUInt32BE(start - 8);
    const rows = inflateSync(png.subarray(start, start + length));
    const stride = 3 * width + 1;
    const world = read(path, 'micrograph.pgw').toString().trim().split('\n');
    const [step, , , , left, top] = world.map(Number);
    const colourAt = (x, y) => {
      const u = Math.round((x - left) / step);
      const v = Math.round((y - top) / step);
      const colour = [0, 0, 0];
      for (let i = 0; i <= 3 * u + 2; i++)
        colour[i % 3] = (colour[i % 3] + rows[v * stride + 1 + i]) & 255;
      return colour;
    };
    const shares = floats(path, 'abundances.img');
    const count = materials.length;
    materials.forEach(({ name, colour }, r) => {
      const mean = [0, 0, 0];
      let pixels = 0;
      for (let n = 0; n < small.width * small.height; n++) {
        if (shares[n * count + r] < 0.99) continue;
        const seen = colourAt(
          (n % small.width) * sampleDefaults.pixelSize,
          Math.floor(n / small.width) * sampleDefaults.pixelSize,
        );
        seen.forEach((value, c) => (mean[c] += value));
        pixels++;
      }
      if (pixels < 10) return; // too few to tell the colour from the grain
      mean.forEach((sum, c) =>
        assert.ok(
          Math.abs(sum / pixels - colour[c]) < 40,
          `${name}: ${mean.map((m) => Math.round(m / pixels))} (want about ${colour})`,
        ),
      );
    });
  });
});
