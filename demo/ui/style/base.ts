export const base = `
:root { --ink: #16212b; --soft: #55636f; --line: #dfe5e9; --paper: #ffffff; --ground: #f5f7f8; --brand: #0b6e63; --brand-deep: #085248; --brand-tint: #e3f2ef;
  --bad: #b3261e; --bad-tint: #fbeae9; --warn: #8a5a00; --warn-tint: #fdf3dd; --good: #14693a; --good-tint: #e4f4ea; --round: 10px; --shadow: 0 1px 2px rgb(22 33 43 / 6%), 0 4px 16px rgb(22 33 43 / 5%); }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1, h2, h3, p, dl, dd, ul { margin: 0; }
ul { padding: 0; list-style: none; }
h1 { font-size: 1.6rem; line-height: 1.25; letter-spacing: -0.015em; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; line-height: 1.35; }
h3 { font-size: 0.98rem; }
a { color: var(--brand); }
a:hover { color: var(--brand-deep); }
:focus-visible { outline: 2px solid var(--brand); outline-offset: 2px; border-radius: 6px; }
[hidden] { display: none !important; }
.icon { width: 18px; height: 18px; flex: none; }
.muted, .lead { color: var(--soft); }
.lead { max-width: 62ch; margin-top: 4px; }
.unseen, .unseen-until-focus:not(:focus) { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0; }
.skip { position: absolute; left: -999px; top: 8px; background: var(--paper); padding: 8px 12px; z-index: 50; }
.skip:focus { left: 8px; }
.inline { display: inline-flex; margin: 0; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.button { display: inline-flex; align-items: center; justify-content: center; gap: 7px; min-height: 38px; padding: 0 14px; border: 1px solid transparent; border-radius: 8px; background: none; color: var(--ink); font: inherit; font-weight: 550; text-decoration: none; white-space: nowrap; cursor: pointer; transition: background-color .12s, border-color .12s; }
[data-sheet] > p > button { min-height: 38px; padding: 0 14px; border: 1px solid #cbd4da; border-radius: 8px; background: var(--paper); font: inherit; font-weight: 550; cursor: pointer; }
[data-sheet] > p > button:first-child { background: var(--brand); border-color: var(--brand); color: #fff; }
.button.primary { background: var(--brand); color: #fff; }
.button.primary:hover { background: var(--brand-deep); color: #fff; }
.button.plain { border-color: #cbd4da; background: var(--paper); }
.button.plain:hover { background: #eef2f4; color: var(--ink); }
.button.danger { border-color: #e3b6b3; color: var(--bad); background: var(--paper); }
.button.danger:hover { background: var(--bad-tint); }
.button.quiet { color: var(--soft); }
.button.quiet:hover { background: #e9eef0; color: var(--ink); }
.button:disabled { opacity: .5; cursor: not-allowed; }
.button.only-icon { min-width: 38px; padding: 0 9px; }
.button[aria-pressed=true] { background: var(--brand-tint); border-color: var(--brand); color: var(--brand-deep); }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: var(--round); padding: 20px; box-shadow: var(--shadow); }
.card + .card, .card + [data-tabs], .stack > * + * { margin-top: 16px; }
.card.narrow { max-width: 560px; }
.card-head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 16px; margin-bottom: 14px; }
.page-head { display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: space-between; gap: 12px 24px; margin-bottom: 20px; }
.crumb { font-size: .9rem; margin-bottom: 2px; }
.badge { display: inline-flex; align-items: center; gap: 5px; padding: 2px 9px; border-radius: 99px; background: #e9eef0; color: #3c4953; font-size: .82rem; font-weight: 550; white-space: nowrap; }
.badge.good { background: var(--good-tint); color: var(--good); }
.badge.bad { background: var(--bad-tint); color: var(--bad); }
.badge.busy { background: var(--warn-tint); color: var(--warn); }
.note { display: flex; gap: 10px; padding: 12px 14px; border-radius: 8px; background: var(--brand-tint); }
.note.bad { background: var(--bad-tint); color: #7f1d17; }
.note.warn { background: var(--warn-tint); color: #6b4600; }
.note + * { margin-top: 16px; }
.empty { padding: 28px 16px; text-align: center; color: var(--soft); border: 1px dashed #cbd4da; border-radius: 8px; }
.empty .actions { justify-content: center; margin-top: 12px; }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: 0; padding: 14px; border-radius: 8px; background: #10202a; color: #dcebf0; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 320px; }
code.secret { display: block; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--ground); overflow-wrap: anywhere; user-select: all; }
`;
