// Samples of formats of which no file lies in the data folder: what this program itself writes.
import {
  imageFormats,
  spectraFormats,
} from '../../src/formats/save-formats.js';
import { asOneFile, saveImage, saveSpectra } from '../../src/formats/save.js';
import type { SavedFile } from '../../src/formats/saved.js';
import { unitGeometry } from '../../src/spectral/cube.js';
import { randomSource } from '../../src/spectral/random.js';

interface Sample {
  readonly name: string;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: Uint8Array;
  }[];
}

const [width, height, bands] = [12, 8, 20];
const random = randomSource(1);
const axis = {
  values: Float64Array.from({ length: bands }, (_, b) => 4000 - 4.1 * b),
  unit: 'cm-1',
  quantity: 'absorbance',
} as const;
const noise = (count: number): Float32Array =>
  Float32Array.from({ length: count }, () => random.uniform());

const cube = {
  name: 'made',
  description: 'a cube of noise',
  width,
  height,
  bands,
  data: noise(width * height * bands),
  axis,
  geometry: { ...unitGeometry, spacing: [2, 3, 1], unit: 'µm' },
} as const;
const maps = {
  ...cube,
  axis: undefined,
  bandNames: Array.from({ length: bands }, (_, b) => `Material ${b + 1}`),
};
const spectra = {
  name: 'made',
  axis,
  names: ['one', 'two', 'three'],
  data: noise(3 * bands),
};

const bytesOf = ({ content }: SavedFile): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

const sample = (name: string, files: readonly SavedFile[]): Sample => ({
  name: `made/${name}`,
  files: files.map((file) => ({ name: file.name, bytes: bytesOf(file) })),
});

/** A header and zeros: a NIfTI-1 image of 8 x 6 x 5 floats. */
function nifti(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(352 + 4 * 8 * 6 * 5);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  [3, 8, 6, 5, 1, 1, 1, 1].forEach((size, i) =>
    view.setInt16(40 + 2 * i, size, true),
  );
  view.setInt16(70, 16, true);
  view.setInt16(72, 32, true);
  [1, 1, 1, 1].forEach((step, i) => view.setFloat32(76 + 4 * i, step, true));
  view.setFloat32(108, 352, true);
  bytes.set(new TextEncoder().encode('n+1'), 344);
  return bytes;
}

const metaImage = `ObjectType = Image
NDims = 3
DimSize = 4 3 5
ElementType = MET_UCHAR
ElementDataFile = LOCAL
${'abcdefghij'.repeat(6)}`;

const longTable = `#X\t#Y\t#Wave\t#Intensity
${[0, 1]
  .flatMap((y) =>
    [0, 1, 2].flatMap((x) =>
      [500, 400, 300].map((wave) => [x, y, wave, x + y * wave].join('\t')),
    ),
  )
  .join('\n')}
`;

/** A sample of every format that is written, and of plain ones that no instrument leaves. */
export async function madeSamples(): Promise<Sample[]> {
  const samples = [
    sample('nifti', [{ name: 'made.nii', content: nifti() }]),
    sample('metaimage', [{ name: 'made.mha', content: metaImage }]),
    sample('long table', [{ name: 'made.txt', content: longTable }]),
  ];
  for (const [format] of imageFormats) {
    samples.push(sample(`${format} cube`, await saveImage(cube, format)));
    samples.push(sample(`${format} maps`, await saveImage(maps, format)));
  }
  for (const [format] of spectraFormats)
    samples.push(
      sample(`${format} spectra`, await saveSpectra(spectra, format)),
    );
  const zip = await asOneFile(await saveImage(cube, 'ome-zarr'), 'made');
  const content = new Uint8Array(await zip.arrayBuffer());
  samples.push(sample('zip', [{ name: zip.name, content }]));
  return samples;
}
