// A control that the lockfile knows was taken away, or is still there and looks different: what do the agents make of it?
//   node evals/removed/run.ts [--wiki FOLDER] [--most 300] [--seed 7] [--show] [--pages FILE]
// Pages of the demo, of the applications of evals/outside and (with --wiki; as its administrator sees it, too, with WIKI_PASSWORD) of MediaWiki are saved as they stand, and mutated one control at a time.
// --pages keeps the saved pages in a file, and takes them from there when it exists. The recording is the page before. Acting on anything else as though it were the control that was taken away is a false heal. Writes table.md.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import { createChain } from '../../src/agents/chain.ts';
import { sight, targetOf } from '../../src/agents/identity.ts';
import { findBrowser } from '../../src/browser/find.ts';
import { pageScripts } from '../../src/browser/page-script.ts';
import type { AgentName, Decision, StepTask } from '../../src/core/decision.ts';
import type { LockedAction, Lockfile } from '../../src/core/lock.ts';
import type { Candidate, Observation } from '../../src/core/observation.ts';
import { pathTemplate } from '../../src/core/path-template.ts';
import { anchored } from '../../src/journey/anchor.ts';
import { keptPrint } from '../../src/journey/record.ts';
import type { Config } from '../../src/core/config.ts';
import { cell, share } from '../suite.ts';
import { plain } from '../../src/agents/words.ts';
import { changes, mutatorScript, removals } from './mutators.ts';
import { mediawiki, outside, type SavedPage, savePages, teamspace } from './saved-pages.ts';

const { values: flags } = parseArgs({
  options: {
    wiki: { type: 'string' },
    most: { type: 'string', default: '300' },
    seed: { type: 'string', default: '7' },
    show: { type: 'boolean', default: false },
    pages: { type: 'string' },
  },
});
const most = Number(flags.most);
const config = {
  channel: 'auto',
  headless: true,
  serviceWorkers: 'allow',
  viewport: { width: 1280, height: 720 },
  locale: 'en-GB',
  timezone: 'UTC',
} as Config['browser'];
const LOOK = { focus: [] as string[], maxCandidates: 400, maxPassages: 300, budget: 1000 };
const random = mulberry(Number(flags.seed));

const WHATS = ['right', 'same', 'wrong', 'looks', 'none'] as const;
type What = (typeof WHATS)[number];

interface Recorded {
  page: SavedPage;
  candidate: Candidate;
  /** Its place in the document, to find it again in a fresh copy. */
  index: number;
  row: string | undefined;
}

/** What came of one mutant. */
interface Outcome {
  app: string;
  mutator: string;
  by: AgentName | 'nobody';
  /** right: the control itself · same: another link of that name to that address · wrong: another one · looks: an agent looks elsewhere for it · none: handed over or given up. */
  what: What;
  told: string;
}

const browser = await chromium.launch({
  executablePath: findBrowser({ config, env: process.env }).executable,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const kept = flags.pages ? await readFile(flags.pages, 'utf8').catch(() => undefined) : undefined;
  const pages = kept
    ? (JSON.parse(kept) as SavedPage[])
    : await savePages(browser, [
        teamspace,
        ...['helpdesk', 'shop', 'rota', 'quill'].map(outside),
        ...(flags.wiki ? [mediawiki(flags.wiki)] : []),
      ]);
  if (flags.pages && !kept) await writeFile(flags.pages, JSON.stringify(pages));
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  let shown = '';
  await page.route('**/*', (route) =>
    route.request().isNavigationRequest() ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: shown }) : route.abort(),
  );
  const { page: lookScript } = await pageScripts('removed');
  const script = `${mutatorScript()};${lookScript}`;
  const open = async (saved: SavedPage): Promise<void> => {
    shown = saved.html;
    await page.goto('about:blank');
    await page.goto(`http://saved.test${saved.path}`, { waitUntil: 'load' });
    await page.evaluate(script);
  };
  const recordings = shuffled(await recordAll(pages, page, open));
  console.log(`${pages.length} pages, ${recordings.length} controls that can be recorded`);
  const perApp = (list: readonly Recorded[]): Recorded[] => fairly(list).slice(0, most);
  const removed: Outcome[][] = [];
  const changed: Outcome[][] = [];
  const sorts = { removed: Object.keys(removals), changed: Object.keys(changes) };
  for (const [index, recorded] of perApp(recordings).entries()) {
    const name = sorts.removed[index % sorts.removed.length]!;
    const found = await measure(recorded, name, index);
    if (found) removed.push(found);
    // What was taken out of its row is no longer the control of that row.
    const turn = sorts.changed[index % sorts.changed.length]!;
    const other = turn === 'position: elsewhere on the page' && recorded.row !== undefined ? 'position: last of its siblings' : turn;
    const kept = await measure(recorded, other, index);
    if (kept) changed.push(kept);
  }
  const text = table(removed, changed, pages);
  console.log(text);
  await writeFile(new URL('./table.md', import.meta.url), text);

  async function measure(recorded: Recorded, mutator: string, seed: number): Promise<Outcome[] | undefined> {
    await open(recorded.page);
    const before = await look(page, recorded.page.path);
    const target = before.candidates.find(
      (candidate) =>
        candidate.role === recorded.candidate.role &&
        candidate.name === recorded.candidate.name &&
        candidate.context.row === recorded.candidate.context.row,
    );
    const done = await page.evaluate(
      ({ index, mutator, seed }) => {
        const world = globalThis as unknown as {
          mutate(element: Element, name: string, seed: number): Element | null;
          truth: Element | null;
        };
        const element = document.querySelectorAll('*')[index]!;
        const text = (): string => document.body.outerHTML;
        const was = text();
        world.truth = world.mutate(element, mutator, seed);
        return text() !== was;
      },
      { index: recorded.index, mutator, seed },
    );
    if (!target || !done) return undefined;
    const now = await look(page, recorded.page.path);
    const truth = await truthOf(page, now);
    if (mutator in changes && truth === undefined) return undefined;
    return judge(recorded, before, now, truth, mutator);
  }
} finally {
  await browser.close();
}

