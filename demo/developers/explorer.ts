import { form } from '../ui/form.ts';
import { html, type Html } from '../ui/html.ts';
import type { OrgContext } from '../workspaces/guard.ts';

const requests = [
  { value: '/api/v1/projects', label: 'List projects' },
  { value: '/api/v1/records', label: 'List records' },
];

/** Sends a request with a key from the page itself, and shows the answer. */
export const explorer = (context: OrgContext): Html =>
  html`<p class="lead">Paste a key, choose a request, and see what comes back.</p><div data-explorer>${form({
    id: 'explorer',
    action: `/o/${context.org.slug}/developers/explorer`,
    submit: 'Send request',
    icon: 'send',
    light: true,
    fields: [
      { type: 'text', name: 'key', label: 'API key', required: true, autocomplete: 'off', placeholder: 'tsk_…' },
      { type: 'select', name: 'request', label: 'Request', required: true, value: requests[0]?.value, options: requests },
    ],
  })}</div>`;

export const knownRequest = (path: string): boolean => requests.some((request) => request.value === path);
