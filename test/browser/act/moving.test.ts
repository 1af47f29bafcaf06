import { expect, it } from 'vitest';
import { stage } from '../stage.ts';

const at = stage();

it('scrolls the page, and loads more where a page does that', async () => {
  const actor = await at.open({
    '/': `<ul id=l></ul><div id=end style="height:20px"></div><script>let n=0;const more=()=>{for(let i=0;i<10;i++)l.insertAdjacentHTML('beforeend','<li style="height:120px">Item '+(++n)+' <button>Open '+n+'</button>')};more();
    new IntersectionObserver(e=>{if(e[0].isIntersecting&&n<40)fetch('/more').then(more)}).observe(end)</script>`,
    '/more': (_, response) => void setTimeout(() => response.end('ok'), 60),
  });
  const first = actor.seen.candidates.length;
  expect(await actor.act({ kind: 'scroll', direction: 'down' })).toMatchObject({ ok: true, events: [] });
  await actor.act({ kind: 'scroll', direction: 'down' });
  await actor.look(['Open 15']);
  expect(actor.seen.candidates.length).toBeGreaterThan(first === 0 ? 0 : 1);
  expect(actor.names()).toContain('button Open 15');
});

it('scrolls the area around a target, and says when there is no more', async () => {
  const actor = await at.open(
    `<div style="height:200px;overflow:auto"><button>Top</button><p style="height:260px">x</p><button>Low</button></div>`,
  );
  expect(actor.find('Low')).toMatchObject({ inView: false });
  expect(actor.find('Low').coveredBy).toBeUndefined();
  await actor.act({ kind: 'scroll', direction: 'down', target: actor.find('Top').id });
  expect((await actor.act({ kind: 'scroll', direction: 'down', target: actor.find('Top').id })).events).toEqual([
    'nothing more to scroll down',
  ]);
  await actor.act({ kind: 'scroll', direction: 'up', target: actor.find('Low').id });
  expect((await actor.act({ kind: 'scroll', direction: 'up' })).events).toEqual(['nothing more to scroll up']);
});

it('drags what follows the pointer', async () => {
  const actor =
    await at.open(`<ul id=l style="list-style:none;padding:0">${['One', 'Two', 'Three'].map((name) => `<li tabindex=0 style="height:40px;width:200px;background:#ddd;margin:4px;touch-action:none">${name}</li>`).join('')}</ul><script>
    let held;l.onpointerdown=e=>{held=e.target.closest('li');held.setPointerCapture?.(e.pointerId)};
    l.onpointermove=e=>{if(!held)return;const over=document.elementsFromPoint(e.clientX,e.clientY).find(x=>x.localName==='li'&&x!==held);if(over){const b=over.getBoundingClientRect();e.clientY>b.top+b.height/2?over.after(held):over.before(held)}};
    l.onpointerup=()=>{held=undefined}</script>`);
  const order = (): string[] => actor.seen.candidates.map(({ name }) => name);
  expect(order()).toEqual(['One', 'Two', 'Three']);
  expect(await actor.act({ kind: 'drag', target: actor.find('One').id, to: actor.find('Three').id })).toMatchObject({ ok: true });
  expect(order()[0]).toBe('Two');
  expect(order().indexOf('One')).toBeGreaterThan(0);
});

it('reveals by hovering what only hovering reveals', async () => {
  const actor = await at.open(
    `<style>.row .act{visibility:hidden}.row:hover .act{visibility:visible}</style><div class=row>Report <a href=#x>Open</a> <button class=act>Archive</button></div>`,
  );
  expect(actor.names()).toEqual(['link Open']);
  await actor.act({ kind: 'hover', target: actor.find('Open').id });
  expect(actor.names()).toContain('button Archive');
});
