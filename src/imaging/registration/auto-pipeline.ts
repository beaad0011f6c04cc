import type * as Itk from 'itk-wasm';
import { UnmixingError } from '../../spectral/errors.js';
import type { PlaneImage } from './auto-elastix.js';

/** What a run of elastix wants. */
export interface ElastixTask {
  readonly parameters: Record<string, string[]>;
  /** Elastix's names: the result maps from the fixed image to the moving one. */
  readonly fixed: PlaneImage;
  readonly moving: PlaneImage;
}

const inNode =
  typeof process !== 'undefined' && typeof process.versions.node === 'string';

/** A run takes some seconds; one that says nothing for this long is stuck. */
const patience = 300e3;

const args = '0 0 1 2 --memory-io --fixed 1 --moving 2'.split(' ');

interface Outcome {
  readonly returnValue: number;
  readonly outputs: readonly { readonly data?: unknown }[];
}

type Types = Pick<typeof Itk, 'Image' | 'ImageType' | 'InterfaceTypes'>;

/** What the pipeline takes and gives, by itk-wasm's names for their types. */
function ends(
  { Image, ImageType, InterfaceTypes }: Types,
  { parameters, fixed, moving }: ElastixTask,
) {
  const image = (plane: PlaneImage): Itk.PipelineInput => ({
    type: InterfaceTypes.Image,
    data: Object.assign(
      new Image(new ImageType(2, 'float32', 'Scalar', 1)),
      plane,
    ),
  });
  const { JsonCompatible, TransformList } = InterfaceTypes;
  return {
    outputs: [InterfaceTypes.Image, TransformList, JsonCompatible].map(
      (type) => ({ type }),
    ),
    inputs: [
      { type: JsonCompatible, data: [parameters] },
      image(fixed),
      image(moving),
    ],
  };
}

async function runInNode(task: ElastixTask): Promise<Outcome> {
  const { Image, ImageType, InterfaceTypes, runPipelineNode } =
    await import('itk-wasm');
  const { outputs, inputs } = ends({ Image, ImageType, InterfaceTypes }, task);
  const pipeline = new URL(
    './pipelines/elastix',
    import.meta.resolve('@itk-wasm/elastix'),
  );
  const path = decodeURIComponent(pipeline.pathname).replace(
    /^\/(?=[A-Za-z]:)/,
    '',
  );
  return runPipelineNode(path, args, outputs, inputs);
}

/** Runs it in a worker of its own, which ends with it. */
async function runInWorker(
  task: ElastixTask,
  assets: string,
): Promise<Outcome> {
  const { Image, ImageType, InterfaceTypes, runPipeline } =
    await import('itk-wasm');
  const { outputs, inputs } = ends({ Image, ImageType, InterfaceTypes }, task);
  const base = new URL(assets.replace(/\/*$/, '/'), globalThis.location.href);
  const script = new URL('itk-wasm-pipeline.worker.js', base);
  const worker = new Worker(script, { type: 'module' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(new Error(`${script.href} cannot be loaded.`));
      });
      timer = setTimeout(
        () => reject(new Error('elastix did not answer.')),
        patience,
      );
    });
    const pipeline = runPipeline('elastix', args, outputs, inputs, {
      webWorker: worker,
      pipelineBaseUrl: new URL('pipelines', base).href,
      pipelineWorkerUrl: script.href,
      noCopy: true,
    });
    return await Promise.race([failed, pipeline]);
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}

/**
 * Runs elastix (Klein et al. 2010; Shamonin et al. 2014) compiled by ITK-Wasm: in a worker by what lies in `assets`, in Node from the
 * installed package.
 * @returns its transform parameter maps
 * @throws UnmixingError `input` when it is not there or finds nothing
 */
export async function runElastix(
  task: ElastixTask,
  assets: string | undefined,
): Promise<unknown> {
  if (!inNode && assets === undefined)
    throw new UnmixingError(
      'input',
      'Automatic registration needs elastix, and this page does not say where it lies (assets).',
    );
  let outcome: Outcome;
  try {
    outcome = inNode
      ? await runInNode(task)
      : await runInWorker(task, assets ?? '');
  } catch (cause) {
    throw new UnmixingError(
      'input',
      inNode
        ? 'Automatic registration needs the package @itk-wasm/elastix.'
        : `Automatic registration needs elastix, which cannot be loaded from ${assets}.`,
      { cause },
    );
  }
  if (outcome.returnValue !== 0)
    throw new UnmixingError(
      'input',
      'elastix could not bring these images onto each other: give it a start by landmarks, or another picture of the cube.',
    );
  return outcome.outputs[2].data;
}
