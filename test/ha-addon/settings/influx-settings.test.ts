import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { mistakeLine } from "@heatloop/program/mistakes";
import { describe, expect, it } from "vitest";

const lines = (influx: object) => parseSettings({ influx }).mistakes.map(mistakeLine);

describe("the settings of InfluxDB", () => {
  it("are off with all else at its default", () => {
    expect(parseSettings({}).settings.influx).toEqual({
      ...{ on: false, url: "", version: 2, database: "", retention_policy: "", username: "" },
      ...{ organization: "", bucket: "", tags: [], tag_name: false, gzip: true, days_back: 30 },
    });
  });

  it.each([
    { on: true, url: "http://192.168.1.10:8086", version: 1, database: "heatloop" },
    { on: true, url: "http://influxdb:8086/behind/a/path", bucket: "heat pump" },
    { on: true, url: "https://eu-central-1-1.aws.cloud2.influxdata.com", bucket: "heat", organization: "home" },
    { on: false, database: "not yet" },
    { tags: [{ name: "house", value: 'My "house", no. 1=a' }] },
  ])("may be %j", (influx) => {
    expect(lines(influx)).toEqual([]);
  });

  it.each([
    [{ on: true }, ["influx.url: found an empty text", "influx.bucket: found an empty text"]],
    [{ on: true, url: "http://nas.local:8086", version: 1 }, ["influx.database: found an empty text"]],
    [{ url: "http://influx.example.org" }, ["influx.url: found a text that is not shown here; allowed: an https://"]],
    [{ url: "https://me:word@influx.example.org" }, ["influx.url"]],
    [{ url: "https://influx.example.org?token=x" }, ["influx.url"]],
    [{ url: "nas" }, ["influx.url"]],
    [{ version: 3 }, ["influx.version: found 3; allowed: 1 or 2"]],
    [{ username: "a:b" }, ["influx.username"]],
    [{ database: "a\nb" }, ["influx.database"]],
    [{ days_back: 0 }, ["influx.days_back: found 0; allowed: a whole number from 1 to 365"]],
    [{ tags: [{ name: "device", value: "x" }] }, ["influx.tags[0].name"]],
    [{ tags: [{ name: "heat_wh", value: "x" }] }, ["influx.tags[0].name"]],
    [{ tags: [{ name: "a,b=c d", value: "" }] }, ["influx.tags[0].name", "influx.tags[0].value"]],
    [
      {
        tags: [
          { name: "a", value: "1" },
          { name: "a", value: "2" },
        ],
      },
      ["influx.tags[1].name: found a text that is not shown here; allowed: each name once"],
    ],
    [{ token: "planted" }, ["influx.token: found an unknown key"]],
    [{ url: "x", days_back: 999, gzip: 1 }, ["influx.url", "influx.gzip: found 1", "influx.days_back: found 999"]],
  ])("in %j have each mistake named", (influx, starts) => {
    const found = lines(influx);
    expect(found.length).toBe(starts.length);
    for (const [i, start] of starts.entries()) expect(found[i]).toContain(start);
  });
});
