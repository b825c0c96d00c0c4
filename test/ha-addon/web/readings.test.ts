import { daySchema, readingsSchema, transitionSchema } from "@heatloop/ha-addon/web/schemas";
import { startWeb } from "@heatloop/ha-addon/web/web";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { examplePump, webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

describe("readings", () => {
  it("are today's minutes where nothing else is asked", async () => {
    const { from, to, readings } = await example.json(`${examplePump}/readings?points=heat_wh`, readingsSchema);
    expect([from, to]).toEqual(["2026-11-21T00:00:00+01:00", "2026-11-22T00:00:00+01:00"]);
    expect(readings).toHaveLength(630);
    expect(readings[1]).toEqual({ time: "2026-11-21T00:01:00+01:00", heat_wh: 60 });
  });

  it("come at the resolution, with the points and units that were asked for", async () => {
    const query =
      "from=2026-11-20&to=2026-11-20&resolution=hour&points=heat_wh,flow_temperature,compressor,operation_mode";
    const { units, readings } = await example.json(`${examplePump}/readings?${query}`, readingsSchema);
    expect(units).toEqual({ heat_wh: "Wh", flow_temperature_c: "°C", compressor_s: "s", operation_mode: null });
    expect(readings).toHaveLength(24);
    expect(readings[5]).toEqual({
      time: "2026-11-20T05:00:00+01:00",
      heat_wh: 3600,
      flow_temperature_c: 35,
      compressor_s: 3600,
      operation_mode: "heating",
    });
  });

  it("of a time without any are an empty list", async () => {
    const query = "from=2026-11-21T10:30:00%2B01:00&to=2026-11-21T11:00:00%2B01:00";
    expect((await example.json(`${examplePump}/readings?${query}`, readingsSchema)).readings).toEqual([]);
  });

  it("refuse a wrong query with every mistake, each with what is allowed", async () => {
    const answer = await example.app.inject(`${examplePump}/readings?from=soon&points=heat_wh,nonsense`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      errors: [
        { path: "points", found: '"nonsense"' },
        { path: "from", found: "a text that is not shown here" },
      ],
    });
  });

  it.each([
    ["resolution=week", "resolution: found a text that is not shown here; allowed: one of minute, 5min, hour, day"],
    ["form=2026-11-20", "form: found an unknown key; allowed: one of from, to, points, resolution"],
    ["from=2026-11-20&from=2026-11-21", "from: found a list"],
    ["from=2026-09-01", "coarser resolution"],
    ["from=2099-01-01", "a time that has begun"],
  ])("refuse %s", async (query, detail) => {
    const answer = await example.app.inject(`${examplePump}/readings?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail).toContain(detail);
  });

  it("of minutes come as CSV to be saved", async () => {
    const answer = await example.app.inject(`${examplePump}/minutes.csv?from=2026-11-19&to=2026-11-20`);
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(answer.headers["content-disposition"]).toBe(
      'attachment; filename="heatloop-ecodan-heatpump-minutes-2026-11-19-to-2026-11-20.csv"',
    );
    const rows = parse(answer.body, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(2880);
    expect(rows[0]).toMatchObject({ time: "2026-11-19T00:00:00+01:00", heat_wh: "60", outdoor_temperature_c: "" });
  });

  it("that cannot be read any further break the connection off, so that half a file never looks whole", async () => {
    example.parts.view.minuteLines = async function* () {
      yield `${"x".repeat(1024 * 1024)}\n`;
      throw new Error("EIO");
    };
    const web = await startWeb({ ...example.parts, host: "127.0.0.1", port: 0 });
    const headers = { "accept-encoding": "identity" };
    const answer = await fetch(`${web.url}${examplePump}/minutes.csv`, { headers });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    await web.close();
  });

  it("that cannot be read at all are a problem, not a file", async () => {
    example.parts.view.minuteLines = async function* () {
      yield* [];
      throw new Error("EIO at /secret/path");
    };
    const answer = await example.app.inject(`${examplePump}/minutes.csv`);
    expect(answer.statusCode).toBe(500);
    expect(answer.headers).not.toHaveProperty("content-disposition");
    expect(answer.body).not.toContain("secret");
    expect(example.parts.log.lines.join("\n")).toContain("EIO");
  });
});

describe("days", () => {
  it("are the dates asked for, both included", async () => {
    const days = await example.json(`${examplePump}/days?from=2026-11-19&to=2026-11-20`, z.array(daySchema));
    expect(days.map(({ date, heat_wh, cop, complete }) => ({ date, heat_wh, cop, complete }))).toEqual([
      { date: "2026-11-19", heat_wh: 86_400, cop: 4, complete: true },
      { date: "2026-11-20", heat_wh: 86_400, cop: 4, complete: true },
    ]);
  });

  it("are the last 31 where nothing else is asked", async () => {
    const days = await example.json(`${examplePump}/days`, z.array(daySchema));
    expect([days.length, days[0]?.date, days.at(-1)?.date]).toEqual([31, "2026-10-22", "2026-11-21"]);
  });

  it.each([
    ["days.csv", {}],
    ["days", { accept: "text/csv" }],
    ["days", { accept: "text/csv, application/json;q=0.5" }],
    ["days", { accept: "application/json;q=0.1, text/csv" }],
  ])("come as CSV from %s with %j", async (path, headers) => {
    const answer = await example.app.inject({ url: `${examplePump}/${path}?from=2026-11-20&to=2026-11-21`, headers });
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    const rows = parse(answer.body, { columns: true }) as Record<string, string>[];
    expect(rows[0]).toMatchObject({
      date: "2026-11-20",
      heat_wh: "86400",
      cop: "4",
      heating_electricity_wh: "21600",
      hot_water_cop: "",
      complete: "1",
      controller_heating_heat_wh: "",
    });
  });

  it("come as JSON to a browser", async () => {
    const answer = await example.app.inject({ url: `${examplePump}/days`, headers: { accept: "text/html,*/*;q=0.8" } });
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
  });
});

describe("transitions", () => {
  it("have the time in the state before and the values of that moment", async () => {
    const edges = await example.json(`${examplePump}/transitions`, z.array(transitionSchema));
    expect(edges).toMatchObject([
      { what: "compressor", from: "off", to: "on", duration_s: null, zone: null },
      {
        time: "2026-11-21T10:05:00+01:00",
        what: "operation",
        from: "standby",
        duration_s: 900,
        flow_temperature_c: 31.5,
      },
    ]);
  });

  it("can be of one kind only", async () => {
    const edges = await example.json(`${examplePump}/transitions?what=compressor`, z.array(transitionSchema));
    expect(edges.map(({ what }) => what)).toEqual(["compressor"]);
  });
});
