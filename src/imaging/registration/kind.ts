/**
 * What a registration may change: rigid turns and moves, similarity also scales, affine also shears and scales each way
 * by itself.
 */
export type RegistrationKind = 'rigid' | 'similarity' | 'affine';
