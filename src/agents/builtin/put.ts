import type { Candidate, Observation } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { asWritten, content, plain } from '../words.ts';
import { likeness } from '../meaning.ts';
import { uncover } from './blocker.ts';
import { pickDay } from './calendar.ts';
import { choicesIn, choose } from './choice.ts';
import { isConsumed } from './consumed.ts';
import { rowsNaming } from './entity.ts';
import { explore } from './explore.ts';
import { extremeOf } from './extreme.ts';
import { holds, isCalled, isTextField, labelOf, says } from './field.ts';
import { formsFor } from './form.ts';
import type { Goal, Part } from './goal.ts';
import { isClickable, reachable } from './layout.ts';
import { optionFit } from './option.ts';
import { inReadingOrder, saysLiterally } from './rank.ts';
import { act, click, type Move, type Scene } from './move.ts';
import { takeSuggestion } from './suggestion.ts';
import { tell, type Value } from './value.ts';

/** Types what the sentence names into the fields it names, and nothing more. */
export function pursuePut(whole: Scene): Move {
  const row = rowMeant(whole);
  if (row?.rows.length === 0) return explore(whole);
  // In the row that is named there is nothing else to type into, and its name is not what is typed.
  const inRow = (candidate: Candidate): boolean => candidate.context.row !== undefined && row!.rows.includes(candidate.context.row);
  const scene: Scene = row ? { ...whole, observation: { ...whole.observation, candidates: whole.observation.candidates.filter((candidate) => inRow(candidate)) }, goal: { ...whole.goal, parts: whole.goal.parts.filter((part) => part !== row.part) } } : whole;
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
  if (open) return open.candidate.coveredBy === undefined ? act(open.action, 'fill', open.why, open.candidate, form!.fit) : uncover(scene, open.candidate);
  const untaken = form?.unfilled[0];
  if (untaken) return { is: 'stuck', why: `${describe(untaken.candidate)} did not take what the sentence names` };
  if (form && form.unplaced.length === 0) return { is: 'reached', why: 'everything that the sentence names is filled in' };
  const read = fromPage(scene);
  if (read) return read;
  if (goal.parts.length === 0) return { is: 'stuck', why: `“${goal.clause.text}” names no value to type` };
  return explore(scene);
}

/** "into the search field", "in the 2nd textbox": the place is a hint for the value. */
function withPlaces(goal: Goal): Goal {
  const places = goal.clause.phrases.filter((phrase) => /^(?:in|into|at|under|on)$/.test(phrase.prep) && phrase.values.length === 0).flatMap((phrase) => phrase.words).filter((word) => !/^(?:text|textbox|input|field|box|form|page|area|letter|upper|lower|cas)$/.test(word));
  if (places.length === 0) return goal;
  return { ...goal, parts: goal.parts.filter((part) => !/^(?:in|into|at|under|on)$/.test(part.value.prep) || part.value.certain).map((part) => ({ ...part, value: { ...part.value, hints: part.value.hints.length > 0 ? part.value.hints : places } })) };
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
    fits: (name) => (!start || plain(name).startsWith(plain(start.value.text))) && (!end || plain(name).endsWith(plain(end.value.text))) && (!within || plain(name).includes(plain(within.value.text))),
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
  if (pattern.start && !scene.turns.some((turn) => turn.action.kind === 'fill')) return act({ kind: 'fill', target: field.id, value: pattern.start.value.ref }, 'fill', `${describe(field)} offers what begins so`, field);
  const waited = scene.turns.filter((turn) => turn.action.kind === 'wait').length;
  return waited < 1 ? act({ kind: 'wait' }, 'wait', 'the field has not offered anything yet') : { is: 'stuck', why: `${describe(field)} offers nothing like it` };
}

