import { dialogs } from './dialogs.ts';
import { fields } from './fields.ts';
import { forms } from './forms.ts';
import { frames } from './frames.ts';
import { lists } from './lists.ts';
import { listboxes } from './listboxes.ts';
import { menus } from './menus.ts';
import { polling } from './polling.ts';
import { messages } from './messages.ts';
import { follow } from './follow.ts';

/** What the pages run. Each part stands alone and works by delegation, so that late content needs no set-up; nothing in them knows an id or a class. */
export const clientScript = [messages, forms, dialogs, menus, listboxes, fields, frames, lists, polling, follow]
  .map((part) => `(${part.toString()})();`)
  .join('\n');
