import { BASE } from '../../report/html/style/base.ts';

/** The page of `intentwright ui`: its frame. What stands in it is put there by its script. */
export const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Intentwright</title>
<link rel="stylesheet" href="ui.css">
<a class="skip" href="#main">Skip to the journey</a>
<header class="top"><div class="wrap">
  <span class="wordmark"><svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7"/><path d="M8 17l6 6 11-14"/></svg>Intentwright</span>
  <span id="target"></span>
  <span class="controls">
    <button id="run-all" type="button">Run all</button><button id="stop" type="button" disabled>Stop</button>
    <label><input id="fresh" type="checkbox"> without lockfiles</label>
    <label><input id="watch" type="checkbox"> again when a file is saved</label>
  </span>
  <p id="say" role="status"></p>
</div></header>
<div class="wrap board">
  <nav id="intents" aria-label="Intents"></nav>
  <main id="main" tabindex="-1"></main>
</div>
<script src="ui.js" defer></script>
</html>
`;

export const STYLE = `${BASE}
.top .wrap { align-items: center; }
.controls { margin-left: auto; display: flex; flex-wrap: wrap; gap: 0.4rem 0.9rem; align-items: center; font-size: 0.86rem; color: var(--soft); }
#target, #say { color: var(--faint); font-size: 0.86rem; } #say { width: 100%; } #say:empty { display: none; } #say.wrong { color: var(--errored); font-weight: 600; white-space: pre-wrap; }
button { font: inherit; font-weight: 600; font-size: 0.84rem; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 0.22em 0.8em; cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--accent); } button:disabled { color: var(--faint); cursor: default; }
#run-all { background: light-dark(#1f3d8f, #9db8ff); color: light-dark(#fff, #10131a); border-color: transparent; } #run-all:disabled { opacity: 0.5; }
.board { display: grid; grid-template-columns: minmax(16rem, 22rem) minmax(0, 1fr); gap: 2rem; align-items: start; padding-block: 1.6rem 3rem; }
main { padding-block: 0; }
#intents { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
.intent { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0.15rem 0.65rem; align-items: center; padding: 0.5rem 0.55rem; border-radius: 8px; }
.intent.shown { background: var(--card); box-shadow: 0 0 0 1px var(--line); }
.intent .pick { all: unset; cursor: pointer; font-weight: 600; font-size: 0.92rem; line-height: 1.35; } .intent .pick:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.intent .sub { grid-column: 2 / -1; color: var(--faint); font-size: 0.8rem; }
.dots { display: inline-flex; gap: 3px; margin-right: 0.6em; vertical-align: 1px; } .dots i { width: 7px; height: 7px; border-radius: 50%; background: var(--line); }
.dots .done { background: var(--passed); } .dots .running { background: var(--accent); } .dots .stopped { background: var(--failed); }
.done { --c: var(--passed); } .stopped { --c: var(--failed); } .not-reached { --c: var(--skipped); }
.running { --c: var(--accent); } .waiting { --c: var(--skipped); }
.mark.running, .now { animation: breathe 1.4s ease-in-out infinite; } @keyframes breathe { 50% { opacity: 0.45; } }
@media (prefers-reduced-motion: reduce) { .mark.running, .now { animation: none; } }
h1 { font: 600 1.55rem/1.25 var(--serif); letter-spacing: -0.012em; } .lead { color: var(--soft); margin-top: 0.35rem; }
.actors { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; margin-top: 1.3rem; }
.actor { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; } .actor figcaption { padding: 0.45rem 0.75rem; font-size: 0.82rem; color: var(--faint); display: flex; gap: 0.6rem; align-items: baseline; } .actor b { color: var(--ink); white-space: nowrap; }
.actor .seen { position: relative; } .target { position: absolute; inset: 0; width: 100%; height: 100%; } .target rect { fill: none; stroke: #e5484d; stroke-width: 6; } .actor .seen { aspect-ratio: 16 / 9; background: var(--sunk); display: grid; place-items: center; color: var(--faint); font-size: 0.84rem; border-bottom: 1px solid var(--line); } .actor img { width: 100%; height: 100%; object-fit: cover; object-position: top; display: block; }
.cols { display: grid; grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); gap: 2rem; margin-top: 1.8rem; } .cols section { margin-top: 0; }
.step { display: grid; grid-template-columns: 1.55rem minmax(0, 1fr) auto; gap: 0.1rem 0.7rem; padding: 0.5rem 0; border-bottom: 1px solid var(--line); } .step .said b { font-weight: 650; }
.step .ms, .inv .n { color: var(--faint); font-size: 0.8rem; white-space: nowrap; } .step .acts { grid-column: 2 / -1; color: var(--soft); font-size: 0.84rem; } .step .acts li.not { color: var(--failed); } .step .why { display: block; grid-column: 2 / -1; color: var(--failed); font-size: 0.84rem; }
.inv { display: grid; grid-template-columns: 1.55rem minmax(0, 1fr) auto; gap: 0.1rem 0.7rem; padding: 0.45rem 0; border-bottom: 1px solid var(--line); } .inv .found { grid-column: 2 / -1; color: var(--soft); font-size: 0.82rem; }
.held { --c: var(--passed); } .violated { --c: var(--failed); } .undecided { --c: var(--errored); }
.empty { color: var(--faint); }
@media (max-width: 60rem) { .board, .cols { grid-template-columns: minmax(0, 1fr); } #intents { position: static; max-height: 42vh; border-bottom: 1px solid var(--line); padding-bottom: 0.6rem; } .controls { margin-left: 0; } }
`;
