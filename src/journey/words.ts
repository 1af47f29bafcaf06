import type { Action, Target, ValueRef } from '../core/action.ts';

/** An action as a person would tell it. Values of secrets are never known here. */
export function tellAction(action: Action, target?: Target): string {
  const on = target ? tellTarget(target) : '';
  switch (action.kind) {
    case 'click':
      return `${action.double ? 'double-click' : action.button === 'right' ? 'right-click' : 'click'} ${on}`;
    case 'fill':
      return `type ${tellValue(action.value)} into ${on}`;
    case 'select':
      return `choose ${tellValue(action.option)} in ${on}`;
    case 'check':
      return `${action.on ? 'tick' : 'untick'} ${on}`;
    case 'press':
      return `press ${action.key}${on ? ` in ${on}` : ''}`;
    case 'hover':
      return `point at ${on}`;
    case 'upload':
      return `upload ${action.file} to ${on}`;
    case 'drag':
      return `drag ${on}`;
    case 'slide':
      return `set ${on} to ${tellValue(action.value)}`;
    case 'scroll':
      return `scroll ${action.direction}`;
    case 'back':
      return 'go back';
    case 'reload':
      return 'reload the page';
    case 'goto':
      return `go to ${action.path}`;
    case 'tab':
      return `switch to tab ${action.index + 1}`;
    case 'dialog':
      return action.accept ? 'accept the dialog' : 'dismiss the dialog';
    case 'mail':
      return 'open the link of a mail';
    case 'read-mail':
      return 'look into the mailbox';
    case 'wait':
      return action.text ? `wait for "${action.text}"` : 'wait for the page';
  }
}

function tellValue(value: ValueRef): string {
  if (value.from === 'var') return `\${${value.name}}`;
  if (value.from === 'secret') return `\${secret:${value.name}}`;
  return `"${value.text}"`;
}

/** `button "Remove" in row "Dana Reyes"`. */
export function tellTarget(target: Target): string {
  const parts = [`${target.role} "${target.name}"`];
  if (target.row) parts.push(`in row "${target.row}"`);
  if (target.dialog) parts.push(`in dialog "${target.dialog}"`);
  else if (target.group) parts.push(`in group "${target.group}"`);
  return parts.join(' ');
}
