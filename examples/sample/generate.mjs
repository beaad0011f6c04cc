#!/usr/bin/env node
// Makes the sample: the ATR-µFTIR image of a painting's cross-section that never was, with its truth.
//
//   node examples/sample/generate.mjs FOLDER
//
// FOLDER receives
//   cross-section.hdr, .img         the cube: ENVI, float32, BIP, absorbance, wavenumbers in cm-1 from high to low
//   abundances.hdr, abundances.img  ENVI, float32, BIP, one band for each material; every pixel sums to one
//   endmembers.csv                  wavenumber, then one column for each material, largest value 1
//   micrograph.png, micrograph.pgw  the same section in visible light, and where it lies (µm, the cube's frame)
//   truth.json                      names, sizes and how the sample was made
//
// The frame: x right, y down, µm, (0, 0) the centre of the cube's first pixel.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeEnvi, writePng, writeSpectra, writeWorldFile } from './files.mjs';
import { materials } from './materials.mjs';
import {
  abundancesOf,
  endmembersOf,
  measureCube,
  paintMicrograph,
  sampleSection,
} from './measure.mjs';

export const sampleDefaults = Object.freeze({
  /** Pixels of the cube. */
  width: 128,
  height: 72,
  bands: 1504,
  /** First and last wavenumber, cm-1. */
  range: [3900, 850],
  /** Side of a cube pixel, µm. */
  pixelSize: 1.1,
  /** Micrograph pixels along a cube pixel. */
  finer: 5,
  /** Cube pixels that the micrograph shows beyond the cube, left and right, above and below. */
  margin: [26, 20],
  /** Point spread of the infrared microscope, standard deviation in cube pixels. */
  spread: 0.55,
  /** Absorbance of a pure material's tallest band. */
  tallest: 0.42,
  /** Noise in the middle of the range, absorbance. */
  noise: 0.0016,
  /** Most carbon dioxide, absorbance. */
  carbon: 0.016,
  seed: 7,
});

/** Writes the sample into a folder; the same options give the same bytes. */
export function generateSample(folder, changes = {}) {
  const options = { ...sampleDefaults, ...changes };
  const { width, height, bands, range, pixelSize, finer, margin } = options;
  const wavenumbers = Float64Array.from(
    { length: bands },
    (_, b) => range[0] + ((range[1] - range[0]) * b) / (bands - 1),
  );
  const names = materials.map(({ name }) => name);
  const pixel = `pixel size = { ${pixelSize}, ${pixelSize}, units=Micrometers }`;
  const fine = sampleSection(options);
  const abundances = abundancesOf(fine, options);
  const spectra = endmembersOf(wavenumbers);
  const cube = measureCube(abundances, spectra, wavenumbers, options);

  mkdirSync(folder, { recursive: true });
  const at = (name) => join(folder, name);
  writeEnvi(at('cross-section'), {
    width,
    height,
    bands,
    data: cube,
    lines: [
      'description = { synthetic ATR-FTIR image of a cross-section }',
      'wavelength units = Wavenumber (cm-1)',
      'data units = Absorbance',
      pixel,
      `wavelength = { ${Array.from(wavenumbers, (v) => v.toFixed(3)).join(', ')} }`,
    ],
  });
  writeEnvi(at('abundances'), {
    width,
    height,
    bands: names.length,
    data: abundances,
    lines: [pixel, `band names = { ${names.join(', ')} }`],
  });
  writeSpectra(at('endmembers.csv'), wavenumbers, names, spectra);
  const step = pixelSize / finer;
  const offset = (step - pixelSize) / 2; // centres of the first fine and the first cube pixel
  const origin = margin.map((pixels) => offset - pixels * pixelSize);
  writePng(at('micrograph.png'), {
    width: fine.columns,
    height: fine.rows,
    pixels: paintMicrograph(fine, options),
    pixelSize: step,
  });
  writeWorldFile(at('micrograph.pgw'), step, origin);
  writeFileSync(
    at('truth.json'),
    `${JSON.stringify(
      {
        names,
        micrograph: { pixelSize: step, origin, unit: 'µm' },
        options,
      },
      null,
      2,
    )}\n`,
  );
}

if (
  process.argv[1] &&
  resolve(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  const [folder] = process.argv.slice(2);
  if (!folder) {
    console.error('Say where to: node examples/sample/generate.mjs FOLDER');
    process.exit(2);
  }
  generateSample(folder);
}
