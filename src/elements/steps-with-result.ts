/** The sections of the panel after the run: what came of it, beside other images, and out of the session. */
import { html } from 'lit';
import { comparisonWords } from './compare/words.js';
import { ownLayers } from './entries.js';
import { type PanelStep, step } from './panel-step.js';
import type { ShownEndmembers } from './shown.js';
import type { SessionState } from './state.js';
import { styleMap } from './style-map.js';

const none: readonly string[] = [];

export function endmembersStep(
  { active, cube, request, run, colours, layers, selected }: SessionState,
  shown: ShownEndmembers | null,
): PanelStep {
  const ready = cube.state === 'ready';
  const best = run.state === 'failed' && run.best;
  return step(
    'endmembers',
    'Endmembers',
    shown && ready
      ? html`<unmixing-endmembers
          .shown=${shown}
          .axis=${cube.summary.axis}
          .colours=${colours}
          .layers=${ownLayers(layers, active)}
          .selected=${selected}
          .fixed=${request.fixed?.map(({ name }) => name) ?? none}
          .warnings=${run.state === 'done' ? run.result.report.warnings : none}
        ></unmixing-endmembers>`
      : null,
    {
      summary: !ready
        ? ''
        : !shown
          ? 'after unmixing'
          : shown.live
            ? 'live preview'
            : best
              ? 'best so far'
              : 'area',
      opens: true,
    },
  );
}

export function overlaysStep(
  {
    active,
    cube,
    layers,
    selected,
    colours,
    composite,
    unmixing,
    classThreshold,
  }: SessionState,
  shown: ShownEndmembers | null,
): PanelStep {
  const own = ownLayers(layers, active);
  const maps = own.filter((layer) => layer.role === 'abundance');
  const layer =
    maps.find(({ endmember }) => endmember === selected) ?? maps.at(0);
  if (!layer || layer.endmember === null || cube.state !== 'ready')
    return step('overlays', 'Overlays', null, {
      summary: cube.state === 'ready' ? 'after unmixing' : '',
    });
  const { endmember } = layer;
  const colour = colours[endmember] ?? '#808080';
  return step(
    'overlays',
    'Overlays',
    html`<unmixing-overlays
      .layer=${layer}
      .colour=${colour}
      .composite=${composite}
      .unmixing=${unmixing}
      .layers=${own}
      .mask=${cube.summary.mask}
      .classThreshold=${classThreshold}
    ></unmixing-overlays>`,
    {
      opens: true,
      rich: html`<span slot="summary" class="summary">
        <span class="swatch small" style=${styleMap({ '--_fill': colour })}
          >${endmember + 1}</span
        >
        <span class="who">${shown?.names[endmember] ?? layer.name}</span>
      </span>`,
    },
  );
}

export function compareStep(session: SessionState): PanelStep {
  const { comparison, layers } = session;
  return step(
    'compare',
    'Compare',
    layers.length < 2
      ? null
      : html`<unmixing-compare .session=${session}></unmixing-compare>`,
    {
      summary: comparison
        ? comparisonWords(session, comparison)
        : layers.length < 2
          ? 'with two images'
          : 'off',
    },
  );
}

export function registerStep(session: SessionState): PanelStep {
  const { layers, registering } = session;
  const several = layers.some(({ owner }) => owner !== layers[0].owner);
  return step(
    'register',
    'Register',
    several
      ? html`<unmixing-register .session=${session}></unmixing-register>`
      : null,
    {
      summary: 'with two images',
      rich: several
        ? html`<unmixing-register-summary
            slot="summary"
            .session=${session}
          ></unmixing-register-summary>`
        : null,
      forced: registering.work.state !== 'idle',
    },
  );
}

export function resultsStep(session: SessionState): PanelStep {
  const { cube, chain, run, runs, unmixing, saving } = session;
  if (cube.state !== 'ready') return step('results', 'Results', null, {});
  const failed = saving.state === 'failed';
  const diagnostics =
    run.state === 'done' ? run.result.report.diagnostics : null;
  return step(
    'results',
    'Results',
    html`${
        runs.length > 0
          ? html`<unmixing-runs .session=${session}></unmixing-runs>`
          : null
      }<unmixing-results
        .saving=${saving}
        ?unmixed=${unmixing !== null}
        .diagnostics=${diagnostics}
        ?corrected=${chain.applied.length > 0}
        .session=${session}
      ></unmixing-results>`,
    {
      summary: failed
        ? 'not saved'
        : diagnostics && diagnostics.length > 0
          ? `${diagnostics.length} to note`
          : unmixing
            ? 'maps, endmembers, cube'
            : 'cube',
      tone: failed ? 'error' : 'plain',
      forced: failed,
    },
  );
}
