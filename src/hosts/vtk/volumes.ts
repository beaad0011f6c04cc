import type vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js';
import type { vtkImageData } from '@kitware/vtk.js/Common/DataModel/ImageData.js';
import type { vtkImageMapper } from '@kitware/vtk.js/Rendering/Core/ImageMapper.js';
import type { vtkProp } from '@kitware/vtk.js/Rendering/Core/Prop.js';
import type { vtkRenderer } from '@kitware/vtk.js/Rendering/Core/Renderer.js';
import { transposeDirection } from '../../imaging/geometry.js';
import type { Geometry } from '../../spectral/cube.js';
import { UnmixingError } from '../../spectral/errors.js';
import { copied, interleaved } from '../common/reading.js';
import type { HostVolume, LongTask, VolumeRef } from '../host.js';

/** Images that the viewer draws, or holds without drawing them, by lasting ids. */
export class VolumeList {
  readonly #ids = new WeakMap<vtkImageData, string>();
  #count = 0;

  constructor(
    readonly renderer: vtkRenderer,
    readonly held: () => readonly vtkImageData[],
  ) {}

  list(): readonly VolumeRef[] {
    return this.#images().map((image) => this.#describe(image));
  }

  async read(id: string, task: LongTask = {}): Promise<HostVolume> {
    const image = this.#images().find((one) => this.#idOf(one) === id);
    if (!image)
      throw new UnmixingError(
        'host',
        `invalid volume: ${id} (want one of: ${this.list()
          .map((ref) => ref.id)
          .join(', ')})`,
      );
    const ref = this.#describe(image);
    const scalars = scalarsOf(image)!;
    const { depth, components } = shapeOf(image);
    if (components > 1 && depth > 1)
      throw new UnmixingError(
        'host',
        `cannot read ${ref.name}: ${depth} slices of ${components} components (want one slice with the bands as components, or one component with the bands as slices)`,
      );
    const values = scalars.getData() as ArrayLike<number>;
    const pixels = ref.width * ref.height;
    if (values.length !== pixels * ref.bands)
      throw new UnmixingError(
        'host',
        `cannot read ${ref.name}: ${values.length} values (want ${ref.width} x ${ref.height} x ${ref.bands} = ${pixels * ref.bands})`,
      );
    const data =
      components > 1 || depth === 1
        ? await copied(values, task)
        : await interleaved(values, pixels, depth, task);
    return { ...ref, data, geometry: geometryOf(image), axis: null };
  }

  #images(): readonly vtkImageData[] {
    const drawn = this.renderer.getViewProps().flatMap(imageOf);
    const all = new Set([...drawn, ...this.held()]);
    return [...all].filter((image) => scalarsOf(image) !== null);
  }

  #idOf(image: vtkImageData): string {
    const known = this.#ids.get(image);
    if (known !== undefined) return known;
    const id = `volume-${++this.#count}`;
    this.#ids.set(image, id);
    return id;
  }

  #describe(image: vtkImageData): VolumeRef {
    const id = this.#idOf(image);
    const { width, height, depth, components } = shapeOf(image);
    const { name } = scalarsOf(image)!.get('name') as { name?: string };
    return {
      id,
      name:
        name && !/^(scalars|vtkDataArray\d+)$/i.test(name)
          ? name
          : id.replace('volume-', 'Volume '),
      width,
      height,
      bands: components > 1 ? components : depth,
    };
  }
}

/** A slice of an image, as a viewer draws it. */
export interface DrawnSlice {
  readonly image: vtkImageData;
  readonly mapper: vtkImageMapper;
}

/** The slices of images among what a viewer draws, visible ones only. */
export function drawnSlices(props: readonly vtkProp[]): DrawnSlice[] {
  return props
    .filter((prop) => prop.isA('vtkImageSlice') && prop.getVisibility())
    .flatMap((prop) =>
      imageOf(prop).map((image) => ({
        image,
        mapper: (
          prop as unknown as { getMapper(): vtkImageMapper }
        ).getMapper(),
      })),
    );
}

/**
 * Where an image lies. Pixel (0, 0) is the first of the data, whatever its extent starts at; nothing is flipped.
 * The unit is not known to vtk.js.
 */
export function geometryOf(image: vtkImageData): Geometry {
  const [i, , j, , k] = image.getExtent();
  const [x, y, z] = image.indexToWorld([i, j, k]);
  const [dx, dy, dz] = image.getSpacing();
  return {
    origin: [x, y, z],
    spacing: [dx, dy, dz],
    direction: transposeDirection(image.getDirection()),
    unit: null,
  };
}

/** vtk.js's SlicingMode.NONE and .K in all of its copies: not imported, as a viewer that brings its own needs no second one. */
const alongNone = -1;
const alongK = 2;

/** Which slice along the third axis a mapper shows, counted from 0; null when it cuts the image another way. */
export function sliceShown(
  image: vtkImageData,
  mapper: vtkImageMapper,
): number | null {
  const mode: number = mapper.getSlicingMode();
  const ijkMode: number = mapper.getClosestIJKAxis().ijkMode;
  if (ijkMode !== alongK && ijkMode !== alongNone) return null;
  const slice =
    mode === ijkMode
      ? mapper.getSlice()
      : mapper.getSliceAtPosition(mapper.getSlice());
  return Math.round(slice) - image.getExtent()[4];
}

export function shapeOf(image: vtkImageData): {
  width: number;
  height: number;
  depth: number;
  components: number;
} {
  const [width, height, depth] = image.getDimensions();
  const components = scalarsOf(image)?.getNumberOfComponents() ?? 0;
  return { width, height, depth, components };
}

function imageOf(prop: vtkProp): vtkImageData[] {
  if (!prop.isA('vtkImageSlice') && !prop.isA('vtkVolume')) return [];
  const mapper = (
    prop as unknown as {
      getMapper(): { getInputData(): vtkImageData | null } | null;
    }
  ).getMapper();
  const image = mapper?.getInputData();
  return image?.isA('vtkImageData') ? [image] : [];
}

/** Its values, or null for an image without any. */
function scalarsOf(image: vtkImageData): vtkDataArray | null {
  const scalars = image.getPointData().getScalars() as vtkDataArray | null;
  return scalars && scalars.getNumberOfValues() > 0 ? scalars : null;
}
