/** The sections of the panel up to the run: what is unmixed, and how. */
import { html } from 'lit';
import { bandsInside } from '../spectral/axis.js';
import { requestWords } from './choices.js';
import { formatNumber } from './format.js';
import { type PanelStep, step } from './panel-step.js';
import type { SessionState } from './state.js';
import { co2Varies, excludesCo2 } from './windows.js';

export function cubeStep({
  active,
  cube,
  cubes,
  display,
}: SessionState): PanelStep {
  const content = html`${
      cubes.length > 1
        ? html`<unmixing-cubes
            .cubes=${cubes}
            .active=${active}
          ></unmixing-cubes>`
        : null
    }<unmixing-cube .cube=${cube} .display=${display}></unmixing-cube>`;
  switch (cube.state) {
    case 'asking':
      return step('cube', 'Cube', content, {
        summary: 'which one?',
        tone: 'warn',
        forced: true,
      });
    case 'failed':
      return step('cube', 'Cube', content, {
        summary: 'not opened',
        tone: 'error',
        forced: true,
      });
    case 'ready': {
      const { width, height, axis } = cube.summary.original;
      const { missing, warnings, error } = cube;
      const size = [width, height, axis.values.length]
        .map((n) => formatNumber(n))
        .join(' × ');
      const remarks =
        warnings.length === 1 ? '1 remark' : `${warnings.length} remarks`;
      const plain = missing.length === 0 && warnings.length === 0;
      return step('cube', 'Cube', content, {
        summary: error
          ? 'failed'
          : missing.length > 0
            ? `${missing.join(', ')} missing`
            : warnings.length > 0
              ? `${size}, ${remarks}`
              : size,
        tone: error ? 'error' : plain ? 'plain' : 'warn',
        forced: error !== null || missing.length > 0,
      });
    }
    default:
      return step('cube', 'Cube', content, {
        summary: 'opening',
        forced: true,
      });
  }
}

export function correctStep(
  { cube, chain }: SessionState,
  theme: SessionState['theme'],
): PanelStep {
  if (cube.state !== 'ready') return step('correct', 'Correct', null, {});
  const { steps, work } = chain;
  const off = steps.filter(({ on }) => !on).length;
  const all = `${steps.length} ${steps.length === 1 ? 'correction' : 'corrections'}`;
  const failed = work.state === 'failed';
  return step(
    'correct',
    'Correct',
    html`<unmixing-correct
      theme=${theme}
      .summary=${cube.summary}
      .chain=${chain}
    ></unmixing-correct>`,
    {
      summary: failed
        ? 'failed'
        : steps.length === 0
          ? 'none'
          : off > 0
            ? `${all}, ${off} off`
            : all,
      tone: failed ? 'error' : 'plain',
      forced: failed,
    },
  );
}

export function bandsStep(
  { cube, request, run }: SessionState,
  theme: SessionState['theme'],
): PanelStep {
  if (cube.state !== 'ready') return step('bands', 'Bands', null, {});
  const { axis, mean } = cube.summary;
  const bands = axis.values.length;
  const out = bandsInside(axis, request.exclude);
  const kept = bands - out.reduce((sum, one) => sum + one, 0);
  const warn = co2Varies(axis, mean) && !excludesCo2(axis, request.exclude);
  return step(
    'bands',
    'Bands',
    html`<unmixing-bands
      theme=${theme}
      .summary=${cube.summary}
      .windows=${request.exclude}
    ></unmixing-bands>`,
    {
      summary: warn
        ? 'CO₂ varies'
        : `${formatNumber(kept)} of ${formatNumber(bands)}`,
      tone: warn ? 'warn' : 'plain',
      opens: warn || run.state === 'idle',
    },
  );
}

export function unmixStep({
  cube,
  request,
  count,
  fixing,
  run,
  backends,
}: SessionState): PanelStep {
  return step(
    'unmix',
    'Unmix',
    cube.state === 'ready'
      ? html`<unmixing-settings
          .request=${request}
          .count=${count}
          .axis=${cube.summary.axis}
          .fixing=${fixing}
          .backends=${backends}
        ></unmixing-settings>`
      : null,
    {
      summary: cube.state === 'ready' ? requestWords(request) : '',
      // What failed is set right here.
      opens: run.state === 'idle' || run.state === 'failed',
    },
  );
}
