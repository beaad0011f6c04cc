/** Heights of the endmembers over the bands that count. */
export function peakHeights(
  spectra: Float64Array,
  endmembers: number,
  bandWeights: Float64Array,
): Float64Array {
  const bands = bandWeights.length;
  return Float64Array.from({ length: endmembers }, (_, r) => {
    let most = 0;
    for (let b = 0; b < bands; b++)
      if (bandWeights[b] > 0) most = Math.max(most, spectra[r * bands + b]);
    return most || 1;
  });
}
