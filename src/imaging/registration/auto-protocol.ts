import type { ErrorData } from '../../spectral/errors.js';
import type { Affine } from '../affine.js';
import type {
  GreyImage,
  RegisterOptions,
  RegisterProgress,
  Registered,
} from './auto-types.js';

/** What the page asks of the worker. */
export interface ToRegistration {
  readonly moving: GreyImage;
  readonly fixed: GreyImage;
  readonly start: Affine | null;
  readonly options: Pick<RegisterOptions, 'kind' | 'assets' | 'seed'>;
}

/** What the worker answers. */
export type FromRegistration =
  | { readonly type: 'progress'; readonly progress: RegisterProgress }
  | { readonly type: 'registered'; readonly value: Registered }
  | { readonly type: 'error'; readonly error: ErrorData };
