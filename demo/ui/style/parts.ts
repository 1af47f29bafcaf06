export const parts = `
.form { display: grid; gap: 14px; }
.form > [data-step] { display: grid; gap: 14px; }
ts-field { display: block; }
.field { display: grid; gap: 5px; }
.field label, .listbox-label { font-weight: 550; }
.optional { color: var(--soft); font-weight: 400; font-size: .88em; }
.field input, .field select, .field textarea, .listbox-button { width: 100%; min-height: 40px; padding: 8px 11px; border: 1px solid #c3cdd4; border-radius: 8px; background: var(--paper); color: inherit; font: inherit; }
.field input[type=file] { padding: 7px; }
.field [aria-invalid=true] { border-color: var(--bad); }
.hint { color: var(--soft); font-size: .88rem; }
.mistake, .form-mistake { color: var(--bad); font-size: .9rem; }
.form-mistake { padding: 10px 12px; border-radius: 8px; background: var(--bad-tint); }
.check { display: grid; grid-template-columns: auto 1fr; gap: 4px 9px; align-items: center; }
.check input { width: 18px; height: 18px; accent-color: var(--brand); }
.check .mistake { grid-column: 1 / -1; }
.form-end { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-top: 6px; }
.step-of { color: var(--soft); font-size: .88rem; }
.saving { color: var(--soft); }
.listbox { position: relative; }
.listbox-button { display: flex; align-items: center; justify-content: space-between; text-align: left; cursor: pointer; }
.listbox-options { position: absolute; z-index: 10; left: 0; right: 0; top: calc(100% + 4px); padding: 5px; max-height: 240px; overflow: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 8px 28px rgb(22 33 43 / 16%); }
.listbox-options li { padding: 8px 10px; border-radius: 6px; cursor: pointer; }
.listbox-options li small { display: block; color: var(--soft); }
.listbox-options li[aria-selected=true] { background: var(--brand-tint); }
.listbox-options li:hover, .listbox-options li[data-active] { background: #e9eef0; }
.form-frame { width: 100%; min-height: 80px; border: 0; display: block; }
.framed { background: none; padding: 2px; }
.table-scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 10px 12px; text-align: left; border-bottom: 1px solid var(--line); vertical-align: middle; }
thead th { color: var(--soft); font-size: .84rem; font-weight: 550; white-space: nowrap; }
tbody th { font-weight: 550; }
tbody tr:last-child > * { border-bottom: 0; }
tbody tr:hover { background: #fafbfc; }
.row-actions { text-align: right; }
.row-actions .actions { justify-content: flex-end; flex-wrap: nowrap; }
.row-actions .button { min-height: 32px; padding: 0 10px; font-size: .9rem; }
.row-cards { display: grid; gap: 10px; }
.row-card { display: grid; gap: 8px; padding: 14px; border: 1px solid var(--line); border-radius: 8px; }
.row-card dl { display: flex; flex-wrap: wrap; gap: 6px 22px; }
.row-card dt { color: var(--soft); font-size: .82rem; }
.window { height: 300px; overflow: auto; border: 1px solid var(--line); border-radius: 8px; }
.pages { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding-top: 12px; color: var(--soft); }
.tabs { display: flex; gap: 4px; margin-bottom: 16px; border-bottom: 1px solid var(--line); overflow-x: auto; }
.tabs button { padding: 9px 14px; border: 0; border-bottom: 2px solid transparent; background: none; color: var(--soft); font: inherit; font-weight: 550; cursor: pointer; white-space: nowrap; }
.tabs button[aria-selected=true] { color: var(--brand-deep); border-bottom-color: var(--brand); }
.person { display: flex; align-items: center; gap: 10px; }
.person small, .stacked small { display: block; color: var(--soft); font-weight: 400; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 14px; }
.tile { display: flex; flex-direction: column; gap: 8px; padding: 16px; border: 1px solid var(--line); border-radius: var(--round); background: var(--paper); }
.tile h3 { overflow-wrap: anywhere; }
.tile .form-end, .tile > .button { margin-top: auto; align-self: flex-start; }
.tile.current { border-color: var(--brand); box-shadow: inset 0 0 0 1px var(--brand); }
.tile-head { display: flex; align-items: center; justify-content: space-between; gap: 10px; }
.price { font-size: 1.5rem; font-weight: 650; letter-spacing: -0.02em; }
.price small { font-size: .9rem; font-weight: 400; color: var(--soft); }
.ticks { display: grid; gap: 5px; }
.ticks li { display: flex; gap: 7px; align-items: center; color: #3c4953; }
.ticks .icon { color: var(--brand); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 14px; }
.facts dt { color: var(--soft); font-size: .86rem; }
.facts dd { font-weight: 550; overflow-wrap: anywhere; }
.feed { display: grid; gap: 10px; }
.feed li { display: flex; justify-content: space-between; gap: 14px; }
.feed time { color: var(--soft); white-space: nowrap; font-size: .88rem; }
.progress { height: 8px; border-radius: 99px; background: #e4eaed; overflow: hidden; margin: 14px 0 8px; }
.progress i { display: block; height: 100%; width: 40%; border-radius: 99px; background: var(--brand); animation: slide 1.1s infinite ease-in-out alternate; }
@keyframes slide { from { transform: translateX(-20%); } to { transform: translateX(170%); } }
.below { margin-top: 16px; text-align: center; color: var(--soft); }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); gap: 16px; align-items: start; }
.two > .card + .card { margin-top: 0; }
.changes { display: grid; gap: 10px; margin-bottom: 14px; }
.twin { max-width: 560px; margin-top: 24px; }
.twin h2 { margin-bottom: 12px; }
.tile h2 { font-size: 1rem; }
@media (max-width: 560px) { tbody th { min-width: 150px; } td, thead th { white-space: nowrap; } .card { padding: 16px; } }
`;
