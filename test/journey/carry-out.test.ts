import { describe, expect, it, vi } from 'vitest';
import { createReplay } from '../../src/agents/replay.ts';
import type { ValueRef } from '../../src/core/action.ts';
import type { Agent, Decision, DecideInput } from '../../src/core/decision.ts';
import type { MailItem } from '../../src/core/observation.ts';
import type { Clock } from '../../src/core/clock.ts';
import { DEFAULT_BUDGET } from '../../src/core/config.ts';
import { carryOut, type CarriedOut } from '../../src/journey/carry-out.ts';
import { Mailbox } from '../../src/journey/mailbox.ts';
import type { AttemptEvent } from '../../src/journey/say.ts';
import { Album } from '../../src/journey/album.ts';
import { SecretVault } from '../../src/journey/secret-vault.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { stage, type Handler, type Pages } from '../browser/stage.ts';

const theatre = stage();

/** An agent that does what the test says: the double of a decider, good or bad. */
type Line = (input: DecideInput) => Decision;
const scripted = (...lines: Line[]): Agent => ({
  name: 'builtin',
  decide: async (input) => (lines.length > 1 ? lines.shift()! : lines[0]!)(input),
});
const find = (input: DecideInput, name: string) => input.observation.candidates.find((candidate) => candidate.name === name)?.id;
const click =
  (name: string): Line =>
  (input) =>
    act(input, name, (target) => ({ kind: 'click', target }));
const fill =
  (name: string, value: ValueRef): Line =>
  (input) =>
    act(input, name, (target) => ({ kind: 'fill', target, value }));
const done: Line = () => ({ kind: 'step-done', why: 'all is done' });

function act(input: DecideInput, name: string, action: (target: number) => Extract<Decision, { kind: 'act' }>['action']): Decision {
  const target = find(input, name);
  if (target === undefined) return { kind: 'give-up', why: `there is no ${name}` };
  return { kind: 'act', action: action(target), why: 'the test says so', confidence: 1, target: { role: 'button', name } };
}

interface Told extends CarriedOut {
  events: AttemptEvent[];
  posts: string[];
  /** How often the page was looked at. */
  looks: number;
}

interface Play {
  pages: (posts: string[]) => Pages;
  sentences: string[];
  agent: Agent;
  tries?: boolean;
  secondsBudget?: number;
  actionsPerStep?: number;
  patience?: number;
  /** Path that the link of a mail leads to. */
  mail?: string;
  clock?: Clock;
}

async function play({
  pages,
  sentences,
  agent,
  tries = false,
  secondsBudget = 30,
  actionsPerStep = 6,
  patience = 700,
  mail,
  clock = systemClock,
}: Play): Promise<Told> {
  const posts: string[] = [];
  const actor = await theatre.prepare(pages(posts));
  const events: AttemptEvent[] = [];
  const observe = vi.spyOn(actor.session, 'observe');
  const carried = await carryOut({
    title: 'A journey',
    steps: sentences.map((text) => ({ actor: 'admin', text, tries })),
    agents: [agent],
    sessionOf: async () => actor.session,
    mailboxOf: () => new Mailbox(async () => (mail === undefined ? [] : [mailTo(`${actor.base}${mail}`)]), systemClock),
    system: async () => undefined,
    resolve: (template) => template,
    names: [],
    files: [],
    vault: new SecretVault([{ name: 'PW', value: 'hunter2222', origins: [new URL(actor.base).origin], fields: ['password'] }]),
    budget: { ...DEFAULT_BUDGET, seconds: secondsBudget, actionsPerStep },
    waits: { settle: 2000, patience, mail: 200 },
    clock,
    signal: new AbortController().signal,
    say: (event) => void events.push(event),
    album: new Album(undefined),
  });
  return { ...carried, events, posts, looks: observe.mock.calls.length };
}

const mailTo = (url: string): MailItem => ({
  id: 'm1',
  to: 'dana@example.test',
  from: 'app@example.test',
  subject: 'Join us',
  text: 'Join us',
  at: new Date(0).toISOString(),
  links: [{ id: 1, text: 'Join', url }],
  codes: [],
});

const form =
  '<form method="post" action="/save"><label>Name <input name="name"></label><label>Password <input type="password" name="pw"></label><button>Save</button></form>';
