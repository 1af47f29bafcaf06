import type { Candidate, Observation } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { likeness } from '../meaning.ts';
import { asWritten, content, plain } from '../words.ts';
import { uncover } from './blocker.ts';
import { pickDay } from './calendar.ts';
import { explore } from './explore.ts';
import { isTextField, labelOf } from './field.ts';
import { formsFor } from './form.ts';
import type { Goal, Part } from './goal.ts';
import { isClickable, reachable } from './layout.ts';
import { act, click, type Move, type Scene } from './move.ts';
import { rowMeant } from './pick.ts';
import { inReadingOrder } from './rank.ts';
import { takeSuggestion } from './suggestion.ts';
import { tell } from './value.ts';

/** Types what the sentence names into the fields it names, and nothing more. */
export function pursuePut(whole: Scene): Move {
  const answer = intoPrompt(whole);
  if (answer) return answer;
  const row = rowMeant(whole);
  if (row?.rows.length === 0) return explore(whole);
  // In the row that is named there is nothing else to type into, and its name is not what is typed.
  const inRow = (candidate: Candidate): boolean => candidate.context.row !== undefined && row!.rows.includes(candidate.context.row);
  const scene: Scene = row
    ? {
        ...whole,
        observation: { ...whole.observation, candidates: whole.observation.candidates.filter((candidate) => inRow(candidate)) },
        goal: { ...whole.goal, parts: whole.goal.parts.filter((part) => part !== row.part) },
      }
    : whole;
  const { observation } = scene;
  const goal = inCase(withPlaces(scene.goal));
  const interrupted = wayBack(scene);
  if (interrupted) return interrupted;
  const pattern = patternOf(goal);
  if (pattern) return byPattern(scene, pattern);
  const suggestion = takeSuggestion(scene);
  if (suggestion) return suggestion;
  const day = pickDay(scene);
  if (day) return day;
  const field = byOrdinal(goal, observation.candidates);
  if (field && goal.parts.length > 0) {
    const { value } = goal.parts[0]!;
    if (plain(field.value ?? '') === plain(value.text)) return { is: 'reached', why: `${describe(field)} holds ${tell(value)}` };
    return act({ kind: 'fill', target: field.id, value: value.ref }, 'fill', `${tell(value)} belongs in ${describe(field)}`, field);
  }
  const [form] = formsFor(goal, goal.parts, observation, scene.past);
  const open = form?.unfilled.find((fill) => !tried(scene, fill.candidate));
  if (open)
    return open.candidate.coveredBy === undefined
      ? act(open.action, 'fill', open.why, open.candidate, form!.fit)
      : uncover(scene, open.candidate);
  const untaken = form?.unfilled[0];
  if (untaken) return { is: 'stuck', why: `${describe(untaken.candidate)} did not take what the sentence names` };
  if (form && form.unplaced.length === 0) return { is: 'reached', why: 'everything that the sentence names is filled in' };
  const read = fromPage(scene);
  if (read) return read;
  if (goal.parts.length === 0) return { is: 'stuck', why: `“${goal.clause.text}” names no value to type` };
  return explore(scene);
}

/** The browser itself asks for one text, and one is named. */
function intoPrompt({ goal, observation, turns }: Scene): Move | undefined {
  if (turns.some(({ action, outcome }) => action.kind === 'dialog' && action.text !== undefined && outcome.ok))
    return { is: 'reached', why: 'it was the answer to what the browser asked' };
  const [part, more] = goal.parts;
  const asked = observation.nativeDialog;
  if (asked?.type !== 'prompt' || !part || more || part.value.kind === 'secret') return undefined;
  return act({ kind: 'dialog', accept: true, text: part.value.ref }, 'fill', `the browser asks: ${asked.message}`);
}

/** "into the search field", "in the 2nd textbox": the place is a hint for the value. */
function withPlaces(goal: Goal): Goal {
  const places = goal.clause.phrases
    .filter((phrase) => /^(?:in|into|at|under|on)$/.test(phrase.prep) && phrase.values.length === 0)
    .flatMap((phrase) => phrase.words)
    .filter((word) => !/^(?:text|textbox|input|field|box|form|page|area|letter|upper|lower|cas)$/.test(word));
  if (places.length === 0) return goal;
  return {
    ...goal,
    parts: goal.parts
      .filter((part) => !/^(?:in|into|at|under|on)$/.test(part.value.prep) || part.value.certain)
      .map((part) => ({ ...part, value: { ...part.value, hints: part.value.hints.length > 0 ? part.value.hints : places } })),
  };
}

interface Pattern {
  start: Part | undefined;
  fits(name: string): boolean;
}

