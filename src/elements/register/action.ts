import type { Affine } from '../../imaging/affine.js';
import type { RegistrationKind } from '../../imaging/registration/kind.js';
import type { Landmark, RegisteringState } from '../state.js';

/** Which of the two images. */
export type Side = 'moving' | 'fixed';

/** x and y in the world of one image, where its file puts it. */
export type Place = readonly [number, number];

/** What a user asks of the registration of two images; `act` of `Registering` does it. */
export type RegisterAction =
  | { readonly do: 'choose'; readonly side: Side; readonly image: string }
  | { readonly do: 'kind'; readonly kind: RegistrationKind }
  /** A mark in one image; with the one that waits in the other it makes a pair. */
  | { readonly do: 'mark'; readonly side: Side; readonly at: Place }
  /** Takes the mark back that waits. */
  | { readonly do: 'unmark' }
  | { readonly do: 'add'; readonly landmark: Landmark }
  | {
      readonly do: 'move';
      readonly pair: number;
      readonly side: Side;
      readonly at: Place;
    }
  | { readonly do: 'remove'; readonly pair: number }
  | { readonly do: 'select'; readonly pair: number | null }
  /** Moves, by pixels of the finer image, turns (degrees) and scales about the middle of the image that is moved. */
  | {
      readonly do: 'nudge';
      readonly by?: readonly [number, number];
      readonly turn?: number;
      readonly scale?: number;
    }
  /** Puts it there: a handle that is dragged. */
  | { readonly do: 'place'; readonly map: Affine }
  /** Brings the map back to that of the landmarks. */
  | { readonly do: 'fit' }
  /** Back to where the file puts it, without landmarks. */
  | { readonly do: 'reset' }
  | {
      readonly do: 'automatic';
      /** What is compared: channels or maps of the two images, as `greyChoices` names them. */
      readonly moving: string;
      readonly fixed: string;
      /** From where it lies now, or from nothing. */
      readonly from: 'here' | 'nothing';
    }
  | { readonly do: 'cancel' }
  | { readonly do: 'accept' }
  | { readonly do: 'reject' }
  | { readonly do: 'stage'; readonly show: RegisteringState['stage'] }
  | { readonly do: 'save' }
  | { readonly do: 'load'; readonly file: File };
