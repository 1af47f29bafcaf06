/** Colours, type and the frame. Status colours carry at least 4.5:1 on both paper and card, in both schemes. */
export const BASE = `.aside { font-size: 0.82rem; color: var(--flaky); border: 1px dashed currentColor; border-radius: 99px; padding: 0.05em 0.6em; white-space: nowrap; }
:root {
  color-scheme: light dark;
  --paper: light-dark(#faf9f6, #131519);
  --card: light-dark(#ffffff, #1b1e24);
  --sunk: light-dark(#f1efe9, #0e1013);
  --ink: light-dark(#1a1c21, #eceae4);
  --soft: light-dark(#4d525c, #b9bcc4);
  --faint: light-dark(#666b75, #959ba7);
  --line: light-dark(#e2dfd6, #2d323b);
  --accent: light-dark(#1f3d8f, #9db8ff);
  --passed: light-dark(#16703f, #5fcf92);
  --failed: light-dark(#b81f36, #ff858f);
  --blocked: light-dark(#6438b6, #bda4ff);
  --errored: light-dark(#9a420a, #f7a764);
  --unproven: light-dark(#735a00, #ddc24e);
  --flaky: light-dark(#80540a, #e7b25c);
  --skipped: light-dark(#5f656f, #9aa0ab);
  --serif: ui-serif, 'Iowan Old Style', 'Charter', 'Source Serif 4', Georgia, Cambria, serif;
  --sans: ui-sans-serif, system-ui, -apple-system, 'Segoe UI', 'Inter', 'Helvetica Neue', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
.passed { --c: var(--passed); } .failed { --c: var(--failed); } .blocked { --c: var(--blocked); } .errored { --c: var(--errored); }
.unproven { --c: var(--unproven); } .flaky { --c: var(--flaky); } .skipped { --c: var(--skipped); }
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0; }
ul, ol { list-style: none; }
fieldset { border: 0; min-width: 0; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
code, pre, kbd { font-family: var(--mono); font-size: 0.88em; }
code { background: var(--sunk); border-radius: 4px; padding: 0.08em 0.32em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
kbd { border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 0 0.35em; background: var(--card); }
q { quotes: '“' '”'; color: var(--soft); font-style: italic; }
strong { font-weight: 650; }
.wrap { width: min(100% - 2.5rem, 76rem); margin-inline: auto; }
.skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; top: 0.5rem; background: var(--card); padding: 0.5rem 1rem; z-index: 9; }
.top { border-bottom: 1px solid var(--line); background: var(--card); }
.top .wrap { display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem 1.5rem; padding-block: 0.7rem; }
.wordmark { display: inline-flex; align-items: center; gap: 0.55rem; color: var(--ink); font-weight: 650; letter-spacing: -0.01em; text-decoration: none; }
.wordmark rect { fill: #1f3d8f; } .wordmark path { fill: none; stroke: #fff; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
.top nav { display: flex; gap: 1.1rem; font-size: 0.9rem; }
.run-facts { margin-left: auto; display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; color: var(--faint); font-size: 0.84rem; }
main { padding-block: 2.2rem 3rem; }
h2 { font-size: 1.02rem; font-weight: 650; letter-spacing: -0.005em; margin-bottom: 0.85rem; }
h3 { font-size: 0.95rem; font-weight: 650; }
main section { margin-top: 2.6rem; } main section:first-child, aside section:first-child { margin-top: 0; }
.foot { border-top: 1px solid var(--line); color: var(--faint); font-size: 0.82rem; padding-block: 1.2rem 2rem; }
.foot p + p { margin-top: 0.4rem; } .foot label { cursor: pointer; }
.more { color: var(--faint); font-size: 0.88rem; margin-top: 0.5rem; }
.chip { display: inline-flex; align-items: baseline; gap: 0.38em; padding: 0.12em 0.62em 0.14em; border-radius: 99px; font-size: 0.8rem; font-weight: 650; color: var(--c); background: color-mix(in srgb, var(--c) 11%, var(--card)); white-space: nowrap; }
.mark { display: inline-grid; place-items: center; width: 1.55rem; height: 1.55rem; border-radius: 50%; font-size: 0.82rem; font-weight: 700; color: var(--c); background: color-mix(in srgb, var(--c) 13%, var(--card)); flex: none; }
.cause { color: var(--soft); font-size: 0.88rem; } .cause b { color: var(--ink); font-weight: 650; }
.alarm { margin-top: 0.8rem; color: var(--errored); font-weight: 600; }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; width: 100%; font-size: 0.86rem; }
th { text-align: left; font-weight: 600; color: var(--faint); font-size: 0.78rem; } th, td { padding: 0.28rem 0.8rem 0.28rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
summary { cursor: pointer; color: var(--soft); font-size: 0.86rem; } summary:hover { color: var(--ink); }
[hidden] { display: none !important; }
.why { display: none; color: var(--faint); font-size: 0.8em; } body:has(#why:checked) .why { display: inline; }
@media (max-width: 40rem) { .wrap { width: calc(100% - 2rem); } main { padding-block: 1.4rem 2rem; } .run-facts { margin-left: 0; } .keys { display: none; } }
@media print {
  :root { color-scheme: light; } body { background: #fff; font-size: 10.5pt; } .top nav, .filters, .skip, .copy, .keys, .foot label, .readings .scroll { display: none !important; }
  main { padding-block: 0.5cm; } .wrap { width: 100%; } a { color: inherit; } details::details-content { content-visibility: visible; block-size: auto; } section, .group, .step { break-inside: avoid-page; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
