import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import type { Hass, StateObject } from "@heatloop/lovelace-card/home-assistant/hass";
import { watchSince } from "@heatloop/lovelace-card/home-assistant/operation-since";
import { afterEach, describe, expect, it, vi } from "vitest";
import { fakeHome, firmwareDevice, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

const restarted = "2026-11-21T10:20:00Z";
const before = "2026-11-21T08:05:00Z";
const ms = (iso: string) => Date.parse(iso);

/** A house with these states, each since a time, and an app that answers with a status. */
function house(
  states: Readonly<Record<string, readonly [string, string]>>,
  status?: object,
  fake = heatloopDevice("home"),
) {
  const heatPump = heatPumpFrom(fake.device, fake.entities);
  const objects: Record<string, StateObject> = {};
  for (const [id, [state, last_changed]] of Object.entries(states)) {
    const entity_id = heatPump.entities.get(id as never) ?? "";
    objects[entity_id] = { entity_id, state, attributes: {}, last_changed };
  }
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return Response.json(status);
  });
  const callWS = async ({ endpoint }: { type: string; endpoint: string }) =>
    endpoint === "/ingress/panels" ? { panels: { local_heatloop: {} } } : { state: "started", ingress_url: "/app/" };
  const { hass } = fakeHome([]);
  const components = status === undefined ? [] : ["hassio"];
  const home = { ...hass, connection: {}, states: objects, config: { ...hass.config, components }, callWS } as Hass;
  let changes = 0;
  const watch = watchSince(simulatedClock(0), () => {
    changes += 1;
  });
  return {
    asked,
    since: (situation: "heating" | "defrost" | "offline" = "heating") => watch.since(home, heatPump, situation),
    answered: () => waitFor(() => changes > 0, "the app has answered"),
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("since when the heat pump does what it does", () => {
  it("is since its operation changed in Home Assistant", () => {
    expect(house({ operation: ["heating", before], compressor: ["on", restarted] }).since()).toBe(ms(before));
  });

  it("is what Heatloop knows after a restart of Home Assistant, asked once", async () => {
    const { since, answered, asked } = house(
      { operation: ["heating", restarted] },
      { operation: "heating", since: before },
    );
    expect(since()).toBe(ms(restarted));
    await answered();
    expect([since(), since()]).toEqual([ms(before), ms(before)]);
    expect(asked).toEqual(["/app/api/devices/home/status"]);
  });

  it("is no later than Home Assistant knows, where Heatloop has been restarted", async () => {
    const { since, answered } = house({ operation: ["heating", before] }, { operation: "heating", since: restarted });
    since();
    await answered();
    expect(since()).toBe(ms(before));
  });

  it("is the newest of the firmware's signs, where Heatloop is not used", () => {
    const signs = {
      compressor: ["on", before],
      operation_mode: ["Heating", before],
      defrost: ["on", restarted],
    } as const;
    expect(house(signs, undefined, firmwareDevice("en", "api")).since("defrost")).toBe(ms(restarted));
  });

  it("is not known while it is offline, or nobody says", () => {
    expect(house({ operation: ["unknown", before] }).since("offline")).toBeNull();
    expect(house({}).since()).toBeNull();
  });
});
