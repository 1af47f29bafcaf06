import { createInterface } from 'node:readline/promises';
import { IntentwrightError } from '../core/errors.ts';

/** What a first intent is made of. */
export interface FirstIntent {
  url: string;
  title: string;
  steps: string[];
  /** Path that answers what is stored. */
  proof: string;
  /** What the answer contains afterwards; a template. */
  shows: string;
  /** False when parts of it are examples that must be replaced. */
  complete: boolean;
}

interface Given {
  url?: string;
  title?: string;
  step?: string[];
  proof?: string;
  shows?: string;
}

const EXAMPLE = { title: 'Add a note', step: 'Add the note "${note}"', proof: '/api/notes', shows: '${note}' };

/** Without questions: what was given, and examples for the rest. */
export function suggested(given: Given): FirstIntent {
  const steps = given.step ?? [EXAMPLE.step];
  const shows = given.shows ?? shownBy(steps);
  return {
    url: addressOf(given.url ?? ''),
    title: given.title ?? EXAMPLE.title,
    steps,
    proof: pathOf(given.proof ?? EXAMPLE.proof),
    shows: shows ?? EXAMPLE.shows,
    complete: given.title !== undefined && given.step !== undefined && given.proof !== undefined && shows !== undefined,
  };
}

/** What an answer would contain once the sentences are carried out: their first variable, else their last quoted words. */
function shownBy(steps: readonly string[]): string | undefined {
  const text = steps.join('\n');
  return /\$\{[A-Za-z_]\w*\}/.exec(text)?.[0] ?? [...text.matchAll(/"([^"]+)"/g)].at(-1)?.[1];
}

/** Where questions are asked. */
export interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

/**
 * With questions, each with its example; an empty answer takes the example.
 * @throws IntentwrightError INTERRUPTED when the person leaves
 */
export async function askFor(given: Given, { input, output }: Terminal): Promise<FirstIntent> {
  const lines = createInterface({ input, output });
  const left = new AbortController();
  // Ctrl-C and Ctrl-D: readline alone would leave the question open for ever.
  lines.once('SIGINT', () => left.abort()).once('close', () => left.abort());
  const ask = async (question: string, example: string): Promise<string> =>
    (await lines.question(`${question} [${example}] `, { signal: left.signal })).trim() || example;
  const say = (text: string): void => void output.write(`\n${text}\n`);
  try {
    const url = given.url ?? (await ask('Where is the application?', 'http://localhost:3000'));
    say('Think of one thing that people do there and that must never be broken.');
    const title = given.title ?? (await ask('What is it, in a few words?', EXAMPLE.title));
    say('Say how they do it, as you would to a colleague. ${note} is a text that is new in every run.');
    const step = given.step ?? [await ask('The sentence?', EXAMPLE.step)];
    say('The backend has the last word: which path of your API, or which page, shows that it happened?');
    const proof = given.proof ?? (await ask('The path?', EXAMPLE.proof));
    const shows = given.shows ?? (await ask('What does its answer contain then, and not before?', shownBy(step) ?? EXAMPLE.shows));
    output.write('\n');
    return { ...suggested({ url, title, step, proof, shows }), complete: true };
  } catch (error) {
    if (left.signal.aborted) throw new IntentwrightError('INTERRUPTED', 'nothing was written');
    throw error;
  } finally {
    lines.close();
  }
}

function addressOf(text: string): string {
  const address = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.href.replace(/\/$/, '');
  throw new IntentwrightError('USAGE', `"${text}" is no address of a web application`, { hint: 'it looks like http://localhost:3000' });
}

const pathOf = (text: string): string => (text.startsWith('/') || /^https?:/.test(text) ? text : `/${text}`);
