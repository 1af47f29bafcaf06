import type { Adaptation } from '../core/decision.ts';
import type { LockedAction, LockedStep, Lockfile } from '../core/lock.ts';
import { tellTarget } from './words.ts';

export interface ChangeNote {
  /** Index of the step. */
  step: number;
  kind: Adaptation['kind'];
  from: string;
  to: string;
  /** For people: “Invite” is now in the menu “More actions”. */
  note: string;
}

/** What is done differently now, as a person would tell it, step by step. */
export function changeNotes(before: Lockfile | undefined, after: Lockfile): ChangeNote[] {
  if (!before) return [];
  return after.steps.flatMap((step, index) => {
    const old = before.steps[index];
    return old ? notesOf(old, step).map((note) => ({ step: index, ...note })) : [];
  });
}

type Note = Omit<ChangeNote, 'step'>;

function notesOf(before: LockedStep, after: LockedStep): Note[] {
  return hunksOf(before.actions, after.actions).flatMap(({ gone, come }) => {
    const notes: Note[] = [];
    let left = withoutAiming(come);
    const missing: LockedAction[] = [];
    for (const action of gone) {
      const at = bestFor(action, left);
      if (at < 0) {
        missing.push(action);
        continue;
      }
      const way = wayTo(left.slice(0, at));
      const aside = left.slice(0, at - way.length);
      if (aside.length > 0) notes.push(also(aside));
      notes.push(became(action, left[at]!, way));
      left = left.slice(at + 1);
    }
    if (missing.length > 0 && left.length > 0)
      notes.push({
        kind: 'replaced-by-steps',
        from: missing.map(line).join(', '),
        to: left.map(line).join(', '),
        note: `instead of ${tellAll(missing)}: ${tellAll(left)}`,
      });
    else if (missing.length > 0)
      notes.push({ kind: 'no-longer-needed', from: missing.map(line).join(', '), to: '', note: `no longer needed: ${tellAll(missing)}` });
    else if (left.length > 0) notes.push(also(left));
    return notes;
  });
}

/** What is pointed at before it is pressed is told once. */
const withoutAiming = (actions: readonly LockedAction[]): LockedAction[] =>
  actions.filter(({ kind, target }, index) => {
    const next = actions[index + 1];
    return !(kind === 'hover' && next?.kind === 'click' && next.target?.name === target?.name && next.target?.row === target?.row);
  });

const also = (actions: readonly LockedAction[]): Note => ({
  kind: 'extra-step',
  from: '',
  to: actions.map(line).join(', '),
  note: `now also needed: ${tellAll(actions)}`,
});

/** Controls that only led to the next one: all clicks right before it. */
function wayTo(actions: readonly LockedAction[]): LockedAction[] {
  const from = actions.findLastIndex((action) => action.kind !== 'click' || action.commits.length > 0 || action.target === undefined) + 1;
  return actions.slice(from);
}

function became(old: LockedAction, now: LockedAction, way: readonly LockedAction[]): Note {
  const facts = { from: line(old), to: [...way, now].map(line).join(', ') };
  const name = quoted(old.target?.name ?? '');
  if (old.kind === 'select' && now.kind === 'click') {
    const list = way.at(-1)?.target?.name;
    return {
      ...facts,
      kind: 'replaced-by-steps',
      note: `${quoted(old.value ?? '')} of ${name} is now the option ${quoted(now.target?.name ?? '')}${list ? ` of ${quoted(list)}` : ''}`,
    };
  }
  const changes: string[] = [];
  const called = old.target && now.target && old.target.name !== now.target.name ? now.target.name : undefined;
  if (called !== undefined) changes.push(`called ${quoted(called)}`);
  if (way.length > 0)
    changes.push(
      now.target?.role === 'menuitem' && way.length === 1
        ? `in the menu ${quoted(way[0]!.target!.name)}`
        : `under ${way.map((action) => quoted(action.target!.name)).join(' → ')}`,
    );
  else if (old.target && now.target && old.target.role !== now.target.role)
    changes.push(`a ${roleWord(now.target.role)}, it was a ${roleWord(old.target.role)}`);
  if (changes.length === 0 && old.target && now.target && old.target.dialog !== now.target.dialog)
    changes.push(now.target.dialog ? `in the dialog ${quoted(now.target.dialog)}` : 'on a page of its own');
  if (old.kind !== now.kind || changes.length === 0)
    return { ...facts, kind: 'replaced-by-steps', note: `instead of ${tell(old)}: ${tellAll([...way, now])}` };
  const kind =
    way.length > 0
      ? 'replaced-by-steps'
      : called !== undefined
        ? 'renamed'
        : old.target?.role !== now.target?.role
          ? 'role-changed'
          : 'moved';
  return { ...facts, kind, note: `${name} is now ${changes.join(', and ')}` };
}

