// @vitest-environment happy-dom

import { refusalText, startLoading } from "@heatloop/lovelace-card/look/loading";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import { describe, expect, it } from "vitest";
import { fakeHome } from "#test/lovelace-card/support/fake-home.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

function watched() {
  const clock = simulatedClock(0);
  let changes = 0;
  const loading = startLoading<string>(clock, () => changes++);
  return { clock, loading, changes: () => changes };
}

describe("what a view loads", () => {
  it("is asked for once a key, and again each five minutes", async () => {
    const { clock, loading, changes } = watched();
    let asked = 0;
    const load = async () => `answer ${++asked}`;
    loading.want("november", load);
    loading.want("november", load);
    expect(loading.state()).toEqual({ kind: "loading" });
    await settled();
    expect(loading.state()).toEqual({ kind: "ready", value: "answer 1" });
    clock.advanceTo(5 * 60_000);
    await settled();
    expect(loading.state()).toEqual({ kind: "ready", value: "answer 2" });
    expect([asked, changes()]).toEqual([2, 2]);
  });

  it("is that of the last key, whichever answer comes first", async () => {
    const { loading } = watched();
    let answerOctober: (value: string) => void = () => {};
    loading.want("october", () => new Promise((resolve) => (answerOctober = resolve)));
    loading.want("november", async () => "november");
    await settled();
    answerOctober("october");
    await settled();
    expect(loading.state()).toEqual({ kind: "ready", value: "november" });
  });

  it("has the reason why there is nothing, and tries again", async () => {
    const { clock, loading } = watched();
    let refuses = true;
    loading.want("x", async () => {
      if (refuses) throw { code: "unknown_command", message: "Unknown command." };
      return "there";
    });
    await settled();
    expect(loading.state()).toEqual({ kind: "failed", reason: "Unknown command." });
    refuses = false;
    clock.advanceTo(5 * 60_000);
    await settled();
    expect(loading.state()).toEqual({ kind: "ready", value: "there" });
  });

  it("asks no more when it is stopped, keeps what it has, and asks anew when it is wanted again", async () => {
    const { clock, loading } = watched();
    let asked = 0;
    const load = async () => `answer ${++asked}`;
    loading.want("x", load);
    await settled();
    loading.stop();
    clock.advanceTo(60 * 60_000);
    expect(asked).toBe(1);
    loading.want("x", load);
    expect(loading.state()).toEqual({ kind: "ready", value: "answer 1" });
    await settled();
    expect(loading.state()).toEqual({ kind: "ready", value: "answer 2" });
  });
});

describe("a refusal", () => {
  const { hass } = fakeHome([]);
  const home = (components: readonly string[] | undefined) => ({
    ...hass,
    config: { ...hass.config, ...(components && { components }) },
  });

  it.each([
    [["history"], english.recorder_off],
    [["history", "recorder"], "Home Assistant refused: no"],
    [undefined, "Home Assistant refused: no"],
  ])("is a recorder that is off where Home Assistant has %j", (components, text) => {
    expect(refusalText("no", "recorder", home(components), english)).toBe(text);
  });
});
