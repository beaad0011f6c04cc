/** The sections of the panel after the run: what came of it, beside other images, and out of the session. */
import { html } from 'lit';
import type { EndmemberEdit } from '../engine/endmember-edits.js';
import { comparisonWords } from './compare/words.js';
import { ownLayers } from './entries.js';
import { formatNumber } from './format.js';
import { shownEvidence } from './identify/evidence.js';
import { type PanelStep, step } from './panel-step.js';
import type { ShownEndmembers } from './shown.js';
import type { SessionState } from './state.js';
import { styleMap } from './style-map.js';

const none: readonly string[] = [];

const noEdits: readonly EndmemberEdit[] = [];

export function endmembersStep(
  session: SessionState,
  shown: ShownEndmembers | null,
): PanelStep {
  const { active, cube, request, run, colours, layers, selected } = session;
  const { editing, pointer } = session;
  const ready = cube.state === 'ready';
  const failed = editing.state === 'failed';
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
          .evidence=${shown.live ? null : shownEvidence(session)}
          .fixed=${request.fixed?.map(({ name }) => name) ?? none}
          .warnings=${run.state === 'done' ? run.result.report.warnings : none}
          .editing=${editing}
          .edits=${(run.state === 'done' && run.result.report.edits) || noEdits}
          ?pinned=${pointer?.pinned === true && pointer.spectrum !== null}
        ></unmixing-endmembers>`
      : null,
    {
      summary: !ready
        ? ''
        : !shown
          ? 'after unmixing'
          : shown.live
            ? 'live preview'
            : editing.state === 'running'
              ? 'maps are fitted anew'
              : failed
                ? 'not edited'
                : best
                  ? 'best so far'
                  : 'area',
      tone: failed ? 'error' : 'plain',
      forced: failed || editing.state === 'choosing',
      opens: true,
    },
  );
}

export function identifyStep(session: SessionState): PanelStep {
  const { cube, unmixing, identifying } = session;
  const evidence = shownEvidence(session);
  const doubts =
    evidence?.found.filter(({ alike, close }) => alike && close > 1).length ??
    0;
  const failed = identifying.work.state === 'failed';
  return step(
    'identify',
    'Identify',
    cube.state === 'ready' && unmixing
      ? html`<unmixing-identify .session=${session}></unmixing-identify>`
      : null,
    {
      summary:
        cube.state !== 'ready'
          ? ''
          : !unmixing
            ? 'after unmixing'
            : failed
              ? 'not compared'
              : evidence
                ? `${formatNumber(evidence.references)} references${doubts > 0 ? `, ${doubts} in doubt` : ''}`
                : identifying.libraries.length === 0
                  ? 'no library'
                  : 'library',
      tone: failed ? 'error' : 'plain',
      forced: failed,
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
