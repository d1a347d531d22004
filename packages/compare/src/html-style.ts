/** The style sheet of difference reports. */
export const htmlStyle: string = `
:root{color-scheme:light dark;--bg:#fdfcf9;--fg:#1b1b1b;--dim:#6b6b6b;--line:#dcd8cf;--del:#fbd5d3;--ins:#cfeed3;--move:#d3e2fb;--join:#c9ecec;--note:#fbeeb5;--bad:#f2a7ff;--card:#fff}
@media (prefers-color-scheme:dark){:root{--bg:#17181a;--fg:#e6e4df;--dim:#9a978f;--line:#36383c;--del:#5b2626;--ins:#1f4a2a;--move:#24406b;--join:#1d4b4c;--note:#544914;--bad:#7a2a8a;--card:#1f2124}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.75 "Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,Georgia,serif}
header{position:sticky;top:0;z-index:2;background:var(--bg);border-bottom:1px solid var(--line);padding:.5rem 1rem;font:14px/1.5 system-ui,sans-serif}
header h1{display:inline;font-size:1.05rem;margin:0 1rem 0 0}
header p{display:inline;margin:0;font-weight:600}
.good{color:#1a7f37}.bad{color:#c2255c}
.tools{display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center;margin-top:.25rem}
.keys{color:var(--dim)}
kbd{border:1px solid var(--line);border-radius:3px;padding:0 .3em;font-size:.85em}
.legend{margin-top:.25rem}
.k{padding:0 .4em;border-radius:3px;margin-right:.3em}
main{padding:0 1rem 40vh}
.names,.row{display:grid;grid-template-columns:8rem minmax(0,1fr) minmax(0,1fr);gap:0 1.25rem}
.names{position:sticky;top:6.2rem;background:var(--bg);border-bottom:1px solid var(--line);font:13px/1.8 system-ui,sans-serif;color:var(--dim)}
.names h2{font-size:13px;margin:0;overflow-wrap:anywhere}
.row{border-bottom:1px solid var(--line);padding:.2rem 0}
.row p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
.row:not(.changed){color:var(--dim)}
.head{font:12px/1.8 system-ui,sans-serif;color:var(--dim);overflow-wrap:anywhere}
.head small{display:block}
.head .d{color:var(--fg);border-bottom:2px solid var(--join);cursor:pointer;display:inline-block}
.away p{opacity:.75}
.removed{background:var(--del);text-decoration:line-through;text-decoration-color:#c0392b99}
.added{background:var(--ins)}
.moved{background:var(--move)}
.joined{background:var(--join)}
.note{background:var(--note);border-bottom:2px dotted #b58900}
.unexplained{background:var(--bad);outline:1px solid #c2255c}
p .d{cursor:pointer;border-radius:2px}
.gone:empty::before{content:"\\2009";border-left:2px solid #c0392b}
p .joined:empty::before{content:"\\2009";background:var(--join);border-left:2px solid #0b7285}
.note:empty::before{content:"?";font:600 .8em system-ui;color:#b58900}
.d.other{background:none;border:0;text-decoration:none;outline:0}
.d.at{outline:2px solid #1c7ed6;outline-offset:1px}
.ctl{font:11px/1 ui-monospace,monospace;background:#555;color:#fff;border-radius:2px;padding:0 .2em}
.only .row:not(.changed),.row.out{display:none}
.changes{display:none}
#panel{position:fixed;right:0;bottom:0;width:min(34rem,100vw);max-height:46vh;overflow:auto;background:var(--card);border:1px solid var(--line);border-radius:8px 0 0 0;box-shadow:0 0 24px #0003;padding:.25rem 1rem 1rem;font:14px/1.6 system-ui,sans-serif}
article h4{margin:.6rem 0 .1rem;font-size:14px}
article p{margin:.15rem 0}
article .what{font-family:"Noto Serif CJK SC","Songti SC",SimSun,serif;font-size:16px}
article .id{color:var(--dim);font-size:12px}
article dl{display:grid;grid-template-columns:max-content 1fr;gap:0 .8rem;margin:.2rem 0;font-size:13px}
article dt{color:var(--dim)}article dd{margin:0;overflow-wrap:anywhere}
article img{max-width:100%;border:1px solid var(--line);background:#fff}
article ol{margin:.2rem 0}
.state{font-weight:400;border:1px solid var(--line);border-radius:8px;padding:0 .5em;font-size:12px}
.state.applied{background:var(--ins)}.state.proposed{background:var(--move)}.state.rejected{background:var(--del)}.state.flagged{background:var(--note)}
.summary{border-collapse:collapse;margin:1rem 0;font:13px/1.6 system-ui,sans-serif}
.summary th,.summary td{border:1px solid var(--line);padding:0 .6rem;text-align:right}
.summary th:first-child,.summary td:first-child{text-align:left}
.trouble{border:2px solid #c2255c;border-radius:6px;padding:0 1rem;margin:1rem 0}
.trouble del,.trouble ins{text-decoration:none;background:var(--del)}.trouble ins{background:var(--ins)}
@media (max-width:48rem){.names,.row{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.head,.names h2{grid-column:1/-1}.names{top:auto;position:static}}
@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--card:#fff}body{font-size:10pt;line-height:1.5;-webkit-print-color-adjust:exact;print-color-adjust:exact}
header,.names{position:static}.tools,#panel{display:none!important}main{padding:0}.row{break-inside:avoid}
.changes{display:block;columns:2;font:8pt/1.4 system-ui,sans-serif}.changes h3{column-span:all}article{break-inside:avoid;border-top:1px solid #ccc}article h4{font-size:8.5pt}article .what{font-size:9pt}}
`
