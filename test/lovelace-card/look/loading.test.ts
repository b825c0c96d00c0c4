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

  it("is shown as it is there sooner, until the real one comes", async () => {
    const { loading, changes } = watched();
    let answer: (value: string) => void = () => {};
    loading.want("x", (early) => {
      early("about");
      return new Promise((resolve) => (answer = resolve));
    });
    expect(loading.state()).toEqual({ kind: "ready", value: "about" });
    answer("exact");
    await settled();
    expect([loading.state(), changes()]).toEqual([{ kind: "ready", value: "exact" }, 2]);
  });

  it("is not replaced by what is there sooner once it is real, nor by what comes sooner too late", async () => {
    const { clock, loading, changes } = watched();
    let early: (value: string) => void = () => {};
    let asked = 0;
    const load = async (sooner: (value: string) => void) => {
      early = sooner;
      if (asked++ > 0) sooner("about");
      return "exact";
    };
    loading.want("x", load);
    await settled();
    early("about");
    clock.advanceTo(5 * 60_000);
    expect(asked).toBe(2);
    expect([loading.state(), changes()]).toEqual([{ kind: "ready", value: "exact" }, 1]);
    await settled();
    early("about");
    expect([loading.state(), changes()]).toEqual([{ kind: "ready", value: "exact" }, 2]);
  });

  it("is replaced by what is there sooner where it had failed, or is of another key", async () => {
    const { clock, loading } = watched();
    let fails = true;
    const load = (sooner: (value: string) => void) => {
      if (fails) return Promise.reject(new Error("no"));
      sooner("about");
      return new Promise<string>(() => {});
    };
    loading.want("x", load);
    await settled();
    fails = false;
    clock.advanceTo(5 * 60_000);
    expect(loading.state()).toEqual({ kind: "ready", value: "about" });
    let october: (value: string) => void = () => {};
    loading.want("october", (sooner) => {
      october = sooner;
      return new Promise(() => {});
    });
    loading.want("november", async () => "november");
    october("about october");
    expect(loading.state()).toEqual({ kind: "loading" });
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
