import { withoutSecrets } from "@heatloop/ha-addon/web/about/without-secrets";
import { startLog } from "@heatloop/program/log";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const asItIs = (text: string) => text;

describe("a document for an issue report", () => {
  it.each<[string, unknown, unknown]>([
    [
      "passwords",
      { mqtt: { password: "sesame", url: "mqtt://core-mosquitto:1883" } },
      { mqtt: { password: "***", url: "mqtt://core-mosquitto:1883" } },
    ],
    ["users", { username: "anna" }, { username: "***" }],
    ["what is empty, which is no secret", { password: "", token: null }, { password: "", token: null }],
    [
      "secrets in lists and objects",
      { tokens: ["abcd1", { value: "abcd2", active: true }] },
      { tokens: ["***", { value: "***", active: true }] },
    ],
    ["a secret elsewhere", { password: "sesame", log: ["sesame opens"] }, { password: "***", log: ["*** opens"] }],
    ["users in URLs", { url: "mqtt://anna:sesame@192.168.1.5:1883/x" }, { url: "mqtt://192.168.1.5:1883/x" }],
    ["webhooks' addresses", ["https://hooks.slack.com/services/T0/B0/xyz"], ["https://***"]],
    ["queries", ["http://homeassistant.local:8123/x?token=1#y"], ["http://homeassistant.local:8123/x?***"]],
    [
      "public hosts, also without an address",
      { url: "mqtts://mqtt.example.co:8883", log: "ENOTFOUND mqtt.example.co" },
      { url: "mqtts://***", log: "ENOTFOUND ***" },
    ],
    [
      "public hosts of settings",
      { host_names: ["heat.mueller.example", "nas.local"], log: "not heat.mueller.example" },
      { host_names: ["***", "nas.local"], log: "not ***" },
    ],
    ["public names in texts", "cannot reach home.duckdns.org", "cannot reach ***"],
    [
      "public addresses",
      "peer 93.184.216.34 and 192.168.178.20, 2a02:8071::1 and ::1",
      "peer *** and 192.168.178.20, *** and ::1",
    ],
    ["e-mail addresses", { to: "Anna <anna.m@example.com>" }, { to: "Anna <***>" }],
    [
      "users' folders",
      { caFile: "/home/anna/ca.crt", other: "C:\\Users\\anna\\ca.crt" },
      { caFile: "/home/***/ca.crt", other: "C:\\Users\\***\\ca.crt" },
    ],
    ["coordinates", { latitude: 48.137, longitude: 11.575 }, { latitude: "***", longitude: "***" }],
    [
      "pairs in the log",
      'login password=sesame token="a b" latitude=48.1',
      "login password=*** token=*** latitude=***",
    ],
    ["what carries a session", "Authorization: Bearer abc.def-1", "Authorization: ***"],
    ["tokens behind something else", "x-eyJhbGciOi.eyJpc3MiOiJ.c2ln", "x-***"],
    ["long tokens", "eyJhbGciOi.eyJpc3MiOiJ.c2ln and 0123456789abcdef0123456789abcdef01234567", "*** and ***"],
  ])("has no %s", (_what, document, expected) => {
    expect(withoutSecrets(document, asItIs)).toEqual(expected);
  });

  it.each([
    "sensor.living_room_temperature",
    "climate.bedroom",
    "2026-11-21T10:30:00+01:00 INFO found a heat pump device=ecodan-heatpump",
    "at run (file:///app/dist/main.js:12:34)",
    "http://homeassistant.local:8123/lovelace",
    "ecodan-heatpump/sensor/flow/state",
    "192.168.1.5:1883",
    "settings.json: alerts.offline_min: found 0; allowed: a whole number",
    "2026-11-21.csv.zst",
  ])("keeps what helps: %s", (text) => {
    expect(withoutSecrets({ text }, asItIs)).toEqual({ text });
  });

  /** Whatever a person may have as a password, but what is there anyway. */
  const secret = fc
    .string({ minLength: 6, maxLength: 40, unit: "grapheme" })
    .map((text) => `${text}~`)
    .filter((text) => text.trim() === text && !text.includes("***"));
  const token = fc.stringMatching(/^[A-Za-z0-9]{20,60}$/);

  it("holds none of its secrets, wherever they are", () => {
    fc.assert(
      fc.property(secret, secret, token, token, (mqttPassword, mailPassword, haToken, botToken) => {
        const lines: string[] = [];
        const log = startLog({ level: "debug", write: (line) => lines.push(line), now: () => 0, secrets: [haToken] });
        log.hide(mqttPassword);
        log.warn(`connecting with ${mqttPassword}`, {
          url: `mqtt://u:${encodeURIComponent(mqttPassword)}@broker:1883`,
        });
        const document = {
          options: {
            mqtt: { url: `mqtt://user:${encodeURIComponent(mqttPassword)}@broker:1883`, password: mqttPassword },
            homeAssistant: { url: "http://homeassistant.local:8123", token: haToken },
          },
          settings: {
            channels: {
              email: { password: mailPassword, to: "a@example.com", host: "smtp.example.com" },
              telegram: { bot_token: botToken, chat_id: 12345678 },
              webhook: { url: `https://hooks.example.com/${botToken}` },
            },
          },
          log: [...lines, `smtp said: ${mailPassword} is wrong`, `sent to https://api.telegram.org/bot${botToken}/x`],
          nested: { deep: [[{ note: `token ${haToken}, ${JSON.stringify(mailPassword)}` }]] },
        };
        const download = JSON.stringify(withoutSecrets(document, log.clean));
        for (const each of [mqttPassword, mailPassword, haToken, botToken, "12345678", "example.com"]) {
          expect(download).not.toContain(each);
          expect(download).not.toContain(JSON.stringify(each).slice(1, -1));
          expect(download).not.toContain(encodeURIComponent(each));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("takes a text of any kind in a time that grows with its length only", () => {
    const texts = [
      "a.".repeat(50_000),
      "x@".repeat(50_000),
      "://".repeat(30_000),
      "password=".repeat(10_000),
      "a-".repeat(50_000),
    ];
    for (const text of texts) expect(typeof withoutSecrets(text, asItIs)).toBe("string");
  });
});
