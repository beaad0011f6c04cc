import { networkConstantNames } from '../engine/network-constants.js';
import {
  abundanceRules,
  backends,
  methods,
  presets,
  scalings,
} from '../engine/options.js';
import { imageFormats, spectraFormats } from '../formats/save-formats.js';
import { measures } from '../session/identify.js';
import { axisUnits, quantities } from '../spectral/axis.js';

const imageIds = imageFormats.map(([id]) => id);
const spectraIds = spectraFormats.map(([id]) => id);

/** The names of constants in lines as wide as the others. */
const constantsHelp = networkConstantNames
  .reduce<string[]>((lines, name) => {
    const last = lines.at(-1) ?? '';
    const wider = last === '' ? name : `${last}, ${name}`;
    return last === '' || wider.length > 80
      ? [...lines, name]
      : [...lines.slice(0, -1), wider];
  }, [])
  .map((line) => `                         ${line}`)
  .join(',\n');

export const helpText = `stratigraph: blind spectral unmixing

A FILE is a file, a folder such as a mosaic or an OME-Zarr image, or an address that begins with https:// or http://.
Of a header and its data either is enough.

  stratigraph info FILE…
      Prints one JSON object a line and thing found: kind, name, width, height (of spectra: count), bands,
      axis, quantity, geometry, what is missing, type, warnings; of a file with several arrays the list of them.

  stratigraph convert FILE --out DIR --format NAME
      Writes the cube in another format: ${imageIds.join(', ')}.

  stratigraph unmix FILE… --endmembers R --out DIR [options]
      Writes abundances, classes, residual maps, endmembers, recipe.json and report.json to DIR; where there are
      any, also the factors and spectra of what is no material, and deviations over several runs.
      Several files are unmixed alike, each into a folder of its name in DIR; one that cannot be is told
      and the others go on; a table of all ends it, also written as summary.csv.

      --endmembers R     number of materials, 2 to 32
      --out DIR          folder for the results; made when there is none
      --preset NAME      ${presets.join(', ')}; auto unless said
      --seed N           seed of every random choice; 1 unless said
      --exclude A-B      leaves out a window of the axis, such as 2280-2400; may be repeated
      --recipe FILE      takes the corrections and options of an earlier run; options given here go first
      --method NAME      how endmembers are found: ${methods.slice(0, 5).join(', ')},
                         ${methods.slice(5).join(', ')}; auto unless said
      --scaling NAME     of pixels for that search: ${scalings.join(', ')}; auto unless said
      --abundances RULE  ${abundanceRules.join(', ')}; scaled unless said
      --runs N           repeats the search, 1 to 50, and tells how far runs disagree; 1 unless said
      --fixed FILE       holds the spectra in a file fixed, each as one of the endmembers; may be repeated
      --backend NAME     auto, ${backends.join(', ')}: where the network trains
      --epochs N         passes over the image while training
      --constant NAME=VALUE
                         of the network, may be repeated; unless said the preset's:
${constantsHelp}
      --at-once N        of several files, 1 to 64; half as many as there are cores unless said
      --class-threshold SHARE
                         of the material that is a pixel's class, at least; 0.5 unless said
      --format NAME      of the maps: ${imageIds.join(', ')}; envi unless said
      --spectra-format NAME
                         of the endmembers: ${spectraIds.join(', ')}; csv unless said

      What the file leaves out, for unmix and convert:
      --variable NAME    which of several arrays or cubes; also for info
      --axis FIRST:LAST  positions of the first and the last band, in the order of the file
      --unit UNIT        ${axisUnits.join(', ')} (um is µm)
      --quantity NAME    ${quantities.join(', ')}
      --width N          pixels a row, of a list of spectra

  stratigraph identify FILE… --library PATH [options]
      Compares each spectrum of the files, such as endmembers.csv, with references and prints one JSON object a line:
      candidates by likeness, how many of them can hardly be told apart (close), sums of up to three that fit better.

      --library PATH     file or folder of reference spectra; may be repeated
      --range A-B        compares this part of the axis only; may be repeated
      --exclude A-B      leaves out a window of the axis; may be repeated
      --measure NAME     orders candidates by ${measures.join(', ')}; derivative unless said
      --most N           candidates told; 10 unless said
      --penetration      references were measured in transmission: brings them to ATR by the penetration depth

  stratigraph --help, --version

Exit codes: 0 done; 1 a fault of the program or the machine; 2 bad input, with one sentence that says what is wrong.
`;
