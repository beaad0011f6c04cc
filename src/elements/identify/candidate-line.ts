import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { warnIcon } from '../icons.js';
import type { Evidence } from './ask.js';
import { formatScore, scoreOf } from './words.js';

/** The second line of an endmember's row: its best candidate with the score, or how many are close; null where nothing is known. */
export function candidateLine(
  evidence: Evidence | null,
  endmember: number,
): TemplateResult | null {
  const found = evidence?.found.at(endmember);
  if (!found) return null;
  const { candidates, measure, close } = found;
  if (!found.alike) return html`like no reference`;
  const [first] = candidates;
  if (close === 1) return html`${first.name} ${scoreOf(first, measure)}`;
  const scores = candidates
    .slice(0, Math.min(close, 2))
    .map((one) => formatScore(measure, one[measure]));
  return html`<span
    class="doubt"
    title=${candidates
      .slice(0, close)
      .map(({ name }) => name)
      .join(', ')}
    >${warnIcon}${close} close ${scores.join(' ')}</span
  >`;
}