const saving = (
  posts: string[],
  answer: Handler = (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>t</title>${form}`),
): Pages => ({
  '/': form,
  '/save': (request, response, body) => {
    posts.push(body);
    answer(request, response, body);
  },
});

describe('carrying a journey out', () => {
  it('types what the step names, sends it once, and keeps what was done for the lockfile', async () => {
    const told = await play({
      pages: saving,
      sentences: ['Save the name "Dana"'],
      agent: scripted(fill('Name', { from: 'step', text: 'Dana' }), click('Save'), done),
    });
    expect(told.conduct).toEqual({ kind: 'carried-out' });
    expect(told.posts).toEqual(['name=Dana&pw=']);
    expect(told.steps[0]!.actions.map(({ kind, value, commits }) => ({ kind, value, commits }))).toEqual([
      { kind: 'fill', value: 'Dana', commits: [] },
      { kind: 'click', value: undefined, commits: ['POST /save'] },
    ]);
  });

  it('does not send the same form twice, however often an agent says so', async () => {
    const told = await play({
      pages: saving,
      sentences: ['Save "Dana"'],
      agent: scripted(fill('Name', { from: 'step', text: 'Dana' }), click('Save')),
    });
    expect(told.posts).toHaveLength(1);
    expect(told.conduct).toMatchObject({ kind: 'blocked', why: expect.stringContaining('already sent POST /save') });
  });

  it('is blocked, and says so, when a commit got no answer: it may have happened', async () => {
    const cut: Handler = (request) => void request.socket.destroy();
    // Without keep-alive: Chromium itself sends a request again when a connection that it had used before is reset.
    const once: Handler = (_, response) =>
      void response.writeHead(200, { 'content-type': 'text/html', connection: 'close' }).end(`<title>t</title>${form}`);
    const told = await play({
      pages: (posts) => ({ ...saving(posts, cut), '/': once }),
      sentences: ['Save "Dana"'],
      agent: scripted(click('Save'), (input) =>
        find(input, 'Save') === undefined ? { kind: 'act', action: { kind: 'back' }, why: '', confidence: 1 } : click('Save')(input),
      ),
    });
    expect(told.posts).toHaveLength(1);
    expect(told.conduct).toMatchObject({ kind: 'blocked', by: 'ambiguous-commit' });
  });

  it('sends it again after a visible refusal', async () => {
    let times = 0;
    const refusing: Handler = (_, response) => {
      times += 1;
      if (times === 1) response.writeHead(422, { 'content-type': 'text/html' }).end(`<title>t</title><p role="alert">Too short</p>${form}`);
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<title>t</title><p role="status">Saved</p>');
    };
    const told = await play({
      pages: (posts) => saving(posts, refusing),
      sentences: ['Save "Dana"'],
      agent: scripted(click('Save'), click('Save'), done),
    });
    expect(told.posts).toHaveLength(2);
    expect(told.conduct.kind).toBe('carried-out');
  });

  it('types a secret into its own field and never into another', async () => {
    const secret = { from: 'secret' as const, name: 'PW' };
    const told = await play({
      pages: saving,
      sentences: ['Sign in with ${secret:PW}'],
      agent: scripted(fill('Name', secret), fill('Password', secret), click('Save'), done),
    });
    expect(told.posts).toEqual(['name=&pw=hunter2222']);
    expect(told.events).toContainEqual(expect.objectContaining({ type: 'page-event', kind: 'secret-withheld' }));
    expect(JSON.stringify(told.steps)).not.toContain('hunter2222');
  });

  it('types no value that the step does not name', async () => {
    const told = await play({
      pages: saving,
      sentences: ['Save "Dana"'],
      agent: scripted(fill('Name', { from: 'step', text: 'Mallory' }), click('Save'), done),
    });
    expect(told.posts).toEqual(['name=&pw=']);
  });

  it('believes "not there" only of a page that has stopped changing', async () => {
    const late = `<p>Loading</p><script>setTimeout(() => { document.body.innerHTML = '<button>Finish</button>'; }, 250)</script>`;
    const told = await play({
      pages: () => ({ '/': late }),
      sentences: ['Finish'],
      agent: scripted(click('Finish'), click('Finish'), done),
    });
    expect(told.conduct.kind).toBe('carried-out');
  });

  it('looks elsewhere only after a page that answers slowly had its time', async () => {
    // What the worker brings is neither a request nor a change that can be seen coming.
    const slow = `<a href="/elsewhere">Elsewhere</a><button onclick="open_()">Open</button><script>
      const worker = new Worker(URL.createObjectURL(new Blob(['onmessage = () => { const end = Date.now() + 1100; while (Date.now() < end); postMessage(1) }'])));
      worker.onmessage = () => { document.body.innerHTML = '<button>Finish</button>' };
      function open_() { worker.postMessage(1); const end = Date.now() + 800; while (Date.now() < end); document.querySelector('button').remove(); }</script>`;
    const finishOrLeave: Line = (input) =>
      input.turns.some(({ target }) => target?.name === 'Finish')
        ? done(input)
        : find(input, 'Finish') === undefined
          ? ({ ...act(input, 'Elsewhere', (target) => ({ kind: 'click', target })), tentative: true } as Decision)
          : click('Finish')(input);
    const told = await play({
      pages: () => ({ '/': slow, '/elsewhere': '<p>Nothing</p>' }),
      sentences: ['Open it and finish'],
      agent: scripted(click('Open'), finishOrLeave),
      patience: 4000,
    });
    expect(told.steps[0]!.actions.map(({ target }) => target?.name)).toEqual(['Open', 'Finish']);
  });

  it('looks elsewhere only after a page that was just come to, or is still being made, had time for its main part', async () => {
    const late = `<title>t</title><button>Elsewhere</button><script>setTimeout(() => document.body.append('Almost'), 350); setTimeout(() => document.body.insertAdjacentHTML('beforeend', '<button>Finish</button>'), 800)</script>`;
    const finishOrLeave: Line = (input) =>
      input.turns.some(({ target }) => target?.name === 'Finish')
        ? done(input)
        : find(input, 'Finish') === undefined
          ? ({ ...act(input, 'Elsewhere', (target) => ({ kind: 'click', target })), tentative: true } as Decision)
          : click('Finish')(input);
    const told = await play({
      pages: () => ({ '/': '<title>t</title><a href="/late">Open</a>', '/late': late }),
      sentences: ['Open it and finish'],
      agent: scripted(click('Open'), finishOrLeave),
      patience: 4000,
    });
    expect(told.steps[0]!.actions.map(({ target }) => target?.name)).toEqual(['Open', 'Finish']);
  });

  it('gives up with the reason when it is really not there, and does not reach what comes after', async () => {
    const told = await play({ pages: saving, sentences: ['Press the red button', 'Save it'], agent: scripted(click('Red')) });
    expect(told.conduct).toMatchObject({ kind: 'blocked', by: 'gave-up', why: 'step 1 ("Press the red button"): there is no Red' });
    expect(told.events.filter(({ type }) => type === 'step-end').map((event) => 'status' in event && event.status)).toEqual([
      'gave-up',
      'not-reached',
    ]);
  });

  it('waits longer for a page that says it is still loading', async () => {
    const slow =
      '<title>t</title><div style="cursor:pointer">Preparing your workspace… Version 4</div><script>setTimeout(() => { document.body.innerHTML = "<button>Red</button>" }, 900)</script>';
    const told = await play({
      pages: () => ({ '/': slow }),
      sentences: ['Press the red button'],
      agent: scripted((input) => (input.turns.length > 0 ? done(input) : click('Red')(input))),
      patience: 300,
    });
    expect(told.conduct.kind).toBe('carried-out');
  });

  it('takes finding no way as the refusal that a step tries for', async () => {
    const told = await play({ pages: saving, sentences: ['Press the red button'], tries: true, agent: scripted(click('Red')) });
    expect(told.conduct.kind).toBe('carried-out');
    expect(told.events).toContainEqual(expect.objectContaining({ type: 'step-end', status: 'refused' }));
  });

  it.each<[string, Pages]>([
    ['an empty page', { '/': '' }],
    ['a page that says it is still loading', { '/': '<title>t</title><div style="cursor:pointer">Starting the editor… Version 4</div>' }],
    [
      'an error of the server',
      { '/': (_, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Oops</h1>') },
    ],
  ])('takes %s for no refusal, whoever says so', async (_, pages) => {
    for (const agent of [scripted(click('Remove')), scripted(done)]) {
      const told = await play({ pages: () => pages, sentences: ['Remove Dana'], tries: true, agent, patience: 100 });
      expect(told.conduct).toMatchObject({ kind: 'blocked', by: 'error-page' });
    }
  });

  it('begins in the mailbox where the first sentence does, and opens no page before the link of the mail', async () => {
    const visits: string[] = [];
    const seen =
      (name: string, html: string): Handler =>
      (_, response) => {
        visits.push(name);
        response.writeHead(200, { 'content-type': 'text/html' }).end(html);
      };
    const pages = () => ({
      '/': seen('start', '<title>t</title><button>Go</button>'),
      '/join': seen('join', '<title>t</title><h1>Join us</h1>'),
    });
    const readMail: Line = () => ({ kind: 'act', action: { kind: 'read-mail' }, why: 'a mail is expected', confidence: 1 });
    const follow: Line = () => ({ kind: 'act', action: { kind: 'mail', mail: 'm1', link: 1 }, why: 'its link', confidence: 1 });
    const agent = (...lines: Line[]): Agent => ({ ...scripted(...lines), beginsInMail: () => true });
    const joined = await play({ pages, sentences: ['Follow the link of the mail'], agent: agent(readMail, follow, done), mail: '/join' });
    expect(joined.conduct).toEqual({ kind: 'carried-out' });
    expect(visits).toEqual(['join']);
    expect(joined.events.flatMap((event) => (event.type === 'observation-taken' ? [event.path] : []))).toEqual(['/join']);
    // Whatever else is wanted needs a page, and gets it: the one the actor begins on.
    visits.length = 0;
    const gone = await play({
      pages,
      sentences: ['Follow the link of the mail'],
      agent: agent(readMail, click('Go'), click('Go'), done),
      mail: '/join',
    });
    expect(gone.steps[0]!.actions.map(({ kind }) => kind)).toEqual(['read-mail', 'click']);
    expect(visits).toEqual(['start']);
  });

  it('does not look again for a sentence that follows right on another, unless its words could show more of the page', async () => {
    const pages = (html: string) => (): Pages => ({ '/': html });
    // However slow this machine is, no time passes between the sentences.
    const clock: Clock = { ...systemClock, now: () => 0 };
    const few = await play({
      clock,
      pages: pages('<h1>Team</h1><button>Go</button>'),
      sentences: ['Open the team', 'See the team'],
      agent: scripted(done),
    });
    expect(few.looks).toBe(1);
    expect(few.events.flatMap((event) => (event.type === 'observation-taken' ? [event.step] : []))).toEqual([0, 1]);
    const rows = Array.from({ length: 200 }, (_, index) => `<tr><td>Person ${index}</td><td><button>Edit</button></td></tr>`).join('');
    expect(
      (await play({ clock, pages: pages(`<table>${rows}</table>`), sentences: ['Open the team', 'See the team'], agent: scripted(done) }))
        .looks,
    ).toBe(2);
    const slow: Agent = { name: 'builtin', decide: async (input) => (await systemClock.sleep(30, input.signal), done(input)) };
    expect((await play({ pages: pages('<h1>Team</h1>'), sentences: ['Open the team', 'See the team'], agent: slow })).looks).toBe(2);
  });

  it('has not tried what is not recorded, when only recordings are followed', async () => {
    const told = await play({
      pages: saving,
      sentences: ['Remove Dana'],
      tries: true,
      agent: createReplay(undefined, (template) => template),
    });
    expect(told.conduct).toMatchObject({ kind: 'blocked', why: expect.stringContaining('there is no lockfile') });
  });

  it('ends a walk in circles by budget and names the circle', async () => {
    const told = await play({
      pages: () => ({ '/': '<button>Toggle</button>' }),
      sentences: ['Toggle for ever'],
      agent: scripted(click('Toggle')),
      actionsPerStep: 50,
    });
    expect(told.conduct).toMatchObject({
      kind: 'blocked',
      by: 'budget',
      why: expect.stringContaining('click button "Toggle", three times'),
    });
  });

  it('ends at its number of actions', async () => {
    const told = await play({
      pages: () => ({ '/': '<button onclick="this.after(document.createElement(`p`), Math.random())">More</button>' }),
      sentences: ['More'],
      agent: scripted(click('More')),
      actionsPerStep: 2,
    });
    expect(told.conduct).toMatchObject({ kind: 'blocked', by: 'budget' });
  });

  it('tells the agent how many actions are left', async () => {
    const left: (number | undefined)[] = [];
    const counting: Agent = {
      name: 'model',
      decide: async (input) => (left.push(input.left), input.turns.length < 2 ? click('More')(input) : done(input)),
    };
    await play({
      pages: () => ({ '/': '<button onclick="this.after(document.createElement(`p`), Math.random())">More</button>' }),
      sentences: ['More'],
      agent: counting,
      actionsPerStep: 3,
    });
    expect(left).toEqual([3, 2, 1]);
  });

  it('takes what must not be possible for not offered when it was looked for in vain for so long', async () => {
    const told = await play({
      pages: () => ({ '/': '<button onclick="this.after(document.createElement(`p`), Math.random())">More</button>' }),
      sentences: ['Remove Dana'],
      tries: true,
      agent: scripted(click('More')),
      actionsPerStep: 2,
      patience: 100,
    });
    expect(told.conduct).toEqual({ kind: 'carried-out' });
    expect(told.events.find(({ type }) => type === 'step-end')).toMatchObject({
      status: 'refused',
      why: 'it was not found: 2 actions were not enough',
    });
  });

  it('is errored, not failed, when an agent breaks', async () => {
    const told = await play({
      pages: () => ({ '/': '<button>Go</button>' }),
      sentences: ['Go'],
      agent: {
        name: 'builtin',
        decide: async () => {
          throw new Error('the agent broke');
        },
      },
    });
    expect(told.conduct).toMatchObject({ kind: 'errored', by: 'harness', why: 'the agent broke' });
  });
});
