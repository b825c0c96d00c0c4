import { logLevels, startLog } from "@heatloop/program/log";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";

const at = Date.UTC(2026, 10, 21, 1, 15, 4, 900);

function logged(options: Partial<Parameters<typeof startLog>[0]> = {}) {
  const lines: string[] = [];
  return { lines, log: startLog({ level: "debug", write: (line) => lines.push(line), now: () => at, ...options }) };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the log", () => {
  it.each([
    ["Europe/Rome", "2026-11-21T02:15:04+01:00"],
    ["UTC", "2026-11-21T01:15:04+00:00"],
    ["America/St_Johns", "2026-11-20T21:45:04-03:30"],
    ["Asia/Kathmandu", "2026-11-21T07:00:04+05:45"],
  ])("writes one line with the local time of %s", (timeZone, time) => {
    vi.stubEnv("TZ", timeZone);
    const { log, lines } = logged();
    log.info("MQTT connected", { broker: "mqtt://core-mosquitto:1883", attempt: 2, tls: false });
    expect(lines).toEqual([`${time} INFO MQTT connected broker=mqtt://core-mosquitto:1883 attempt=2 tls=false\n`]);
  });

  it.each([
    ["plain", "plain"],
    ["two words", '"two words"'],
    ['say "hi"', '"say \\"hi\\""'],
    ["a=b", '"a=b"'],
    ["", '""'],
    ["line\nbreak", '"line\\nbreak"'],
    [null, "null"],
    [0, "0"],
  ])("prints the value %j as %s", (value, printed) => {
    const { log, lines } = logged();
    log.info("x", { value });
    expect(lines[0]).toMatch(/ INFO x value=.*\n$/);
    expect(lines[0]?.split("value=")[1]).toBe(`${printed}\n`);
  });

  it("leaves out what is undefined", () => {
    const { log, lines } = logged();
    log.warn("x", { gone: undefined, kept: 1 });
    expect(lines[0]).toContain("WARN x kept=1\n");
  });

  it.each(logLevels)("logs what is as severe as %s or more", (level) => {
    const { log, lines } = logged({ level });
    for (const one of logLevels) log[one]("x");
    const levels = lines.map((line) => line.split(" ")[1]?.toLowerCase());
    expect(levels).toEqual(logLevels.slice(logLevels.indexOf(level)));
  });

  it("never shows a secret, whatever it looks like and wherever it is", () => {
    const secret = fc
      .string({ minLength: 4, maxLength: 20 })
      .filter((text) => /[^*\s]/.test(text) && !/^[\w ]*$/.test(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
        const { log, lines } = logged({ secrets: [hidden] });
        log.error(`${before}${hidden}${after}`, {
          value: `${before}${hidden}`,
          url: `https://host/?key=${encodeURIComponent(hidden)}&x`,
          json: JSON.stringify({ hidden }),
        });
        const rest = (lines[0] ?? "").slice("2026-11-21T02:15:04+01:00 ERROR ".length);
        expect(rest.split("url=")[1]).not.toContain(encodeURIComponent(hidden));
        expect(rest.split("json=")[1]).toMatch(/^"\{\\"hidden\\":\\".*\*\*\*/);
        expect(rest.match(/\*\*\*/g)?.length).toBeGreaterThanOrEqual(4);
      }),
    );
  });

  it("hides the longer of two secrets that begin alike, and one that became known later", () => {
    const { log, lines } = logged({ secrets: ["tok", "token-of-mine"] });
    log.hide("later");
    log.hide("");
    log.info("token-of-mine tok later");
    expect(lines[0]).toContain("INFO *** *** ***\n");
  });

  it.each([
    ["mqtt://me:pass@host:1883", "mqtt://me:***@host:1883"],
    ["mqtt://me:p@ss/w:rd@host", "mqtt://me:***@host"],
    ["a wss://u:p@h/mqtt b", "a wss://u:***@h/mqtt b"],
    ["mqtt://me@host:1883", "mqtt://me@host:1883"],
    ["mqtt://host:1883 is away, ask me@home", "mqtt://host:1883 is away, ask me@home"],
  ])("hides the password in %s", (text, shown) => {
    const { log, lines } = logged();
    log.info(text);
    expect(lines[0]).toContain(`INFO ${shown}\n`);
  });

  it("keeps every entry on one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (message, value) => {
        const { log, lines } = logged();
        log.info(message, { value });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        expect((lines[0] ?? "").slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      }),
    );
  });
});
