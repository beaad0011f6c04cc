import { expect, fixture, html } from '@open-wc/testing';
import type {
  Evidence,
  IdentifyAction,
  IdentifyingState,
} from '../../../src/elements/identify/ask.js';
import { noIdentifying } from '../../../src/elements/identify/ask.js';
import { candidateLine } from '../../../src/elements/identify/candidate-line.js';
import {
  rangesOf,
  rangesText,
} from '../../../src/elements/identify/choices.js';
import { drawnLine } from '../../../src/elements/identify/evidence.js';
import '../../../src/elements/identify/identify.js';
import type { UnmixingIdentify } from '../../../src/elements/identify/identify.js';
import { libraryName } from '../../../src/elements/identify/opened-library.js';
import { formatScore } from '../../../src/elements/identify/words.js';
import { linesOf } from '../../../src/elements/spectra-lines.js';
import type { SessionState } from '../../../src/elements/state.js';
import { tokens } from '../../../src/elements/theme.js';
import { UnmixingError } from '../../../src/spectral/errors.js';
import { sessions } from '../../fixtures/sessions.js';

const { done } = sessions();
const unmixing = done.unmixing!;
const bands = unmixing.axis.values.length;
const candidate = (name: string, derivative: number, reference: number) => ({
  reference,
  name,
  source: 'minerals',
  angle: 0.1,
  correlation: 0.95,
  derivative,
  distance: 0.02,
  covered: 0.98,
  range: [3600, 650] as const,
});
const candidates = [0.97, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05].map((score, n) =>
  candidate(`reference ${n + 1}`, score, n),
);
const line = new Float32Array(bands).fill(0.5);
const found: Evidence['found'][number] = {
  measure: 'derivative',
  candidates,
  close: 1,
  alike: true,
  cautions: [],
  mixtures: [
    {
      members: [0, 1].map((n) => ({
        reference: n,
        name: `reference ${n + 1}`,
        source: 'minerals',
        share: 0.5,
        factor: 1,
      })),
      angle: 0.05,
    },
  ],
  lines: candidates.map(() => line),
  sums: [line],
};
const evidence: Evidence = {
  endmembers: unmixing.endmembers,
  libraries: [{ name: 'minerals', sha256: null }],
  references: 7,
  skipped: [],
  found: unmixing.names.map((_, r) =>
    r === 1
      ? {
          ...found,
          close: 2,
          cautions: ['reference 1, reference 2 can hardly be told apart here.'],
        }
      : found,
  ),
};
const identifying: IdentifyingState = {
  ...noIdentifying,
  libraries: [
    {
      id: 'library-a',
      name: 'minerals',
      spectra: 7,
      bytes: 3e6,
      opened: Date.now(),
      sha256: null,
      kept: true,
      on: true,
    },
  ],
};
const session: SessionState = {
  ...done,
  evidence,
  identifying,
  selected: 0,
};

const sectionOf = async (
  state: SessionState = session,
  theme = 'dark',
): Promise<UnmixingIdentify> => {
  localStorage.clear();
  const box = await fixture<HTMLDivElement>(
    html`<div
      style="width: 320px; padding: 0 12px; box-sizing: border-box; container-type: inline-size; color-scheme: ${theme}; background: var(--_surface); color: var(--_text)"
    ></div>`,
  );
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens.cssText.replace(':host {', '.tokens {'));
  document.adoptedStyleSheets = [sheet];
  box.className = 'tokens';
  const section = document.createElement('unmixing-identify');
  section.session = state;
  box.append(section);
  await section.updateComplete;
  return section;
};
const all = (section: UnmixingIdentify, what: string): HTMLElement[] => [
  ...(section.shadowRoot?.querySelectorAll<HTMLElement>(what) ?? []),
];
const rows = (section: UnmixingIdentify): HTMLElement[] =>
  all(section, '.candidates .main');
const actionsOf = (section: UnmixingIdentify): IdentifyAction[] => {
  const asked: IdentifyAction[] = [];
  section.addEventListener('unmixing-identify', ({ action }) =>
    asked.push(action),
  );
  return asked;
};
const words = (section: UnmixingIdentify): string =>
  section.shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

