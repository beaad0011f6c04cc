import type { Spectra } from '../spectral/cube.js';
import type { ImageFormat, SpectraFormat } from './save-formats.js';
import type { SavedFile, SavedImage } from './saved.js';

type Written = readonly SavedFile[] | Promise<readonly SavedFile[]>;

/** An image as files of a format; those that lie in a folder carry its name in theirs. */
export async function saveImage(
  image: SavedImage,
  format: ImageFormat,
): Promise<readonly SavedFile[]> {
  const write: (image: SavedImage) => Written = await {
    envi: async () => (await import('./envi/write.js')).writeEnvi,
    nrrd: async () => (await import('./itk/nrrd-write.js')).writeNrrd,
    'ome-tiff': async () => (await import('./tiff/ome-write.js')).writeOmeTiff,
    'ome-zarr': async () => (await import('./zarr/ome-write.js')).writeOmeZarr,
    npy: async () => (await import('./npy/write.js')).writeNpy,
  }[format]();
  return write(image);
}

/** Spectra as files of a format. */
export async function saveSpectra(
  spectra: Spectra,
  format: SpectraFormat,
): Promise<readonly SavedFile[]> {
  const write: (spectra: Spectra) => Written = await {
    csv: async () => (await import('./text/csv-write.js')).writeCsv,
    jcamp: async () => (await import('./jcamp/write.js')).writeJcamp,
    sli: async () => (await import('./envi/write.js')).writeEnviLibrary,
  }[format]();
  return write(spectra);
}

/** Files as one to hand out: itself when it is alone, else all of them in a zip of this name. */
export async function asOneFile(
  files: readonly SavedFile[],
  name: string,
): Promise<File> {
  if (files.length === 1) return new File([files[0].content], files[0].name);
  const { zipFiles } = await import('./zip.js');
  return new File([zipFiles(files)], `${name}.zip`);
}
