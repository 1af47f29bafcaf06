import { html, Markup, type Part } from './markup.ts';

/** Nothing may be loaded but what stands beside the page; nothing may be sent anywhere. */
const POLICY = new Markup("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'");

export interface PageParts {
  title: string;
  /** From this page to the report's folder: "" or "../". */
  root: string;
  kind: 'overview' | 'intent';
  header: Part;
  body: Part;
  footer: Part;
}

/** A whole page, the same frame for all. */
export function page({ title, root, kind, header, body, footer }: PageParts): string {
  const markup: Markup = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="${root}assets/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}assets/report.css">
</head>
<body class="${kind}">
<a class="skip" href="#main">Skip to the story</a>
<header class="top"><div class="wrap">${header}</div></header>
<main id="main" tabindex="-1" class="wrap">${body}</main>
<footer class="foot"><div class="wrap">${footer}</div></footer>
<script src="${root}assets/report.js" defer></script>
</body>
</html>
`;
  return markup.text;
}

/** The maker's mark: a line that is checked off. */
export const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1f3d8f"/><path d="M8 9v14M13 16.5l4 5 8-12" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>\n';

export const wordmark = (root: string): Markup =>
  html`<a class="wordmark" href="${root}index.html"><svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true"><rect width="32" height="32" rx="8"/><path d="M8 9v14M13 16.5l4 5 8-12"/></svg>Intentwright</a>`;
