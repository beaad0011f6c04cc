import type { CubeSource } from '../session/document/schema.js';
import { recallChoice, rememberChoice } from './remember.js';
import type { Question, Source } from './source.js';
import type { ReadyState } from './state.js';

export interface ReadTask {
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

/** What was chosen, by the name of the file that holds several arrays; among several cubes under the empty name. */
export type Answers = Readonly<Record<string, string>>;

/** Reads a source, each time anew. */
export type Read = (
  task: ReadTask,
  answers: Answers,
) => Promise<Source | Question>;

/** Where something was opened from. */
export type Origin =
  | { readonly files: readonly File[] | Promise<readonly File[]> }
  | { readonly urls: readonly string[] }
  | { readonly volume: string }
  /** Values that a saved session has of a volume. */
  | { readonly values: Extract<CubeSource, { readonly kind: 'values' }> };

/** A source to read, with what was asked last and all that was answered. */
export interface Reading {
  readonly name: string;
  readonly read: Read;
  readonly origin: Origin;
  readonly question: Question | null;
  readonly answers: Answers;
  /** What was taken unasked, in sentences. */
  readonly remarks: readonly string[];
}

const keyOf = ({ file }: Question): string => file ?? '';

/** What was chosen from what was asked for last. */
export const choiceOf = ({
  question,
  answers,
}: Reading): ReadyState['choice'] =>
  question && {
    file: question.file,
    choices: question.choices,
    chosen: answers[keyOf(question)],
  };

/** The same with an answer; kept for the next file of its kind. Null when the answer is none of those on offer. */
export function answered(reading: Reading, id: string): Reading | null {
  const { question, answers } = reading;
  if (!question?.choices.some((choice) => choice.id === id)) return null;
  if (question.type !== null) rememberChoice(question.type, id);
  return { ...reading, answers: { ...answers, [keyOf(question)]: id } };
}

/** As it was answered last time for a file of this kind; null when it was not, or that did not settle it. */
function recalled(reading: Reading, question: Question): Reading | null {
  const { type, choices } = question;
  if (type === null || keyOf(question) in reading.answers) return null;
  const last = recallChoice(type);
  const id = choices.find((choice) => choice.id === last)?.id;
  if (id === undefined) return null;
  const { remarks, answers } = reading;
  return {
    ...reading,
    question,
    answers: { ...answers, [keyOf(question)]: id },
    remarks: [
      ...remarks,
      `${question.file} holds several arrays: ${id} is taken, as you chose last time.`,
    ],
  };
}

/** Reads until there is a source, or a question that only the user can answer. */
export async function readOn(
  reading: Reading,
  task: ReadTask,
): Promise<{ readonly reading: Reading; readonly source: Source | Question }> {
  let now = reading;
  for (;;) {
    const source = await now.read(task, now.answers);
    task.signal.throwIfAborted();
    const next = 'choices' in source ? recalled(now, source) : null;
    if (!next) return { reading: now, source };
    now = next;
  }
}