/** "in all upper case letters": the same value in another case. */
function inCase(goal: Goal): Goal {
  const words = goal.clause.phrases.filter((phrase) => phrase.prep === 'in').map((phrase) => phrase.raw.toLowerCase()).join(' ');
  const change = /\b(?:upper[- ]?case|capital letters|capitals)\b/.test(words) ? (text: string) => text.toUpperCase() : /\b(?:lower[- ]?case|small letters)\b/.test(words) ? (text: string) => text.toLowerCase() : undefined;
  if (!change) return goal;
  const parts = goal.parts.filter((part) => part.value.certain).map((part): Part => ({ ...part, value: { ...part.value, text: change(part.value.text), ref: { from: 'step', text: change(part.value.text) } } }));
  return { ...goal, clause: { ...goal.clause, all: false }, parts };
}

function byOrdinal(goal: Goal, candidates: readonly Candidate[]): Candidate | undefined {
  const { ordinal } = goal.clause;
  if (ordinal === undefined) return undefined;
  const fields = inReadingOrder(candidates.filter((candidate) => isTextField(candidate)));
  return ordinal < 0 ? fields.at(-1) : fields[ordinal - 1];
}

const tried = (scene: Scene, field: Candidate): boolean => scene.turns.filter((turn) => turn.action.kind === 'fill' && !turn.outcome.ok && turn.target?.name === field.name).length > 1;

/** A value that the page shows and the sentence only points at: "the value of Country", "the text below". */
function fromPage(scene: Scene): Move | undefined {
  const { goal, observation } = scene;
  if (goal.parts.some((part) => part.value.certain)) return undefined;
  const shown = shownThing(scene);
  if (shown) return shown;
  const fields = inReadingOrder(reachable(observation).filter((candidate) => isTextField(candidate)));
  const pointed = /\b(?:value|text|content|number|name|code)s? (?:of|from|for|in|under) (?:the )?["“]?(.+?)["”]?(?: (?:in|into|to|below|above)\b.*)?$/i.exec(goal.clause.text)?.[1];
  const named = pointed === undefined ? [] : [pointed];
  const labels = named.length > 0 ? named : fields.map((field) => labelOf(field)).filter(Boolean);
  for (const [index, field] of fields.entries()) {
    const label = fields.length === 1 && named.length > 0 ? named[0]! : (labels.find((item) => plain(item) === plain(labelOf(field))) ?? labels[index]);
    const text = label === undefined ? onlyText(observation.passages.map((passage) => passage.text)) : besides(scene, label);
    if (text !== undefined && plain(field.value ?? '') !== plain(text)) return act({ kind: 'fill', target: field.id, value: { from: 'page', text } }, 'fill', `the page shows “${text}”${label ? ` for “${label}”` : ''}`, field, 0.7);
  }
  return fields.length > 0 && fields.every((field) => (field.value ?? '') !== '') ? { is: 'reached', why: 'the fields hold what the page shows' } : undefined;
}

/** "Paste the new API key into the explorer": a code that the page (or a mail) shows for what is named. */
function shownThing(scene: Scene): Move | undefined {
  const { goal, observation } = scene;
  const thing = goal.clause.object.filter((word) => !/^(?:valu|text|cod|new|on)$/.test(word));
  if (thing.length === 0) return undefined;
  const code = codeFor(thing, observation);
  if (code === undefined) return undefined;
  const fields = reachable(observation).filter((candidate) => isTextField(candidate) && !candidate.readonly);
  const ranked = fields.map((field) => ({ field, fit: likeness(thing, content([labelOf(field), field.context.heading].filter(Boolean).join(' '))).covered })).filter(({ fit }) => fit > 0.4).sort((a, b) => b.fit - a.fit);
  const field = ranked[0]?.field;
  if (!field) return explore(scene);
  if ((field.value ?? '') === code) return { is: 'reached', why: `${describe(field)} holds what the page showed` };
  return act({ kind: 'fill', target: field.id, value: { from: 'page', text: code } }, 'fill', `the page shows the ${asWritten(goal.clause.text, thing).join(' ')}`, field, 0.75);
}

