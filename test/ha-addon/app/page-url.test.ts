import { pageOfApp, pageOfMachine } from "@heatloop/ha-addon/app/page-url";
import { defaultSettings } from "@heatloop/ha-addon/settings/settings";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";

describe("the page of an app", () => {
  it("is opened by the slug that the Supervisor gave it, which is asked for once", async () => {
    let asked = 0;
    const page = pageOfApp(async () => {
      asked += 1;
      return "a0d7b954_heatloop";
    }, recordingLog());
    expect([await page(), await page(), asked]).toEqual([
      "homeassistant://app/a0d7b954_heatloop",
      "homeassistant://app/a0d7b954_heatloop",
      1,
    ]);
  });

  it("is not known while the Supervisor does not answer, which the log says, and is when it does", async () => {
    const log = recordingLog();
    const answers = [Promise.reject(new Error("the Supervisor does not answer")), Promise.resolve("local_heatloop")];
    const page = pageOfApp(() => answers.shift() as Promise<string>, log);
    expect(await page()).toBeUndefined();
    expect(log.lines.join()).toMatch(/no link to this page why="the Supervisor does not answer"/);
    expect(await page()).toBe("homeassistant://app/local_heatloop");
  });
});

describe("the page of a program that stands alone", () => {
  it.each([
    ["0.0.0.0", ["heatloop.lan", "pump.example"], [], "http://heatloop.lan:8099"],
    ["192.168.1.5", ["heatloop.lan"], [], "http://heatloop.lan:8099"],
    ["0.0.0.0", [], [], undefined],
    ["127.0.0.1", ["heatloop.lan"], [], undefined],
    ["localhost", ["heatloop.lan"], [], undefined],
    ["0.0.0.0", ["heatloop.lan"], ["192.168.1.9"], undefined],
  ])("listening on %s, with the names %j and the proxies %j, is %s", (host, host_names, trusted_proxies, expected) => {
    const web = { ...defaultSettings.web, host_names, trusted_proxies };
    expect(pageOfMachine({ host, port: 8099 }, { web })).toBe(expected);
  });
});
