/** The style of the report. Its hash is in the page's content security policy. */
export const REPORT_STYLE = `
:root { color-scheme: light dark;
  --page: #f6f8fa; --panel: #ffffff; --text: #1f2328; --muted: #57606a; --line: #d0d7de; --focus: #0550ae;
  --gained: #116329; --gained-soft: #dafbe1; --lost: #a40e26; --lost-soft: #ffebe9;
  --changed: #7d4e00; --changed-soft: #fff8c5; --code: #eff1f3; --on: #ffffff; --same: #6e7781; }
@media (prefers-color-scheme: dark) { :root {
  --page: #0d1117; --panel: #161b22; --text: #e6edf3; --muted: #9da7b3; --line: #30363d; --focus: #79c0ff;
  --gained: #56d364; --gained-soft: #12261e; --lost: #ff8e86; --lost-soft: #2d1417;
  --changed: #e3b341; --changed-soft: #272115; --code: #21262d; --on: #0d1117; --same: #8b949e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.5 system-ui, "Segoe UI", "Liberation Sans", sans-serif; }
main, header { max-width: 1680px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 20px; }
h1 { font-size: 20px; margin: 0 0 4px; font-weight: 600; }
h2 { font-size: 15px; margin: 0; font-weight: 600; display: inline; }
h3 { font-size: 14px; margin: 0 0 6px; overflow-wrap: anywhere; }
h4 { font-size: 12px; margin: 12px 0 4px; color: var(--muted); font-weight: 600; }
code { font: 12px/1.45 ui-monospace, "SFMono-Regular", "Liberation Mono", monospace; background: var(--code); border-radius: 4px; padding: 1px 4px; overflow-wrap: anywhere; }
p { margin: 4px 0; } .muted { color: var(--muted); }
.verdict { display: inline-block; border-radius: 6px; padding: 2px 10px; font-weight: 600; border: 1px solid currentColor; }
.widens { color: var(--changed); background: var(--changed-soft); }
.unknown, .block { color: var(--lost); background: var(--lost-soft); }
.narrows, .none, .merge { color: var(--gained); background: var(--gained-soft); }
.approval { color: var(--changed); background: var(--changed-soft); }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; margin: 14px 0; }
.numbers { display: flex; flex-wrap: wrap; gap: 8px; padding: 0; margin: 12px 0 0; list-style: none; }
.numbers li { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 6px 12px; }
.numbers b { display: block; font-weight: 600; }
li .plus + .minus, li .minus + .muted, li .plus + .muted { margin-left: 8px; }
.plus { color: var(--gained); } .minus { color: var(--lost); } .both { color: var(--changed); }
.tools { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 10px 12px; border-bottom: 1px solid var(--line); }
input, button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 4px 10px; }
input { flex: 1 1 220px; max-width: 420px; }
button { cursor: pointer; } button[aria-pressed="true"] { background: var(--text); color: var(--panel); border-color: var(--text); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.legend { display: flex; flex-wrap: wrap; gap: 14px; margin-left: auto; color: var(--muted); font-size: 12px; }
.legend b { display: inline-block; width: 16px; text-align: center; }
.split { display: grid; grid-template-columns: minmax(0, 1fr) 360px; }
.canvas { overflow: auto; max-height: 72vh; min-height: 260px; padding: 8px; }
.view[hidden] { display: none; }
.side { border-left: 1px solid var(--line); padding: 14px 16px; overflow: auto; max-height: 72vh; }
.js .detail { display: none; } .js .detail.open { display: block; }
.detail { margin-bottom: 16px; } .detail ul { margin: 0; padding-left: 18px; } .js .side.busy > .hint { display: none; }
.link { border: 0; background: none; padding: 0; color: var(--focus); text-decoration: underline; text-align: left; overflow-wrap: anywhere; }
.graph { display: block; }
.node { cursor: pointer; outline: none; }
.node .box, .node .behind { fill: var(--panel); stroke: var(--line); stroke-width: 1.2; }
.node.same .box { stroke: var(--same); }
.node circle { fill: var(--same); } .node .sign { fill: var(--on); text-anchor: middle; font: 700 14px ui-monospace, "Liberation Mono", monospace; }
.node .name { fill: var(--text); font: 600 12px ui-monospace, "Liberation Mono", monospace; }
.node .place { fill: var(--muted); font: 12px system-ui, "Liberation Sans", sans-serif; }
.node.gained .box, .node.gained .behind { fill: var(--gained-soft); stroke: var(--gained); stroke-width: 2; } .node.gained circle { fill: var(--gained); }
.node.lost .box, .node.lost .behind { fill: var(--lost-soft); stroke: var(--lost); stroke-width: 2; stroke-dasharray: 5 3; } .node.lost circle { fill: var(--lost); }
.node.changed .box, .node.changed .behind { fill: var(--changed-soft); stroke: var(--changed); stroke-width: 2; } .node.changed circle { fill: var(--changed); }
.node:focus-visible .box, .node[aria-expanded="true"] .box { stroke: var(--focus); stroke-width: 3; stroke-dasharray: none; }
.arrow path { fill: none; stroke: var(--same); stroke-width: 1.2; }
.arrow.gained path { stroke: var(--gained); stroke-width: 2.6; } .arrow.lost path { stroke: var(--lost); stroke-width: 2; stroke-dasharray: 7 4; }
.arrow circle { fill: var(--gained); } .arrow.lost circle { fill: var(--lost); }
.arrow text { fill: var(--on); text-anchor: middle; font: 700 13px ui-monospace, "Liberation Mono", monospace; }
marker path { fill: var(--same); } marker.gained path { fill: var(--gained); } marker.lost path { fill: var(--lost); }
.node, .arrow { transition: opacity 0.15s; } .dim { opacity: 0.18; }
summary { cursor: pointer; padding: 10px 14px; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: 0 14px 8px; color: var(--muted); }
th, td { text-align: left; vertical-align: top; padding: 6px 14px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; color: var(--muted); font-size: 12px; } td:first-child { white-space: nowrap; }
tr[hidden] { display: none; } td details summary { padding: 2px 0; white-space: nowrap; color: var(--muted); }
.tag { display: inline-block; border-radius: 5px; padding: 0 7px; font-size: 12px; border: 1px solid currentColor; }
.tag.gained, .tag.narrowed { color: var(--gained); } .tag.lost, .tag.blocking, .tag.unknown { color: var(--lost); }
.tag.changed, .tag.widened, .tag.safeguard { color: var(--changed); } .tag.same, .tag.notice { color: var(--muted); }
kbd { font: 12px ui-monospace, "Liberation Mono", monospace; border: 1px solid var(--line); border-radius: 4px; padding: 0 4px; }
@media (max-width: 900px) { .split { grid-template-columns: 1fr; } .side { border-left: 0; border-top: 1px solid var(--line); } }
@media (prefers-reduced-motion: reduce) { * { transition: none; scroll-behavior: auto; } }
@media print { .tools, .side { display: none; } .canvas { max-height: none; overflow: visible; } .graph { max-width: 100%; height: auto; } .split { display: block; } body { background: #ffffff; } }
`;
