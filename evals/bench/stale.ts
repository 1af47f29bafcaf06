// A page that changes between the look and the press: how soon a target that is no longer itself is noticed, and what was pressed.
//   node evals/bench/stale.ts [times=20]
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { launchBrowser } from '../../src/browser/host.ts';
import type { Config } from '../../src/core/config.ts';
import { keepResults, median, table } from './figures.ts';

interface Change {
  name: string;
  /** What the page does to itself, as a script, once the look is over. */
  script: string;
  /** The target is still there: the press must reach it. Otherwise nothing may be pressed. */
  stays: boolean;
}

const TARGET = 'Remove Bo';
const CHANGES: Change[] = [
  { name: 'nothing changes', script: '', stays: true },
  { name: 'a sibling is inserted before it', script: "list.prepend(row('Zoe'))", stays: true },
  { name: 'rows are put in another order', script: 'list.append(list.children[0])', stays: true },
  { name: 'labels are swapped', script: "const [a,b]=[...list.querySelectorAll('button')];[a.textContent,b.textContent]=[b.textContent,a.textContent]", stays: false },
  { name: 'rows are drawn anew in another order', script: "list.innerHTML=row('Bo').outerHTML+row('Ann').outerHTML", stays: false },
  { name: 'its element is used for another row', script: "const li=list.children[1];li.querySelector('b').textContent='Cy';li.querySelector('button').textContent='Remove Cy'", stays: false },
  { name: 'it is removed', script: 'list.children[1].remove()', stays: false },
  { name: 'a dialog covers it', script: "document.body.insertAdjacentHTML('beforeend','<div style=\"position:fixed;inset:0;background:#fff\">Wait</div>')", stays: false },
  { name: 'the page moves as it is pressed', script: "addEventListener('mousemove',()=>list.prepend(row('Zoe')),{once:true})", stays: false },
];
const page = `<!doctype html><title>Members</title><ul id=list></ul><script>
const row=(name)=>{const li=document.createElement('li');li.innerHTML='<b>'+name+'</b> <button>Remove '+name+'</button>';return li};
for(const name of ['Ann','Bo'])list.append(row(name));
addEventListener('click',(event)=>fetch('/pressed?'+encodeURIComponent(event.target.textContent)),true);
fetch('/change').then((answer)=>answer.text()).then((script)=>{new Function(script)();return fetch('/changed')});
</script>`;

const times = Number(process.argv[2] ?? 20);
const pressed: string[] = [];
/** Lets the page change itself, and what is called when it has. */
let release = (_script: string): void => undefined;
let changed = (): void => undefined;
const site = createServer((request, response) => {
  const { pathname, search } = new URL(request.url ?? '/', 'http://x');
  if (pathname === '/pressed') pressed.push(decodeURIComponent(search.slice(1)));
  if (pathname === '/change') return void (release = (script) => void response.writeHead(200, { 'content-type': 'text/plain' }).end(script));
  if (pathname === '/changed') changed();
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pathname === '/' ? page : '');
});
await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
const config: Config['browser'] = { channel: 'headless-shell', headless: true, serviceWorkers: 'allow', viewport: { width: 1280, height: 720 }, locale: 'en-GB', timezone: 'UTC' };
const browser = await launchBrowser({ config, hosts: ['127.0.0.1'], env: process.env });
const rows: (string | number)[][] = [];
try {
  for (const change of CHANGES) {
    const took: number[] = [];
    let right = 0;
    let wrong = 0;
    for (let count = 0; count < times; count++) {
      pressed.length = 0;
      const session = await browser.openActor({
        actor: 'someone', baseUrl: base, origins: [base], start: '/', correlation: () => ({}), serviceWorkers: 'allow', viewport: config.viewport,
        downloadsDir: tmpdir(), filesDir: tmpdir(), onRequest: () => undefined, onPageEvent: () => undefined, mask: (text) => text,
      });
      const seen = await session.observe();
      const target = seen.candidates.find(({ name }) => name === TARGET)!;
      await new Promise<void>((resolve) => {
        changed = resolve;
        release(change.script);
      });
      const outcome = await session.act({ kind: 'click', target: target.id }, seen, { valueOf: () => '', signal: AbortSignal.timeout(10_000), settleMs: 2000 });
      if (!outcome.ok) took.push(outcome.ms);
      if (pressed.some((text) => text !== TARGET)) wrong++;
      else if (outcome.ok === change.stays) right++;
      await session.close();
    }
    rows.push([change.name, change.stays ? 'pressed' : 'held back', `${right} of ${times}`, wrong, took.length > 0 ? median(took).toFixed(0) : '–', took.length > 0 ? Math.max(...took).toFixed(0) : '–']);
  }
} finally {
  await browser.close();
  site.close();
}

await keepResults('Targets that are no longer themselves', 'node evals/bench/stale.ts', `
The page changes between the look and the press. Right: pressed where the target is still itself, held back where it is not. ${times} times each; milliseconds from the decision until a miss was noticed.

${table(['', 'should be', 'right', 'wrong control pressed', 'noticed after ms, median', 'longest'], rows)}
`);
