// Kept until the engine imports it from spectral.
export * from '../spectral/columns.js';
