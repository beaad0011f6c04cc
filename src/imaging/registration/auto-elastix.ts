import { UnmixingError } from '../../spectral/errors.js';
import type { Affine } from '../affine.js';
import type { Grid } from './auto-frame.js';
import type { RegistrationKind } from './kind.js';

/** Names that elastix has for what a transform may change. */
const transforms = {
  rigid: 'EulerTransform',
  similarity: 'SimilarityTransform',
  affine: 'AffineTransform',
} as const;

/** Parameters of one run, as a parameter map of elastix: every value a list of texts. */
export function parametersFor(
  kind: RegistrationKind,
  seed: number,
): Record<string, string[]> {
  const values = {
    Registration: 'MultiResolutionRegistration',
    Transform: transforms[kind],
    Metric: 'AdvancedMattesMutualInformation',
    NumberOfHistogramBins: 32,
    Optimizer: 'AdaptiveStochasticGradientDescent',
    AutomaticParameterEstimation: true,
    AutomaticScalesEstimation: true,
    AutomaticTransformInitialization: false,
    MaximumNumberOfIterations: 250,
    Interpolator: 'LinearInterpolator',
    ImageSampler: 'RandomCoordinate',
    NumberOfSpatialSamples: 2048,
    NewSamplesEveryIteration: true,
    CheckNumberOfSamples: true,
    RequiredRatioOfValidSamples: 0.05,
    FixedImagePyramid: 'FixedSmoothingImagePyramid',
    MovingImagePyramid: 'MovingSmoothingImagePyramid',
    NumberOfResolutions: 1,
    FixedImagePyramidSchedule: [1, 1],
    MovingImagePyramidSchedule: [1, 1],
    HowToCombineTransforms: 'Compose',
    RandomSeed: seed,
    WriteResultImage: false,
    ResultImageFormat: 'nii',
    Resampler: 'DefaultResampler',
    ResampleInterpolator: 'FinalLinearInterpolator',
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      [value].flat().map(String),
    ]),
  );
}

/** Values of pixels that are left out, from those around them: elastix's pipeline takes no mask. */
export function filled({
  width,
  height,
  data,
}: Grid): Float32Array<ArrayBuffer> {
  const out = Float32Array.from(data);
  let open = Array.from(out.keys()).filter((n) => !Number.isFinite(out[n]));
  while (open.length > 0) {
    const known: [number, number][] = [];
    for (const n of open) {
      const [x, y] = [n % width, Math.floor(n / width)];
      let [sum, count] = [0, 0];
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++)
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
          const value = out[j * width + i];
          if (!Number.isFinite(value)) continue;
          sum += value;
          count++;
        }
      if (count > 0) known.push([n, sum / count]);
    }
    for (const [n, value] of known) out[n] = value;
    open = open.filter((n) => !Number.isFinite(out[n]));
  }
  return out;
}

/** What itk-wasm wants to know of an image of two dimensions and one channel. */
export interface PlaneImage {
  readonly size: [number, number];
  readonly origin: [number, number];
  readonly spacing: [number, number];
  /** 2 x 2, row-major; column c is the direction of index axis c. */
  readonly direction: Float64Array<ArrayBuffer>;
  readonly data: Float32Array<ArrayBuffer>;
}

/** An image in the frame. */
export function planeImage(grid: Grid): PlaneImage {
  const [a, b, c, d, e, f] = grid.place;
  const [x, y] = [Math.hypot(a, d), Math.hypot(b, e)];
  return {
    size: [grid.width, grid.height],
    origin: [c, f],
    spacing: [x, y],
    direction: new Float64Array([a / x, b / y, d / x, e / y]),
    data: filled(grid),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The map that elastix's result stands for: from its fixed image to its moving one, about a centre (ITK Software Guide, 3.9). */
export function mapOf(answer: unknown): Affine {
  const last: unknown = Array.isArray(answer) ? answer.at(-1) : undefined;
  const numbers = (name: string): number[] => {
    const value = isRecord(last) ? last[name] : undefined;
    return Array.isArray(value) ? value.map(Number) : [];
  };
  const p = numbers('TransformParameters');
  const [x, y] = numbers('CenterOfRotationPoint');
  const turned = (angle: number, scale: number): number[] => [
    scale * Math.cos(angle),
    -scale * Math.sin(angle),
    scale * Math.sin(angle),
    scale * Math.cos(angle),
  ];
  const [a, b, d, e] =
    p.length === 6 ? p : p.length === 4 ? turned(p[1], p[0]) : turned(p[0], 1);
  const [c, f] = p.slice(-2);
  const map: Affine = [
    a,
    b,
    c + x - a * x - b * y,
    d,
    e,
    f + y - d * x - e * y,
  ];
  if (!map.every(Number.isFinite))
    throw new UnmixingError('input', 'elastix gave no transform.');
  return map;
}
