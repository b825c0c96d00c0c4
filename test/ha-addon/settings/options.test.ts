import { readOptions } from "@heatloop/ha-addon/settings/options";
import { mistakeLine } from "@heatloop/program/mistakes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

function options(text: string | undefined) {
  const read = readOptions(text);
  if (!read.ok) throw new Error(read.mistakes.map(mistakeLine).join("\n"));
  return read.options;
}

function mistakesOf(json: unknown): readonly string[] {
  const read = readOptions(JSON.stringify(json));
  return read.ok ? [] : read.mistakes.map(mistakeLine);
}

const supervisors = {
  mqtt: { url: undefined, username: undefined, password: undefined, caFile: undefined },
  homeAssistant: { url: undefined, token: undefined },
  logLevel: "info",
};

describe("options", () => {
  it.each([
    ["no file", undefined],
    ["an empty file", ""],
    ["an empty object", "{}"],
    ["what the Supervisor writes for an untouched form", '{"mqtt":{},"home_assistant":{}}'],
    [
      "a form that was filled in and emptied",
      '{"mqtt":{"url":"","password":""},"home_assistant":{"token":""},"log_level":""}',
    ],
    ["a byte order mark", "\uFEFF{}"],
  ])("with %s, everything is the Supervisor's", (_name, text) => {
    expect(options(text)).toEqual(supervisors);
  });

  it("are taken as they are written", () => {
    const text = JSON.stringify({
      mqtt: { url: " mqtts://broker.example:8883 ", username: "heat", password: " p ", ca_file: "/config/ca.crt" },
      home_assistant: { url: "https://ha.example", token: "abc" },
      log_level: "debug",
    });
    expect(options(text)).toEqual({
      mqtt: { url: "mqtts://broker.example:8883", username: "heat", password: " p ", caFile: "/config/ca.crt" },
      homeAssistant: { url: "https://ha.example", token: "abc" },
      logLevel: "debug",
    });
  });

  it.each([
    [{ mqtt: { url: "http://broker" } }, "mqtt.url: found a text that is not shown here; allowed: mqtt://host"],
    [{ mqtt: { url: "broker:1883" } }, "mqtt.url: found"],
    [{ mqtt: { url: "mqtt://" } }, "mqtt.url: found"],
    [{ mqtt: { url: 5 } }, "mqtt.url: found 5; allowed: a text, or empty"],
    [{ mqtt: [] }, "mqtt: found a list; allowed: an object"],
    [{ mqtt: { host: "x" } }, "mqtt.host: found an unknown key; allowed: one of url, username, password, ca_file"],
    [
      { mqtt: { username: "x" } },
      "mqtt.username: found a text that is not shown here; allowed: empty as long as mqtt.url is empty",
    ],
    [{ mqtt: { url: "mqtt://b", ca_file: "/ca.crt" } }, "write mqtts:// to use the file"],
    [{ mqtt: { url: "mqtts://b", ca_file: "ca.crt" } }, "mqtt.ca_file: found"],
    [{ home_assistant: { url: "ftp://ha", token: "t" } }, "home_assistant.url: found"],
    [{ home_assistant: { url: "http://ha" } }, "home_assistant.token: found nothing"],
    [{ home_assistant: { token: "t" } }, "home_assistant.url: found nothing"],
    [{ log_level: "loud" }, "log_level: found a text that is not shown here; allowed: one of debug, info, warn, error"],
    [{ devices: [] }, "devices: found an unknown key; allowed: one of mqtt, home_assistant, log_level"],
    [[], "found a list; allowed: an object"],
  ])("%j is refused: %s", (json, line) => {
    expect(mistakesOf(json).join("\n")).toContain(line);
  });

  it("that are not JSON are refused as such", () => {
    const read = readOptions("mqtt: x");
    expect(read.ok ? [] : read.mistakes.map(mistakeLine)).toEqual([
      "found a text that is not JSON; allowed: a JSON object",
    ]);
  });

  it("have every mistake named at once", () => {
    const mistakes = mistakesOf({ mqtt: { url: "x", port: 1 }, home_assistant: { url: "y" }, log_level: 3, more: 1 });
    expect(mistakes.map((line) => line.split(":")[0])).toEqual(
      expect.arrayContaining([
        "mqtt.url",
        "mqtt.port",
        "home_assistant.url",
        "home_assistant.token",
        "log_level",
        "more",
      ]),
    );
  });

  it.each([
    { mqtt: { url: "mqtt://user:s3cret@broker" } },
    { mqtt: { password: "s3cret" } },
    { mqtt: { url: "mqtt://b", password: ["s3cret"] } },
    { home_assistant: { token: "s3cret" } },
    { home_assistant: { url: "https://x:s3cret@ha", token: "t" } },
    { home_assistant: { url: "http://ha", token: { a: "s3cret" } } },
  ])("never show a secret in a mistake: %j", (json) => {
    const mistakes = mistakesOf(json);
    expect(mistakes.length).toBeGreaterThan(0);
    expect(mistakes.join()).not.toContain("s3cret");
  });

  it("of any JSON are either read or refused with a reason, never an exception", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const read = readOptions(JSON.stringify(json));
        if (!read.ok) for (const { allowed } of read.mistakes) expect(allowed).not.toBe("");
      }),
    );
  });
});
