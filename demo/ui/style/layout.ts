export const layout = `
.app { min-height: 100vh; display: grid; grid-template: "top top" 60px "nav main" 1fr / 224px minmax(0, 1fr); }
.top { grid-area: top; position: sticky; top: 0; z-index: 20; display: flex; align-items: center; gap: 16px; padding: 0 20px; background: var(--paper); border-bottom: 1px solid var(--line); }
.brand { display: inline-flex; align-items: center; gap: 9px; color: var(--ink); font-weight: 650; font-size: 1.05rem; letter-spacing: -0.01em; text-decoration: none; }
.org-name { padding-left: 16px; border-left: 1px solid var(--line); color: var(--soft); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.burger { display: none; }
.search { position: relative; display: flex; align-items: center; flex: 0 1 320px; margin-left: auto; color: var(--soft); }
.search .icon { position: absolute; left: 10px; pointer-events: none; }
.search input { width: 100%; min-height: 38px; padding: 0 12px 0 36px; border: 1px solid var(--line); border-radius: 8px; background: var(--ground); font: inherit; }
.search .button { position: absolute; right: 0; }
.avatar { display: inline-grid; place-items: center; width: 30px; height: 30px; border-radius: 50%; background: var(--brand-tint); color: var(--brand-deep); font-size: .78rem; font-weight: 650; flex: none; }
.nav { grid-area: nav; padding: 16px 12px; border-right: 1px solid var(--line); background: var(--paper); }
.nav ul { position: sticky; top: 76px; display: grid; gap: 2px; }
.nav a { display: flex; align-items: center; gap: 10px; padding: 8px 10px; border-radius: 8px; color: var(--soft); font-weight: 500; text-decoration: none; }
.nav a:hover { background: var(--ground); color: var(--ink); }
.nav a[aria-current] { background: var(--brand-tint); color: var(--brand-deep); }
.main { grid-area: main; width: 100%; max-width: 1080px; padding: 28px 32px 64px; }
.menu { position: relative; display: inline-block; }
.menu-items { position: absolute; right: 0; top: calc(100% + 6px); z-index: 30; min-width: 200px; padding: 6px; display: grid; background: var(--paper); border: 1px solid var(--line); border-radius: var(--round); box-shadow: 0 8px 28px rgb(22 33 43 / 16%); }
.menu-items form { display: block; }
.menu-items a, .menu-items button { display: flex; width: 100%; justify-content: flex-start; min-height: 36px; padding: 6px 10px; border: 0; border-radius: 6px; background: none; color: var(--ink); font-weight: 450; text-decoration: none; }
.menu-items a:hover, .menu-items button:hover { background: var(--ground); }
.toasts { position: fixed; right: 20px; bottom: 20px; z-index: 40; display: grid; gap: 8px; max-width: min(380px, calc(100vw - 40px)); }
.messages > * { margin-bottom: 16px; }
.toast { display: flex; align-items: center; gap: 10px; padding: 10px 10px 10px 14px; border-radius: var(--round); background: var(--ink); color: #fff; box-shadow: 0 8px 28px rgb(22 33 43 / 22%); }
.toast p { flex: 1; }
.toast.bad { background: var(--bad); }
.messages .toast { background: var(--good-tint); color: var(--good); box-shadow: none; }
.messages .toast.bad { background: var(--bad-tint); color: var(--bad); }
.toast-close { display: grid; place-items: center; width: 30px; height: 30px; border: 0; border-radius: 6px; background: none; color: inherit; cursor: pointer; }
[data-sheet] { width: min(520px, calc(100vw - 24px)); padding: 22px; border: 0; border-radius: 14px; box-shadow: 0 24px 80px rgb(22 33 43 / 34%); color: inherit; }
[data-sheet]::backdrop { background: rgb(22 33 43 / 42%); }
[data-sheet] > p { margin-top: 10px; display: flex; gap: 8px; }
.dialog-head { display: flex; align-items: center; justify-content: space-between; gap: 12px; margin-bottom: 12px; }
.dialog-head h2 { font-size: 1.2rem; }
.dialog-head + .lead { margin: -4px 0 14px; }
.outside { min-height: 100vh; display: flex; flex-direction: column; background: radial-gradient(1200px 500px at 50% -10%, #dff0ec, transparent), var(--ground); }
.outside-head { display: flex; align-items: center; justify-content: space-between; gap: 16px; padding: 18px 24px; }
.who { display: flex; align-items: center; gap: 10px; color: var(--soft); min-width: 0; }
.who span { overflow: hidden; text-overflow: ellipsis; }
.outside-main { width: 100%; max-width: 468px; margin: 3vh auto 48px; padding: 0 16px; }
.outside-main.wide { max-width: 960px; }
.outside-main > .card { padding: 28px; }
.hero { padding: 7vh 0 48px; }
.hero h1 { font-size: clamp(2rem, 5vw, 3.2rem); max-width: 17ch; line-height: 1.1; }
.hero .lead { font-size: 1.15rem; margin: 14px 0 26px; }
.hero .button { min-height: 46px; padding: 0 20px; font-size: 1.02rem; }
.hero .tiles { margin-top: 56px; }
.hero .tile p { color: var(--soft); }
.hero .tile > .icon { width: 24px; height: 24px; color: var(--brand); }
.consent-screen { position: fixed; inset: 0; z-index: 60; display: grid; place-items: end center; padding: 20px; background: rgb(22 33 43 / 38%); }
.consent { max-width: 640px; padding: 22px; background: var(--paper); border-radius: 14px; box-shadow: var(--shadow); }
.consent p { margin: 6px 0 14px; color: var(--soft); }
.skeleton { display: grid; gap: 14px; }
.skeleton div { height: 62px; border-radius: var(--round); background: linear-gradient(90deg, #e7ecef 25%, #f2f5f6 45%, #e7ecef 65%) 0 0 / 300% 100%; animation: shimmer 1.2s infinite linear; }
.skeleton div:first-child { height: 34px; width: 44%; }
@keyframes shimmer { from { background-position: 100% 0; } to { background-position: 0 0; } }
@media (prefers-reduced-motion: reduce) { .skeleton div { animation: none; } }
.burgered { grid-template-columns: 0 minmax(0, 1fr); }
.burgered .burger { display: inline-flex; }
.burgered .nav { display: none; }
.burgered .nav[data-open] { display: block; position: fixed; z-index: 19; top: 60px; bottom: 0; left: 0; width: 250px; box-shadow: var(--shadow); }
.burgered .main { margin: 0 auto; }
@media (max-width: 860px) {
  .app { grid-template: "top" 60px "main" 1fr / minmax(0, 1fr); }
  .burger { display: inline-flex; }
  .nav { display: none; }
  .nav[data-open] { display: block; position: fixed; z-index: 19; top: 60px; bottom: 0; left: 0; width: 250px; box-shadow: var(--shadow); }
  .org-name, .account-name { display: none; }
  .top { gap: 10px; padding: 0 12px; }
  .main { padding: 20px 16px 56px; }
}
@media (max-width: 480px) { .brand span { display: none; } .who span { display: none; } }
`;
