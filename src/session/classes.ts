/** Least share of a pixel with which a material is its class, unless said: half of it. */
export const defaultClassThreshold = 0.5;