/** Every control of every page that a lockfile could point at: it has a name and is the only one like it. Each once, however many pages it is on. */
async function recordAll(pages: readonly SavedPage[], page: Page, open: (saved: SavedPage) => Promise<void>): Promise<Recorded[]> {
  const known = new Set<string>();
  const all: Recorded[] = [];
  for (const saved of pages) {
    await open(saved);
    const observation = await look(page, saved.path);
    for (const candidate of observation.candidates) {
      const { landmark, dialog, row, heading } = candidate.context;
      const key = [saved.app, candidate.role, candidate.name, landmark, dialog, row, heading].join('|');
      if (
        candidate.name === '' ||
        candidate.disabled ||
        candidate.coveredBy !== undefined ||
        known.has(key) ||
        !('found' in sight(observation, targetOf(candidate)))
      )
        continue;
      const index = await page.evaluate(
        (id) =>
          [...document.querySelectorAll('*')].indexOf(
            (globalThis as unknown as { intentwright: { element(id: number): Element } }).intentwright.element(id),
          ),
        candidate.id,
      );
      if (index < 0) continue;
      known.add(key);
      all.push({ page: saved, candidate, index, row });
    }
  }
  return all;
}

async function look(page: Page, path: string): Promise<Observation> {
  const seen = JSON.parse(
    await page.evaluate(
      (options) => (globalThis as unknown as { intentwright: { look(options: unknown): string } }).intentwright.look(options),
      LOOK,
    ),
  ) as Pick<Observation, 'title' | 'candidates' | 'notices' | 'passages' | 'repeats' | 'cut' | 'dialog'>;
  const { title, candidates, notices, passages, repeats, cut, dialog } = seen;
  return {
    url: `http://saved.test${path}`,
    path,
    title,
    digest: 'saved',
    candidates,
    notices,
    passages,
    repeats,
    cut,
    ...(dialog === undefined ? {} : { dialog }),
    tabs: [],
    mail: [],
    ms: 0,
  };
}

/** Numbers of the candidates that are the control, or part of it. */
async function truthOf(page: Page, now: Observation): Promise<Set<number> | undefined> {
  const own = await page.evaluate(
    (ids) => {
      const world = globalThis as unknown as { truth: Element | null; intentwright: { element(id: number): Element | undefined } };
      return world.truth === null
        ? []
        : ids.filter((id) => {
            const element = world.intentwright.element(id);
            return (
              element !== undefined &&
              (element === world.truth ||
                world.truth!.contains(element) ||
                (element.contains(world.truth) && element.querySelectorAll('a, button, input, select, textarea').length <= 1))
            );
          });
    },
    now.candidates.map((candidate) => candidate.id),
  );
  return own.length > 0 ? new Set(own) : undefined;
}

