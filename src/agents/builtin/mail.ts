import type { MailItem } from '../../core/observation.ts';
import { likeness } from '../meaning.ts';
import { asWritten, content, stem } from '../words.ts';
import { act, type Move, type Scene } from './move.ts';

const ASIDE = /\b(?:unsubscribe|privacy|terms|view (?:it )?in (?:your )?browser|preferences|contact|help|support|download the app)\b/i;
/** Words of the sentence that are about mail itself and tell no mail from another. */
const PLAIN = new Set(
  [
    'mail',
    'email',
    'open',
    'follow',
    'link',
    'inbox',
    'mailbox',
    'message',
    'address',
    'click',
    'read',
    'use',
    'take',
    'look',
    'newest',
    'latest',
    'last',
    'came',
    'arriv',
    'accept',
    'name',
    'password',
    'then',
    'come',
  ].map(stem),
);

/** Opens the link of the mail that the sentence speaks of; looks into the mailbox first, and again when it is not there yet. */
export function pursueMail(scene: Scene): Move {
  const { goal, observation, turns, purposes, step } = scene;
  const opened = turns.find((turn, index) => purposes[index] === 'mail' && turn.action.kind === 'mail' && turn.outcome.ok);
  if (opened) return { is: 'reached', why: 'the link of the mail is open' };
  const words = [
    ...new Set([
      ...goal.wish,
      ...goal.clause.values
        .filter(
          (value) => value.certain && value.kind === 'text' && /^(?:called|named|titled|about|)$/.test(value.prep) && goal.kind === 'mail',
        )
        .flatMap((value) => content(value.text)),
    ]),
  ].filter((word) => !PLAIN.has(word));
  const said = asWritten(step.text, words).join(', ');
  const looks = turns.filter((turn) => turn.action.kind === 'read-mail');
  const freshLook = looks.some((turn) => turn.outcome.ok);
  const best = chosen(observation.mail, words);
  if (best && freshLook)
    return act(
      { kind: 'mail', mail: best.mail.id, link: best.link.id },
      'mail',
      `the mail “${best.mail.subject}” has the link “${best.link.text}”`,
    );
  if (looks.length < 3 && !looks.some((turn) => !turn.outcome.ok))
    return act({ kind: 'read-mail' }, 'mail', words.length > 0 ? `a mail about ${said} is expected` : 'a mail is expected');
  if (best)
    return act(
      { kind: 'mail', mail: best.mail.id, link: best.link.id },
      'mail',
      `the mail “${best.mail.subject}” has the link “${best.link.text}”`,
    );
  const there =
    observation.mail.length === 0
      ? 'the mailbox is empty'
      : `there is only ${observation.mail.map((mail) => `“${mail.subject}”`).join(', ')}`;
  return { is: 'stuck', why: `no mail${words.length > 0 ? ` about ${said}` : ''} has arrived: ${there}` };
}

/** The newest mail that speaks of these words, and its main link. */
function chosen(mails: readonly MailItem[], words: readonly string[]): { mail: MailItem; link: MailItem['links'][number] } | undefined {
  const ranked = mails
    .filter((mail) => mail.links.some((link) => !ASIDE.test(link.text)))
    .map((mail, index) => ({
      mail,
      fit:
        words.length === 0
          ? 1
          : Math.max(
              likeness(words, content(mail.subject)).covered,
              0.8 * likeness(words, content([mail.text.slice(0, 400), ...mail.links.map((link) => link.text)].join(' '))).covered,
            ),
      index,
    }))
    .filter(({ fit }) => fit >= 0.4)
    .sort((a, b) => b.fit - a.fit || a.index - b.index);
  const mail = ranked[0]?.mail;
  if (!mail) return undefined;
  const links = mail.links
    .filter((link) => !ASIDE.test(link.text))
    .map((link) => ({ link, fit: likeness(words, content(`${link.text} ${pathOf(link.url)}`)).covered }));
  return { mail, link: links.sort((a, b) => b.fit - a.fit)[0]!.link };
}

const pathOf = (url: string): string =>
  url
    .replace(/^\w+:\/\/[^/]+/, '')
    .replace(/[?#].*$/, '')
    .replace(/[/_-]+/g, ' ');
