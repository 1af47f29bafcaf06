/** The first page. */
export const OVERVIEW = `.hero h1 { font: 500 clamp(1.7rem, 1.1rem + 2.6vw, 2.75rem)/1.16 var(--serif); letter-spacing: -0.015em; max-width: 24em; text-wrap: balance; }
.bar { margin-top: 1.5rem; }
.bar > svg { display: block; border-radius: 7px; background: var(--sunk); } .bar > svg rect { fill: var(--c); stroke: var(--paper); stroke-width: 1.5; }
.legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.3rem; margin-top: 0.7rem; font-size: 0.9rem; color: var(--soft); } .legend b { color: var(--ink); }
.swatch { display: inline-grid; place-items: center; width: 1.15rem; height: 1.15rem; border-radius: 4px; font-size: 0.7rem; font-weight: 700; vertical-align: -0.12em; margin-right: 0.28rem; color: var(--paper); background: var(--c); }
.numbers { display: flex; flex-wrap: wrap; gap: 1rem 2.6rem; margin-top: 1.5rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
.numbers dt { color: var(--faint); font-size: 0.8rem; } .numbers dd { font-size: 1rem; font-weight: 600; } .numbers .trend { flex: 1 1 14rem; max-width: 26rem; }
svg.trend { display: block; margin-top: 0.2rem; } svg.trend rect { fill: var(--c); } svg.trend rect.passed { opacity: 0.45; }
.groups { border-top: 1px solid var(--line); }
.group { display: grid; grid-template-columns: 15.5rem minmax(0, 1fr); gap: 0.6rem 2.4rem; padding: 1.35rem 0 1.45rem; border-bottom: 1px solid var(--line); }
.because { font-size: 0.88rem; color: var(--soft); } .because .evidence { margin-top: 0.3rem; } .because .together { margin-top: 0.5rem; font-weight: 650; color: var(--ink); }
.group > ul { display: grid; gap: 1.15rem; } .group h3 { display: flex; flex-wrap: wrap; gap: 0.2rem 0.6rem; align-items: baseline; } .group h3 a { color: var(--soft); text-decoration: none; } .group h3 a:hover { text-decoration: underline; color: var(--ink); }
.new { font-size: 0.74rem; font-weight: 700; color: var(--failed); border: 1px solid currentColor; border-radius: 99px; padding: 0 0.5em; }
.since { font-size: 0.88rem; color: var(--faint); margin-top: 0.35rem; max-width: 78ch; }
.sentence { color: var(--soft); max-width: 70ch; } .group .sentence { font-family: var(--serif); font-size: 1.2rem; line-height: 1.42; letter-spacing: -0.005em; color: var(--ink); margin-top: 0.2rem; max-width: 62ch; }
.sentence code { font-size: 0.85em; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 1rem; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.2rem 1.1rem; } .panel ul { display: grid; gap: 0.7rem; margin-top: 0.6rem; } .panel a { font-weight: 600; color: var(--ink); } .panel p { color: var(--soft); font-size: 0.9rem; }
.list-head { display: flex; flex-wrap: wrap; gap: 0.6rem 2rem; align-items: baseline; justify-content: space-between; } .filters { display: flex; flex-wrap: wrap; gap: 0.5rem 1.2rem; align-items: center; font-size: 0.86rem; }
.search label, .filters legend { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
.search input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.35rem 0.7rem; width: min(17rem, 70vw); } .search input::placeholder { color: var(--faint); opacity: 1; }
.filters fieldset { display: flex; flex-wrap: wrap; gap: 0.35rem; }
.filter { cursor: pointer; border: 1px solid var(--line); border-radius: 99px; padding: 0.16rem 0.7rem; color: var(--faint); background: var(--card); } .filter input { position: absolute; opacity: 0; width: 1px; height: 1px; }
.filter:has(:checked) { color: var(--c); border-color: color-mix(in srgb, var(--c) 45%, var(--line)); background: color-mix(in srgb, var(--c) 9%, var(--card)); font-weight: 600; } .filter:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.found { color: var(--faint); font-size: 0.86rem; margin-bottom: 0.5rem; }
.journeys { border-top: 1px solid var(--line); }
.journey { display: grid; grid-template-columns: auto minmax(0, 1fr) 8.5rem 5.5rem 5.5rem; gap: 0.2rem 1rem; align-items: start; padding: 0.7rem 0.2rem; border-bottom: 1px solid var(--line); position: relative; } .many .journey { content-visibility: auto; contain-intrinsic-size: auto 64px; }
.journey:hover { background: color-mix(in srgb, var(--accent) 4%, transparent); }
.journey .what a { color: var(--ink); font-weight: 600; text-decoration: none; } .journey .what a::after { content: ''; position: absolute; inset: 0; } .journey .what a:hover { text-decoration: underline; }
.journey .sentence { font-size: 0.9rem; } .journey[data-status=passed] .sentence { color: var(--faint); }
.journey > p { font-size: 0.86rem; color: var(--soft); padding-top: 0.1rem; } .priority { color: var(--faint); } .took { text-align: right; } .took svg { display: block; margin-top: 0.2rem; } .took rect { fill: var(--faint); opacity: 0.5; }
@media (max-width: 58rem) { .journey { grid-template-columns: auto minmax(0, 1fr) 5.5rem; } .journey .owner, .journey .held { display: none; } }
@media (max-width: 52rem) { .group { grid-template-columns: minmax(0, 1fr); } .because { display: flex; flex-wrap: wrap; gap: 0.1rem 0.8rem; order: 2; } .because .evidence, .because .together { margin-top: 0; } }
@media (max-width: 40rem) { .filters { width: 100%; } .search input { width: 100%; } .search { width: 100%; } .journey { grid-template-columns: auto minmax(0, 1fr); } .journey .took { display: none; } .numbers { gap: 0.8rem 1.6rem; } }
`;
