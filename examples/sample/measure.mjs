// What the instruments see of the section: the spectral cube, its true abundances, and the micrograph.
import { grainField, randomSource, smoothField } from './chance.mjs';
import { carbonDioxide, materials, spectrumOf } from './materials.mjs';
import { makeSection } from './section.mjs';

/** Evaluates the section on the micrograph's pixels, once for both instruments. */
export function sampleSection({
  width,
  height,
  pixelSize,
  finer,
  margin,
  seed,
}) {
  const step = pixelSize / finer;
  const border = [margin[0] * finer, margin[1] * finer];
  const columns = width * finer + 2 * border[0];
  const rows = height * finer + 2 * border[1];
  const section = makeSection({
    width: width * pixelSize,
    height: height * pixelSize,
    margin: margin[0] * pixelSize,
    seed,
  });
  const shares = new Float32Array(columns * rows * materials.length);
  const inside = new Uint8Array(columns * rows);
  const here = new Float32Array(materials.length);
  for (let u = 0; u < columns; u++) {
    const x = (u + 0.5 - border[0]) * step;
    const depths = section.depthsAt(x);
    for (let v = 0; v < rows; v++) {
      const y = (v + 0.5 - border[1]) * step;
      const n = v * columns + u;
      inside[n] = section.sharesAt(x, y, depths, here) ? 1 : 0;
      shares.set(here, n * materials.length);
    }
  }
  return { columns, rows, border, step, shares, inside };
}

/** True abundances of each cube pixel, R a pixel: the section seen through a Gaussian point spread, divided by its sum. */
export function abundancesOf(fine, { width, height, finer, spread }) {
  const count = materials.length;
  const sigma = spread * finer; // in fine pixels
  const reach = Math.ceil(2.5 * sigma + finer / 2);
  const kernel = Array.from({ length: 2 * reach + finer }, (_, i) =>
    Math.exp(-0.5 * ((i - reach - (finer - 1) / 2) / sigma) ** 2),
  );
  const abundances = new Float32Array(width * height * count);
  const sums = new Float64Array(count);
  for (let j = 0; j < height; j++)
    for (let i = 0; i < width; i++) {
      sums.fill(0);
      let total = 0;
      for (let q = 0; q < kernel.length; q++) {
        const v = fine.border[1] + j * finer - reach + q;
        if (v < 0 || v >= fine.rows) continue;
        for (let p = 0; p < kernel.length; p++) {
          const u = fine.border[0] + i * finer - reach + p;
          if (u < 0 || u >= fine.columns) continue;
          const n = v * fine.columns + u;
          if (!fine.inside[n]) continue;
          const weight = kernel[p] * kernel[q];
          total += weight;
          for (let r = 0; r < count; r++)
            sums[r] += weight * fine.shares[n * count + r];
        }
      }
      if (total === 0)
        throw new Error(`pixel ${i}, ${j} lies outside the section`);
      for (let r = 0; r < count; r++)
        abundances[(j * width + i) * count + r] = sums[r] / total;
    }
  return abundances;
}

/** Endmember spectra, largest absorbance 1, one after the other. */
export function endmembersOf(wavenumbers) {
  const bands = wavenumbers.length;
  const spectra = new Float32Array(materials.length * bands);
  materials.forEach((material, r) => {
    spectra.set(spectrumOf(material, wavenumbers), r * bands);
  });
  return spectra;
}

/**
 * The measured cube, absorbance, band-interleaved by pixel:
 * y = gain · Σ_r a_r s_r + carbon · CO2 + noise, the noise growing towards both ends of the range.
 */
export function measureCube(abundances, spectra, wavenumbers, options) {
  const { width, height, tallest, noise, carbon, seed } = options;
  const bands = wavenumbers.length;
  const count = materials.length;
  const random = randomSource(seed + 5);
  const contact = smoothField(seed + 61, 52); // pressure of the crystal
  const grain = grainField(seed + 62, 4, 2);
  const air = smoothField(seed + 63, 34);
  const gas = carbonDioxide(wavenumbers);
  const sigma = Float32Array.from(wavenumbers, (v) => {
    const t = (v - 850) / 3050;
    return noise * (1 + 1.6 * Math.exp(-t / 0.03) + 0.9 * t ** 4);
  });
  const cube = new Float32Array(width * height * bands);
  const clean = new Float64Array(bands);
  for (let n = 0; n < width * height; n++) {
    const i = n % width;
    const j = (n - i) / width;
    const gain = tallest * (1 + 0.14 * contact(i, j) + 0.05 * grain(i, j));
    const breath = carbon * (0.5 + 0.5 * air(i, j) + 0.2 * random.normal());
    clean.fill(0);
    for (let r = 0; r < count; r++) {
      const share = gain * abundances[n * count + r];
      if (share === 0) continue;
      for (let b = 0; b < bands; b++)
        clean[b] += share * spectra[r * bands + b];
    }
    for (let b = 0; b < bands; b++)
      cube[n * bands + b] =
        clean[b] + breath * gas[b] + sigma[b] * random.normal();
  }
  return cube;
}

/** The micrograph, 8-bit RGB, row by row from the top. */
export function paintMicrograph(fine, { seed }) {
  const { columns, rows, step, shares, inside } = fine;
  const count = materials.length;
  const random = randomSource(seed + 9);
  const body = grainField(seed + 81, 7, 3);
  const fleck = grainField(seed + 82, 1.3, 2);
  const haze = smoothField(seed + 83, 40);
  const pixels = new Uint8Array(columns * rows * 3);
  for (let n = 0; n < columns * rows; n++) {
    const u = n % columns;
    const x = u * step;
    const y = ((n - u) / columns) * step;
    const shade = inside[n]
      ? 0.9 + 0.2 * body(x, y) + 0.24 * fleck(x, y) + 0.04 * haze(x, y)
      : 1;
    const spark = inside[n] && random.uniform() > 0.9994 ? 60 : 0;
    for (let c = 0; c < 3; c++) {
      let value = inside[n] ? 0 : [19, 18, 17][c] + 7 * haze(x, y);
      for (let r = 0; r < count; r++)
        value += shares[n * count + r] * materials[r].colour[c];
      pixels[3 * n + c] = Math.max(
        0,
        Math.min(
          255,
          Math.round(value * shade + spark + 3.2 * random.normal()),
        ),
      );
    }
  }
  return pixels;
}
