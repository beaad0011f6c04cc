import type { EndmemberChange } from '../../engine/endmember-edits.js';

/** What a user can do with the endmembers of the result on show, each by its place from 0. */
export type EndmemberAction =
  | {
      readonly act: 'change';
      readonly change: Extract<
        EndmemberChange,
        { readonly kind: 'reorder' | 'merge' | 'delete' | 'flip' }
      >;
    }
  /** In two, from the share of a pixel on with which a material is its class. */
  | { readonly act: 'split'; readonly endmember: number }
  /** The one spectrum of files takes its place; of several the user is asked for one. */
  | {
      readonly act: 'replace-from-files';
      readonly endmember: number;
      readonly files: readonly File[];
    }
  /** One of the spectra that were asked about, by its place. */
  | { readonly act: 'choose'; readonly spectrum: number }
  /** The spectrum of the pixel that is held, without baseline, fringes and gas. */
  | { readonly act: 'replace-by-pixel'; readonly endmember: number }
  /** Ends what goes on, and puts questions and errors away. */
  | { readonly act: 'cancel' };