/** Asks the chain as a journey does, once with those that only know the recording and once with the embedded agent behind them. */
async function judge(
  recorded: Recorded,
  before: Observation,
  now: Observation,
  truth: Set<number> | undefined,
  mutator: string,
): Promise<Outcome[]> {
  const { candidate, page } = recorded;
  const step = stepFor(recorded, before);
  const recordedAs =
    before.candidates.find(
      (other) =>
        other.role === candidate.role &&
        other.name === candidate.name &&
        JSON.stringify(other.context) === JSON.stringify(candidate.context),
    ) ?? candidate;
  const target = anchored(targetOf(candidate), step, []);
  const action: LockedAction = {
    kind: kindOf(candidate),
    target,
    ...valueOf(candidate),
    page: pathTemplate(page.path),
    commits: [],
    print: keptPrint(recordedAs, before, []),
  };
  const lock: Lockfile = {
    version: 1,
    intent: 'saved',
    actors: ['somebody'],
    steps: [{ actor: 'somebody', text: step.template, actions: [action] }],
    converges: {},
  };
  const outcomes: Outcome[] = [];
  for (const names of [
    ['replay', 'relocate'],
    ['replay', 'relocate', 'builtin'],
  ] as AgentName[][]) {
    let decision: Decision | undefined;
    let by: AgentName | 'nobody' = 'nobody';
    let handedOver: { agent: AgentName; why: string } | undefined;
    for (const agent of createChain({ names, lock, scope: (template) => template })) {
      decision = await agent.decide({
        observation: now,
        step,
        turns: [],
        earlier: [],
        signal: new AbortController().signal,
        ...(handedOver ? { handedOver } : {}),
      });
      if (decision.kind === 'act' || decision.kind === 'step-done') {
        by = agent.name;
        break;
      }
      handedOver = { agent: agent.name, why: decision.why };
    }
    const outcome: Outcome = {
      app: page.app,
      mutator,
      by,
      what: whatCame(decision!, truth, candidate, now),
      told: `${step.text} → ${decision!.kind === 'act' ? `${decision!.action.kind} ${JSON.stringify(decision!.target ?? {})}` : decision!.kind}: ${decision!.why}`,
    };
    outcomes.push(outcome);
    if (
      flags.show &&
      (outcome.what === 'wrong' || outcome.what === 'same' || (mutator in changes && names.length === 2 && outcome.what !== 'right'))
    )
      console.log(
        `${names.length === 3 ? 'with the embedded agent: ' : ''}${outcome.what} by ${by} · ${page.app} ${page.path} · ${mutator} · ${outcome.told}`,
      );
  }
  return outcomes;
}

function whatCame(decision: Decision, truth: Set<number> | undefined, recorded: Candidate, now: Observation): What {
  // A box that is ticked already need not be ticked.
  if (decision.kind === 'step-done')
    return kindOf(recorded) === 'check' && now.candidates.some(({ id, checked }) => checked === true && truth?.has(id)) ? 'right' : 'wrong';
  if (decision.kind !== 'act') return 'none';
  if (!('target' in decision.action) || decision.action.target === undefined) return 'looks';
  const { target } = decision.action;
  if (truth?.has(target)) return 'right';
  const taken = now.candidates.find(({ id }) => id === target);
  if (taken && isSameLink(recorded, taken)) return 'same';
  return decision.tentative ? 'looks' : 'wrong';
}

/**
 * Pages link to one place twice: "← Inbox" above the ticket and "Inbox" in the navigation. Following a link is asking for its address, so that with one of
 * them gone the other is the way, and not a mistake. Only links, only the whole address with its query, and only the same words: all else is another control.
 */
function isSameLink(recorded: Candidate, taken: Candidate): boolean {
  const words = (text: string): string =>
    plain(text)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return (
    recorded.role === 'link' &&
    taken.role === 'link' &&
    recorded.href !== undefined &&
    recorded.href === taken.href &&
    !recorded.href.endsWith('#') &&
    words(recorded.name) !== '' &&
    words(recorded.name) === words(taken.name)
  );
}

function kindOf({ options, role }: Candidate): LockedAction['kind'] {
  if (options) return 'select';
  return /^(?:checkbox|switch|radio)$/.test(role) ? 'check' : /^(?:textbox|searchbox|spinbutton)$/.test(role) ? 'fill' : 'click';
}

function valueOf(candidate: Candidate): Pick<LockedAction, 'value' | 'from'> {
  switch (kindOf(candidate)) {
    case 'select':
      return { value: optionOf(candidate), from: 'step' };
    case 'fill':
      return { value: typedFor(candidate), from: 'step' };
    case 'check':
      return { value: 'on' };
    default:
      return {};
  }
}

function optionOf({ options = [], value }: Candidate): string {
  return options.find((option) => option !== value && option !== '') ?? options[0] ?? '';
}

function typedFor({ inputType }: Candidate): string {
  return inputType === 'number' ? '12' : inputType === 'date' ? '2027-05-04' : inputType === 'email' ? 'sam@example.test' : 'Sample';
}

