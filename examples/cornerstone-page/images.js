// A cube as Cornerstone3D takes it: one image a band, from a loader of the page's own, and what DICOM would tell of each. Two grains
// in a ground that thins out to the right.
const width = 64;
const height = 48;
const bands = 60;

/** Centre, width and strength of the absorptions of each material, in bands. */
const materials = [
  [
    [14, 3, 1],
    [44, 2.5, 0.6],
  ],
  [
    [25, 3.5, 0.9],
    [52, 2, 0.7],
  ],
  [
    [34, 4, 0.8],
    [8, 2.5, 0.5],
  ],
];

const bell = (distance, spread) => Math.exp(-((distance / spread) ** 2) / 2);

/** How much of each material a pixel holds. */
function amounts(x, y) {
  const first = bell(Math.hypot(x - 20, y - 18), 7);
  const second = bell(Math.hypot(x - 45, y - 30), 6);
  const ground = 0.2 * (1 - first) * (1 - second);
  const sum = first + second + ground;
  return [first / sum, second / sum, ((1 - x / (2 * width)) * ground) / sum];
}

function makeBand(band) {
  const strengths = materials.map((peaks) =>
    peaks.reduce(
      (sum, [centre, spread, strength]) =>
        sum + strength * bell(band - centre, spread),
      0,
    ),
  );
  let seed = band + 1;
  return Float32Array.from({ length: width * height }, (_, n) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const noise = 0.01 * (seed / 2 ** 32 - 0.5);
    return amounts(n % width, Math.floor(n / width)).reduce(
      (sum, amount, i) => sum + amount * strengths[i],
      noise,
    );
  });
}

export const imageIds = Array.from({ length: bands }, (_, b) => `grains:${b}`);

const bandOf = (imageId) => Number(imageId.split(':')[1]);

const told = {
  imagePlaneModule: (band) => ({
    frameOfReferenceUID: 'grains',
    rows: height,
    columns: width,
    imagePositionPatient: [0, 0, band],
    imageOrientationPatient: [1, 0, 0, 0, 1, 0],
    rowCosines: [1, 0, 0],
    columnCosines: [0, 1, 0],
    pixelSpacing: [1, 1],
    rowPixelSpacing: 1,
    columnPixelSpacing: 1,
  }),
  imagePixelModule: () => ({
    bitsAllocated: 32,
    bitsStored: 32,
    highBit: 31,
    samplesPerPixel: 1,
    pixelRepresentation: 0,
    photometricInterpretation: 'MONOCHROME2',
  }),
  generalSeriesModule: () => ({
    modality: 'OT',
    seriesInstanceUID: 'grains',
    seriesDescription: 'Two grains',
  }),
};

/** Makes the images known to Cornerstone3D. */
export function registerImages({ imageLoader, metaData, utilities }) {
  metaData.addProvider((type, imageId) =>
    imageId.startsWith?.('grains:') ? told[type]?.(bandOf(imageId)) : undefined,
  );
  imageLoader.registerImageLoader('grains', (imageId) => {
    const scalarData = makeBand(bandOf(imageId));
    const voxelManager = utilities.VoxelManager.createImageVoxelManager({
      width,
      height,
      numberOfComponents: 1,
      scalarData,
    });
    const image = {
      imageId,
      rows: height,
      columns: width,
      height,
      width,
      rowPixelSpacing: 1,
      columnPixelSpacing: 1,
      numberOfComponents: 1,
      dataType: 'Float32Array',
      minPixelValue: 0,
      maxPixelValue: 1,
      slope: 1,
      intercept: 0,
      windowWidth: 2,
      windowCenter: 1,
      color: false,
      rgba: false,
      invert: false,
      sizeInBytes: scalarData.byteLength,
      voxelManager,
      getPixelData: () => voxelManager.getScalarData(),
    };
    return { promise: Promise.resolve(image) };
  });
}
