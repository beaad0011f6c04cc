import type { TemplateResult } from 'lit';

/** The steps of the panel, as what the user opened and closed is kept by. */
export const stepNames = [
  'cube',
  'correct',
  'bands',
  'unmix',
  'endmembers',
  'identify',
  'overlays',
  'layers',
  'compare',
  'register',
  'results',
  'viewer',
  'spectra',
] as const;

export type StepName = (typeof stepNames)[number];

/** How a step states its result, and whether it is open. */
export interface StepLook {
  readonly summary?: string;
  readonly tone?: 'plain' | 'warn' | 'error';
  /** In place of the summary. */
  readonly rich?: TemplateResult | null;
  /** Open whatever the user chose: something must be seen. */
  readonly forced?: boolean;
  /** Open while the user has not chosen. */
  readonly opens?: boolean;
  /** It holds another element of ours, which reaches from edge to edge. */
  readonly part?: 'layers' | 'spectra';
}

/** One section of the panel. */
export interface PanelStep extends StepLook {
  readonly name: StepName;
  readonly heading: string;
  /** Null while there is nothing to do. */
  readonly content: TemplateResult | null;
}

export const step = (
  name: StepName,
  heading: string,
  content: TemplateResult | null,
  look: StepLook,
): PanelStep => ({ name, heading, content, ...look });
