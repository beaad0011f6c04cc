import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import type { Opened } from '../../src/formats/opened.js';
import type { Cube, Spectra } from '../../src/spectral/cube.js';
import { isUnmixingError } from '../../src/spectral/errors.js';

/** A file of text or bytes. */
export const file = (name: string, ...parts: BlobPart[]): File =>
  new File(parts, name);

/** Lines of a header as one text. */
export const lines = (...all: string[]): string => `${all.join('\n')}\n`;

/** itk-wasm's files as installed. */
export const itkAssets = '/itk-assets';

export async function openOne(...files: File[]): Promise<Opened> {
  const opened = await openFiles(files, { itkAssets });
  expect(opened).to.have.length(1);
  return opened[0];
}

export async function openCube(...files: File[]): Promise<Cube> {
  const opened = await openOne(...files);
  if (opened.kind !== 'cube') throw new Error(`a ${opened.kind} was opened`);
  return opened.cube;
}

export async function openSpectra(...files: File[]): Promise<Spectra> {
  const opened = await openOne(...files);
  if (opened.kind !== 'spectra') throw new Error(`a ${opened.kind} was opened`);
  return opened.spectra;
}

/** The one sentence with which files are refused. */
export async function refusal(...files: File[]): Promise<string> {
  try {
    await openFiles(files, { itkAssets });
  } catch (error) {
    if (isUnmixingError(error) && error.tag === 'file') return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}
