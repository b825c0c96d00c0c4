import { openBrowser } from "/work/wt/now/test/support/browser.ts";

const pipe = (cls: string, d: string) =>
  `<path class="${cls}" d="${d}" fill="none" stroke="#888" stroke-width="2" stroke-dasharray="4 12"/>`;
const base = `<svg viewBox="0 0 456 210" width="456" height="210" style="position:absolute;left:0;top:0"><path d="M112 128H250" stroke="#e60" stroke-width="5"/><path d="M250 168H112" stroke="#29f" stroke-width="5"/></svg>`;
const fan =
  '<div class=f style="position:absolute;left:21px;top:115px;width:62px;height:62px;will-change:transform"><svg viewBox="21 115 62 62" width=62 height=62><path d="M52 146c2-12 12-16 16-22 4 8 0 18-16 22z" fill="#e60"/></svg></div>';
const strip = (t: number) => `<div class=w style="top:${t}px"><div class=d></div></div>`;
const css =
  "<style>.w{position:absolute;left:112px;width:138px;height:4px;overflow:hidden} .d{will-change:transform;position:absolute;left:-16px;width:170px;height:4px;background:repeating-linear-gradient(90deg,#fff 0 4px,transparent 4px 16px)}</style>";
const variants: Record<string, string> = {
  rest: base,
  gif:
    base +
    '<div style="position:absolute;left:112px;top:126px;width:138px;height:4px;background:url(data:image/gif;base64,R0lGODlhEAAEAPAAAP///wAAACH5BAkMAAEAIf8LTkVUU0NBUEUyLjADAQAAACH/C0ltYWdlTWFnaWNrDmdhbW1hPTAuNDU0NTQ1ACwAAAAAEAAEAAACC4QRqZuHDB2MZ7ICACH5BAkMAAEAIf8LSW1hZ2VNYWdpY2sOZ2FtbWE9MC40NTQ1NDUALAAAAAAQAAQAAAIMTIBgy5va4osy0VUAACH5BAkMAAEAIf8LSW1hZ2VNYWdpY2sOZ2FtbWE9MC40NTQ1NDUALAAAAAAQAAQAAAIMjAMJx63b4otS0VAAACH5BAkMAAEAIf8LSW1hZ2VNYWdpY2sOZ2FtbWE9MC40NTQ1NDUALAAAAAAQAAQAAAILjA8Jx63b4otSxQIAIfkECQwAAQAh/wtJbWFnZU1hZ2ljaw5nYW1tYT0wLjQ1NDU0NQAsAAAAABAABAAAAgyMb6CAfctcg3IuVAAAIfkECQwAAQAh/wtJbWFnZU1hZ2ljaw5nYW1tYT0wLjQ1NDU0NQAsAAAAABAABAAAAgyMj6CAfctcg3IuUwAAIfkECQwAAQAh/wtJbWFnZU1hZ2ljaw5nYW1tYT0wLjQ1NDU0NQAsAAAAABAABAAAAgyMjwYL6cHaQ3FSVgAAIfkECQwAAQAh/wtJbWFnZU1hZ2ljaw5nYW1tYT0wLjQ1NDU0NQAsAAAAABAABAAAAgqMjwiQfescjGkVADs=)"></div>',
  gifimg:
    base +
    '<img style="position:absolute;left:112px;top:126px;width:138px;height:4px" src="data:image/gif;base64,R0lGODlhEAAEAPAAAP///wAAACH5BAkMAAEAIf8LTkVUU0NBUEUyLjADAQAAACH/C0ltYWdlTWFnaWNrDmdhbW1hPTAuNDU0NTQ1ACwAAAAAEAAEAAACC4QRqZuHDB2MZ7ICACH5BAkMAAEAIf8LSW1hZ2VNYWdpY2sOZ2FtbWE9MC40NTQ1NDUALAAAAAAQAAQAAAIMTIBgy5va4osy0VUAACH5BAkMAAEAIf8LSW1hZ2VNYWdpY2sOZ2FtbWE9MC40NTQ1NDUALAAAAAAQAAQAAAIMjAMJx63b4otS0VAAACH5BAkMAAEAIf8LSW1hZ2VNYWdpY2sOZ2FtbWE9MC40NTQ1NDUALAAAAAAQAAQAAAILjA8Jx63b4otSxQIAIfkECQwAAQAh/wtJbWFnZU1hZ2ljaw5nYW1tYT0wLjQ1NDU0NQAsAAAAABAABAAAAgyMb6CAfctcg3IuVAAAIfkECQwAAQAh/wtJbWFnZU1hZ2ljaw5nYW1tYT0wLjQ1NDU0NQAsAAAAABAABAAAAgyMj6CAfctcg3IuUwAAIfkECQwAAQAh/wtJbWFnZU1hZ2ljaw5nYW1tYT0wLjQ1NDU0NQAsAAAAABAABAAAAgyMjwYL6cHaQ3FSVgAAIfkECQwAAQAh/wtJbWFnZU1hZ2ljaw5nYW1tYT0wLjQ1NDU0NQAsAAAAABAABAAAAgqMjwiQfescjGkVADs=">',
  all6: base + css + strip(126) + strip(166) + fan,
  all4: base + css + strip(126) + strip(166) + fan,
  all4w: base + css + strip(126) + strip(166) + fan,
};
const go = (ms: number) =>
  `let i=0;setInterval(()=>{i++;for(const d of document.querySelectorAll(".d"))d.style.transform="translateX("+(i%6)*16/6+"px)";document.querySelector(".f").style.transform="rotate("+(i*20)+"deg)"},${ms})`;
const scripts: Record<string, string> = {
  all6: go(166),
  all4: go(250),
  all4w: `const ds=[...document.querySelectorAll(".d")].map(d=>d.animate([{transform:"translateX(0)"},{transform:"translateX(16px)"}],{duration:1000,iterations:Infinity}));ds.forEach(d=>d.pause());let i=0;setInterval(()=>{i++;ds.forEach(d=>d.currentTime=i*250)},250)`,
};
const browser = await openBrowser();
const cdp = await browser.newBrowserCDPSession();
const cpu = async () => {
  const s: any = {};
  for (const p of (await cdp.send("SystemInfo.getProcessInfo")).processInfo) s[p.type] = (s[p.type] ?? 0) + p.cpuTime;
  return s;
};
for (const name of Object.keys(variants)) {
  const page = await browser.newPage({ viewport: { width: 600, height: 600 } });
  await page.setContent(`<!doctype html><body style="margin:0">${variants[name]}`);
  if (scripts[name]) await page.evaluate(scripts[name]);
  await page.waitForTimeout(1500);
  const a = await cpu();
  const t = performance.now();
  await page.waitForTimeout(8000);
  const b = await cpu();
  const dt = (performance.now() - t) / 1000;
  console.log(
    name.padEnd(12),
    ["renderer", "GPU", "browser"].map((k) => k + " " + ((100 * (b[k] - a[k])) / dt).toFixed(2) + "%").join("  "),
  );
  await page.close();
}
await browser.close();
