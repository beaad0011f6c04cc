export interface MadeCube {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly values: Uint16Array;
  readonly maps: readonly Float32Array[];
}

export function makeCube(size?: {
  readonly width?: number;
  readonly height?: number;
  readonly bands?: number;
}): MadeCube;

export function makeSeries(cube: MadeCube): {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}[];
