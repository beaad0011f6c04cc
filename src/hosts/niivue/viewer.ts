import { UnmixingError } from '../../spectral/errors.js';
import { hasMethods, quietly } from '../common/shapes.js';

/** The version that the adapter was tested with. */
export const tested = '0.69.0';

/** Values of a volume as niivue keeps them. */
export type Values =
  | Float32Array
  | Float64Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** The parts of niivue's NVImage that are used here: one volume, be it the viewer's or a layer of ours. */
export interface Volume {
  readonly id: string;
  name: string;
  /** 0 to 1. */
  opacity: number;
  colorbarVisible: boolean;
  readonly hdr: {
    /** NIfTI's dim: how many there are, then columns, rows, slices, frames … */
    readonly dims: number[];
    /** NIfTI's pixdim: sign, then the spacing along each dimension. */
    readonly pixDims: number[];
    readonly datatypeCode: number;
    /** Four rows; index (0, 0, 0) is the centre of the first voxel. */
    readonly affine: readonly (readonly number[])[];
    readonly scl_slope: number;
    readonly scl_inter: number;
    readonly xyzt_units: number;
  };
  img: Values;
  nVox3D: number;
  /** Frames that are loaded, and that the file has. */
  nFrame4D: number;
  nTotalFrame4D: number;
  setAffine(affine: number[][]): void;
}

/** The parts of a Niivue instance that are used here. */
export interface Niivue {
  readonly canvas: HTMLCanvasElement;
  readonly gl: WebGL2RenderingContext;
  /** Bottom first; the first is the background, in whose grid all others are drawn. */
  volumes: Volume[];
  /** All volumes but the first, coloured and blended. */
  readonly overlayTexture: WebGLTexture | null;
  readonly opts: {
    readonly sliceType: number;
    readonly isRadiologicalConvention: boolean;
  };
  readonly scene: {
    /** Shares of the background's size along right, anterior and superior. */
    crosshairPos: ArrayLike<number>;
    /** Millimetres that 2D views are moved by, then their zoom. */
    readonly pan2Dxyzmm: ArrayLike<number>;
  };
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
  createNiftiArray(
    dims: readonly number[],
    pixDims: readonly number[],
    affine: readonly number[],
    datatypeCode: number,
    values: Uint8Array,
  ): Promise<Uint8Array>;
  niftiArray2NVImage(file: Uint8Array): Promise<Volume>;
  setVolume(volume: Volume, index: number): void;
  removeVolume(volume: Volume): void;
  loadDeferred4DVolumes(id: string): Promise<void>;
  setSliceType(type: number): void;
  setRadiologicalConvention(on: boolean): void;
  setPan2Dxyzmm(pan: readonly number[]): void;
  drawScene(): void;
  /** From pixels of the canvas to shares of the background's size, negative where there is none. */
  canvasPos2frac(position: readonly number[]): ArrayLike<number>;
  frac2mm(
    share: ArrayLike<number>,
    volume: number,
    trueWorld: boolean,
  ): ArrayLike<number>;
  mm2frac(
    world: readonly number[],
    volume: number,
    trueWorld: boolean,
  ): ArrayLike<number>;
}

/** Data types of NIfTI that are finished colours: no volume to read. */
export const colourTypes: readonly number[] = [128, 2304];
export const [byteType, rgbaType] = [2, 2304];

const methods = [
  'addEventListener',
  'removeEventListener',
  'createNiftiArray',
  'niftiArray2NVImage',
  'setVolume',
  'removeVolume',
  'loadDeferred4DVolumes',
  'setSliceType',
  'setRadiologicalConvention',
  'setPan2Dxyzmm',
  'drawScene',
  'canvasPos2frac',
  'frac2mm',
  'mm2frac',
];

/**
 * A Niivue instance, when everything the adapter uses of it is there.
 * @throws UnmixingError `host` when it is not attached to a canvas, or not as in the tested version
 */
export function checkNiivue(given: object): Niivue {
  const missing = methods.find((name) => !hasMethods(given, name));
  if (missing !== undefined) throw unlike(`a method ${missing}`);
  const nv = given as Niivue;
  if (!(nv.canvas as HTMLCanvasElement | null))
    throw new UnmixingError(
      'host',
      'invalid niivue: it is not attached to a canvas (want it after attachToCanvas)',
    );
  const parts: Record<string, () => boolean> = {
    'a list of volumes': () => Array.isArray(nv.volumes),
    'a WebGL 2 context': () => hasMethods(nv.gl, 'bindSampler'),
    'an overlay texture': () => 'overlayTexture' in nv,
    'a slice type': () => typeof nv.opts.sliceType === 'number',
    'a position of the crosshair': () => nv.scene.crosshairPos.length === 3,
    'a zoom of its 2D views': () => nv.scene.pan2Dxyzmm.length === 4,
  };
  for (const [what, there] of Object.entries(parts))
    if (quietly(there) !== true) throw unlike(what);
  return nv;
}

/** A volume, when it is as the adapter needs it. */
export function checkVolume(volume: Volume): Volume {
  if (!hasMethods(volume, 'setAffine')) throw unlike('volumes with setAffine');
  if (!Array.isArray(volume.hdr.dims) || volume.img.length === 0)
    throw unlike('volumes with a header and values');
  return volume;
}

const unlike = (what: string): UnmixingError =>
  new UnmixingError(
    'host',
    `invalid niivue: it lacks ${what} (want niivue ${tested}, the version that was tested)`,
  );
