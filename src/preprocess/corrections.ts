import {
  type AxisUnit,
  type Quantity,
  type Window,
  co2Window,
} from '../spectral/axis.js';
import type { ParameterOf, Pixel, Rectangle, StepKind } from './steps.js';

interface Named {
  readonly label: string;
}

/** A number from `least` to `most`. */
export interface NumberParameter extends Named {
  /** `whole` takes no fractions. */
  readonly type: 'number' | 'whole';
  readonly least: number;
  readonly most: number;
  /** Only odd numbers will do. */
  readonly odd?: true;
  /** `axis` is the unit of the axis, `value` that of the data, `band` counts bands, `pixel` pixels; none for a bare number. */
  readonly unit?: 'axis' | 'value' | 'band' | 'pixel';
  /** Spans powers of ten: a slider does well on a logarithmic scale. */
  readonly logarithmic?: true;
  /** `middle` is the middle of the axis. */
  readonly default: number | 'middle';
  /** What 0 stands for, where it is no ordinary value. */
  readonly zero?: string;
}

export interface ChoiceParameter extends Named {
  readonly type: 'choice';
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
  }[];
  readonly default: string;
}

/** Places on the axis or in the image, with what a new step starts from. `null` takes the whole axis or image. */
export type PlaceParameter = Named &
  (
    | { readonly type: 'window'; readonly default: Window | null }
    | { readonly type: 'windows'; readonly default: readonly Window[] }
    | { readonly type: 'rectangle'; readonly default: Rectangle | null }
    | { readonly type: 'pixels'; readonly default: readonly Pixel[] }
  );

export type Parameter = NumberParameter | ChoiceParameter | PlaceParameter;

/** Headings under which the corrections are offered. */
export type Group =
  | 'range'
  | 'crop'
  | 'pixels'
  | 'gas'
  | 'baseline'
  | 'smooth'
  | 'scale'
  | 'denoise'
  | 'convert'
  | 'bin';

/** One entry of the table that the panel, the recipe check, the command line and the docs read. */
export interface Correction<Name extends string = string> {
  readonly title: string;
  /** One line: what it does. */
  readonly description: string;
  readonly group: Group;
  /** On another axis the step is skipped, with a note. */
  readonly needs?: {
    readonly unit?: AxisUnit;
    readonly quantities?: readonly Quantity[];
  };
  /** In the order to show them. */
  readonly parameters: Readonly<Record<Name, Parameter>>;
}

const smoothness: NumberParameter = {
  type: 'number',
  label: 'Smoothness',
  least: 1,
  most: 1e12,
  logarithmic: true,
  default: 1e6,
};

const iterations: NumberParameter = {
  type: 'whole',
  label: 'Iterations at most',
  least: 1,
  most: 500,
  default: 20,
};

const binSize: NumberParameter = {
  type: 'whole',
  label: 'Size',
  least: 1,
  most: 64,
  default: 2,
};

const fate: ChoiceParameter = {
  type: 'choice',
  label: 'Bad pixels',
  choices: [
    { value: 'mask', label: 'are left out' },
    { value: 'fill', label: 'become the mean of their neighbours' },
  ],
  default: 'mask',
};

const components: NumberParameter = {
  type: 'whole',
  label: 'Components',
  least: 0,
  most: 64,
  default: 0,
  zero: 'as many as stand above the noise',
};

