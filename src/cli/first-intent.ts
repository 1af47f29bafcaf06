import { createInterface, type Interface } from 'node:readline/promises';
import { IntentwrightError } from '../core/errors.ts';
import type { Shell } from './shell.ts';

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
  return {
    url: addressOf(given.url ?? ''),
    title: given.title ?? EXAMPLE.title,
    steps: given.step ?? [EXAMPLE.step],
    proof: pathOf(given.proof ?? EXAMPLE.proof),
    shows: given.shows ?? EXAMPLE.shows,
    complete: given.title !== undefined && given.step !== undefined && given.proof !== undefined,
  };
}

/** With questions, each with its example; an empty answer takes the example. */
export async function askFor(shell: Shell, given: Given): Promise<FirstIntent> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const url = given.url ?? (await ask(lines, 'Where is the application?', 'http://localhost:3000'));
    shell.out('\nThink of one thing that people do there and that must never be broken.\n');
    const title = given.title ?? (await ask(lines, 'What is it, in a few words?', EXAMPLE.title));
    shell.out('\nSay how they do it, as you would to a colleague. ${note} is a text that is new in every run.\n');
    const step = given.step ?? [await ask(lines, 'The sentence?', EXAMPLE.step)];
    shell.out('\nThe backend has the last word: which path of your API, or which page, shows that it happened?\n');
    const proof = given.proof ?? (await ask(lines, 'The path?', EXAMPLE.proof));
    const shows = given.shows ?? (await ask(lines, 'What does its answer contain then, and not before?', EXAMPLE.shows));
    shell.out('\n');
    return { ...suggested({ url, title, step, proof, shows }), complete: true };
  } finally {
    lines.close();
  }
}

async function ask(lines: Interface, question: string, example: string): Promise<string> {
  return (await lines.question(`${question} [${example}] `)).trim() || example;
}

function addressOf(text: string): string {
  const address = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.href.replace(/\/$/, '');
  throw new IntentwrightError('USAGE', `"${text}" is no address of a web application`, { hint: 'it looks like http://localhost:3000' });
}

const pathOf = (text: string): string => (text.startsWith('/') || /^https?:/.test(text) ? text : `/${text}`);
