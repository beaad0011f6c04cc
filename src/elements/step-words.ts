import type { Group, Parameter } from '../preprocess/corrections.js';
import { corrections } from '../preprocess/corrections.js';
import type { Pixel, Rectangle, Step } from '../preprocess/steps.js';
import type { AxisUnit, Window } from '../spectral/axis.js';
import { formatNumber, formatSize, formatWindow } from './format.js';

/** Headings of the menu that adds a correction; small groups that do alike share one. */
export const groupNames: Readonly<Record<Group, string>> = {
  range: 'Cut and bin',
  crop: 'Cut and bin',
  bin: 'Cut and bin',
  pixels: 'Bad values',
  gas: 'Gases',
  baseline: 'Baseline',
  smooth: 'Smooth',
  denoise: 'Smooth',
  scale: 'Scale',
  convert: 'Scale',
};

/** Parameters of a correction with their names, in the order to show them. */
export const parametersOf = ({ kind }: Step): [string, Parameter][] =>
  Object.entries(corrections[kind].parameters);

/** The value of a parameter; what it is, its type tells. */
export const valueOf = (step: Step, name: string): unknown =>
  Object.entries(step).find(([key]) => key === name)?.[1];

export const isWindow = (value: unknown): value is Window =>
  Array.isArray(value) && value.length === 2;

export const windowsIn = (value: unknown): readonly Window[] =>
  Array.isArray(value) ? value.filter(isWindow) : [];

export const pixelsIn = (value: unknown): readonly Pixel[] => windowsIn(value);

export const isRectangle = (value: unknown): value is Rectangle =>
  typeof value === 'object' && value !== null && 'width' in value;

const counted = (count: number, one: string): string =>
  `${formatNumber(count)} ${one}${count === 1 ? '' : 's'}`;

function words(
  parameter: Parameter,
  value: unknown,
  unit: AxisUnit | null,
): string {
  switch (parameter.type) {
    case 'number':
    case 'whole':
      // What 0 stands for is what needs no mention.
      return typeof value !== 'number' || (value === 0 && parameter.zero)
        ? ''
        : formatSize(value);
    case 'choice':
      return (
        parameter.choices.find((choice) => choice.value === value)?.label ?? ''
      );
    case 'window':
      return isWindow(value) ? formatWindow(value, unit) : '';
    case 'windows': {
      const windows = windowsIn(value);
      return windows.length === 1
        ? formatWindow(windows[0], unit)
        : counted(windows.length, 'window');
    }
    case 'rectangle':
      return isRectangle(value) ? `${value.width} × ${value.height}` : '';
    case 'pixels':
      return counted(pixelsIn(value).length, 'pixel');
  }
}

/** As many values as a row has room for. */
const mostWords = 3;

/** The values of a correction in few words; choices only where there is nothing else to tell. */
export function stepWords(step: Step, unit: AxisUnit | null): string {
  const parameters = parametersOf(step);
  const told = (choices: boolean): string[] =>
    parameters
      .filter(([, { type }]) => (type === 'choice') === choices)
      .map(([name, parameter]) => words(parameter, valueOf(step, name), unit))
      .filter((text) => text !== '');
  const numbers = told(false);
  if (numbers.length === 0 && parameters.length > 0)
    return told(true).join(', ') || 'auto';
  return numbers.slice(0, mostWords).join(', ');
}
