import { type SpectralAxis, type Window } from '../spectral/axis.js';
import type { Cube } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import {
  type Correction,
  type NumberParameter,
  type Parameter,
  corrections,
} from './corrections.js';
import type { Rectangle, Step, StepKind } from './steps.js';

/** More makes no sense, and a recipe may come from anywhere. */
const mostSteps = 100;
const mostWindows = 100;
const mostPixels = 100_000;

type Fields = Readonly<Record<string, unknown>>;
type Refuse = (name: string, value: unknown, want: string) => never;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isStepKind = (value: unknown): value is StepKind =>
  typeof value === 'string' && Object.hasOwn(corrections, value);

const isWholeFrom = (least: number, value: unknown): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least;

const isPair = (value: unknown, fits: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length === 2 && value.every(fits);

const isWindow = (value: unknown): boolean => isPair(value, Number.isFinite);

const isListOf = (
  value: unknown,
  most: number,
  fits: (one: unknown) => boolean,
): boolean => Array.isArray(value) && value.length <= most && value.every(fits);

/** What is wrong, cut short: the value may be of any length. */
function show(value: unknown): string {
  const said = JSON.stringify(value) as string | undefined;
  if (said === undefined) return 'missing';
  return said.length > 60 ? `${said.slice(0, 60)}…` : said;
}

/** What a number must be, in words: "an odd whole number from 3 to 101". */
export function numberWanted({
  type,
  odd,
  least,
  most,
}: NumberParameter): string {
  const noun = type === 'whole' ? 'whole number' : 'number';
  return `${odd ? 'an odd' : 'a'} ${noun} from ${least} to ${most}`;
}

function fitsNumber(parameter: NumberParameter, value: unknown): boolean {
  const { type, odd, least, most } = parameter;
  return (
    typeof value === 'number' &&
    value >= least &&
    value <= most &&
    (type === 'number' || Number.isInteger(value)) &&
    (!odd || value % 2 === 1)
  );
}

const isRectangle = (value: unknown): boolean =>
  isFields(value) &&
  Object.keys(value).length === 4 &&
  isWholeFrom(0, value.x) &&
  isWholeFrom(0, value.y) &&
  isWholeFrom(1, value.width) &&
  isWholeFrom(1, value.height);

/** What the value of a parameter must be and is not; null when it is. */
function wanted(parameter: Parameter, value: unknown): string | null {
  switch (parameter.type) {
    case 'number':
    case 'whole':
      return fitsNumber(parameter, value) ? null : numberWanted(parameter);
    case 'choice': {
      const allowed = parameter.choices.map((choice) => choice.value);
      return allowed.some((one) => one === value) ? null : allowed.join(', ');
    }
    case 'window':
      return isWindow(value) ? null : 'two numbers on the axis';
    case 'windows':
      return isListOf(value, mostWindows, isWindow)
        ? null
        : `a list of at most ${mostWindows} pairs of numbers on the axis`;
    case 'rectangle':
      return isRectangle(value)
        ? null
        : 'x, y, width and height in whole pixels, inside the image';
    case 'pixels':
      return isListOf(value, mostPixels, (one) =>
        isPair(one, (at) => isWholeFrom(0, at)),
      )
        ? null
        : `a list of at most ${mostPixels} pairs of column and row`;
  }
}

/** Whether fields make a step of this kind; refuses the first that does not fit. */
function isStep(
  fields: Fields,
  kind: StepKind,
  refuse: Refuse,
): fields is Fields & Step {
  const { parameters }: Correction = corrections[kind];
  if (typeof fields.on !== 'boolean') refuse('on', fields.on, 'true or false');
  for (const [name, parameter] of Object.entries(parameters)) {
    const want = wanted(parameter, fields[name]);
    if (want !== null) refuse(name, fields[name], want);
  }
  for (const name of Object.keys(fields))
    if (name !== 'kind' && name !== 'on' && !Object.hasOwn(parameters, name))
      refuse(
        name,
        fields[name],
        `only ${['on', ...Object.keys(parameters)].join(', ')}`,
      );
  return true;
}

/** What no single parameter can tell. */
function checkTogether(step: Step, refuse: Refuse): void {
  if (step.kind !== 'savitzky-golay') return;
  const { window, degree, derivative } = step;
  if (degree >= window)
    refuse('degree', degree, `less than the window of ${window}`);
  if (derivative > degree)
    refuse('derivative', derivative, `at most the degree ${degree}`);
}

function readStep(value: unknown, place: number): Step {
  const refuseAs =
    (title: string): Refuse =>
    (name, wrong, want) => {
      throw new UnmixingError(
        'input',
        `invalid correction ${place}${title}: ${name} is ${show(wrong)} (want ${want})`,
      );
    };
  const unknown = refuseAs('');
  if (!isFields(value)) return unknown('it', value, 'an object');
  const { kind } = value;
  if (!isStepKind(kind))
    return unknown('kind', kind, Object.keys(corrections).join(', '));
  const refuse = refuseAs(` (${corrections[kind].title})`);
  const fields = structuredClone(value);
  if (!isStep(fields, kind, refuse)) return refuse('it', value, 'a correction');
  checkTogether(fields, refuse);
  return fields;
}

/**
 * Reads a chain of corrections from anywhere: nothing in it is trusted.
 * @throws UnmixingError `input` naming the correction, its parameter, the value and what is allowed
 */
export function checkSteps(value: unknown): Step[] {
  if (!Array.isArray(value) || value.length > mostSteps)
    throw new UnmixingError(
      'input',
      `invalid corrections: ${show(value)} (want a list of at most ${mostSteps})`,
    );
  return value.map((step, i) => readStep(step, i + 1));
}

type Image = Pick<Cube, 'axis' | 'width' | 'height'>;

/** Ends beyond any axis and image: what is kept is all of it. */
const wholeAxis: Window = [-1e9, 1e9];
const wholeImage: Rectangle = { x: 0, y: 0, width: 1e6, height: 1e6 };

function startValue(parameter: Parameter, image?: Image): unknown {
  const values = image?.axis.values;
  if (parameter.type === 'window')
    return (
      parameter.default ??
      (values ? [values[0], values[values.length - 1]] : wholeAxis)
    );
  if (parameter.type === 'rectangle')
    return (
      parameter.default ??
      (image
        ? { x: 0, y: 0, width: image.width, height: image.height }
        : wholeImage)
    );
  if (parameter.default === 'middle')
    return values ? values[values.length >> 1] : 0;
  return parameter.default;
}

/** A step with its defaults, switched on; where the image is known, ranges and rectangles hold all of it. */
export function newStep(kind: StepKind, image?: Image): Step {
  const { parameters }: Correction = corrections[kind];
  const values = Object.entries(parameters).map(([name, parameter]) => [
    name,
    startValue(parameter, image),
  ]);
  return readStep({ kind, on: true, ...Object.fromEntries(values) }, 1);
}

const unitWords = {
  'cm-1': 'a wavenumber axis (cm-1)',
  nm: 'an axis in nm',
  µm: 'an axis in µm',
  band: 'an axis of band numbers',
};

/** Why a correction does not fit these spectra, in words that follow its title; null when it fits. */
export function misfit(
  kind: StepKind,
  { unit, quantity }: SpectralAxis,
): string | null {
  const { needs }: Correction = corrections[kind];
  if (needs?.unit && needs.unit !== unit)
    return `needs ${unitWords[needs.unit]}`;
  if (
    needs?.quantities &&
    (quantity === null || !needs.quantities.includes(quantity))
  )
    return `needs ${needs.quantities.join(', ').replace(/, (?=[^,]*$)/, ' or ')}, and the values are ${quantity ?? 'not said to be any'}`;
  return null;
}
