/** Formats in which images are saved: the id that commands take, and the name for people. */
export const imageFormats = [
  ['envi', 'ENVI'],
  ['nrrd', 'NRRD'],
  ['ome-tiff', 'OME-TIFF'],
  ['ome-zarr', 'OME-Zarr'],
  ['npy', 'NumPy .npy'],
] as const;
export type ImageFormat = (typeof imageFormats)[number][0];

/** The same for spectra. */
export const spectraFormats = [
  ['csv', 'CSV'],
  ['jcamp', 'JCAMP-DX'],
  ['sli', 'ENVI .sli'],
] as const;
export type SpectraFormat = (typeof spectraFormats)[number][0];
