import { describe, expect, it } from 'vitest';
import { type Actor, stage } from '../../browser/stage.ts';
import { carryOut } from '../in-browser.ts';

const at = stage();

/** A list that is sorted by holding its items: the list itself listens, its items say nothing of it. */
const sortable = (...names: string[]): string => `<h2>Tasks</h2><ul id=l style="list-style:none;padding:0">
  ${names.map((name) => `<li style="height:34px;width:220px;background:#ddd;margin:4px;user-select:none;touch-action:none">${name}</li>`).join('')}</ul>
  <script>let held;l.addEventListener('pointerdown',e=>{held=e.target.closest('li')});
  document.addEventListener('pointermove',e=>{if(!held)return;const over=document.elementsFromPoint(e.clientX,e.clientY).find(x=>x.localName==='li'&&x!==held);if(!over)return;const b=over.getBoundingClientRect();e.clientY>b.top+b.height/2?over.after(held):over.before(held)});
  document.addEventListener('pointerup',()=>{held=undefined})</script>`;

/** Cards that are carried from one column to another; a column takes what is dropped anywhere on it. */
const board = (more = ''): string => `${['To do', 'Doing', 'Done']
  .map(
    (name, index) =>
      `<section class=col style="float:left;width:200px;height:220px;margin:4px;background:#eee"><h3>${name}</h3>${index === 0 ? ['Fix login', 'Write tests'].map((card) => `<div draggable=true class=card style="height:30px;background:#fff;margin:4px">${card}</div>`).join('') : ''}</section>`,
  )
  .join('')}${more}
  <script>let held;for(const card of document.querySelectorAll('.card'))card.addEventListener('dragstart',e=>{held=card;e.dataTransfer.setData('text','x')});
  for(const col of document.querySelectorAll('.col')){col.addEventListener('dragover',e=>e.preventDefault());col.addEventListener('drop',e=>{e.preventDefault();col.append(held)})}</script>`;

const order = (actor: Actor): string[] => actor.seen.candidates.filter(({ draggable }) => draggable).map(({ name }) => name);
const columnOf = (actor: Actor, name: string): string | undefined => actor.find(name).context.heading;

describe('a list that is sorted by hand', () => {
  it.each([
    ['Drag "Bread" above "Milk"', ['Bread', 'Milk', 'Eggs', 'Tea']],
    ['Drag "Milk" below "Eggs"', ['Bread', 'Eggs', 'Milk', 'Tea']],
    ['Drag "Tea" to the 2nd position', ['Milk', 'Tea', 'Bread', 'Eggs']],
    ['Drag "Eggs" to the top of the list', ['Eggs', 'Milk', 'Bread', 'Tea']],
    ['Drag "Milk" to the bottom', ['Bread', 'Eggs', 'Tea', 'Milk']],
    ['Drag "Bread" up', ['Bread', 'Milk', 'Eggs', 'Tea']],
    ['Move "Tea" to the top of the list', ['Tea', 'Milk', 'Bread', 'Eggs']],
  ])('%s', async (sentence, wanted) => {
    const actor = await at.open(sortable('Milk', 'Bread', 'Eggs', 'Tea'));
    const lines = await carryOut(actor, sentence);
    expect(order(actor)).toEqual(wanted);
    expect(lines.at(-1)).toMatch(/^step-done/);
  });

  it.each([
    ['Drag "Tea" to the 9th position', /4 places/],
    ['Drag "Coffee" to the top', /^give-up/],
    ['Drag "Milk"', /where to/],
    ['Drag "Milk" above "Coffee"', /Coffee/],
  ])('%s: nothing is dragged, and it says why', async (sentence, why) => {
    const actor = await at.open(sortable('Milk', 'Bread', 'Eggs', 'Tea'));
    const lines = await carryOut(actor, sentence);
    expect(lines.at(-1)).toMatch(why);
    expect(lines.filter((line) => line.startsWith('drag'))).toEqual([]);
    expect(order(actor)).toEqual(['Milk', 'Bread', 'Eggs', 'Tea']);
  });

  it('of two that are called the same none is taken', async () => {
    const actor = await at.open(sortable('Milk', 'Bread', 'Milk'));
    expect((await carryOut(actor, 'Drag "Milk" below "Bread"')).at(-1)).toMatch(/could be/);
  });
});

describe('a board of cards', () => {
  it.each([
    'Drag "Fix login" onto "Done"',
    'Drag the card "Fix login" from "To do" to the Done column',
    'Move the card "Fix login" to the column "Done"',
  ])('%s', async (sentence) => {
    const actor = await at.open(board());
    const lines = await carryOut(actor, sentence);
    expect(lines).toEqual([expect.stringMatching(/^drag .*Fix login/), expect.stringMatching(/^step-done/)]);
    expect(columnOf(actor, 'Fix login')).toBe('Done');
    expect(columnOf(actor, 'Write tests')).toBe('To do');
  });

  it('a column is a place to drop on, and no control to press', async () => {
    const actor = await at.open(board());
    expect(actor.seen.candidates.filter(({ dropzone }) => dropzone).map(({ name }) => name)).toEqual(['To do', 'Doing', 'Done']);
    expect((await carryOut(actor, 'Press "Done"')).filter((line) => line.startsWith('click'))).toEqual([]);
  });

  it('what lies where it lay was not moved', async () => {
    const actor = await at.open(board().replace('col.append(held)', ''));
    expect((await carryOut(actor, 'Drag "Fix login" onto "Done"')).at(-1)).toMatch(/lies where it lay/);
  });
});
