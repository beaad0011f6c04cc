import { repeatsColour } from '../imaging/colour.js';
import { endmemberName } from '../spectral/unmixing.js';
import { ownLayers } from './entries.js';
import { drawnLine } from './identify/evidence.js';
import { pixelModel } from './pixel-model.js';
import type { PlotLine } from './plot.js';
import { inkColour, shownEndmembers } from './shown.js';
import type { SessionState } from './state.js';

export type SpectraTab = 'pixel' | 'endmembers' | 'residual';

/** Endmembers that make less of a pixel are not drawn. */
export const leastShare = 0.01;
/** As many contributions are drawn as can be told apart under one spectrum. */
const mostContributions = 4;

export interface Share {
  readonly endmember: number;
  readonly name: string;
  readonly share: number;
}

/** Shares of the pixel under the pointer, greatest first; empty without a model. */
export function pixelShares(session: SessionState): readonly Share[] {
  const model = pixelModel(session);
  const names = session.unmixing?.names ?? [];
  if (!model) return [];
  return Array.from(model.shares, (share, endmember) => ({
    endmember,
    share,
    name: names[endmember] ?? endmemberName(endmember),
  })).sort((a, b) => b.share - a.share);
}

function pixelLines(session: SessionState, mean: Float32Array): PlotLine[] {
  const { pointer, colours } = session;
  const measured = pointer?.spectrum;
  if (!measured)
    return [
      { label: 'Mean of the cube', values: mean, colour: 'var(--_text)' },
    ];
  const model = pixelModel(session);
  const bands = measured.length;
  const contributions = pixelShares(session)
    .filter(({ share }) => share >= leastShare)
    .slice(0, mostContributions)
    .map(({ endmember, name }): PlotLine => {
      const from = endmember * bands;
      return {
        label: name,
        values:
          model?.contributions.subarray(from, from + bands) ??
          new Float32Array(),
        colour: inkColour(colours[endmember] ?? '#808080'),
        width: 1.5,
        area: true,
        swatch: {
          number: endmember + 1,
          fill: colours[endmember] ?? '#808080',
        },
      };
    });
  return [
    { label: 'Measured', values: measured, colour: 'var(--_text)' },
    ...(model
      ? [
          {
            label: 'Reconstructed',
            values: model.reconstruction,
            colour: 'var(--_text-2)',
            dashed: true,
          },
        ]
      : []),
    ...contributions,
  ];
}

function endmemberLines(session: SessionState, bands: boolean): PlotLine[] {
  const shown = shownEndmembers(session);
  if (!shown) return [];
  const drawn = shown.live ? null : drawnLine(session);
  const lines = shown.spectra.flatMap((values, r) => {
    // A reference is seen against the one that it is drawn over.
    if (drawn && drawn.endmember !== r) return [];
    const layer = ownLayers(session.layers, session.active).find(
      ({ endmember }) => endmember === r,
    );
    if (!drawn && layer && !layer.style.visible) return [];
    return [
      {
        label: shown.names[r],
        values,
        ...(bands &&
          shown.spread && {
            spread: shown.spread.endmembers.subarray(
              r * values.length,
              (r + 1) * values.length,
            ),
          }),
        colour: inkColour(session.colours[r] ?? '#808080'),
        width: session.selected === r ? 2.5 : 1.5,
        swatch: { number: r + 1, fill: session.colours[r] ?? '#808080' },
        dashed: repeatsColour(r),
      },
    ];
  });
  return drawn
    ? [
        ...lines,
        {
          label: drawn.label,
          values: drawn.values,
          colour: 'var(--_text)',
          dashed: true,
        },
      ]
    : lines;
}

/** The columns of a table of lines: each spread after its spectrum. */
export const columnsOf = (
  lines: readonly PlotLine[],
): { readonly label: string; readonly values: ArrayLike<number> }[] =>
  lines.flatMap(({ label, values, spread }) => [
    { label, values },
    ...(spread
      ? [{ label: `${label}, standard deviation`, values: spread }]
      : []),
  ]);

/**
 * What each tab draws.
 * @param bands draws how far runs disagree around the endmembers
 */
export function linesOf(
  session: SessionState,
  tab: SpectraTab,
  bands = true,
): PlotLine[] {
  const { cube, unmixing } = session;
  if (cube.state !== 'ready') return [];
  switch (tab) {
    case 'pixel':
      return pixelLines(session, cube.summary.mean);
    case 'endmembers':
      return endmemberLines(session, bands);
    case 'residual':
      return unmixing
        ? [
            {
              label: 'Residual, root mean square',
              values: unmixing.residual.spectrum,
              colour: 'var(--_text)',
            },
          ]
        : [];
  }
}
