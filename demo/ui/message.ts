import type { Context } from '../web/context.ts';
import type { Outcome } from '../web/outcome.ts';
import { linkButton } from './button.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { outsidePage } from './shell.ts';

const titles: Record<number, string> = {
  401: 'Please sign in',
  402: 'Not in your plan',
  403: 'You cannot do this',
  404: 'Page not found',
  409: 'Somebody was faster',
  410: 'This link no longer works',
  422: 'Please check the form',
};

/** A page that says no, and why. */
export function messagePage(context: Context, outcome: Extract<Outcome, { kind: 'refused' }>): Html {
  const mistakes = Object.values(outcome.fields ?? {});
  const answer = outsidePage(context, {
    title: titles[outcome.status] ?? 'Something went wrong',
    body: html`<p role="alert">${outcome.message}</p>${mistakes.length > 1 && html`<ul>${mistakes.map((mistake) => html`<li>${mistake}</li>`)}</ul>`}<div class="form-end">${linkButton({ label: 'Back to Teamspace', href: '/', kind: 'plain' })}</div>`,
  });
  return answer.kind === 'page' ? answer.page : html``;
}
