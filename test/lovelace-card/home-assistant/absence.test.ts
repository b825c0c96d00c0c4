import {
  type AbsentParty,
  absenceOf,
  awayByAnswer,
  watchAbsence,
} from "@heatloop/lovelace-card/home-assistant/absence";
import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import type { Hass, StateObject } from "@heatloop/lovelace-card/home-assistant/hass";
import { describe, expect, it } from "vitest";
import { fakeHome, firmwareDevice, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { startSupervisedHome } from "#test/lovelace-card/support/supervised-home.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

const sinceHeatPump = "2026-11-21T10:20:00Z";
const sinceHeatloop = "2026-11-21T11:05:00Z";

/** A house with these states, and since when each has been so. */
function sourceOf(states: Readonly<Record<string, readonly [string, string?]>>, fake = heatloopDevice("home")) {
  const { entities } = heatPumpFrom(fake.device, fake.entities);
  const objects: Record<string, StateObject> = {};
  for (const [id, [state, since]] of Object.entries(states)) {
    const entityId = entities.get(id as never) ?? "";
    const changed = since === undefined ? {} : { last_changed: since };
    objects[entityId] = { entity_id: entityId, state, attributes: {}, ...changed };
  }
  return { states: objects, entities };
}

describe("who is away", () => {
  it.each<[string, Parameters<typeof sourceOf>[0], AbsentParty, string | null]>([
    [
      "the heat pump, where Heatloop's own figures are there",
      { operation: ["unknown"], today_heat: ["12.3"], flow_temperature: ["unavailable", sinceHeatPump] },
      "heat_pump",
      sinceHeatPump,
    ],
    [
      "Heatloop or the broker, where they are gone too",
      {
        operation: ["unavailable", sinceHeatloop],
        today_heat: ["unavailable", sinceHeatloop],
        flow_temperature: ["unavailable", sinceHeatPump],
      },
      "heatloop_or_broker",
      sinceHeatloop,
    ],
    ["and nobody knows since when", { operation: ["unavailable"] }, "heatloop_or_broker", null],
  ])("is %s", (_, states, who, since) => {
    expect(absenceOf(sourceOf(states))).toEqual({ who, since: since === null ? null : Date.parse(since) });
  });

  it("is the heat pump, where Heatloop is not used", () => {
    const source = sourceOf({ flow_temperature: ["unavailable", sinceHeatPump] }, firmwareDevice("en", "api"));
    expect(absenceOf(source).who).toBe("heat_pump");
  });

  it.each<[Parameters<typeof awayByAnswer>[0], AbsentParty | undefined]>([
    [{ kind: "answer", value: { mqtt: { state: "connected" } } }, undefined],
    [{ kind: "answer", value: { mqtt: { state: "disconnected" } } }, "broker"],
    [{ kind: "stopped" }, "heatloop"],
    [{ kind: "refused", reason: "502 Bad Gateway" }, "heatloop"],
    [{ kind: "refused", reason: "Unauthorized" }, undefined],
    [{ kind: "no_supervisor" }, undefined],
    [{ kind: "not_installed" }, undefined],
  ])("of an answer %j is %s", (answer, who) => {
    expect(awayByAnswer(answer)).toBe(who);
  });
});

describe("the watch", () => {
  it("asks the app once a minute who is away, and tells it for this absence alone", async () => {
    const home = await startSupervisedHome("http://127.0.0.1:9");
    const clock = simulatedClock(0);
    const { hass } = fakeHome([]);
    const supervised = {
      ...hass,
      config: { ...hass.config, components: ["hassio"] },
      callWS: async (message: { type: string }) => home.supervisor(message as never),
    } as Hass;
    home.app.state = "stopped";
    let changes = 0;
    const watch = watchAbsence(clock, () => {
      changes += 1;
    });
    const absence = { who: "heatloop_or_broker", since: 5 } as const;
    expect(watch.exactly(supervised, absence)).toEqual(absence);
    await waitFor(() => changes === 1, "the app was asked");
    expect(watch.exactly(supervised, absence)).toEqual({ who: "heatloop", since: 5 });
    expect(watch.exactly(supervised, { who: "heat_pump", since: 7 })).toEqual({ who: "heat_pump", since: 7 });
    const asked = home.commands.length;
    expect(watch.exactly(supervised, absence).who).toBe("heatloop");
    expect(home.commands).toHaveLength(asked);
    expect(watch.exactly(supervised, { ...absence, since: 9 }).who).toBe("heatloop_or_broker");
    watch.stop();
    await home.close();
  });
});
