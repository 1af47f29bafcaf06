import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Change {
  name: string;
  /** What the page does to itself, as a script, once the look is over. */
  script: string;
  /** The target is still there: the press must reach it. Otherwise nothing may be pressed. */
  stays: boolean;
}

export const TARGET = 'Remove Bo';
export const CHANGES: readonly Change[] = [
  { name: 'nothing changes', script: '', stays: true },
  { name: 'a sibling is inserted before it', script: "list.prepend(row('Zoe'))", stays: true },
  { name: 'rows are put in another order', script: 'list.append(list.children[0])', stays: true },
  {
    name: 'labels are swapped',
    script: "const [a,b]=[...list.querySelectorAll('button')];[a.textContent,b.textContent]=[b.textContent,a.textContent]",
    stays: false,
  },
  { name: 'rows are drawn anew in another order', script: "list.innerHTML=row('Bo').outerHTML+row('Ann').outerHTML", stays: false },
  {
    name: 'its element is used for another row',
    script: "const li=list.children[1];li.querySelector('b').textContent='Cy';li.querySelector('button').textContent='Remove Cy'",
    stays: false,
  },
  { name: 'it is removed', script: 'list.children[1].remove()', stays: false },
  {
    name: 'a dialog covers it',
    script: "document.body.insertAdjacentHTML('beforeend','<div style=\"position:fixed;inset:0;background:#fff\">Wait</div>')",
    stays: false,
  },
  {
    name: 'the page moves as it is pressed',
    script: "addEventListener('mousemove',()=>list.prepend(row('Zoe')),{once:true})",
    stays: false,
  },
];
const page = (visit: number): string => `<!doctype html><title>Members</title><ul id=list></ul><script>
const row=(name)=>{const li=document.createElement('li');li.innerHTML='<b>'+name+'</b> <button>Remove '+name+'</button>';return li};
for(const name of ['Ann','Bo'])list.append(row(name));
addEventListener('click',(event)=>fetch('/pressed/${visit}?'+encodeURIComponent(event.target.textContent),{keepalive:true}),true);
fetch('/change/${visit}').then((answer)=>answer.text()).then((script)=>{new Function(script)();return fetch('/changed/${visit}')});
</script>`;

/** One page that was opened. */
interface Visit {
  pressed: string[];
  /** Resolves with what answers its wish to be changed. */
  asks: PromiseWithResolvers<(script: string) => void>;
  changed: PromiseWithResolvers<void>;
}

export interface StalePage {
  base: string;
  /** The visit that began last. */
  visit(): number;
  /** Lets a visit's page change itself; resolves when it has. */
  change(visit: number, script: string): Promise<void>;
  /** What was pressed in a visit, by its label. A press is told even if the page has been left; ask at the very end. */
  pressed(visit: number): string[];
  close(): void;
}

/** A list of members that changes itself when it is told to. */
export async function openStalePage(): Promise<StalePage> {
  const visits: Visit[] = [];
  const site = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://x');
    const [, wish, number] = pathname.split('/');
    const visit = visits[Number(number)];
    if (pathname === '/') visits.push({ pressed: [], asks: Promise.withResolvers(), changed: Promise.withResolvers() });
    if (wish === 'change')
      return visit!.asks.resolve((script) => void response.writeHead(200, { 'content-type': 'text/plain' }).end(script));
    if (wish === 'pressed') visit!.pressed.push(decodeURIComponent(search.slice(1)));
    if (wish === 'changed') visit!.changed.resolve();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pathname === '/' ? page(visits.length - 1) : '');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
    visit: () => visits.length - 1,
    change: async (visit, script) => {
      (await visits[visit]!.asks.promise)(script);
      await visits[visit]!.changed.promise;
    },
    pressed: (visit) => visits[visit]!.pressed,
    close: () => site.close(),
  };
}
