import { redesigned } from '../redesigns.ts';
import { route, type Route } from '../web/router.ts';
import type { Outcome } from '../web/outcome.ts';
import { clientScript } from './client/script.ts';
import { renameStyle } from './finish.ts';
import { base } from './style/base.ts';
import { layout } from './style/layout.ts';
import { parts } from './style/parts.ts';

const css = base + layout + parts;

/** The style sheet as the pages of this Teamspace want it. */
export const styleSheet = (): string => (redesigned('ids-renamed') ? renameStyle(css) : css);

export const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28"><rect width="28" height="28" rx="8" fill="#0b6e63"/><path d="M7 9h14M14 9v11" stroke="#fff" stroke-width="3" stroke-linecap="round"/><circle cx="20.500" cy="18.500" r="2.500" fill="#f4b740"/></svg>';

const asset = (type: string, content: () => string) => async (): Promise<Outcome> => ({ kind: 'asset', type, content: content() });

export const assetRoutes: Route[] = [
  route('GET', '/assets/style.css', asset('text/css; charset=utf-8', styleSheet)),
  route(
    'GET',
    '/assets/app.js',
    asset('text/javascript; charset=utf-8', () => clientScript),
  ),
  route(
    'GET',
    '/assets/logo.svg',
    asset('image/svg+xml', () => logo),
  ),
  route(
    'GET',
    '/favicon.ico',
    asset('image/svg+xml', () => logo),
  ),
];