/** The code that is shown under the best fitting heading; none when two fit equally. */
export function codeFor(thing: readonly string[], observation: Observation): string | undefined {
  const shown = [
    ...observation.passages.map((passage) => ({ text: passage.text, about: [passage.context.heading, passage.context.group, passage.context.row].filter(Boolean).join(' ') })),
    ...observation.candidates.filter((candidate) => candidate.readonly).map((candidate) => ({ text: candidate.value ?? '', about: `${labelOf(candidate)} ${candidate.context.heading ?? ''}` })),
    ...observation.mail.slice(0, 1).flatMap((mail) => mail.codes.map((text) => ({ text, about: `${mail.subject} code` }))),
  ].filter(({ text }) => looksLikeCode(text)).map((item) => ({ ...item, fit: likeness(thing, content(item.about)).covered })).sort((a, b) => b.fit - a.fit);
  const [best, second] = shown;
  return best && !(second && second.fit === best.fit && second.text !== best.text) ? best.text : undefined;
}

/** One word, long or with digits in it, that nobody would say: a key, a token, a one-time code. */
const looksLikeCode = (text: string): boolean => /^[^\s…]{6,}$/.test(text) && /\d/.test(text) && !/^[\d.,:/-]+$/.test(text) && !/@/.test(text) ? true : /^\d{4,8}$/.test(text);

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
  const row = observation.passages.find((passage) => passage.context.row !== undefined && plain(passage.context.row).startsWith(`${plain(label)} `))?.context.row;
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
  const out = observation.candidates.find((candidate) => !candidate.disabled && isClickable(candidate) && /^(?:cancel|close|no|not now|dismiss|stay|x|×)$/i.test(candidate.name.trim()));
  return out && click(out, 'dismiss', `${describe(out)} leads back to the form`, 0.7);
}

