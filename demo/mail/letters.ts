import { html, type Html } from '../ui/html.ts';
import type { LetterOrder } from './post.ts';

export interface Letter {
  subject: string;
  text: string;
  html: string;
}

interface Copy {
  subject: string;
  lines: string[];
  link: string;
}

const copies = {
  verify: () => ({
    subject: 'Verify your email address',
    lines: ['Welcome to Teamspace. One click and your account is ready.'],
    link: 'Verify email address',
  }),
  reset: () => ({
    subject: 'Reset your password',
    lines: [
      'Somebody asked to reset the password of your Teamspace account. The link works once, for 30 minutes.',
      'If it was not you, you need not do anything.',
    ],
    link: 'Choose a new password',
  }),
  invitation: (order) => ({
    subject: `You're invited to ${order.org?.name ?? 'a workspace'}`,
    lines: [`You have been invited to join ${order.org?.name ?? 'a workspace'} on Teamspace as ${order.detail ?? 'a member'}.`],
    link: 'Accept invitation',
  }),
  receipt: (order) => ({
    subject: `Receipt for Teamspace ${order.detail ?? ''}`.trim(),
    lines: [`Thank you. ${order.org?.name ?? 'Your workspace'} is now on ${order.detail ?? 'a paid plan'}.`],
    link: 'See your plan',
  }),
  cancelled: (order) => ({
    subject: `Your ${order.detail ?? ''} plan is cancelled`,
    lines: [`${order.org?.name ?? 'Your workspace'} is on the Free plan again. Your data stays; automations are paused.`],
    link: 'See your plan',
  }),
} satisfies Record<string, (order: LetterOrder) => Copy>;

export type LetterName = keyof typeof copies;

/** A letter with its link, as text and as HTML. */
export function writeLetter(order: LetterOrder, base: string): Letter {
  const copy = (copies[order.letter] as (order: LetterOrder) => Copy)(order);
  const address = `${base}${order.path}`;
  const hello = order.name ? `Hello ${order.name},` : 'Hello,';
  const body: Html = html`<!doctype html><html lang="en"><body style="font-family: sans-serif; color: #16212b; line-height: 1.5"><p>${hello}</p>${copy.lines.map((line) => html`<p>${line}</p>`)}<p><a href="${address}" style="display: inline-block; padding: 10px 16px; border-radius: 8px; background: #0b6e63; color: #fff; text-decoration: none">${copy.link}</a></p><p style="color: #55636f">Teamspace</p></body></html>`;
  return {
    subject: copy.subject,
    text: `${hello}\n\n${copy.lines.join('\n\n')}\n\n${copy.link}: ${address}\n\nTeamspace\n`,
    html: body.text,
  };
}