/** "an item that starts with "Ne" and ends with "al"": told by its parts, picked from what the field offers. */
function patternOf(goal: Goal): Pattern | undefined {
  const lead = (part: Part): string => goal.clause.phrases.find((phrase) => phrase.values.includes(part.value))?.lead ?? '';
  const start = goal.parts.find((part) => /^(?:start|begin)/.test(lead(part)));
  const end = goal.parts.find((part) => /^end/.test(lead(part)));
  const within = goal.parts.find((part) => /^contain/.test(lead(part)) || part.value.prep === 'containing');
  if (!start && !end && !within) return undefined;
  return {
    start: start ?? within,
    fits: (name) =>
      (!start || plain(name).startsWith(plain(start.value.text))) &&
      (!end || plain(name).endsWith(plain(end.value.text))) &&
      (!within || plain(name).includes(plain(within.value.text))),
  };
}

function byPattern(scene: Scene, pattern: Pattern): Move {
  const fields = reachable(scene.observation).filter((candidate) => isTextField(candidate));
  const field = fields.find((candidate) => (candidate.value ?? '') !== '' && pattern.fits(candidate.value!)) ?? fields[0];
  const taken = takeSuggestion(scene, pattern.fits);
  if (taken) return taken;
  if (!field) return explore(scene);
  const picked = scene.turns.some((turn) => turn.action.kind === 'click' && turn.outcome.ok);
  if (picked && pattern.fits(field.value ?? '')) return { is: 'reached', why: `${describe(field)} holds “${field.value}”` };
  if (pattern.start && !scene.turns.some((turn) => turn.action.kind === 'fill'))
    return act(
      { kind: 'fill', target: field.id, value: pattern.start.value.ref },
      'fill',
      `${describe(field)} offers what begins so`,
      field,
    );
  const waited = scene.turns.filter((turn) => turn.action.kind === 'wait').length;
  return waited < 1
    ? act({ kind: 'wait' }, 'wait', 'the field has not offered anything yet')
    : { is: 'stuck', why: `${describe(field)} offers nothing like it` };
}

/** "in all upper case letters": the same value in another case. */
function inCase(goal: Goal): Goal {
  const words = goal.clause.phrases
    .filter((phrase) => phrase.prep === 'in')
    .map((phrase) => phrase.raw.toLowerCase())
    .join(' ');
  const change = /\b(?:upper[- ]?case|capital letters|capitals)\b/.test(words)
    ? (text: string) => text.toUpperCase()
    : /\b(?:lower[- ]?case|small letters)\b/.test(words)
      ? (text: string) => text.toLowerCase()
      : undefined;
  if (!change) return goal;
  const parts = goal.parts
    .filter((part) => part.value.certain)
    .map(
      (part): Part => ({
        ...part,
        value: { ...part.value, text: change(part.value.text), ref: { from: 'step', text: change(part.value.text) } },
      }),
    );
  return { ...goal, clause: { ...goal.clause, all: false }, parts };
}

function byOrdinal(goal: Goal, candidates: readonly Candidate[]): Candidate | undefined {
  const { ordinal } = goal.clause;
  if (ordinal === undefined) return undefined;
  const fields = inReadingOrder(candidates.filter((candidate) => isTextField(candidate)));
  return ordinal < 0 ? fields.at(-1) : fields[ordinal - 1];
}

const tried = (scene: Scene, field: Candidate): boolean =>
  scene.turns.filter((turn) => turn.action.kind === 'fill' && !turn.outcome.ok && turn.target?.name === field.name).length > 1;

/** A value that the page shows and the sentence only points at: "the value of Country", "the text below". */
function fromPage(scene: Scene): Move | undefined {
  const { goal, observation } = scene;
  if (goal.parts.some((part) => part.value.certain)) return undefined;
  const shown = shownThing(scene);
  if (shown) return shown;
  const fields = inReadingOrder(reachable(observation).filter((candidate) => isTextField(candidate)));
  const pointed =
    /\b(?:value|text|content|number|name|code)s? (?:of|from|for|in|under) (?:the )?["“]?(.+?)["”]?(?: (?:in|into|to|below|above)\b.*)?$/i.exec(
      goal.clause.text,
    )?.[1];
  const named = pointed === undefined ? [] : [pointed];
  const labels = named.length > 0 ? named : fields.map((field) => labelOf(field)).filter(Boolean);
  for (const [index, field] of fields.entries()) {
    const label =
      fields.length === 1 && named.length > 0 ? named[0]! : (labels.find((item) => plain(item) === plain(labelOf(field))) ?? labels[index]);
    const text = label === undefined ? onlyText(observation.passages.map((passage) => passage.text)) : besides(scene, label);
    if (text !== undefined && plain(field.value ?? '') !== plain(text))
      return act(
        { kind: 'fill', target: field.id, value: { from: 'page', text } },
        'fill',
        `the page shows “${text}”${label ? ` for “${label}”` : ''}`,
        field,
        0.7,
      );
  }
  return fields.length > 0 && fields.every((field) => (field.value ?? '') !== '')
    ? { is: 'reached', why: 'the fields hold what the page shows' }
    : undefined;
}

