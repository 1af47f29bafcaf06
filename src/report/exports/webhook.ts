import { forTerminal } from '../escape/terminal.ts';
import { clip } from '../escape/visible.ts';
import { groupByCause } from '../groups.ts';
import { headline } from '../headline.ts';
import { plain } from '../narrative/line.ts';
import { inQuarantine } from '../narrative/quarantine.ts';
import { firstSentence } from '../narrative/sentence.ts';
import type { RunStory } from '../story.ts';

const MOST = 10;
const TEXT = 2900;

/** What is posted to a chat: the headline and the first sentences, in the JSON that Slack takes and Mattermost, Discord (`/slack`) and others understand. */
export function webhookOf(story: RunStory, link?: string): { text: string; blocks: object[] } {
  const red = groupByCause(story).flatMap(({ cause, intents }) => intents.map((intent) => ({ cause, intent })));
  const rows = red
    .slice(0, MOST)
    .map(
      ({ cause, intent }) =>
        `• *${chat(clip(intent.title, 120))}* (${intent.status}${cause ? `, ${cause}` : ''}${inQuarantine(intent) ? `, ${chat(inQuarantine(intent)!)}` : ''}): ${chat(clip(plain(firstSentence(intent).spans), 260))}`,
    );
  if (red.length > MOST) rows.push(`… and ${red.length - MOST} more`);
  const where = `${chat(story.target.name)}${story.commit ? `, commit ${chat(story.commit.slice(0, 10))}` : ''}, run ${chat(story.run)}${link && /^https?:\/\/[^\s<>|]+$/.test(link) ? ` · <${link}|report>` : ''}`;
  const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text: clip(text, TEXT), verbatim: true } });
  return {
    text: chat(headline(story)),
    blocks: [
      section(`*${chat(headline(story))}*`),
      ...(rows.length > 0 ? [section(rows.join('\n'))] : []),
      { type: 'context', elements: [{ type: 'mrkdwn', text: clip(where, TEXT), verbatim: true }] },
    ],
  };
}

/** Nobody is called, nothing is linked and no picture is fetched by what a page says; chats of other makers read Markdown in the same field. */
const chat = (text: string): string =>
  forTerminal(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/([*_~`])/g, '\u2060$1')
    .replace(/\](?=[([])|!(?=\[)/g, '$&\u2060')
    .replace(/[@#](?=[\p{L}\p{N}_])/gu, '$&\u2060')
    .replace(/:\/\//g, ':\u2060//')
    .replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}\u2060.`);
