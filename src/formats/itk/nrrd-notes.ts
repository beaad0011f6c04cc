import type { Geometry } from '../../spectral/cube.js';
import { headBytes } from '../head.js';
import { parseJson } from '../common/json.js';

/** What stands in an NRRD header beside the image: itk-wasm does not hand it over. */
export interface NrrdNotes {
  /** Unit of the world; null when it is none of ours, undefined when it is not said. */
  readonly unit: Geometry['unit'] | undefined;
  /** Our own description, undefined when there is none. */
  readonly description: unknown;
}

/** A header longer than this is no header. */
const longestHeader = 16e6;

/** The text before the first blank line. */
async function headerText(file: File): Promise<string> {
  let text = '';
  for (let length = headBytes; length <= longestHeader; length *= 16) {
    text = await file.slice(0, length).text();
    const end = text.search(/\r?\n\r?\n/);
    if (end >= 0) return text.slice(0, end);
    if (length >= file.size) break;
  }
  return text;
}

/** Reads the unit of the world and our description from an NRRD file or header. */
export async function readNrrdNotes(file: File): Promise<NrrdNotes> {
  const text = await headerText(file);
  const unit = /^space units\s*:\s*"([^"\n]*)"/im.exec(text)?.[1].trim();
  const note = /^stratigraph:=(.*)$/m.exec(text)?.[1];
  return {
    unit:
      unit === undefined
        ? undefined
        : /^([uµμ]m|micro(n|met(er|re))s?)$/i.test(unit)
          ? 'µm'
          : /^(mm|millimet(er|re)s?)$/i.test(unit)
            ? 'mm'
            : null,
    description:
      note === undefined
        ? undefined
        : (parseJson(
            note.replace(/\\([\\n])/g, (_, sign) =>
              sign === 'n' ? '\n' : '\\',
            ),
          ) ?? null),
  };
}
