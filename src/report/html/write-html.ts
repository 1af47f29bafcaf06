import { copyFile, link, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAttachmentId } from '../attachments.ts';
import type { Line } from '../narrative/line.ts';
import type { IntentStory, RunStory } from '../story.ts';
import { intentPageOf } from './intent-page.ts';
import { intentPage, overviewPage, type OverviewPast } from './overview.ts';
import { MARK } from './page.ts';
import { SCRIPT } from './script.ts';
import { pictureIn } from './steps.ts';
import { STYLE } from './style.ts';

export interface HtmlOptions {
  past?: OverviewPast;
  divergenceOf?(intent: string): readonly Line[];
}

/** Writes the report's folder anew: index.html, a page per intent, and the pictures they show. A reader never meets half of it. */
export async function writeHtml(story: RunStory, folder: string, attachments: string, options: HtmlOptions = {}): Promise<void> {
  const draft = join(dirname(folder), `.${basename(folder)}.${process.pid}.tmp`);
  await rm(draft, { recursive: true, force: true });
  try {
    await Promise.all(['assets', 'attachments', 'intents'].map((name) => mkdir(join(draft, name), { recursive: true })));
    await Promise.all(
      [
        ['report.css', STYLE],
        ['report.js', SCRIPT],
        ['mark.svg', MARK],
      ].map(([name, text]) => writeFile(join(draft, 'assets', name!), text!)),
    );
    const known = await bringPictures(story, attachments, join(draft, 'attachments'));
    const order = readingOrder(story);
    const pictureOf = pictureIn(known);
    const writing: Promise<void>[] = [];
    for (const [index, intent] of order.entries()) {
      const [before, after] = [order[index - 1], order[index + 1]];
      writing.push(
        writeFile(
          join(draft, intentPage(intent.id)),
          intentPageOf(intent, story, {
            pictureOf,
            neighbours: { ...(before ? { before } : {}), ...(after ? { after } : {}) },
            divergence: options.divergenceOf?.(intent.id),
            missed: options.past?.missed?.get(intent.id),
          }),
        ),
      );
      if (writing.length === AT_ONCE) await Promise.all(writing.splice(0));
    }
    await Promise.all(writing);
    await writeFile(
      join(draft, 'index.html'),
      overviewPage(story, options.past && { ...options.past, ...(options.divergenceOf ? { divergenceOf: options.divergenceOf } : {}) }),
    );
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Pages on their way to the disk while the next ones are told; each is held in memory so long. */
const AT_ONCE = 8;

const ORDER = ['failed', 'errored', 'blocked', 'unproven', 'flaky', 'skipped', 'passed'];

const readingOrder = (story: RunStory): IntentStory[] =>
  story.intents.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));

/** The folder must stand alone. Links cost no space where the system has them. */
async function bringPictures(story: RunStory, from: string, to: string): Promise<Set<string>> {
  const there = new Set(await readdir(from).catch(() => []));
  const wanted = new Set(
    story.intents.flatMap(({ attempts }) =>
      attempts.flatMap(({ steps }) =>
        steps.flatMap(({ acts, picture: end }) => [end, ...acts.map(({ picture }) => picture)].flatMap((id) => id ?? [])),
      ),
    ),
  );
  const brought = new Set<string>();
  for (const id of wanted) {
    if (!isAttachmentId(id) || !there.has(id)) continue;
    await link(join(from, id), join(to, id)).catch(() => copyFile(join(from, id), join(to, id)));
    brought.add(id);
  }
  return brought;
}