/** Ticks, picks and selects what the sentence lists. */
export function pursueChoose(scene: Scene): Move {
  const { observation } = scene;
  const row = rowMeant(scene);
  if (row?.rows.length === 0) return explore(scene);
  const goal = { ...scene.goal, parts: scene.goal.parts.filter((part) => part !== row?.part && !isRowWord(part)) };
  if (goal.parts.length === 0 || (goal.parts.length === 1 && /^(?:nothing|none)$/i.test(goal.parts[0]!.value.text))) return ordinalChoice(scene) ?? { is: 'reached', why: 'nothing is to be chosen' };
  const day = pickDay(scene);
  if (day) return day;
  const ordinal = ordinalChoice(scene);
  if (ordinal) return ordinal;
  const extreme = extremeChoice(scene);
  if (extreme) return extreme;
  const open = goal.parts.filter((part) => !isChosen(scene, part) && !(part.value.kind === 'date' && isConsumed(scene, part)) && !observation.candidates.some((candidate) => candidate.value !== undefined && holds(candidate, part.value)));
  if (open.length === 0) return { is: 'reached', why: 'all that the sentence lists is chosen' };
  const usable = reachable(observation).filter((candidate) => !row || (candidate.context.row !== undefined && row.rows.includes(candidate.context.row)));
  const off = goal.clause.verb === 'uncheck';
  const inRow = open.flatMap((part) => usable.filter((candidate) => candidate.role === 'checkbox' && candidate.context.row !== undefined && part.value.kind === 'text' && rowsNaming(observation, part.value.text).includes(candidate.context.row)).slice(0, 2).map((candidate, _, all) => ({ candidate, part, only: all.length === 1 })));
  const tick = inRow.find(({ candidate, only }) => only && candidate.checked !== !off);
  if (tick) return act({ kind: 'check', target: tick.candidate.id, on: !off }, 'fill', `${describe(tick.candidate)} is in the row of ${tell(tick.part.value)}`, tick.candidate, 0.85);
  if (open.length > 0 && open.every((part) => inRow.some((tick) => tick.part === part && tick.only))) return { is: 'reached', why: 'all that the sentence lists is chosen' };
  const listed = scene.turns.at(-1)?.action.kind === 'click' && usable.find((candidate) => candidate.role === 'option' && candidate.selected !== true && open.some((part) => optionFit(part.value, candidate.name) >= 0.95));
  if (listed) return click(listed, 'fill', `${describe(listed)} is what the list offers for it`, 0.85);
  const picks = choose(goal, open, choicesIn(usable)).filter((pick) => pick.part !== undefined);
  for (const pick of picks) {
    if (!pick.action && !off) continue;
    if (off && pick.candidate.options) {
      if (pick.action) continue;
      return { is: 'stuck', why: `${pick.part ? tell(pick.part.value) : 'it'} is chosen in ${describe(pick.candidate)}, and an answer cannot be taken out of such a list` };
    }
    if (pick.candidate.coveredBy !== undefined) return uncover(scene, pick.candidate);
    const action = off && pick.candidate.checked !== undefined ? ({ kind: 'check', target: pick.candidate.id, on: false } as const) : pick.action;
    if (!action || (off && pick.candidate.checked === false)) continue;
    return act(action, 'fill', pick.why, pick.candidate, 0.8);
  }
  if (picks.length === open.length) return { is: 'reached', why: 'all that the sentence lists is chosen' };
  const rest = open.find((part) => !picks.some((pick) => pick.part === part))!;
  // What is ticked is a box: its name is not typed into a list.
  const ticks = /^(?:un)?(?:tick|check)$/.test(goal.clause.verb);
  const field = usable.find((candidate) => !ticks && isTextField(candidate) && candidate.role === 'combobox' && (!/^(?:date|time)$/.test(rest.value.kind) || says(content(labelOf(candidate)), `n:${rest.value.kind}`)) && (rest.value.place === undefined || isCalled(labelOf(candidate), rest.value.place)));
  if (field) return act({ kind: 'select', target: field.id, option: rest.value.ref }, 'fill', `${tell(rest.value)} is chosen in ${describe(field)}`, field, 0.6);
  const named = usable.map((candidate) => ({ candidate, fit: mayBeChosen(goal, rest.value, candidate) ? optionFit(rest.value, candidate.name) : 0 })).filter(({ fit }) => fit >= 0.7).sort((a, b) => b.fit - a.fit);
  if (named[0] && named[0].fit > (named[1]?.fit ?? 0)) return click(named[0].candidate, 'fill', `${describe(named[0].candidate)} is ${tell(rest.value)}`, named[0].fit);
  if (named[0]) return { is: 'torn', why: `${tell(rest.value)} could be ${named.slice(0, 2).map(({ candidate }) => describe(candidate)).join(' or ')}`, between: named.map(({ candidate }) => candidate).slice(0, 4) };
  const [form] = row ? [] : formsFor(goal, open, observation, scene.past);
  const unfilled = form?.unfilled[0];
  if (unfilled && !off && !((isTicking(goal) || goal.clause.object.includes('row')) && unfilled.action.kind === 'fill')) return act(unfilled.action, 'fill', unfilled.why, unfilled.candidate, 0.6);
  return explore(scene);
}

const isTicking = (goal: Goal): boolean => /^(?:tick|check|uncheck)$/.test(goal.clause.verb);
const TICKED = new Set(['checkbox', 'switch', 'radio', 'option', 'menuitemcheckbox', 'menuitemradio']);

/** What is ticked tells whether it is on, and no button that does something is; what is quoted is called so, and not merely alike. */
function mayBeChosen(goal: Goal, value: Value, candidate: Candidate): boolean {
  const turned = candidate.checked ?? candidate.pressed ?? candidate.selected;
  if (!isClickable(candidate) || (isTicking(goal) && !TICKED.has(candidate.role) && turned === undefined)) return false;
  if (goal.clause.verb === 'uncheck' && turned !== true) return false;
  return !value.certain || saysLiterally(value.text, candidate.name) || (!isTicking(goal) && optionFit(value, candidate.name) >= 0.95);
}

/** "Select the rows of …": what kind of thing they are, and no name. */
const isRowWord = ({ value }: Part): boolean => !value.certain && /^(?:rows?|lines?|entries|items)$/i.test(value.text);

