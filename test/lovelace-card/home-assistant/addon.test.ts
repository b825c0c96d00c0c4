import { askAddon, findAddon } from "@heatloop/lovelace-card/home-assistant/addon";
import type { Hass } from "@heatloop/lovelace-card/home-assistant/hass";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeHome } from "#test/lovelace-card/support/fake-home.ts";
import { type SupervisedHome, startSupervisedHome } from "#test/lovelace-card/support/supervised-home.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

let home: SupervisedHome;
const clock = simulatedClock(0);
const reachable = { kind: "reachable", url: "/api/hassio_ingress/aB3-x_9/" };

beforeEach(async () => {
  home = await startSupervisedHome("http://127.0.0.1:9");
});
afterEach(() => home.close());

function hassOf(of: Record<string, unknown> = {}): Hass {
  const { hass } = fakeHome([]);
  return {
    ...hass,
    config: { ...hass.config, components: ["hassio"] },
    callWS: async (message: { type: string }) => home.supervisor(message as never),
    ...of,
  } as Hass;
}

describe("Heatloop's app", () => {
  it("is found among the Supervisor's panels by an administrator", async () => {
    expect(await findAddon(hassOf(), clock)).toEqual(reachable);
    expect(home.commands).toEqual(["get /ingress/panels", "get /addons/a0d7b954_heatloop/info"]);
  });

  it("is found by anybody who has its panel in the sidebar", async () => {
    home.isAdmin = false;
    expect(await findAddon(hassOf({ panels: { energy: {}, a0d7b954_heatloop: {} } }), clock)).toEqual(reachable);
    expect(await findAddon(hassOf(), clock)).toEqual({ kind: "refused", reason: "Unauthorized" });
  });

  it.each(["local_heatloop", "core_heatloop"])("is found when it was installed as %s", async (slug) => {
    home.app.slug = slug;
    expect(await findAddon(hassOf(), clock)).toEqual(reachable);
  });

  it("is asked for once by all cards of a page", async () => {
    const hass = hassOf();
    await Promise.all([findAddon(hass, clock), findAddon({ ...hass }, clock)]);
    await findAddon(hass, clock);
    expect(home.commands).toHaveLength(2);
  });

  it("is looked for again a minute after it was not there", async () => {
    const [hass, time] = [hassOf(), simulatedClock(0)];
    home.app.state = "stopped";
    expect(await findAddon(hass, time)).toEqual({ kind: "stopped" });
    home.app.state = "started";
    expect(await findAddon(hass, time)).toEqual({ kind: "stopped" });
    time.advanceTo(61_000);
    expect(await findAddon(hass, time)).toEqual(reachable);
  });

  it.each<[string, () => Hass, object]>([
    ["there is no Supervisor", () => hassOf({ config: { components: ["recorder"] } }), { kind: "no_supervisor" }],
    ["another app has a like name", () => hassOf(), { kind: "not_installed" }],
    [
      "Home Assistant does not know the command",
      () => hassOf({ callWS: async () => Promise.reject({ code: "unknown_command", message: "Unknown command." }) }),
      { kind: "refused", reason: "Unknown command." },
    ],
  ])("is not there where %s, and nothing is thrown", async (_, hass, expected) => {
    home.app.slug = "a0d7b954_heatloop_beta";
    expect(await findAddon(hass(), clock)).toEqual(expected);
    expect(await askAddon(hass(), clock, "api/devices")).toEqual(expected);
  });
});
