import { operationColors } from "@heatloop/core/live/operation-colors";
import { patternStyle } from "./patterns.ts";

const colorsOf = (ground: "light" | "dark") =>
  Object.entries(operationColors)
    .map(([name, color]) => `--${name}:${color[ground]}`)
    .join(";");

/** The look of the HTML report: light or dark as the reader's device is set, always light on paper (A4). */
export const reportStyle = `
:root{color-scheme:light dark;--ground:#fff;--panel:#f5f6f7;--ink:#1c2126;--soft:#5c6670;--rule:#dde1e5;
${colorsOf("light")}}
@media (prefers-color-scheme:dark){:root{--ground:#14181c;--panel:#1e242a;--ink:#e8ebee;--soft:#a3adb7;--rule:#343c45;
${colorsOf("dark")}}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:58rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;line-height:1.2;margin:0}
h2{font-size:1.15rem;margin:2.25rem 0 .5rem}
h3{font-size:.95rem;margin:1.25rem 0 .35rem}
p{margin:.25rem 0}
progress{display:block;width:100%;max-width:48rem;margin:.5rem 0;accent-color:var(--heating)}
.soft,footer,h2 small,h3 small{color:var(--soft);font-weight:400}
nav{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.75rem}
nav a,nav button{min-height:44px;padding:0 .9rem;display:inline-flex;align-items:center;border:1px solid var(--rule);border-radius:.5rem;background:var(--panel);color:var(--ink);font:inherit;font-size:.95rem;text-decoration:none;cursor:pointer}
nav button{margin-left:auto}nav a:hover,nav button:hover{border-color:var(--soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;margin:1.25rem 0 0;padding:0}
.figures div{background:var(--panel);border-radius:.5rem;padding:.75rem}
.figures dt{color:var(--soft);font-size:.875rem}
.figures dd{margin:0;font-size:1.4rem;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.figures dd small{font-size:.875rem;font-weight:400;color:var(--soft)}
.figures .below{font-size:.8rem;font-weight:400;color:var(--soft);white-space:normal}
.small{grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));margin:.5rem 0 .75rem}.small dd{font-size:1.2rem}
section p{max-width:48rem}section p.soft{font-size:.9rem}
section ul{padding-left:1.1rem;margin:.25rem 0}section>ul{max-width:48rem}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 2rem;align-items:start}
.pair svg text{font-size:15px}.pair svg text.figure{font-size:13px}
figure+.wide,.pair+.whole{margin-top:.5rem}figure+.pair{margin-top:.75rem}
.narrow{max-width:34rem}
.wide{overflow-x:auto}
svg{display:block;width:100%;height:auto}svg.patterns{position:absolute;width:0;height:0}
svg text{font-size:11px;fill:var(--soft);font-variant-numeric:tabular-nums}
.grid{stroke:var(--rule);fill:none}.zero{stroke:var(--soft);fill:none}
.series{color:var(--ink)}.line{stroke:currentColor;stroke-width:1.5;fill:none;stroke-linejoin:round}.dot{fill:currentColor}
.bar{fill:var(--standby)}.short{fill:var(--heating)}
.heating{fill:var(--heating);color:var(--heating)}.hot_water{fill:var(--hot_water);color:var(--hot_water)}
.cooling{fill:var(--cooling);color:var(--cooling)}.defrost{fill:var(--defrost);color:var(--defrost)}
.standby{fill:var(--standby);color:var(--standby)}.unknown{fill:var(--unknown);color:var(--unknown)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;margin:.25rem 0 .5rem;padding:0;font-size:.875rem}
.key{display:inline-block;width:.75em;height:.75em;border-radius:.15em;background:currentColor;margin-right:.4em}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .5rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--rule);font-weight:400}
thead th{color:var(--soft);font-size:.8rem;vertical-align:bottom;white-space:normal}
tbody th,thead th:first-child,tfoot th{text-align:left}
td.words,thead th.words{text-align:left}td.words{white-space:normal;min-width:7rem}
tfoot th,tfoot td{font-weight:600;border-bottom:0;border-top:2px solid var(--rule)}
ul.notes{padding-left:1.1rem;margin:.5rem 0 0;font-size:.875rem;color:var(--soft)}
footer{margin-top:2rem;font-size:.8rem}
@media screen and (max-width:44rem){.pair{grid-template-columns:1fr}}
@media screen and (max-width:38rem){.figures{grid-template-columns:1fr 1fr}main{padding:1rem .75rem 2rem}
svg text{font-size:15px}table{font-size:.82rem}th,td{padding:.3rem .25rem}thead th{font-size:.75rem}
tbody th:not(.keyed){white-space:normal;min-width:5.5rem}tbody th,tfoot th{position:sticky;left:0;background:var(--ground)}}
@page{size:A4;margin:14mm 13mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#4a525a}}
@media print{
:root{color-scheme:light;--ground:#fff;--panel:#f3f4f5;--ink:#000;--soft:#4a525a;--rule:#cfd4d9;
${colorsOf("light")}}
body{font-size:10.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{max-width:none;padding:0}
nav{display:none}
.wide{overflow:visible}
.figures,.small{grid-template-columns:repeat(auto-fit,minmax(8.2rem,1fr));gap:.5rem}.figures{margin-top:.6rem}
.figures div{padding:.35rem .45rem}.figures dt{font-size:8.5pt}.figures dd{font-size:.95rem}.figures dd small{font-size:.8rem}section p.soft{font-size:9pt}
h1{font-size:1.4rem}h2,h3,.legend,p.soft:not(:last-child),h2+p,.figures+p.soft{break-after:avoid}.wide+p.soft,.pair+p.soft,.whole+p.soft,.notes,footer{break-before:avoid}p,li{orphans:3;widows:3}h2{margin:.9rem 0 .3rem}h3{margin:.6rem 0 .2rem}
figure,.figures,.legend,tr,p,.notes,.whole{break-inside:avoid}
tbody tr:first-child{break-after:avoid}tbody tr:last-child,tfoot tr{break-before:avoid}
${patternStyle}
.small{margin:.3rem 0}.small dd{font-size:1rem}.figures .below{font-size:8pt}
thead{display:table-header-group}tfoot{display:table-row-group}
table{font-size:8.5pt;line-height:1.35}thead th{font-size:8pt}th,td{padding:.1rem .35rem}.notes,footer{font-size:8.5pt}footer{margin-top:.8rem}
}
figure{margin:0}
`;
