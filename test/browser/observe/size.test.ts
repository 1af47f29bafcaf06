import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const at = stage();

const table = (rows: number): string =>
  `<h1>Orders</h1><table><thead><tr><th>Id<th>Name<th>Email<th>Role<th></tr></thead><tbody>${Array.from(
    { length: rows },
    (_, index) =>
      `<tr><td><a href=/o/${index}>#${index}</a><td>Person ${index}<td>p${index}@example.test<td>editor<td><button>Remove</button></tr>`,
  ).join('')}</tbody></table><button>Export</button>`;

it('shows a few of many alike rows, says how many there are, and goes on behind them', async () => {
  const actor = await at.open(table(2000));
  expect(actor.seen.repeats).toEqual([{ what: 'rows of Orders', count: 2000, shown: 4, shape: 'row: text, link, button Remove' }]);
  expect(actor.seen.candidates).toHaveLength(4 * 2 + 1);
  expect(actor.find('Export').inView).toBe(false);
});

it('tells the first options of a long list, and those further down that are asked for', async () => {
  const names = Array.from({ length: 240 }, (_, index) => `Land ${index}`).concat('United Kingdom', 'United States', 'Isle of Man');
  const actor = await at.open(`<label>Country <select>${names.map((name) => `<option>${name}</option>`).join('')}</select></label>`);
  expect(actor.find('Country').options).toEqual(names.slice(0, 60));
  await actor.look(['Isle of Man'], ['United Kingdom', 'Send', 'United', 'Kingdom']);
  expect(actor.find('Country').options?.slice(60)).toEqual(['United Kingdom', 'Isle of Man']);
});

it('opens the rows that contain the words asked for', async () => {
  const actor = await at.open(table(2000));
  await actor.look(['p1417@example.test']);
  expect(actor.seen.candidates.filter(({ context }) => context.row?.includes('Person 1417')).map(({ name }) => name)).toEqual([
    '#1417',
    'Remove',
  ]);
  expect(actor.seen.repeats[0]).toMatchObject({ count: 2000, shown: 3 });
});

it('opens the rows that have a word which few rows have, and of a number no longer one', async () => {
  const actor = await at.open(table(2000));
  await actor.look([], ['Take', 'Person 7', 'editor', 'Person']);
  const people = new Set(actor.seen.candidates.map(({ context }) => /Person \d+/.exec(context.row ?? '')?.[0]));
  expect([...people]).toEqual(['Person 0', 'Person 1', 'Person 7', undefined]);
});

it('keeps a row under its number whether or not others are opened', async () => {
  const actor = await at.open(table(40));
  await actor.look(['Person 33']);
  const before = actor.find('#33').id;
  await actor.look(['Person 20']);
  await actor.look(['Person 33']);
  expect(actor.find('#33').id).toBe(before);
});

it('does not collapse a calendar of days', async () => {
  const actor = await at.open(
    `<div style="display:grid;grid-template-columns:repeat(7,40px)">${Array.from({ length: 42 }, (_, day) => `<button>${day + 1}</button>`).join('')}</div>`,
  );
  expect(actor.seen.candidates).toHaveLength(42);
});

it('opens the row that has the focus', async () => {
  const actor = await at.open(
    `<ul>${Array.from({ length: 30 }, (_, index) => `<li>Item ${index} <button>Up</button> <button>Down</button></li>`).join('')}</ul><script>document.querySelectorAll('li')[20].querySelector('button').focus()</script>`,
  );
  expect(actor.seen.candidates.some(({ context }) => context.row === 'Item 20')).toBe(true);
});

it('is told by a virtualised list how long it is', async () => {
  const actor = await at.open(
    `<div role=table aria-rowcount=5000 aria-label=Log>${Array.from({ length: 20 }, (_, index) => `<div role=row><span role=cell>${index}</span><span role=cell>x</span><button>Open</button></div>`).join('')}</div>`,
  );
  expect(actor.seen.repeats[0]).toMatchObject({ count: 5000, shown: 4 });
});

it('stays bounded on a page of 50,000 different elements, and says what it cut', async () => {
  const actor = await at.open(
    `<main></main><script>let html='';for(let i=0;i<12500;i++)html+='<x-'+i+'><button>B'+i+'</button><a href=/'+i+'>L'+i+'</a><span>t'+i+'</span></x-'+i+'>';document.querySelector('main').innerHTML=html</script>`,
  );
  const { candidates, passages, cut, ms } = await actor.look();
  expect(candidates.length).toBeLessThanOrEqual(400);
  expect(passages.length).toBeLessThanOrEqual(300);
  expect(cut.join()).toMatch(/too large to read|more controls/);
  expect(ms).toBeLessThan(10_000);
});
