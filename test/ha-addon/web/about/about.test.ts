import { logLines, mostLogLines } from "@heatloop/ha-addon/base/log-lines";
import { healthSchema } from "@heatloop/ha-addon/web/about/schemas";
import { buildWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

function linesOf(count: number) {
  const lines = logLines();
  for (let i = 0; i < count; i += 1) {
    lines.add(`2026-11-21T10:00:00+01:00 ${["DEBUG", "INFO", "WARN", "ERROR"][i % 4]} line ${i} device=hp\n`);
  }
  return lines;
}

/** A web whose program has a log and options. */
function webWith(parts: { lines?: number; options?: unknown; clean?: (text: string) => string }) {
  const program = {
    options: parts.options ?? {},
    runtime: { node: "v24.0.0" },
    clean: parts.clean ?? ((text: string) => text),
    processorS: () => 12.5,
  };
  const app = buildWeb({ ...example.parts, logLines: linesOf(parts.lines ?? 8), program });
  onTestFinished(() => app.close());
  return app;
}

describe("health", () => {
  it("has the archive's size and what was written of each heat pump today", async () => {
    const health = await example.json("/api/health", healthSchema);
    expect(health.archive).toMatchObject({ bytes: 73_000_000, free_bytes: 9_000_000_000, days: 212 });
    expect(health.devices).toEqual([
      {
        id: "ecodan-heatpump",
        online: true,
        last_seen: "2026-11-21T10:29:58+01:00",
        last_row: "2026-11-21T10:29:00+01:00",
        gaps_today: [],
      },
    ]);
  });

  it("is at /health too, for who looks there", async () => {
    expect(await example.json("/health", healthSchema)).toEqual(await example.json("/api/health", healthSchema));
  });

  it("has no size as long as it was not counted", async () => {
    example.parts.view.sizeNow = null;
    const { archive } = await example.json("/api/health", healthSchema);
    expect([archive.bytes, archive.free_bytes, archive.days]).toEqual([null, null, null]);
  });
});

describe("the log", () => {
  it.each<[string, readonly string[]]>([
    ["", ["line 0", "line 1", "line 2", "line 3", "line 4", "line 5", "line 6", "line 7"]],
    ["?limit=3", ["line 5", "line 6", "line 7"]],
    ["?level=warn", ["line 2", "line 3", "line 6", "line 7"]],
    ["?level=error&limit=1", ["line 7"]],
  ])("has its newest lines, the oldest of them first: %s", async (query, texts) => {
    const lines = (await webWith({}).inject(`/api/log${query}`)).json() as { text: string; level: string }[];
    expect(lines.map(({ text }) => text)).toEqual(texts.map((text) => `${text} device=hp`));
  });

  it("comes as text too", async () => {
    const answer = await webWith({}).inject({ url: "/api/log?limit=1", headers: { accept: "text/plain" } });
    expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(answer.body).toBe("2026-11-21T10:00:00+01:00 ERROR line 7 device=hp\n");
  });

  it.each(["?limit=0", `?limit=${mostLogLines + 1}`, "?limit=x", "?level=loud", "?lines=3"])(
    "refuses %s, naming what is allowed",
    async (query) => {
      const answer = await webWith({}).inject(`/api/log${query}`);
      expect([answer.statusCode, answer.json().errors.length]).toEqual([400, 1]);
    },
  );

  it("stays small, however much is logged", () => {
    expect(linesOf(5000).newest(5000, "debug")).toHaveLength(mostLogLines);
    const long = logLines();
    for (let i = 0; i < 1000; i += 1) long.add(`t INFO ${"x".repeat(10_000)}\n`);
    expect(long.newest(1000, "debug").length).toBeLessThan(60);
  });
});

describe("diagnostics", () => {
  it("are one file with what an issue report needs", async () => {
    const answer = await webWith({ options: { mqtt: { url: "mqtt://broker" } } }).inject("/api/diagnostics");
    expect(answer.headers["content-disposition"]).toBe('attachment; filename="heatloop-diagnostics-2026-11-21.json"');
    expect(answer.json()).toMatchObject({
      version: "1.2.3",
      runtime: { node: "v24.0.0" },
      options: { mqtt: { url: "mqtt://broker" } },
      settings: { alerts: { offline_min: 5 } },
      health: { mqtt: { state: "connected" } },
      stats: { readings: 1100 },
      devices: [{ id: "ecodan-heatpump", now: { operation: "heating", today: { date: "2026-11-21" } } }],
      points: { "ecodan-heatpump": { flow_temperature: { value: 34.5, age_s: 0 } } },
      room_feed: [{ zone: 1 }],
      alerts: [{ severity: "warning" }],
    });
    expect(answer.json().log).toHaveLength(8);
  });

  it("hold no secret of the options, the settings or the log", async () => {
    await example.parts.settings.change({ web: { host_names: ["heat.example.com"] } });
    const clean = (text: string) => text.replaceAll("device=hp", "***");
    const options = { mqtt: { url: "mqtts://anna:sesame@mqtt.example.com", password: "sesame" } };
    const { body } = await webWith({ options, clean }).inject("/api/diagnostics");
    for (const secret of ["anna", "sesame", "example.com", "device=hp"]) expect(body).not.toContain(secret);
  });
});