/** "… in the row of "Dana"": the part that says which row, and the rows of that name. */
function rowMeant({ goal, observation }: Scene): { part: Part; rows: string[] } | undefined {
  const lead = goal.clause.phrases.find((phrase) => phrase.lead === 'row' && phrase.values.length > 0);
  const part = lead && goal.parts.find((item) => item.value.certain && lead.values.some((value) => value.at === item.value.at));
  // "Select the rows of A and B": they are what is ticked.
  if (lead && goal.parts.every((item) => !item.value.certain || lead.values.some((value) => value.at === item.value.at))) return undefined;
  return part && goal.parts.length > 1 ? { part, rows: rowsNaming(observation, part.value.text) } : undefined;
}

/** Already clicked for this part, where nothing on the page tells that it is chosen. */
function isChosen(scene: Scene, part: Part): boolean {
  return scene.turns.some((turn, index) => scene.purposes[index] === 'fill' && turn.outcome.ok && turn.target !== undefined && (turn.action.kind === 'click' || turn.action.kind === 'select') && optionFit(part.value, turn.action.kind === 'select' && turn.action.option.from !== 'secret' && turn.action.option.from !== 'var' ? turn.action.option.text : turn.target.name) >= 0.7);
}

/** "The cheapest plan": the answer with the least of it, and no button that only speaks of plans. */
function extremeChoice({ goal, observation }: Scene): Move | undefined {
  const answers = reachable(observation).filter((candidate) => ['checkbox', 'radio', 'option'].includes(candidate.role));
  if (!goal.clause.extreme || answers.length === 0 || goal.parts.some(({ value }) => value.certain)) return undefined;
  const best = extremeOf(goal, observation, answers);
  if (!best) return { is: 'stuck', why: `what the answers say does not tell which one is meant: ${goal.clause.text}` };
  return (best.checked ?? best.selected) === true ? { is: 'reached', why: `${describe(best)} is chosen` } : best.role === 'option' ? click(best, 'fill', `${describe(best)} is that`, 0.8) : act({ kind: 'check', target: best.id, on: true }, 'fill', `${describe(best)} is that`, best, 0.8);
}

function ordinalChoice(scene: Scene): Move | undefined {
  const { goal, observation } = scene;
  if (goal.clause.ordinal === undefined) return undefined;
  const roles = goal.clause.phrases.flatMap((phrase) => phrase.words);
  const role = roles.includes('radio') ? 'radio' : roles.includes('checkbox') ? 'checkbox' : undefined;
  const listed = inReadingOrder(reachable(observation).filter((candidate) => (role ? candidate.role === role : ['checkbox', 'radio', 'option'].includes(candidate.role))));
  const candidate = goal.clause.ordinal < 0 ? listed.at(-1) : listed[goal.clause.ordinal - 1];
  if (!candidate) return undefined;
  const on = goal.clause.verb !== 'uncheck';
  return candidate.checked === on ? { is: 'reached', why: `${describe(candidate)} is ${on ? 'on' : 'off'}` } : act({ kind: 'check', target: candidate.id, on }, 'fill', `it is number ${goal.clause.ordinal}`, candidate);
}

/** Moves a slider to a number. */
export function pursueSlide(scene: Scene): Move {
  const { goal, observation, turns } = scene;
  const value = goal.parts.find((part) => part.value.kind === 'number')?.value;
  const slider = reachable(observation).find((candidate) => candidate.role === 'slider') ?? reachable(observation).find((candidate) => candidate.inputType === 'range');
  if (!value) return { is: 'stuck', why: `“${goal.clause.text}” names no number` };
  const moved = turns.find((turn) => turn.action.kind === 'slide' && turn.outcome.ok);
  if (moved || (slider && slider.value === value.text)) return { is: 'reached', why: `the slider is at ${value.text}` };
  if (!slider) return explore(scene);
  return act({ kind: 'slide', target: slider.id, value: value.ref }, 'fill', `the slider is to be at ${value.text}`, slider);
}
