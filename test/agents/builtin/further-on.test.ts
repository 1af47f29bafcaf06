import { describe, expect, it } from 'vitest';
import { type Actor, stage } from '../../browser/stage.ts';
import { carryOut } from '../in-browser.ts';

const at = stage();
const clicks = (lines: readonly string[]): string[] => lines.filter((line) => /^(?:click|check|select|fill|hover)/.test(line));
const title = (actor: Actor): string => actor.seen.title;

describe('what is further on', () => {
  const growing = (tag: string): string => `<h1>Items</h1><div id=l></div><button onclick="more()">Load more</button><script>
    let n=0;function more(){for(let i=0;i<10;i++){n++;l.insertAdjacentHTML('beforeend','<${tag}>Item '+n+' <button onclick="document.title=\\'gone '+n+'\\'">Delete</button></${tag}>')}}more()</script>`;

  it.each(['li', 'p', 'div'])('is brought by the button that loads more of a list of %s', async (tag) => {
    const actor = await at.open(growing(tag));
    const lines = await carryOut(actor, 'Delete "Item 25"', ['Item 25']);
    expect(lines.filter((line) => line.includes('Load more'))).toHaveLength(2);
    expect(title(actor)).toBe('gone 25');
  });

  it('is brought by scrolling where a list goes on by itself, and nothing else is used', async () => {
    const actor = await at.open(`<div id=l style="height:300px;overflow:auto"></div><script>let n=0;
      function more(){for(let i=0;i<20&&n<100;i++){n++;l.insertAdjacentHTML('beforeend','<div style="height:40px">Item '+n+' <button onclick="document.title=\\'gone '+n+'\\'">Delete</button></div>')}}
      more();l.onscroll=()=>{if(l.scrollTop+310>l.scrollHeight)setTimeout(more,50)}</script>`);
    const lines = await carryOut(actor, 'Delete "Item 65"', ['Item 65']);
    expect(lines[0]).toBe('scroll');
    expect(clicks(lines)).toEqual(['click button Delete']);
    expect(title(actor)).toBe('gone 65');
  });

  it('and a list that has come to its end is not scrolled for ever', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => `<li style="height:90px">Item ${index + 1} <button>Delete</button></li>`);
    const actor = await at.open(`<ul>${rows.join('')}</ul>`);
    const lines = await carryOut(actor, 'Delete "Item 65"', ['Item 65']);
    expect(clicks(lines)).toEqual([]);
    expect(lines.at(-1)).toMatch(/^give-up/);
  });

  const submenu = '<ul class=sub><li><a href="#a" onclick="document.title=\'archive\'">Archive</a></li><li><a href="#n">News</a></li></ul>';
  it.each([
    ['a word', '<span>Products</span>', /^click listitem Products$/],
    ['a link', '<a href="#">Products</a>', /^hover link Products$/],
  ])('is shown by a navigation where %s is pointed at', async (_, trigger, way) => {
    const actor = await at.open(
      `<style>.sub{display:none}li:hover .sub{display:block}</style><nav><ul><li>${trigger}${submenu}</li><li><a href="#x">About</a></li></ul></nav>`,
    );
    const lines = await carryOut(actor, 'Open the archive');
    expect(lines.some((line) => way.test(line))).toBe(true);
    expect(title(actor)).toBe('archive');
  });
});

describe('numbers', () => {
  const send = `onsubmit="document.title='sent '+new FormData(this).get('r');return false"`;
  const review = '<label>Review <textarea></textarea></label><button>Submit review</button></form>';

  it.each([
    ['radio buttons', [1, 2, 3, 4, 5].map((i) => `<input type=radio name=r value=${i} aria-label="${i} stars">`).join('')],
    ['a list', '<label>Rating <select name=r><option value="">Choose<option>1<option>2<option>3<option>4<option>5</select></label>'],
  ])('of stars are given by %s', async (_, stars) => {
    const actor = await at.open(`<form ${send}><fieldset><legend>Rating</legend>${stars}</fieldset>${review}`);
    const lines = await carryOut(actor, 'Rate it 4 stars and submit the review');
    expect(title(actor)).toBe('sent 4');
    expect(lines.at(-1)).toMatch(/^step-done/);
  });

  it('of stars are given by the button of that number', async () => {
    const buttons = [1, 2, 3, 4, 5].map(
      (i) => `<button aria-label="Rate ${i} out of 5" onclick="out.textContent='You gave ${i}'">★</button>`,
    );
    const actor = await at.open(`<h2>Oak table</h2>${buttons.join('')}<p id=out></p>`);
    expect(clicks(await carryOut(actor, 'Rate it 4 stars'))).toEqual(['click button Rate 4 out of 5']);
  });

  it('of stars that no control is called by keep a review from being sent', async () => {
    const stars = [1, 2, 3, 4, 5].map((i) => `<label title="${i}"><input type=radio name=r value=${i}>★</label>`).join('');
    const actor = await at.open(`<form ${send}><fieldset><legend>Rating</legend>${stars}</fieldset>${review}`);
    const lines = await carryOut(actor, 'Give it 4 stars with the review "Nice" and submit the review');
    expect(lines.at(-1)).toMatch(/no place for 4|no place for “4”/);
    expect(title(actor)).toBe('Test');
  });

  it('are not made one more by the button beside them, once they are typed', async () => {
    const actor = await at.open(
      `<p>Milk</p><div><button aria-label="Decrease quantity" onclick="q.value--">-</button> <input aria-label=Quantity value=1 id=q onchange="out.textContent='Total '+this.value"> <button aria-label="Increase quantity" onclick="q.value++">+</button></div><p id=out></p>`,
    );
    const lines = await carryOut(actor, 'Set the quantity of Milk to 3');
    expect(clicks(lines)).toEqual(['fill textbox Quantity = 3']);
    expect(actor.find('Quantity').value).toBe('3');
  });
});

it('what several answers are given as is no answer itself', async () => {
  const actor = await at.open(
    `<form onsubmit="document.title=[...s.selectedOptions].map(o=>o.text);return false"><label>Toppings <select id=s multiple><option>Ham<option>Olives<option>Corn</select></label><button>Save</button></form>`,
  );
  await carryOut(actor, 'Choose "Ham" and "Corn" as toppings and save');
  expect(title(actor)).toBe('Ham,Corn');
});
