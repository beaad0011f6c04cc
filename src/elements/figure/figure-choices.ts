import { figureThemes } from '../../session/figure/figure.js';
import { recall, remember } from '../remember.js';
import type { FigureChoices } from './describe.js';
import type { FigureFormat } from './files.js';

/** All that a user chooses for figures; it is remembered. */
export interface Choices extends FigureChoices {
  readonly caption: boolean;
  readonly format: FigureFormat;
  /** Pixels for each CSS pixel, of PNG. */
  readonly scale: number;
}

export const kinds = [
  ['seen', 'What is seen'],
  ['maps', 'Each map'],
  ['sheet', 'All maps, side by side'],
  ['compared', 'The comparison'],
] as const;

export const themes = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['transparent', 'Clear'],
] as const;

export const formats = [
  ['png', 'PNG'],
  ['svg', 'SVG'],
] as const;

export const scales = [
  [1, '1×'],
  [2, '2×'],
  [3, '3×'],
  [4, '4×'],
] as const;

/** CSS pixels: 96 to the inch of 25.4 mm. */
export const widths = [
  ['336', 'Column, 89 mm'],
  ['692', 'Page, 183 mm'],
  ['1280', 'Slide, 1280 px'],
  ['1920', 'Screen, 1920 px'],
] as const;

const defaults: Choices = {
  what: 'seen',
  extent: 'view',
  width: 692,
  theme: 'light',
  legend: true,
  scale: 2,
  bar: true,
  caption: true,
  beneath: false,
  format: 'png',
};

/** What is remembered is checked field by field. */
export function recallChoices(): Choices {
  const kept = recall('figure');
  if (typeof kept !== 'object' || kept === null) return defaults;
  const fields: Readonly<Record<string, unknown>> = { ...kept };
  const one = <Value>(
    values: readonly Value[],
    name: keyof Choices,
  ): Value | undefined => values.find((value) => value === fields[name]);
  const flag = (name: 'legend' | 'bar' | 'caption' | 'beneath'): boolean =>
    one([true, false], name) ?? defaults[name];
  return {
    what:
      one(
        kinds.map(([what]) => what),
        'what',
      ) ?? defaults.what,
    extent: one(['all', 'view'], 'extent') ?? defaults.extent,
    width:
      one(
        widths.map(([width]) => Number(width)),
        'width',
      ) ?? defaults.width,
    theme: one(figureThemes, 'theme') ?? defaults.theme,
    format:
      one(
        formats.map(([format]) => format),
        'format',
      ) ?? defaults.format,
    scale:
      one(
        scales.map(([scale]) => scale),
        'scale',
      ) ?? defaults.scale,
    legend: flag('legend'),
    bar: flag('bar'),
    caption: flag('caption'),
    beneath: flag('beneath'),
  };
}

export const rememberChoices = (choices: Choices): void =>
  remember('figure', choices);
