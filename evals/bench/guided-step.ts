// One step that a model guides, without the model's time: ours, Stagehand's act, Playwright MCP's snapshot and click. Each asks a double that answers at once.
//   node evals/bench/guided-step.ts [rounds=15] [--mcp <folder>] [--stagehand <folder>] [--browser <chromium>] [--show]
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { getEncoding } from 'js-tiktoken';
import { createModelAgent } from '../../src/agents/model.ts';
import { RULES } from '../../src/agents/model/prompt.ts';
import { launchBrowser } from '../../src/browser/host.ts';
import { DEFAULT_BUDGET } from '../../src/core/config.ts';
import { Album } from '../../src/journey/album.ts';
import { carryOut } from '../../src/journey/carry-out.ts';
import { SecretVault } from '../../src/journey/secret-vault.ts';
import { jsonSchemaOf } from '../../src/models/answer-schema.ts';
import type { Model } from '../../src/models/port.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { WAITS } from '../../src/runner/waits.ts';
import { keepResults, median, table } from './figures.ts';
import { pages } from './pages.ts';
import { benchArguments, openPeers } from './peers.ts';
import { refAfter } from './point.ts';

const { count: rounds, config, executable, command, show, browser: whole, ...folders } = benchArguments(15);
const encoder = getEncoding('o200k_base');
const tokens = (text: string): number => encoder.encode(text, 'all').length;

