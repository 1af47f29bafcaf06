import type { Fingerprint } from '../core/observation.ts';
import { pathTemplate } from '../core/path-template.ts';
import { plain, tokens } from './words.ts';

/** 1 for equal texts, 0 for nothing in common: edit distance for short ones, shared words for long ones. */
export function textLikeness(a: string, b: string): number {
  const left = plain(a);
  const right = plain(b);
  if (left === '' || right === '') return 0;
  if (left === right) return 1;
  return left.length > 50 || right.length > 50 ? wordOverlap(left, right) : 1 - distance(left, right) / Math.max(left.length, right.length);
}

/** Jaccard overlap of word sets. */
export function wordOverlap(a: string, b: string): number {
  const left = new Set(tokens(a));
  const right = new Set(tokens(b));
  if (left.size === 0 || right.size === 0) return 0;
  let shared = 0;
  for (const word of left) if (right.has(word)) shared++;
  return shared / (left.size + right.size - shared);
}

/** Levenshtein distance. */
export function distance(a: string, b: string): number {
  if (a.length < b.length) return distance(b, a);
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** Weights of Similo++ (arXiv 2505.16424). */
const WEIGHT = {
  tag: 0.8,
  name: 2.85,
  id: 0.5,
  href: 0.95,
  alt: 1.85,
  type: 2.75,
  label: 0.9,
  path: 0.1,
  idPath: 0.45,
  place: 1.2,
  area: 0.35,
  text: 2.8,
  near: 1.45,
  attrs: 1.8,
} as const;

/**
 * How alike two elements are by their fingerprints, 0 to 1. A value that only one of them has counts 0;
 * what neither has says nothing, so that a button without attributes can be as alike as a field with many.
 */
export function fingerprintLikeness(recorded: Fingerprint, now: Fingerprint): number {
  const [a, b] = [comparable(recorded), comparable(now)];
  const told = (key: string): boolean => a.attrs[key] !== undefined || b.attrs[key] !== undefined;
  const equal = (key: string): number => (a.attrs[key] !== undefined && a.attrs[key] === b.attrs[key] ? 1 : 0);
  const alike = (key: string): number => textLikeness(a.attrs[key] ?? '', b.attrs[key] ?? '');
  const features: [weight: number, told: boolean, likeness: number][] = [
    [WEIGHT.tag, true, a.tag === b.tag ? 1 : 0],
    [WEIGHT.name, told('name'), alike('name')],
    [WEIGHT.id, told('id'), alike('id')],
    [WEIGHT.href, told('href'), equal('href')],
    [WEIGHT.alt, told('alt'), equal('alt')],
    [WEIGHT.type, told('type'), equal('type')],
    [WEIGHT.label, told('aria-label'), wordOverlap(a.attrs['aria-label'] ?? '', b.attrs['aria-label'] ?? '')],
    [WEIGHT.path, true, textLikeness(a.path, b.path)],
    [WEIGHT.idPath, true, textLikeness(fromId(a.path), fromId(b.path))],
    [WEIGHT.place, true, Math.exp(-0.005 * Math.hypot(a.box.x - b.box.x, a.box.y - b.box.y))],
    [WEIGHT.area, true, ratio(a.box.w * a.box.h, b.box.w * b.box.h)],
    [WEIGHT.text, a.text !== '' || b.text !== '', textLikeness(a.text, b.text)],
    [WEIGHT.near, a.near !== '' || b.near !== '', wordOverlap(a.near, b.near)],
    [WEIGHT.attrs, Object.keys(a.attrs).length + Object.keys(b.attrs).length > 0, attributeLikeness(a.attrs, b.attrs)],
  ];
  const counted = features.filter(([, isTold]) => isTold);
  return counted.reduce((sum, [weight, , likeness]) => sum + weight * likeness, 0) / counted.reduce((sum, [weight]) => sum + weight, 0);
}

/** Links to another record of the same kind are the same link: the lockfile keeps where they lead without identifiers. */
const comparable = (print: Fingerprint): Fingerprint =>
  print.attrs.href === undefined ? print : { ...print, attrs: { ...print.attrs, href: pathTemplate(print.attrs.href) } };

const fromId = (path: string): string => path.slice(Math.max(0, path.lastIndexOf('/', path.lastIndexOf('#')) + 1));

const ratio = (a: number, b: number): number => (a > 0 && b > 0 ? Math.min(a, b) / Math.max(a, b) : 0);

function attributeLikeness(a: Record<string, string>, b: Record<string, string>): number {
  const left = Object.entries(a);
  const larger = Math.max(left.length, Object.keys(b).length);
  return larger === 0 ? 0 : left.filter(([key, value]) => b[key] === value).length / larger;
}