/** Every correction there is, in the order in which they are offered and commonly applied. */
export const corrections: {
  readonly [K in StepKind]: Correction<ParameterOf<K>>;
} = Object.freeze({
  range: {
    title: 'Band range',
    description: 'Keeps the bands between two positions.',
    group: 'range',
    parameters: { window: { type: 'window', label: 'Keep', default: null } },
  },
  cut: {
    title: 'Cut windows',
    description: 'Takes the bands inside the windows out.',
    group: 'range',
    parameters: { windows: { type: 'windows', label: 'Cut', default: [] } },
  },
  crop: {
    title: 'Crop',
    description: 'Keeps a rectangle of the image.',
    group: 'crop',
    parameters: {
      rectangle: { type: 'rectangle', label: 'Keep', default: null },
    },
  },
  'bad-pixels': {
    title: 'Bad pixels',
    description:
      'Finds pixels that are dead, saturated or not finite, by rule.',
    group: 'pixels',
    parameters: {
      flatness: {
        type: 'number',
        label: 'Dead: spread below this share of the signal',
        least: 0,
        most: 1,
        default: 1e-3,
        zero: 'only exactly constant spectra',
      },
      ceiling: {
        type: 'number',
        label: 'Saturated: values from',
        least: 0,
        most: 1e9,
        unit: 'value',
        default: 0,
        zero: 'the largest value of the image',
      },
      pinned: {
        type: 'number',
        label: 'Saturated: at least this share of the bands',
        least: 0,
        most: 1,
        default: 0.1,
        zero: 'saturation is not looked for',
      },
      fate,
    },
  },
  'chosen-pixels': {
    title: 'Chosen pixels',
    description: 'Leaves out or fills pixels chosen by hand.',
    group: 'pixels',
    parameters: {
      pixels: { type: 'pixels', label: 'Pixels', default: [] },
      fate,
    },
  },
  spikes: {
    title: 'Spikes',
    description:
      'Replaces values far from the median of their neighbours along the bands by that median.',
    group: 'pixels',
    parameters: {
      threshold: {
        type: 'number',
        label: 'Distance, in standard deviations of the noise',
        least: 3,
        most: 1000,
        default: 10,
      },
      reach: {
        type: 'whole',
        label: 'Neighbours on each side',
        least: 1,
        most: 20,
        unit: 'band',
        default: 4,
      },
    },
  },
  'carbon-dioxide': {
    title: 'Carbon dioxide',
    description:
      'Draws a straight line over the window, or subtracts the gas as the image itself shows it.',
    group: 'gas',
    needs: { unit: 'cm-1' },
    parameters: {
      window: { type: 'window', label: 'Window', default: co2Window },
      how: {
        type: 'choice',
        label: 'Correct by',
        choices: [
          { value: 'line', label: 'a straight line' },
          { value: 'fit', label: 'subtracting the gas' },
        ],
        default: 'line',
      },
    },
  },
  'water-vapour': {
    title: 'Water vapour',
    description:
      'Finds the lines of water vapour in the image itself and subtracts them from each pixel; no reference is needed.',
    group: 'gas',
    needs: { unit: 'cm-1' },
    parameters: {
      windows: {
        type: 'windows',
        label: 'Look inside',
        default: [
          [1300, 2000],
          [3450, 3950],
        ],
      },
    },
  },
  convert: {
    title: 'Convert',
    description:
      'Turns transmittance or reflectance into absorbance (−log₁₀) or back.',
    group: 'convert',
    needs: { quantities: ['absorbance', 'transmittance', 'reflectance'] },
    parameters: {
      to: {
        type: 'choice',
        label: 'To',
        choices: [
          { value: 'absorbance', label: 'absorbance' },
          { value: 'transmittance', label: 'transmittance' },
          { value: 'reflectance', label: 'reflectance' },
        ],
        default: 'absorbance',
      },
      full: {
        type: 'number',
        label: 'Full transmittance or reflectance is',
        least: 0,
        most: 1e9,
        default: 0,
        zero: '1, or 100 where values are in per cent',
      },
    },
  },
  rubberband: {
    title: 'Rubberband baseline',
    description: 'Subtracts the convex hull below each spectrum.',
    group: 'baseline',
    parameters: {},
  },
  als: {
    title: 'ALS baseline',
    description:
      'Asymmetric least squares: a smooth curve that mostly lies below the spectrum.',
    group: 'baseline',
    parameters: {
      smoothness,
      asymmetry: {
        type: 'number',
        label: 'Weight above the curve',
        least: 1e-6,
        most: 0.5,
        logarithmic: true,
        default: 0.01,
      },
      iterations: { ...iterations, default: 10 },
    },
  },
  arpls: {
    title: 'arPLS baseline',
    description:
      'Asymmetrically reweighted least squares: the noise below the curve decides what is a peak.',
    group: 'baseline',
    parameters: {
      smoothness,
      tolerance: {
        type: 'number',
        label: 'Stop at a change of weights of',
        least: 1e-9,
        most: 1,
        logarithmic: true,
        default: 1e-2,
      },
      iterations,
    },
  },
  airpls: {
    title: 'airPLS baseline',
    description:
      'Adaptive iteratively reweighted least squares: what lies above the curve has no weight.',
    group: 'baseline',
    parameters: {
      smoothness,
      iterations: { ...iterations, most: 100, default: 15 },
    },
  },
  polynomial: {
    title: 'Polynomial baseline',
    description:
      'Fits a polynomial again and again to what lies below it, and subtracts it.',
    group: 'baseline',
    parameters: {
      degree: {
        type: 'whole',
        label: 'Degree',
        least: 0,
        most: 10,
        default: 3,
      },
      iterations: { ...iterations, default: 50 },
    },
  },
  'savitzky-golay': {
    title: 'Savitzky-Golay',
    description:
      'Smooths, or takes the first or second derivative, by a polynomial in a moving window.',
    group: 'smooth',
    parameters: {
      window: {
        type: 'whole',
        label: 'Window',
        least: 3,
        most: 101,
        odd: true,
        unit: 'band',
        default: 11,
      },
      degree: {
        type: 'whole',
        label: 'Degree',
        least: 0,
        most: 6,
        default: 3,
      },
      derivative: {
        type: 'whole',
        label: 'Derivative',
        least: 0,
        most: 2,
        default: 0,
        zero: 'smoothing alone',
      },
    },
  },
  snv: {
    title: 'SNV',
    description:
      'Standard normal variate: each spectrum gets mean 0 and standard deviation 1.',
    group: 'scale',
    parameters: {},
  },
  vector: {
    title: 'Vector normalisation',
    description: 'Divides each spectrum by its Euclidean length.',
    group: 'scale',
    parameters: {},
  },
  'min-max': {
    title: 'Min-max normalisation',
    description: 'Brings each spectrum to 0 … 1.',
    group: 'scale',
    parameters: {},
  },
  area: {
    title: 'Area normalisation',
    description: 'Divides each spectrum by the area under its magnitude.',
    group: 'scale',
    parameters: {},
  },
  band: {
    title: 'Band normalisation',
    description: 'Divides each spectrum by its value at one position.',
    group: 'scale',
    parameters: {
      position: {
        type: 'number',
        label: 'Position',
        least: -1e9,
        most: 1e9,
        unit: 'axis',
        default: 'middle',
      },
    },
  },
  pca: {
    title: 'PCA denoising',
    description: 'Keeps the strongest principal components.',
    group: 'denoise',
    parameters: { components },
  },
  mnf: {
    title: 'MNF denoising',
    description:
      'Keeps the components that stand highest above the noise (minimum noise fraction).',
    group: 'denoise',
    parameters: { components },
  },
  'spatial-bin': {
    title: 'Spatial binning',
    description: 'Makes one pixel of the mean of a square of pixels.',
    group: 'bin',
    parameters: { size: { ...binSize, unit: 'pixel' } },
  },
  'spectral-bin': {
    title: 'Spectral binning',
    description: 'Makes one band of the mean of neighbouring bands.',
    group: 'bin',
    parameters: { size: { ...binSize, unit: 'band' } },
  },
});
