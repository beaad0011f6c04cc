import type { UnmixResult } from '../engine/protocol.js';
import { writeEnvi } from '../formats/envi-write.js';
import type { Cube, Geometry } from '../spectral/cube.js';
import type { Unmixing } from '../spectral/unmixing.js';
import { makeRecipe, writeRecipe } from './recipe.js';
import { spectraTable } from './table.js';

/** A file to store: its name and what it holds. */
export interface ExportFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Endmembers as a table, in the unit of the data. */
export function endmembersCsv({
  axis,
  names,
  endmembers,
}: Pick<Unmixing, 'axis' | 'names' | 'endmembers'>): string {
  const bands = axis.values.length;
  return spectraTable(
    axis,
    names.map((label, r) => ({
      label,
      values: endmembers.subarray(r * bands, (r + 1) * bands),
    })),
  );
}

/** Abundances as an ENVI image, float32 BIP, a band an endmember under its name. */
function abundancesEnvi(
  { width, height, names, abundances }: Unmixing,
  geometry: Geometry,
  source: string,
): [ExportFile, ExportFile] {
  const { header, data } = writeEnvi({
    description: `Abundances of ${source}`,
    width,
    height,
    bands: names.length,
    data: abundances,
    bandNames: names,
    geometry,
  });
  return [
    { name: 'abundances.hdr', content: header },
    { name: 'abundances.img', content: data },
  ];
}

/** How a run went, for people and programs. */
function reportJson(
  { unmixing, report }: UnmixResult,
  cube: Pick<Cube, 'name'>,
  warnings: readonly string[],
): string {
  const { options, ...figures } = report;
  return `${JSON.stringify(
    {
      input: {
        name: cube.name,
        width: unmixing.width,
        height: unmixing.height,
        bands: unmixing.axis.values.length,
      },
      endmembers: unmixing.names,
      preset: options.preset,
      seed: options.seed,
      ...figures,
      negativeShare: unmixing.negativeShare,
      warnings: [...warnings, ...report.warnings],
    },
    null,
    2,
  )}\n`;
}

/**
 * Everything a run leaves behind: abundances.hdr and .img, endmembers.csv, recipe.json, report.json.
 * @param warnings of opening the file, told in the report before those of the run
 */
export function exportRun(
  cube: Cube,
  result: UnmixResult,
  warnings: readonly string[],
): ExportFile[] {
  const { unmixing, report } = result;
  return [
    ...abundancesEnvi(unmixing, cube.geometry, cube.name),
    { name: 'endmembers.csv', content: endmembersCsv(unmixing) },
    {
      name: 'recipe.json',
      content: writeRecipe(makeRecipe(cube, report.options)),
    },
    { name: 'report.json', content: reportJson(result, cube, warnings) },
  ];
}