/** The action that now does what this one did, or -1: the same thing by name, by what it sends, or by what it enters. */
function bestFor(old: LockedAction, among: readonly LockedAction[]): number {
  const scores = among.map((now) => {
    const sameName = old.target !== undefined && now.target !== undefined && fold(old.target.name) === fold(now.target.name);
    const sameCommits = old.commits.length > 0 && JSON.stringify(old.commits) === JSON.stringify(now.commits);
    const sameValue = old.value !== undefined && old.value !== '' && old.value === now.value && old.kind === now.kind;
    const chosen =
      old.kind === 'select' &&
      now.kind === 'click' &&
      now.target?.role === 'option' &&
      fold(now.target.name).includes(fold(old.value ?? ' '));
    return (
      (sameCommits ? 4 : 0) +
      (sameValue || chosen ? 3 : 0) +
      (sameName ? 3 : 0) +
      (old.kind === now.kind ? 1 : 0) +
      likeWords(old, now) +
      inItsRow(old, now)
    );
  });
  const best = Math.max(...scores, 0);
  return best >= 3 ? scores.indexOf(best) : -1;
}

/** A row's own button has gone into the row's menu. */
const inItsRow = (old: LockedAction, now: LockedAction): number =>
  old.kind === 'click' && old.target?.row !== undefined && old.target.row === now.target?.row && now.target.role === 'menuitem' ? 2 : 0;

/** "Edit project" and "Edit details" have a word in common; worth less than any plain equality. */
function likeWords(a: LockedAction, b: LockedAction): number {
  if (a.kind !== b.kind || !a.target || !b.target) return 0;
  const [one, other] = [wordsOf(a.target.name), wordsOf(b.target.name)];
  return one.some((word) => other.includes(word)) ? 2 : 0;
}

/** Stretches where two ways part and meet again, by the longest common way. */
function hunksOf(before: readonly LockedAction[], after: readonly LockedAction[]): { gone: LockedAction[]; come: LockedAction[] }[] {
  const same = (row: number, column: number): boolean => line(before[row]!) === line(after[column]!);
  const longest = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      longest[row]![column] = same(row, column)
        ? longest[row + 1]![column + 1]! + 1
        : Math.max(longest[row + 1]![column]!, longest[row]![column + 1]!);
    }
  }
  const hunks: { gone: LockedAction[]; come: LockedAction[] }[] = [];
  let [row, column, open] = [0, 0, false];
  while (row < before.length || column < after.length) {
    if (row < before.length && column < after.length && same(row, column)) {
      [row, column, open] = [row + 1, column + 1, false];
      continue;
    }
    if (!open) hunks.push({ gone: [], come: [] });
    open = true;
    if (column >= after.length || (row < before.length && longest[row + 1]![column]! >= longest[row]![column + 1]!))
      hunks.at(-1)!.gone.push(before[row++]!);
    else hunks.at(-1)!.come.push(after[column++]!);
  }
  return hunks;
}

/** What makes two actions the same for a reader: where exactly they stand does not. */
const line = (action: LockedAction): string =>
  [
    action.kind,
    action.target
      ? tellTarget({ role: action.target.role, name: action.target.name, ...(action.target.row ? { row: action.target.row } : {}) })
      : '',
    action.value ?? '',
  ]
    .filter(Boolean)
    .join(' ');

const WORDS: Partial<Record<LockedAction['kind'], string>> = {
  fill: 'fill in',
  select: 'choose',
  check: 'tick',
  press: 'press',
  'read-mail': 'look into the mailbox',
  mail: 'open the mail’s link',
  back: 'go back',
  reload: 'load the page again',
  goto: 'go to',
  dialog: 'accept the dialog',
};

const OFF_WORDS: Partial<typeof WORDS> = { check: 'untick', dialog: 'dismiss the dialog' };

/** A line is read at a glance: the first few, and how many more. */
const MOST_TOLD = 4;

function tellAll(actions: readonly LockedAction[]): string {
  const told = actions
    .slice(0, actions.length > MOST_TOLD + 1 ? MOST_TOLD : actions.length)
    .map(tell)
    .join(', ');
  return actions.length > MOST_TOLD + 1 ? `${told} and ${actions.length - MOST_TOLD} more` : told;
}

function tell(action: LockedAction): string {
  const on = action.target ? quoted(action.target.name) : '';
  const row = action.target?.row ? ` in the row ${quoted(action.target.row)}` : '';
  const value = action.kind === 'press' || action.kind === 'goto' ? ` ${action.value ?? ''}` : '';
  const does = (action.value === 'off' ? OFF_WORDS[action.kind] : undefined) ?? WORDS[action.kind] ?? action.kind;
  return `${does}${value}${on && ` ${on}`}${row}`;
}

const ROLES: Record<string, string> = {
  menuitem: 'menu item',
  textbox: 'text field',
  searchbox: 'search field',
  combobox: 'list',
  listbox: 'list',
  spinbutton: 'number field',
  generic: 'plain element',
  radio: 'radio button',
  gridcell: 'cell',
};
const roleWord = (role: string): string => ROLES[role] ?? role;
const quoted = (text: string): string => `“${text}”`;
const fold = (text: string): string => text.toLowerCase().trim();
const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
