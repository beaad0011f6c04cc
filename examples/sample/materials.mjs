// The six materials: infrared bands and visible colours.
//
// Bands are [position cm-1, half width at half height cm-1, relative height]. Positions are those commonly reported for
// ATR spectra of artists' materials: minerals as in Farmer, The Infrared Spectra of Minerals (1974) and the RRUFF data
// base; oil, protein and carbonates as in Derrick, Stulik & Landry, Infrared Spectroscopy in Conservation Science (1999)
// and the IRUG data base; lead carboxylates as in Robinet & Corbeil, Studies in Conservation 48 (2003) 23-40. Widths and
// heights are ours, chosen to look like such spectra: they are not measurements.

/** The materials in the order of every file of the sample. */
export const materials = [
  {
    name: 'Gypsum', // hydrated calcium sulfate, the ground
    colour: [214, 203, 180],
    bands: [
      [3526, 24, 0.22], // O-H stretching
      [3400, 55, 0.34],
      [3245, 40, 0.11],
      [1683, 13, 0.12], // H-O-H bending
      [1620, 14, 0.24],
      [1142, 26, 0.52], // SO4 stretching
      [1109, 24, 1],
      [1005, 8, 0.1],
    ],
  },
  {
    name: 'Protein glue', // animal glue, collagen
    colour: [158, 108, 52],
    bands: [
      [3295, 110, 0.72], // amide A
      [3074, 40, 0.18], // amide B
      [2937, 34, 0.24],
      [2878, 26, 0.12],
      [1636, 32, 1], // amide I
      [1534, 30, 0.74], // amide II
      [1450, 22, 0.33],
      [1400, 24, 0.23],
      [1334, 18, 0.16],
      [1238, 24, 0.28], // amide III
      [1080, 32, 0.2],
    ],
  },
  {
    name: 'Lead white', // basic lead carbonate, the priming
    colour: [233, 230, 219],
    bands: [
      [3536, 12, 0.16], // O-H stretching
      [1733, 10, 0.05],
      [1432, 44, 0.46], // CO3 stretching
      [1390, 48, 1],
      [1045, 7, 0.3],
    ],
  },
  {
    name: 'Lead soap', // lead carboxylates, inclusions in the priming
    colour: [204, 190, 146],
    bands: [
      [2916, 12, 0.92], // C-H stretching
      [2849, 10, 0.68],
      [1541, 14, 0.86], // COO stretching
      [1512, 13, 1],
      [1464, 10, 0.3],
      [1418, 15, 0.5],
      [1345, 9, 0.12],
      [1300, 8, 0.08],
      [932, 16, 0.12],
    ],
  },
  {
    name: 'Azurite', // basic copper carbonate, particles in oil
    colour: [38, 78, 158],
    bands: [
      [3427, 15, 0.42], // O-H stretching
      [1497, 22, 0.55], // CO3 stretching
      [1463, 20, 0.62],
      [1412, 24, 1],
      [1092, 9, 0.28],
      [953, 14, 0.62], // O-H bending
      [862, 12, 0.2],
    ],
  },
  {
    name: 'Drying oil', // aged linseed oil: medium of the paint and the glaze over it
    colour: [150, 96, 34],
    bands: [
      [3440, 130, 0.1],
      [2927, 20, 0.72], // C-H stretching
      [2855, 15, 0.46],
      [1739, 17, 1], // C=O stretching
      [1711, 22, 0.38],
      [1462, 17, 0.28],
      [1377, 14, 0.19],
      [1238, 28, 0.36], // C-O stretching
      [1163, 24, 0.78],
      [1098, 22, 0.4],
      [982, 20, 0.12],
    ],
  },
];

/** Absorbance of a material, largest value 1, at each wavenumber: half Gaussian, half Lorentzian bands. */
export function spectrumOf({ bands }, wavenumbers) {
  const spectrum = Float64Array.from(wavenumbers, (wavenumber) => {
    let sum = 0;
    for (const [position, halfWidth, height] of bands) {
      const d = ((wavenumber - position) / halfWidth) ** 2;
      sum += height * (0.5 / (1 + d) + 0.5 * Math.exp(-Math.LN2 * d));
    }
    return sum;
  });
  const top = Math.max(...spectrum);
  return spectrum.map((value) => value / top);
}

/** Rotation branches of carbon dioxide around 2349 cm-1 at a resolution of some 4 cm-1, largest value about 1. */
export function carbonDioxide(wavenumbers) {
  const lobe = (d, width) => Math.exp(-((d / width) ** 2));
  return Float64Array.from(
    wavenumbers,
    (v) =>
      lobe(v - 2361, v > 2361 ? 10 : 14) +
      0.8 * lobe(v - 2337, v > 2337 ? 12 : 22),
  );
}