interface Task {
  name: string;
  html: string;
  sentence: string;
  /** The line of a page that names the thing, and the control to press there. */
  thing: RegExp;
  control: RegExp;
  presses: string;
}
const find = (name: string): string => pages.find((page) => page.name === name)!.html;
const tasks: Task[] = [
  {
    name: 'small form',
    html: find('small form'),
    sentence: 'Send the invitation off',
    thing: /Send invitation/,
    control: /button:? "?Send invitation/,
    presses: 'Send invitation',
  },
  {
    name: 'team of 100',
    html: find('team of 100'),
    sentence: 'Take "Person 37" off the team',
    thing: /Person 37\b/,
    control: /button:? "?Remove/,
    presses: 'Remove Person 37',
  },
];
// A press is sent to the server, and the page says what became of it, as applications do.
const script = `<p role=status></p><script>addEventListener('click',async(event)=>{const button=event.target.closest('button');if(!button)return;event.preventDefault();
const row=button.closest('tr')?.firstElementChild.textContent;await (await fetch('/pressed',{method:'POST',body:[button.textContent,row].filter(Boolean).join(' ')})).text();document.querySelector('[role=status]').textContent='Done: '+button.textContent})</script>`;
const pressed: string[] = [];
const site = createServer(async (request, response) => {
  if (request.url === '/pressed') pressed.push((await request.toArray()).join(''));
  const task = tasks[Number(request.url?.slice(1))];
  response
    .writeHead(task || request.url === '/pressed' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
    .end(task ? task.html + script : '');
});
await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;

let task = tasks[0]!;
const browser = await launchBrowser({ config, hosts: ['127.0.0.1'], env: process.env });
const { mcp, stagehand, notes, close } = await openPeers({ ...folders, executable }, (told) => refAfter(told, task.thing, task.control));

/** The double of our model: presses what stands in the line of the thing, by the number it is told under. */
const asked: string[] = [];
const double: Model = {
  spec: 1,
  id: 'double',
  provider: 'double',
  answer: async ({ messages, answer }) => {
    asked.push([...messages.map(({ content }) => content), JSON.stringify(jsonSchemaOf(answer.schema))].join('\n'));
    const line =
      messages
        .at(-1)!
        .content.split('\n')
        .find((one) => task.thing.test(one) && /\d+ button/.test(one)) ?? '';
    const on = Number(new RegExp(`(\\d+) ${task.control.source}`).exec(line)?.[1] ?? 0);
    return {
      value: { why: 'as the sentence says', do: [{ act: 'click', on, value: '' }], done: true, sure: true },
      usage: { promptTokens: 0, completionTokens: 0, estimated: true },
      ms: 0,
    };
  },
};

/** What one step took: ms, calls of a model, and o200k tokens of what was sent in them. */
interface Taken {
  ms: number;
  calls: number;
  tokens: number;
  right: boolean;
}
/** Carries the step out on a page that is open; the prompts it took. */
type Side = (at: string) => Promise<{ ms: number; prompts: string[]; done: boolean }>;

const sides: Record<string, Side> = {
  ours: async (at) => {
    const session = await browser.openActor({
      actor: 'someone',
      baseUrl: base,
      origins: [base],
      start: at,
      correlation: () => ({}),
      serviceWorkers: 'allow',
      viewport: config.viewport,
      downloadsDir: tmpdir(),
      filesDir: tmpdir(),
      onRequest: () => undefined,
      onPageEvent: () => undefined,
      mask: (text) => text,
    });
    await session.observe();
    const agents = [createModelAgent({ model: double })];
    asked.length = 0;
    const begin = performance.now();
    const { conduct } = await carryOut({
      title: 'One step',
      steps: [{ actor: 'someone', text: task.sentence, tries: false }],
      agents,
      sessionOf: async () => session,
      mailboxOf: () => undefined,
      system: async () => undefined,
      resolve: (template) => template,
      names: [],
      files: [],
      vault: new SecretVault([]),
      budget: DEFAULT_BUDGET,
      waits: WAITS,
      clock: systemClock,
      signal: new AbortController().signal,
      say: (event) => void (show && console.log(JSON.stringify(event))),
      album: new Album(undefined),
    });
    const ms = performance.now() - begin;
    await session.close();
    return { ms, prompts: [...asked], done: conduct.kind === 'carried-out' };
  },
};
if (stagehand) {
  sides['Stagehand'] = async (at) => {
    await stagehand.go(base + at);
    stagehand.asked.length = 0;
    const begin = performance.now();
    const done = await stagehand.act(task.sentence);
    return { ms: performance.now() - begin, prompts: [...stagehand.asked], done };
  };
}
if (mcp) {
  sides['Playwright MCP'] = async (at) => {
    await mcp.go(base + at);
    const begin = performance.now();
    const snapshot = await mcp.snapshot();
    const done = await mcp.click(refAfter(snapshot, task.thing, task.control)!);
    // Two calls of tools are two answers of a model: one that asks for the page, and one that has seen it.
    return { ms: performance.now() - begin, prompts: [mcp.tools, mcp.tools + snapshot], done };
  };
}

const names = Object.keys(sides);
const rows: (string | number)[][] = [];
try {
  for (const [index, one] of tasks.entries()) {
    task = one;
    const taken = new Map<string, Taken[]>(names.map((name) => [name, []]));
    for (let round = 0; round <= rounds; round++) {
      // Each round begins with another side. The first warms caches up.
      for (let at = 0; at < names.length; at++) {
        const name = names[(round + at) % names.length]!;
        pressed.length = 0;
        const { ms, prompts, done } = await sides[name]!(`/${index}`);
        const right = done && pressed.join() === task.presses;
        if (show && !right) console.log(name, done, pressed, prompts.join('\n'));
        if (round > 0)
          taken.get(name)!.push({ ms, calls: prompts.length, tokens: prompts.reduce((sum, text) => sum + tokens(text), 0), right });
      }
    }
    const own = taken.get('ours')!;
    for (const name of names) {
      const steps = taken.get(name)!;
      rows.push([
        task.name,
        name,
        `${steps.filter(({ right }) => right).length} of ${rounds}`,
        median(steps.map(({ ms }) => ms)).toFixed(0),
        median(steps.map(({ ms }, round) => own[round]!.ms / ms)).toFixed(2),
        median(steps.map(({ calls }) => calls)),
        median(steps.map((step) => step.tokens)),
      ]);
    }
  }
} finally {
  await Promise.all([close(), browser.close()]);
  site.close();
}

await keepResults(
  `One guided step without the model's time${whole ? ', in a whole Chromium' : ''}`,
  command('guided-step.ts'),
  `
One press that a model chooses, from the sentence until the tool says that it is done; the page is open before. ${rounds} rounds in turns; medians, "ours to it" is the median of the ratios within a round.
The double answers at once. Ours looks, asks, guards, presses, lets the page settle and looks again (rules of ${RULES.length} characters); Stagehand is \`act\` with its defaults; Playwright MCP is \`browser_snapshot\` and \`browser_click\`, with no agent around it.
Prompt tokens are o200k of all requests, rules and schemas included; of Playwright MCP the descriptions of its tools and the snapshot alone, since the rest is its user's. ${notes.join(' ')}

${table(['page', '', 'right', 'ms', 'ours to it', 'model calls', 'prompt tokens'], rows)}
`,
);