/** The sentence that a person would have written for it. */
function stepFor({ candidate, row }: Recorded, before: Observation): StepTask {
  const said =
    row === undefined
      ? undefined
      : (before.passages.find((passage) => passage.context.row === row && passage.text.length > 2)?.text ??
        before.candidates.find((other) => other.context.row === row && other.role === 'link')?.name ??
        row.split(/\s+/).slice(0, 6).join(' '));
  const where = said === undefined || said === candidate.name ? '' : ` in the row of "${said}"`;
  const kind = kindOf(candidate);
  const text =
    kind === 'select'
      ? `Choose "${optionOf(candidate)}" in "${candidate.name}"${where}`
      : kind === 'fill'
        ? `Enter "${typedFor(candidate)}" into "${candidate.name}"${where}`
        : kind === 'check'
          ? `Tick "${candidate.name}"${where}`
          : `Click "${candidate.name}"${where}`;
  return {
    index: 0,
    actor: 'somebody',
    template: text,
    text,
    tries: false,
    values: [...text.matchAll(/"([^"]+)"/g)].map(([, value]) => ({ value: value! })),
    title: 'saved',
    before: [],
    after: [],
    hasMailbox: false,
    files: [],
  };
}

function table(removed: readonly Outcome[][], changed: readonly Outcome[][], pages: readonly SavedPage[]): string {
  const count = (list: readonly Outcome[][], which: 0 | 1, what: What): number =>
    list.filter((outcomes) => outcomes[which]!.what === what).length;
  const line = (name: string, list: readonly Outcome[][], which: 0 | 1): string =>
    `| ${name} | ${list.length} | ${WHATS.map((what) => count(list, which, what)).join(' | ')} |`;
  const head =
    '| | n | the control itself | another link of that name to that address | another control | looks elsewhere | handed over or given up |\n|---|---|---|---|---|---|---|';
  const byMutator = (list: readonly Outcome[][]): string =>
    [...new Set(list.map(([first]) => first!.mutator))]
      .sort()
      .map((mutator) =>
        line(
          cell(mutator),
          list.filter(([first]) => first!.mutator === mutator),
          0,
        ),
      )
      .join('\n');
  const apps = [...new Set(pages.map((page) => page.app))];
  return [
    '# Controls that were removed, and controls that only changed',
    '',
    `Generated by \`node evals/removed/run.ts${flags.wiki ? ' --wiki FOLDER' : ''}\`: ${pages.length} pages of ${apps.join(', ')}, each mutant one control, recorded on the page before.`,
    '',
    '| | wanted | measured |',
    '|---|---|---|',
    `| removed: another control taken for it (replay and relocate) | ≤ 3 % | **${share(count(removed, 0, 'wrong'), removed.length)}** |`,
    `| changed: found (replay and relocate) | ≥ 85 % | **${share(count(changed, 0, 'right'), changed.length)}** |`,
    `| changed: another control taken for it (replay and relocate) | | ${share(count(changed, 0, 'wrong'), changed.length)} |`,
    `| removed: another control taken for it, the embedded agent behind them | ≤ 3 % | **${share(count(removed, 1, 'wrong'), removed.length)}** |`,
    `| changed: found, the embedded agent behind them | | ${share(count(changed, 1, 'right'), changed.length)} |`,
    `| changed: another control taken for it, the embedded agent behind them | | ${share(count(changed, 1, 'wrong'), changed.length)} |`,
    '',
    '## Removed, by replay and relocate',
    head,
    byMutator(removed),
    '',
    '## Removed, the embedded agent behind them',
    head,
    line('all', removed, 1),
    '',
    '## Changed, by replay and relocate',
    head,
    byMutator(changed),
    '',
    '## Changed, the embedded agent behind them',
    head,
    line('all', changed, 1),
    '',
    '## By application, by replay and relocate',
    head,
    ...apps.flatMap((app) => [
      line(
        `${app}, removed`,
        removed.filter(([first]) => first!.app === app),
        0,
      ),
      line(
        `${app}, changed`,
        changed.filter(([first]) => first!.app === app),
        0,
      ),
    ]),
    '',
  ].join('\n');
}

/** Turn by turn from each application, so that the largest does not decide. */
function fairly(list: readonly Recorded[]): Recorded[] {
  const apps = [...new Set(list.map(({ page }) => page.app))].map((app) => list.filter(({ page }) => page.app === app));
  return Array.from({ length: Math.max(0, ...apps.map((own) => own.length)) }, (_, index) =>
    apps.flatMap((own) => own[index] ?? []),
  ).flat();
}

function shuffled<T>(list: readonly T[]): T[] {
  const out = [...list];
  for (let index = out.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [out[index], out[other]] = [out[other]!, out[index]!];
  }
  return out;
}

/** A small generator, so that a seed gives the same mutants again. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
