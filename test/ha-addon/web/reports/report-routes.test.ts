import { createHash } from "node:crypto";
import { reportStyleSource } from "@heatloop/ha-addon/report/html/html";
import { reportSchema } from "@heatloop/ha-addon/report/json/json";
import { describe, expect, it } from "vitest";
import { examplePump, webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

describe("the report", () => {
  it("is that of the dates asked for, both included", async () => {
    const answer = await example.app.inject(`${examplePump}/report?from=2026-11-19&to=2026-11-20`);
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
    const { total, periods, unit } = reportSchema.parse(answer.json());
    expect([total.heat_wh, total.cop, unit]).toEqual([172_800, 4, "day"]);
    expect(periods.map(({ name }) => name)).toEqual(["2026-11-19", "2026-11-20"]);
  });

  it("is that of the last 31 days where nothing is asked, the running day as far as it has passed", async () => {
    const { from, to, total } = reportSchema.parse((await example.app.inject(`${examplePump}/report.json`)).json());
    expect([from, to]).toEqual(["2026-10-22", "2026-11-21"]);
    expect(total).toMatchObject({ coverage: 1, days: { all: 31, logged: 31, complete: 30 } });
  });

  it("is divided as asked", async () => {
    const answer = await example.app.inject(`${examplePump}/report?from=2026-10-20&to=2026-11-20&by=month`);
    expect(answer.json().periods.map(({ name }: { name: string }) => name)).toEqual(["2026-10", "2026-11"]);
  });

  it.each([
    ["report", { accept: "text/html,application/xhtml+xml,*/*;q=0.8" }, "text/html"],
    ["report", { accept: "text/csv" }, "text/csv"],
    ["report", { accept: "text/plain" }, "text/plain"],
    ["report.html", {}, "text/html"],
    ["report.csv", {}, "text/csv"],
    ["report.txt", {}, "text/plain"],
  ])("comes from %s with %j as %s", async (path, headers, type) => {
    const answer = await example.app.inject({ url: `${examplePump}/${path}`, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.headers["content-type"]).toBe(`${type}; charset=utf-8`);
    expect(answer.headers.vary).toContain("accept-language");
  });

  it.each([
    ["energy", ["total", "periods", "cost"], ["happened", "house"]],
    ["cycles", ["happened"], ["total", "house"]],
  ])("is, with fields=%s, that part alone", async (fields, there, away) => {
    const url = `${examplePump}/report.json?from=2026-11-19&to=2026-11-20&fields=${fields}`;
    const answer = await example.app.inject(url);
    expect(answer.statusCode, answer.body).toBe(200);
    for (const name of there) expect(answer.json()).toHaveProperty(name);
    for (const name of away) expect(answer.json()).not.toHaveProperty(name);
  });

  it("shows a person who leafs through how far it is with what takes long, and has the browser ask again", async () => {
    const made = example.parts.view.report;
    const times = (progress: { made: number; all: number } | null): void => {
      example.parts.view.report = async (...of) => ({ ...(await made(...of)), pending: true, progress });
    };
    const ask = async (query: string) => {
      const { body, headers } = await example.app.inject(
        `${examplePump}/report.html?from=2026-11-19&to=2026-11-20${query}`,
      );
      return { bar: /<progress[^>]*>/.exec(body)?.[0], text: body, refresh: headers.refresh };
    };
    times({ made: 120, all: 1400 });
    for (const query of ["&browse=yes", "&wait=1"]) {
      const followed = await ask(query);
      expect(followed).toMatchObject({ bar: '<progress value="120" max="1400">', refresh: "2" });
      expect(followed.text).toContain("120 of 1,400 days");
      expect(followed.text).toContain('<dl class="figures">');
    }
    expect(await ask("")).toMatchObject({ bar: undefined, refresh: undefined });
    times(null);
    expect((await ask("&wait=1")).bar).toBe("<progress>");
    example.parts.view.report = made;
    expect(await ask("&wait=1")).toMatchObject({ bar: undefined, refresh: undefined });
  });

  it.each([
    ["report.html", 10_000],
    ["report.html?wait=3", 3_000],
    ["report.html?browse=yes", 1_000],
    ["report.json?fields=cycles", 1_000],
  ])("waits for what %s makes for the first time %i ms at most", async (path, ms) => {
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    const made = example.parts.view.report;
    example.parts.view.report = async (id, request) => {
      isAsked();
      await request.timesUp;
      return made(id, request);
    };
    const answer = example.app.inject(`${examplePump}/${path}`);
    let isAnswered = false;
    void answer.then(() => {
      isAnswered = true;
    });
    await asked;
    example.parts.clock.advanceTo(example.parts.clock.now() + ms - 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isAnswered).toBe(false);
    example.parts.clock.advanceTo(example.parts.clock.now() + 1);
    expect((await answer).statusCode).toBe(200);
  });

  it("names its CSV for the folder of downloads", async () => {
    const answer = await example.app.inject(`${examplePump}/report.csv?from=2026-11-19&to=2026-11-20&decimal=comma`);
    expect(answer.headers["content-disposition"]).toBe(
      'attachment; filename="heatloop-ecodan-heatpump-report-2026-11-19-to-2026-11-20.csv"',
    );
    expect(answer.body).toContain("period;from;to");
  });

  it("is in the language of the reader, or the one asked for, and under the name of the heat pump", async () => {
    const headers = { "accept-language": "de-AT,en;q=0.5" };
    const german = await example.app.inject({ url: `${examplePump}/report.html`, headers });
    expect(german.headers["content-language"]).toBe("de");
    expect(german.body).toContain("Energiebericht");
    expect(german.body).toContain("<h1>Ecodan</h1>");
    const dutch = await example.app.inject({ url: `${examplePump}/report.txt?language=nl`, headers });
    expect(dutch.body).toContain("Warmte");
  });

  it("lets its page run nothing and load nothing", async () => {
    const policy = String((await example.app.inject(`${examplePump}/report.html`)).headers["content-security-policy"]);
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}=';/);
    expect(policy).not.toMatch(/script|unsafe/);
  });

  it("leads to the months before and after, in the same language, and prints, where it is to be leafed through", async () => {
    const query = "from=2026-10-01&to=2026-10-31&by=week&language=de&browse=yes";
    const { body, headers } = await example.app.inject(`${examplePump}/report.html?${query}`);
    const neighbours = [...body.matchAll(/<a rel="(prev|next)" href="([^"]*)"/g)].map(([, rel, address]) => [
      rel,
      address,
    ]);
    const rest = "&amp;by=week&amp;language=de&amp;browse=yes";
    expect(neighbours).toEqual([
      ["prev", `report.html?from=2026-09-01&amp;to=2026-09-30${rest}`],
      ["next", `report.html?from=2026-11-01&amp;to=2026-11-21${rest}`],
    ]);
    const script = /<script>(.*?)<\/script>/.exec(body)?.[1] ?? "";
    const hash = createHash("sha256").update(script).digest("base64");
    expect(headers["content-security-policy"]).toContain(`script-src 'sha256-${hash}'`);
    expect(body).toContain(">Drucken</button>");
    const kept = await example.app.inject(`${examplePump}/report.html?${query.replace("&browse=yes", "")}`);
    expect(kept.body).not.toMatch(/<nav|<script/);
  });

  it.each([
    ["by=fortnight", "by"],
    ["language=xx", "language"],
    ["fields=everything", "fields"],
    ["decimal=dot", "decimal"],
    ["from=2026-11-20&to=2026-11-19", "to"],
    ["from=2026-02-30", "from"],
    ["from=1990-01-01", "from"],
    ["from=2099-01-01", "from"],
    ["format=pdf", "format"],
  ])("refuses %s and names what is wrong", async (query, path) => {
    const answer = await example.app.inject(`${examplePump}/report.csv?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(answer.headers).not.toHaveProperty("content-disposition");
    expect(answer.json().errors.map((error: { path: string }) => error.path)).toContain(path);
  });

  it("is refused on a page for a person whose browser asked, with a way home that works behind any prefix", async () => {
    const headers = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    const url = `${examplePump}/report.html?from=2026-02-30&to=2026-11-19&by=fortnight`;
    const { statusCode, headers: answered, body } = await example.app.inject({ url, headers });
    expect([statusCode, answered["content-type"]]).toEqual([400, "text/html; charset=utf-8"]);
    expect(body).toContain("<p>by: found a text that is not shown here; allowed: one of day");
    expect(body).toContain('<a href="../../../">Open Heatloop</a>');
    expect(String(answered["content-security-policy"])).toContain(reportStyleSource);
    const nowhere = await example.app.inject({ url: "/nowhere", headers });
    expect([nowhere.statusCode, nowhere.body.includes('<a href="./">')]).toEqual([404, true]);
  });

  it("of an unknown device is a 404 that names the known ones", async () => {
    const answer = await example.app.inject("/api/devices/other/report");
    expect(answer.statusCode).toBe(404);
    expect(answer.json().detail).toContain("Known: ecodan-heatpump.");
  });
});
