import { unitGeometry } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import { type Bytes, readBytes } from './common/bytes.js';
import {
  type OpusBlock,
  type Parameters,
  blockBytes,
  readDirectory,
  readParameters,
} from './opus/blocks.js';
import {
  contentOf,
  isSeries,
  isValues,
  nameOf,
  rankOf,
} from './opus/content.js';
import { openPictures } from './opus/pictures.js';
import {
  axisOf,
  damaged,
  imageOf,
  layoutOf,
  readValues,
} from './opus/values.js';
import {
  type Group,
  type Missing,
  type OpenOptions,
  type Opened,
  partOf,
} from './opened.js';
import { asTheyAre, tidy } from './common/values.js';
import { listed, stem } from './common/words.js';

/** The parameters that describe the values of a block: of the same type, and of the same state where there are two. */
function parametersOf(
  bytes: Bytes,
  blocks: readonly OpusBlock[],
  block: OpusBlock,
): Parameters | null {
  const fitting = blocks.filter(
    (one) =>
      one.parameters === 1 &&
      one.content === block.content &&
      one.source === block.source &&
      one.derivative === block.derivative &&
      one.kind === block.kind,
  );
  const best =
    fitting.find(({ isOriginal }) => isOriginal === block.isOriginal) ??
    fitting.at(0);
  return best ? readParameters(blockBytes(bytes, best)) : null;
}

/** Refuses a file whose measured values are cut off; says of other blocks that are. */
function checkBlocks(
  bytes: Bytes,
  blocks: readonly OpusBlock[],
  warnings: string[],
): OpusBlock[] {
  const isWhole = ({ at, size }: OpusBlock): boolean => at + size <= bytes.size;
  const lost = blocks.filter((block) => !isWhole(block));
  const cut = lost.find((block) => isValues(block) || block.parameters === 1);
  if (cut)
    throw new UnmixingError(
      'file',
      `${bytes.name} is cut short or damaged: its ${nameOf(cut)} should end at byte ${cut.at + cut.size}, and it holds ${bytes.size}.`,
    );
  if (lost.length > 0)
    warnings.push(
      `The file is cut short; not read: ${listed(lost.map(nameOf))}.`,
    );
  return blocks.filter(isWhole);
}

/** The name that the sample has in the file. */
function sampleName(bytes: Bytes, blocks: readonly OpusBlock[]): string {
  const origin = blocks.find(({ parameters }) => parameters === 10);
  const said = origin && readParameters(blockBytes(bytes, origin)).get('SNM');
  return typeof said === 'string' && said ? said : stem(bytes.name);
}

/**
 * Opens a Bruker OPUS file: a single spectrum as spectra, a series as a cube, and the pictures in it.
 * @throws UnmixingError `file`
 */
export async function openOpus(
  { file }: Group,
  task: OpenOptions,
): Promise<Opened[]> {
  const bytes = await readBytes(file);
  const warnings: string[] = [];
  const blocks = checkBlocks(bytes, readDirectory(bytes), warnings);
  const spectra = blocks
    .filter((block) => isValues(block) && contentOf(block))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  const chosen = spectra.at(0);
  const skipped = blocks.filter(
    (block) => block.parameters === 0 && block.kind !== 20 && block !== chosen,
  );
  if (!chosen)
    throw new UnmixingError(
      'file',
      `${file.name} holds no spectrum that can be opened, only ${listed(skipped.map(nameOf)) || 'parameters'}.`,
    );
  const parameters = parametersOf(bytes, blocks, chosen);
  if (!parameters)
    throw damaged(file.name, `nothing describes its ${nameOf(chosen)}`);
  const axis = axisOf(parameters, chosen, file.name, warnings);
  if (spectra.length > 1 || chosen.isOriginal)
    warnings.push(`Of what the file holds, the ${nameOf(chosen)} is opened.`);
  if (skipped.length > 0)
    warnings.push(`Skipped: ${listed(skipped.map(nameOf))}.`);
  const points = axis.values.length;
  const layout = layoutOf(bytes, chosen, points);
  const image = isSeries(chosen) ? imageOf(parameters, layout.spectra) : null;
  const data = await readValues(
    bytes,
    layout,
    points,
    parameters,
    image?.order ?? null,
    partOf(task, 0, 0.3),
  );
  const mask = await tidy(
    data,
    points,
    asTheyAre,
    warnings,
    partOf(task, 0.3, 0.5),
  );
  const name = stem(file.name);
  const type = 'Bruker OPUS';
  const pictures = await openPictures(
    blocks
      .filter(({ kind }) => kind === 20)
      .map((one) => blockBytes(bytes, one)),
    warnings,
    partOf(task, 0.5, 1),
  );
  if (!isSeries(chosen))
    return [
      {
        kind: 'spectra',
        type,
        warnings,
        spectra: { name, axis, names: [sampleName(bytes, blocks)], data },
      },
      ...pictures,
    ];
  const missing: Missing[] = [];
  if (axis.unit === null) missing.push('unit');
  if (axis.quantity === null) missing.push('quantity');
  if (!image) missing.push('width');
  else
    warnings.push(
      'The file does not say which way its rows go: as the stage counts, upwards, is taken.',
    );
  return [
    {
      kind: 'cube',
      type,
      warnings,
      missing,
      cube: {
        name,
        width: image?.width ?? layout.spectra,
        height: image?.height ?? 1,
        axis,
        data,
        geometry: image?.geometry ?? unitGeometry,
        ...(mask && { mask }),
      },
    },
    ...pictures,
  ];
}