/** "Paste the new API key into the explorer": a code that the page (or a mail) shows for what is named. */
function shownThing(scene: Scene): Move | undefined {
  const { goal, observation } = scene;
  const thing = goal.clause.object.filter((word) => !/^(?:valu|text|cod|new|on)$/.test(word));
  if (thing.length === 0) return undefined;
  const code = codeFor(thing, observation);
  if (code === undefined) return undefined;
  const fields = reachable(observation).filter((candidate) => isTextField(candidate) && !candidate.readonly);
  const ranked = fields
    .map((field) => ({ field, fit: likeness(thing, content([labelOf(field), field.context.heading].filter(Boolean).join(' '))).covered }))
    .filter(({ fit }) => fit > 0.4)
    .sort((a, b) => b.fit - a.fit);
  const field = ranked[0]?.field;
  if (!field) return explore(scene);
  if ((field.value ?? '') === code) return { is: 'reached', why: `${describe(field)} holds what the page showed` };
  return act(
    { kind: 'fill', target: field.id, value: { from: 'page', text: code } },
    'fill',
    `the page shows the ${asWritten(goal.clause.text, thing).join(' ')}`,
    field,
    0.75,
  );
}

/** The code that is shown under the best fitting heading; none when two fit equally. */
export function codeFor(thing: readonly string[], observation: Observation): string | undefined {
  const shown = [
    ...observation.passages.map((passage) => ({
      text: passage.text,
      about: [passage.context.heading, passage.context.group, passage.context.row].filter(Boolean).join(' '),
    })),
    ...observation.candidates
      .filter((candidate) => candidate.readonly)
      .map((candidate) => ({ text: candidate.value ?? '', about: `${labelOf(candidate)} ${candidate.context.heading ?? ''}` })),
    ...observation.mail.slice(0, 1).flatMap((mail) => mail.codes.map((text) => ({ text, about: `${mail.subject} code` }))),
  ]
    .filter(({ text }) => looksLikeCode(text))
    .map((item) => ({ ...item, fit: likeness(thing, content(item.about)).covered }))
    .sort((a, b) => b.fit - a.fit);
  const [best, second] = shown;
  return best && !(second && second.fit === best.fit && second.text !== best.text) ? best.text : undefined;
}

/** One word, long or with digits in it, that nobody would say: a key, a token, a one-time code. */
const looksLikeCode = (text: string): boolean =>
  /^[^\s…]{6,}$/.test(text) && /\d/.test(text) && !/^[\d.,:/-]+$/.test(text) && !/@/.test(text) ? true : /^\d{4,8}$/.test(text);

/** The text that stands next to a label: the other cell of its row. */
function besides({ observation }: Scene, label: string): string | undefined {
  const wanted = content(label).join(' ');
  const matches = (text: string): boolean => content(text.replace(/:$/, '')).join(' ') === wanted;
  const named = observation.passages.filter((passage) => matches(passage.text));
  const cell = named.find((passage) => passage.context.row !== undefined && passage.context.row !== passage.text) ?? named[0];
  if (cell?.context.row !== undefined) {
    const row = observation.passages.filter((passage) => passage.context.row === cell.context.row && passage !== cell);
    if (row.length > 0) return row[0]!.text;
  }
  const row = observation.passages.find(
    (passage) => passage.context.row !== undefined && plain(passage.context.row).startsWith(`${plain(label)} `),
  )?.context.row;
  if (row !== undefined) return row.slice(label.length).trim();
  const at = cell ? observation.passages.indexOf(cell) : -1;
  return at >= 0 ? observation.passages[at + 1]?.text : undefined;
}

const onlyText = (texts: readonly string[]): string | undefined => {
  const short = texts.filter((text) => text.length > 0 && text.length <= 40);
  return short.length === 1 ? short[0] : undefined;
};

/** Something has opened over the fields while they were being filled in, and they cannot be used: it is declined. */
function wayBack(scene: Scene): Move | undefined {
  const { observation } = scene;
  const fields = observation.candidates.filter((candidate) => candidate.role === 'textbox');
  if (fields.length === 0 || !fields.every((field) => field.disabled)) return undefined;
  const out = observation.candidates.find(
    (candidate) =>
      !candidate.disabled && isClickable(candidate) && /^(?:cancel|close|no|not now|dismiss|stay|x|×)$/i.test(candidate.name.trim()),
  );
  return out && click(out, 'dismiss', `${describe(out)} leads back to the form`, 0.7);
}

/** Moves a slider to a number. */
export function pursueSlide(scene: Scene): Move {
  const { goal, observation, turns } = scene;
  const value = goal.parts.find((part) => part.value.kind === 'number')?.value;
  const slider =
    reachable(observation).find((candidate) => candidate.role === 'slider') ??
    reachable(observation).find((candidate) => candidate.inputType === 'range');
  if (!value) return { is: 'stuck', why: `“${goal.clause.text}” names no number` };
  const moved = turns.find((turn) => turn.action.kind === 'slide' && turn.outcome.ok);
  if (moved || (slider && slider.value === value.text)) return { is: 'reached', why: `the slider is at ${value.text}` };
  if (!slider) return explore(scene);
  return act({ kind: 'slide', target: slider.id, value: value.ref }, 'fill', `the slider is to be at ${value.text}`, slider);
}
