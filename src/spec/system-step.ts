import { escapeRegExp } from '../core/escape-regexp.ts';
import { parseDuration } from '../core/duration.ts';
import type { Fixture } from '../core/intent.ts';
import { placeholdersOf } from './read-fixtures.ts';

/** What carries a `system:` sentence out: time that passes, or a fixture that says so. */
export type SystemDeed = { kind: 'wait'; ms: number } | { kind: 'fixture'; fixture: Fixture; with: Record<string, string> };

/** "wait 2s", "time passes: 2s", "2s pass": built in, because every team needs it. */
const TIME = /^(?:wait|wait for|time passes:?)\s+([\d.]+\s*(?:ms|s|m|h|d))$|^([\d.]+\s*(?:ms|s|m|h|d)) pass(?:es)?$/i;

/** Finds what a sentence of the world's own means; the sentence may still hold templates. */
export function systemDeedOf(sentence: string, fixtures: Iterable<Fixture>): SystemDeed | undefined {
  const text = sentence.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
  const time = TIME.exec(text);
  const ms = parseDuration(time?.[1] ?? time?.[2] ?? '');
  if (ms !== undefined) return { kind: 'wait', ms };
  for (const fixture of fixtures) {
    const match = fixture.says && patternOf(fixture.says).exec(text);
    if (match)
      return {
        kind: 'fixture',
        fixture,
        with: Object.fromEntries(placeholdersOf(fixture.says!).map((name, index) => [name, unquoted(match[index + 1]!)])),
      };
  }
  return undefined;
}

function patternOf(says: string): RegExp {
  const parts = says
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '')
    .split(/\{\w+\}/)
    .map(escapeRegExp);
  return new RegExp(`^${parts.join('(.+?)')}$`, 'i');
}

const unquoted = (text: string): string => text.trim().replace(/^"(.*)"$/, '$1');
