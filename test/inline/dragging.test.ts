import { expect, test } from 'vitest';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const column = (name: string, cards: string): string =>
  `<section class=col style="float:left;width:200px;height:200px;background:#eee"><h2>${name}</h2>${cards}</section>`;
const card = (name: string): string => `<div class=card draggable=true style="height:30px;margin:4px;background:#fff">${name}</div>`;
const board = (done: string): string => `${column('To do', card('Milk') + card('Bread'))}${column(done, '')}<br style="clear:both"><script>
  let held;for(const card of document.querySelectorAll('.card'))card.addEventListener('dragstart',()=>{held=card});
  for(const col of document.querySelectorAll('.col')){col.addEventListener('dragover',e=>e.preventDefault());
  col.addEventListener('drop',()=>{col.append(held);fetch('/notes',{method:'POST',body:new URLSearchParams({note:held.textContent+' in '+col.firstChild.textContent})})})}</script>`;

const intent = `intent: Finish the milk
journey:
  - 'Drag the card "Milk" onto "Done"'
then: [ note-is-stored: { note: Milk in Done } ]
within: 3s
`;

test('a card is dragged to its column, again from the lockfile, and not to another where that column is gone', async () => {
  const app = await startNotes({ extra: board('Done') });
  const files = { ...notesProject(app.url), 'intents/add-note.intent.yaml': intent };
  const first = await runInline(files, ['run']);
  expect(first.result!.intents[0]).toMatchObject({ status: 'passed', agent: { builtin: 1 } });
  expect(app.notes).toEqual(['Milk in Done']);
  app.notes.length = 0;
  const again = await runInline({}, ['run'], { dir: first.dir });
  expect(again.result!.intents[0]).toMatchObject({ status: 'passed', agent: { replay: 1, builtin: 0 } });
  expect(app.notes).toEqual(['Milk in Done']);
  app.notes.length = 0;
  app.faults.extra = board('Archive');
  const gone = await runInline({}, ['run'], { dir: first.dir });
  expect(gone.result!.intents[0]!.status).toBe('blocked');
  expect(app.notes).toEqual([]);
});
