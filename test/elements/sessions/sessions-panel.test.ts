import { expect, fixture, html } from '@open-wc/testing';
import { noSessions } from '../../../src/elements/sessions/ask.js';
import type {
  SessionAsk,
  SessionsState,
} from '../../../src/elements/sessions/ask.js';
import '../../../src/elements/sessions/sessions-panel.js';
import type { UnmixingSessions } from '../../../src/elements/sessions/sessions-panel.js';
import { poorWords } from '../../../src/elements/sessions/words.js';
import { tokens } from '../../../src/elements/theme.js';
import { UnmixingError } from '../../../src/spectral/errors.js';

const offers: SessionsState['offers'] = [
  { id: 'a', kept: Date.now(), words: 'cross-section-07, 5 endmembers' },
  {
    id: 'b',
    kept: Date.UTC(2026, 0, 5, 12),
    words:
      'a-file-with-a-very-long-name-and-no-place-to-break-it-2026, 2 results',
  },
];

const missing: SessionsState['work'] = {
  state: 'missing',
  name: 'section.stratigraph.zip',
  files: [
    { name: 'a-scan-of-a-cross-section-with-a-long-name.hdr', size: 812 },
    { name: 'a-scan-of-a-cross-section-with-a-long-name.img', size: 6.1e7 },
  ],
  sites: ['data.example.org'],
  refused: 'scan.img is another file of this name: its bytes differ.',
};

const full = poorWords({ cubes: [] });

const states: Readonly<Record<string, Partial<SessionsState>>> = {
  'sessions on offer': { offers },
  'files that are missing': { work: missing },
  'a question before another takes its place': {
    work: {
      state: 'replacing',
      name: 'section.stratigraph.zip',
      loses: 'cross-section-07, 5 endmembers',
      stays: true,
    },
  },
  'a full storage': { trouble: full },
  saving: { work: { state: 'saving', fraction: 0.4 } },
  opening: { work: { state: 'opening', name: 'section', fraction: 0.7 } },
  'a session that cannot be opened': {
    work: {
      state: 'failed',
      error: new UnmixingError('file', 'section.zip is no saved session.'),
    },
  },
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(tokens.cssText.replace(':host {', '.tokens {'));

/** As it stands in a panel of 320 pixels. */
async function elementOf(
  patch: Partial<SessionsState>,
  scheme = 'dark',
): Promise<UnmixingSessions> {
  document.adoptedStyleSheets = [sheet];
  const box = await fixture<HTMLElement>(
    html`<div
      class="tokens"
      style="width: 320px; color-scheme: ${scheme}; background: var(--_surface); color: var(--_text); font: 12px/16px var(--_font)"
    >
      <unmixing-sessions
        empty
        .sessions=${{ ...noSessions, ...patch }}
      ></unmixing-sessions>
    </div>`,
  );
  const element = box.querySelector('unmixing-sessions');
  if (!element) throw new Error('no element');
  return element;
}

const buttons = ({ shadowRoot }: UnmixingSessions): HTMLButtonElement[] =>
  Array.from(shadowRoot?.querySelectorAll('button') ?? []);

const labels = (element: UnmixingSessions): string[] =>
  buttons(element).map(({ textContent }) => textContent.trim());

const wordsOf = ({ shadowRoot }: UnmixingSessions): string =>
  (shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');

/** What is asked when the button of this label is pressed. */
function askOf(element: UnmixingSessions, label: string): SessionAsk[] {
  const asks: SessionAsk[] = [];
  element.addEventListener('unmixing-session', ({ ask }) => asks.push(ask));
  const button = buttons(element).at(labels(element).indexOf(label));
  button?.focus();
  expect(element.shadowRoot?.activeElement, label).to.equal(button);
  button?.click();
  return asks;
}

describe('unmixing-sessions', () => {
  for (const [name, patch] of Object.entries(states))
    for (const scheme of ['dark', 'light'])
      it(`with ${name} has nothing that axe finds, and nothing cut at 320 pixels, ${scheme}`, async () => {
        const element = await elementOf(patch, scheme);
        await expect(element).to.be.accessible();
        expect(wordsOf(element).trim()).not.to.equal('');
        const { left, right } = element.getBoundingClientRect();
        expect(element.scrollWidth).to.be.at.most(element.clientWidth);
        for (const button of buttons(element)) {
          const box = button.getBoundingClientRect();
          expect(box.left).to.be.at.least(left);
          expect(box.right).to.be.at.most(right);
          expect(box.height).to.be.at.least(24);
        }
      });

  it('is empty while there is nothing to say', async () => {
    const element = await elementOf({});
    expect(wordsOf(element).trim()).to.equal('');
  });

  it('lists what is on offer by its time, each to reopen or to throw away', async () => {
    const element = await elementOf({ offers });
    expect(wordsOf(element)).to.match(
      /Unsaved sessions \d\d:\d\d: cross-section-07, 5 endmembers/,
    );
    expect(labels(element)).to.eql([
      'Reopen',
      'Throw away',
      'Reopen',
      'Throw away',
    ]);
    expect(askOf(element, 'Reopen')).to.eql([{ what: 'reopen', session: 'a' }]);
    expect(askOf(element, 'Throw away')).to.eql([
      { what: 'throw-away', session: 'a' },
    ]);
  });

  it('offers nothing once something is open', async () => {
    const element = await elementOf({ offers });
    element.empty = false;
    await element.updateComplete;
    expect(labels(element)).to.eql([]);
  });

  it('lists files that are missing with their sizes and why others were refused', async () => {
    const element = await elementOf({ work: missing });
    const words = wordsOf(element);
    expect(words).to.contain('61.0 MB');
    expect(words).to.contain('another file of this name: its bytes differ');
    expect(labels(element)).to.eql([
      'Choose files',
      'Read from data.example.org',
      'Go on without',
      'Cancel',
    ]);
    const asks = [
      ['Read from data.example.org', 'fetch'],
      ['Go on without', 'without'],
      ['Cancel', 'cancel'],
    ];
    for (const [label, what] of asks)
      expect(askOf(element, label)).to.eql([{ what }]);
  });

  it('says before another session takes its place whether this one stays on offer', async () => {
    const work = {
      state: 'replacing',
      name: 'section.zip',
      loses: 'cross-section-07',
      stays: true,
    } as const;
    const element = await elementOf({ work });
    expect(wordsOf(element)).to.match(/on offer at the next start/);
    expect(askOf(element, 'Keep')).to.eql([{ what: 'cancel' }]);
    expect(askOf(element, 'Open')).to.eql([{ what: 'replace' }]);
    element.sessions = { ...noSessions, work: { ...work, stays: false } };
    await element.updateComplete;
    expect(wordsOf(element)).to.match(/lose cross-section-07/);
  });

  it('says once that the storage is full, until something else is wrong', async () => {
    const element = await elementOf({ trouble: full });
    expect(askOf(element, 'Save session')).to.eql([
      { what: 'save', files: 'embedded' },
    ]);
    expect(askOf(element, 'Dismiss')).to.eql([]);
    await element.updateComplete;
    expect(labels(element)).to.eql([]);
    element.sessions = { ...noSessions, trouble: 'Another thing.' };
    await element.updateComplete;
    expect(wordsOf(element)).to.contain('Another thing.');
  });
});
