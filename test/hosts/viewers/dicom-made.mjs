// A spectral cube as a DICOM series, made here: one MR image a band, as slices of a volume, explicit little endian.
import dcmjs from 'dcmjs';

const { DicomDict, DicomMetaDictionary } = dcmjs.data;

const explicitLittleEndian = '1.2.840.10008.1.2.1';
const mrImage = '1.2.840.10008.5.1.4.1.1.4';
/** Below 2.25, where identifiers made from numbers lie (DICOM PS3.5, annex B.2). */
const root = '2.25.20261126';

/** Two grains in a ground: where each material's bands lie, of 32, and how wide and strong they are. */
const materials = [
  [
    [7, 1.6, 1],
    [22, 2, 0.5],
  ],
  [
    [12, 1.8, 0.9],
    [26, 1.5, 0.7],
  ],
  [
    [17, 2.2, 0.8],
    [4, 1.4, 0.4],
  ],
];

const gauss = (distance, spread) => Math.exp(-((distance / spread) ** 2) / 2);

/**
 * The cube: values of band b at (b * height + y) * width + x, and the true maps, one a material, of values 0 to 1.
 * The first grain lies about (20, 18), the second about (45, 30).
 */
export function makeCube({ width = 64, height = 48, bands = 32 } = {}) {
  const pixels = width * height;
  const maps = materials.map(() => new Float32Array(pixels));
  const values = new Uint16Array(pixels * bands);
  const spectra = materials.map((peaks) =>
    Float32Array.from({ length: bands }, (_, band) =>
      peaks.reduce(
        (sum, [centre, spread, strength]) =>
          sum + strength * gauss(band - centre, spread),
        0.05,
      ),
    ),
  );
  let seed = 7;
  const noise = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return 0.01 * (seed / 2 ** 32 - 0.5);
  };
  for (let n = 0; n < pixels; n++) {
    const [x, y] = [n % width, Math.floor(n / width)];
    const first = gauss(Math.hypot(x - 20, y - 18), 6);
    const second = gauss(Math.hypot(x - 45, y - 30), 5);
    const ground = 0.1;
    const sum = first + second + ground;
    [first, second, ground].forEach((part, i) => (maps[i][n] = part / sum));
    for (let band = 0; band < bands; band++) {
      const clean = maps.reduce(
        (total, map, i) => total + map[n] * spectra[i][band],
        0,
      );
      values[band * pixels + n] = Math.round(
        1000 * Math.max(0, clean + noise()),
      );
    }
  }
  return { width, height, bands, values, maps };
}

/** A series of the cube, as files to drop. */
export function makeSeries(cube) {
  const { width, height, bands, values } = cube;
  const pixels = width * height;
  return Array.from({ length: bands }, (_, band) => {
    const instance = `${root}.3.${band + 1}`;
    const file = new DicomDict({
      '00020010': { vr: 'UI', Value: [explicitLittleEndian] },
      '00020002': { vr: 'UI', Value: [mrImage] },
      '00020003': { vr: 'UI', Value: [instance] },
    });
    file.dict = DicomMetaDictionary.denaturalizeDataset({
      SOPClassUID: mrImage,
      SOPInstanceUID: instance,
      StudyInstanceUID: `${root}.1`,
      SeriesInstanceUID: `${root}.2`,
      FrameOfReferenceUID: `${root}.4`,
      StudyDate: '20261126',
      StudyTime: '120000',
      StudyDescription: 'Two grains',
      SeriesDescription: 'Bands',
      PatientName: 'Made^Specimen',
      PatientID: 'made',
      Modality: 'MR',
      SeriesNumber: 1,
      InstanceNumber: band + 1,
      ImageType: ['ORIGINAL', 'PRIMARY', 'OTHER'],
      ImagePositionPatient: [0, 0, band],
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      PixelSpacing: [1, 1],
      SliceThickness: 1,
      SpacingBetweenSlices: 1,
      Rows: height,
      Columns: width,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      BitsAllocated: 16,
      BitsStored: 16,
      HighBit: 15,
      PixelRepresentation: 0,
      WindowCenter: 500,
      WindowWidth: 1000,
      PixelData: values.slice(band * pixels, (band + 1) * pixels).buffer,
      _vrMap: { PixelData: 'OW' },
    });
    return {
      name: `band-${band + 1}.dcm`,
      type: 'application/dicom',
      bytes: new Uint8Array(file.write()),
    };
  });
}