describe('section of candidates', () => {
  for (const theme of ['dark', 'light'])
    for (const [state, one] of [
      ['with candidates', session],
      [
        'with a doubt and a line drawn',
        {
          ...session,
          selected: 1,
          identifying: {
            ...identifying,
            drawn: { endmember: 1, what: 'candidate', at: 0 },
          },
        },
      ],
      [
        'without libraries',
        { ...session, evidence: null, identifying: noIdentifying },
      ],
      [
        'while it searches',
        {
          ...session,
          evidence: null,
          identifying: {
            ...identifying,
            work: { state: 'searching', fraction: 0.4 },
          },
        },
      ],
      [
        'after a failure',
        {
          ...session,
          identifying: {
            ...identifying,
            work: {
              state: 'failed',
              error: new UnmixingError('file', 'words.txt holds no spectra.'),
            },
          },
        },
      ],
    ] as readonly (readonly [string, SessionState])[])
      it(`is accessible ${state}, ${theme}, and fits 320 pixels`, async () => {
        const section = await sectionOf(one, theme);
        for (const summary of all(section, 'details:not([open]) > summary')) {
          summary.click();
          await section.updateComplete;
        }
        await expect(section).to.be.accessible();
        const box = section.parentElement!;
        expect(box.scrollWidth).to.be.at.most(box.clientWidth);
      });

  it('lists several candidates with scores, ranges and library, and more when asked', async () => {
    const section = await sectionOf();
    expect(rows(section)).to.have.length(5);
    expect(words(section)).to.contain('3 600–650');
    expect(words(section)).to.contain('98');
    expect(words(section)).to.contain('minerals');
    all(section, '.score').forEach((score, n) => {
      if (n < 5)
        expect(score.textContent).to.equal(
          formatScore('derivative', candidates[n].derivative),
        );
    });
    all(section, '.more')[0].click();
    await section.updateComplete;
    expect(rows(section)).to.have.length(7);
  });

  it('says which candidates are close', async () => {
    const section = await sectionOf({ ...session, selected: 1 });
    expect(words(section)).to.contain('can hardly be told apart here');
  });

  it('is one tab stop: arrows move, a press draws and takes away', async () => {
    const section = await sectionOf();
    const asked = actionsOf(section);
    expect(rows(section).map((row) => row.tabIndex)).to.deep.equal([
      0, -1, -1, -1, -1,
    ]);
    rows(section)[0].focus();
    rows(section)[0].dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }),
    );
    await section.updateComplete;
    expect(section.shadowRoot?.activeElement).to.equal(rows(section)[1]);
    rows(section)[1].click();
    const drawn = { endmember: 0, what: 'candidate', at: 1 } as const;
    section.session = { ...session, identifying: { ...identifying, drawn } };
    await section.updateComplete;
    expect(rows(section)[1].getAttribute('aria-pressed')).to.equal('true');
    expect(words(section)).to.contain('Euclidean distance');
    rows(section)[1].click();
    all(section, '.sums .main')[0].click();
    expect(asked).to.deep.equal([
      { act: 'draw', drawn },
      { act: 'draw', drawn: null },
      { act: 'draw', drawn: { endmember: 0, what: 'sum', at: 0 } },
    ]);
  });

  it('asks for a name only when the user does', async () => {
    const section = await sectionOf();
    const names: string[] = [];
    section.addEventListener('unmixing-rename', ({ endmember, name }) =>
      names.push(`${endmember} ${name}`),
    );
    all(section, '[aria-label="Use reference 2 as the name"]')[0].click();
    expect(names).to.deep.equal(['0 reference 2']);
  });

  it('turns a library off and removes it', async () => {
    const section = await sectionOf();
    const asked = actionsOf(section);
    all(section, '[aria-label="Search minerals"]')[0].click();
    all(section, '[aria-label="Remove minerals"]')[0].click();
    expect(asked).to.deep.equal([
      { act: 'use', library: 'library-a', on: false },
      { act: 'remove', library: 'library-a' },
    ]);
  });

  it('offers to compare again after Cancel', async () => {
    const section = await sectionOf({ ...session, evidence: null });
    const asked = actionsOf(section);
    all(section, '.actions button')[0].click();
    expect(asked).to.deep.equal([{ act: 'search' }]);
  });
});

describe('line of an endmember', () => {
  const text = async (one: Evidence | null, r: number): Promise<string> => {
    const box = await fixture<HTMLDivElement>(
      html`<div>${candidateLine(one, r)}</div>`,
    );
    return box.textContent.trim();
  };

  it('tells the best candidate and its score, how many are close, or that none is alike', async () => {
    expect(await text(evidence, 0)).to.equal('reference 1 .97');
    expect(await text(evidence, 1)).to.equal('2 close .97 .50');
    const unlike = {
      ...evidence,
      found: [{ ...found, close: 3, alike: false }],
    };
    expect(await text(unlike, 0)).to.equal('like no reference');
    expect(await text(null, 0)).to.equal('');
  });
});

describe('reference over a spectrum', () => {
  const drawing: SessionState = {
    ...session,
    identifying: {
      ...identifying,
      drawn: { endmember: 0, what: 'candidate', at: 2 },
    },
  };

  it('is drawn over the endmember that the user turned to, alone with it', () => {
    expect(
      linesOf(drawing, 'endmembers').map(({ label }) => label),
    ).to.deep.equal([unmixing.names[0], 'reference 3']);
    expect(drawnLine(drawing)?.values).to.equal(line);
  });

  it('is not drawn over another endmember, nor of another result', () => {
    const count = unmixing.names.length;
    expect(linesOf({ ...drawing, selected: 1 }, 'endmembers')).to.have.length(
      count,
    );
    const other = { ...unmixing, endmembers: unmixing.endmembers.slice() };
    expect(drawnLine({ ...drawing, unmixing: other })).to.equal(null);
  });
});

describe('words of identification', () => {
  it('write scores as rows have room for them', () => {
    expect(formatScore('correlation', 0.974)).to.equal('.97');
    expect(formatScore('derivative', 0.999)).to.equal('1.00');
    expect(formatScore('correlation', -0.2)).to.equal('−.20');
    expect(formatScore('angle', 0.123)).to.equal('0.12\u00a0rad');
    expect(formatScore('distance', NaN)).to.equal('–');
  });

  it('read ranges in either order and write them as the axis is drawn', () => {
    const ranges = rangesOf('650-1800; 3000 – 2800')!;
    expect(ranges).to.deep.equal([
      [650, 1800],
      [2800, 3000],
    ]);
    expect(rangesOf(rangesText(ranges, 'cm-1'))).to.deep.equal(ranges);
    expect(rangesOf('')).to.deep.equal([]);
    for (const wrong of ['all', '3-3', '1-2-3', '-5-4'])
      expect(rangesOf(wrong), wrong).to.equal(null);
  });

  it('call a library by its folder, its file, or its first file and the others', () => {
    const named = (...names: readonly string[]): string =>
      libraryName(names.map((name) => new File([], name)));
    expect(named('rruff/a.txt', 'rruff/b.txt')).to.equal('rruff');
    expect(named('minerals.zip')).to.equal('minerals');
    expect(named('a.jdx', 'b.csv', 'c.csv')).to.equal('a and 2 more');
  });
});
