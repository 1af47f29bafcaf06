import type { Candidate, Observation } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { content, plain } from '../words.ts';
import { type Day, MONTH_NAMES, readDay, readMonth, sameDay } from './dates.ts';
import { fieldFit } from './field-fit.ts';
import { isTextField, labelOf, says } from './field.ts';
import { reachable } from './layout.ts';
import { act, click, type Move, type Scene, usedHere } from './move.ts';

const NEXT = /^(?:next(?: month)?|>|›|»|→|forward|later)$/i;
const PREVIOUS = /^(?:prev(?:ious)?(?: month)?|<|‹|«|←|back|earlier)$/i;

/** Picks a day in a calendar for a field that cannot be typed into; undefined when no such field is meant. */
export function pickDay(scene: Scene): Move | undefined {
  const { goal, observation } = scene;
  for (const { value } of goal.parts) {
    const day = value.kind === 'date' ? readDay(value.text) : undefined;
    if (!day || isPicked(scene, day)) continue;
    const usable = reachable(observation);
    const fields = usable.filter((candidate) => isPicker(candidate));
    const about = { noun: [], names: false, searching: true };
    const field =
      fields.length === 1
        ? fields[0]!
        : fields.map((candidate) => ({ candidate, fit: fieldFit(value, candidate, about) })).sort((a, b) => b.fit - a.fit)[0]?.candidate;
    if (field && sameDay(readDay(field.value ?? ''), day)) continue;
    const shown = shownMonth(observation);
    if (shown && (field || !usable.some((candidate) => isTextField(candidate) && fieldFit(value, candidate, about) > 0.8)))
      return inCalendar(usable, day, shown, aroundDays(observation));
    const opener =
      field &&
      scene.turns.some((turn) => turn.action.kind === 'click' && turn.target?.name === field.name && turn.target.role === field.role)
        ? usable.find(
            (candidate) =>
              candidate.role === 'button' &&
              candidate.context.group === field.context.group &&
              candidate.context.dialog === field.context.dialog &&
              /\b(?:date|calendar|day)\b/i.test(candidate.name) &&
              !usedHere(scene, candidate),
          )
        : field;
    if (opener) return click(opener, 'list', `${describe(opener)} opens a calendar`, 0.75);
  }
  return undefined;
}

/** Its cell has been used, and calendars need not say so. */
const isPicked = (scene: Scene, day: Day): boolean =>
  scene.turns.some(
    (turn, index) =>
      scene.purposes[index] === 'fill' && turn.action.kind === 'click' && turn.outcome.ok && namesDay(turn.target?.name ?? '', day),
  );
/** The number of a day alone, or its whole date. */
export const namesDay = (name: string, day: Day): boolean => name.trim() === String(day.day) || sameDay(readDay(name), day);

/** Takes a date, and not by typing. */
const isPicker = (candidate: Candidate): boolean =>
  (candidate.role === 'textbox' && candidate.readonly === true) ||
  (candidate.role === 'button' &&
    (candidate.popup === 'dialog' || candidate.popup === 'grid') &&
    says(content(labelOf(candidate)), 'n:date')) ||
  (candidate.role === 'combobox' && candidate.popup === 'grid');

/** What stands in the small dialog that has the days, wherever that opened. */
function aroundDays({ candidates }: Observation): Candidate[] {
  const dialog = candidates.find(({ role, context }) => role === 'gridcell' && context.dialog !== undefined)?.context.dialog;
  return dialog === undefined ? [] : candidates.filter((candidate) => candidate.context.dialog === dialog && candidate.disabled !== true);
}

function inCalendar(
  usable: readonly Candidate[],
  day: Day,
  shown: { year: number; month: number },
  besideDays: readonly Candidate[],
): Move | undefined {
  const months = (day.year - shown.year) * 12 + day.month - shown.month;
  if (months === 0) {
    const cell = dayCell(usable, day);
    return cell && click(cell, 'fill', `${day.day} ${MONTH_NAMES[day.month - 1]} ${day.year} is meant`, 0.85);
  }
  const lists = usable.filter((candidate) => candidate.options !== undefined);
  const year = lists.find((candidate) => candidate.options!.includes(String(day.year)) && candidate.value !== String(day.year));
  if (year)
    return act(
      { kind: 'select', target: year.id, option: { from: 'page', text: String(day.year) } },
      'list',
      `the year is ${day.year}`,
      year,
    );
  const name = MONTH_NAMES[day.month - 1]!;
  const month = lists.find((candidate) => candidate.options!.some((option) => plain(option).startsWith(plain(name).slice(0, 3))));
  if (month && day.year === shown.year)
    return act(
      {
        kind: 'select',
        target: month.id,
        option: { from: 'page', text: month.options!.find((option) => plain(option).startsWith(plain(name).slice(0, 3)))! },
      },
      'list',
      `the month is ${name}`,
      month,
    );
  const turn = [...usable, ...besideDays].find(
    (candidate) =>
      (months > 0 ? NEXT : PREVIOUS).test(candidate.name.trim()) ||
      (months > 0 ? /next month/i : /prev(?:ious)? month/i).test(candidate.name),
  );
  return turn && click(turn, 'list', `the calendar shows ${MONTH_NAMES[shown.month - 1]} ${shown.year}`, 0.8);
}

/** The cell of a day: its number alone, or its whole date in the name. */
function dayCell(usable: readonly Candidate[], day: Day): Candidate | undefined {
  const whole = usable.find((candidate) => sameDay(readDay(candidate.name), day) && candidate.role !== 'textbox');
  if (whole) return whole;
  const numbered = usable.filter(
    (candidate) =>
      candidate.name.trim() === String(day.day) && ['link', 'gridcell', 'cell', 'button', 'generic', 'option'].includes(candidate.role),
  );
  return numbered.length > 1 ? (day.day > 15 ? numbered.at(-1) : numbered[0]) : numbered[0];
}

function shownMonth(observation: Observation): { year: number; month: number } | undefined {
  const texts = [
    ...observation.passages.filter((passage) => passage.text.length <= 40).map((passage) => passage.text),
    ...observation.candidates
      .filter((candidate) => candidate.role === 'button' || candidate.role === 'heading' || candidate.role === 'generic')
      .map((candidate) => candidate.name),
  ];
  const days = observation.candidates.filter((candidate) => /^\d{1,2}$/.test(candidate.name.trim())).length;
  if (days < 20) return undefined;
  // What is nothing but a month is a calendar's title; other texts only speak of one.
  for (const text of [...texts.filter((item) => /^[^\p{L}\d]*\p{L}+\.?,? \d{4}[^\p{L}\d]*$/u.test(item)), ...texts]) {
    const month = readMonth(text);
    if (month) return month;
  }
  return undefined;
}
