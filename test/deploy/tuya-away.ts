import { expect, it } from "vitest";
import type { Installed } from "#scripts/cloud-scene/installed.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { signIn } from "./broker.ts";
import { heatPumpAtHome } from "./heat-pump-at-home.ts";
import { answersOf, changeSettings } from "./program.ts";

type Feed = {
  readonly state: string;
  readonly temperature_c: number | null;
  readonly rooms: readonly { readonly used: boolean; readonly reason: string | null }[];
};

/**
 * Thermostats as the Tuya integration has them in Home Assistant, a climate entity each that is unavailable while Tuya's cloud is away.
 * `password`: that of Heatloop's page.
 */
export function tuyaAway(installed: () => Installed, password: string): void {
  it("feeds the rooms, holds the last temperature while Tuya is away, and goes on by itself", async () => {
    const page = { ...installed(), secrets: { ...installed().secrets, heatloop_page: password } };
    const fed = { room_source_zone_1: "home_assistant", auto_adaptive: true } as const;
    const heatPump = heatPumpAtHome(installed(), { settings: fed });
    const tuya = await signIn(installed(), "homeassistant");
    const tell = (topic: string, text: string) => tuya.publishAsync(topic, text, { qos: 1, retain: true });
    const feed = async () => ((await answersOf(page, "/api/room-feed"))[0] as Feed[])[0];
    const waitState = (wanted: string) =>
      waitFor(async () => (await feed())?.state === wanted, `the feed is ${wanted}`, 90_000, 500);
    const config = {
      ...{ name: "Living room", unique_id: "tuya-living", default_entity_id: "climate.living_room" },
      ...{ current_temperature_topic: "tuya/living/temperature", availability_topic: "tuya/living/status" },
      ...{ mode_state_topic: "tuya/living/mode", modes: ["heat", "off"] },
    };
    try {
      await tell("homeassistant/climate/living/config", JSON.stringify(config));
      await tell("tuya/living/mode", "heat");
      await tell("tuya/living/temperature", "20.6");
      await tell("tuya/living/status", "online");
      await changeSettings(page, { rooms: [{ entity: "climate.living_room" }] });
      await waitState("ok");
      expect(await feed()).toMatchObject({ temperature_c: 20.6, rooms: [{ used: true, reason: null }] });

      await tell("tuya/living/status", "offline");
      await waitState("holding");
      expect(await feed()).toMatchObject({ rooms: [{ used: false, reason: expect.stringMatching(/./) }] });
      expect(await installed().server.printed("journalctl -u heatloop -o cat --no-pager")).toMatch(
        /room feed.*holding/,
      );

      await tell("tuya/living/temperature", "20.4");
      await tell("tuya/living/status", "online");
      await waitState("ok");
      expect(await feed()).toMatchObject({ temperature_c: 20.4 });
    } finally {
      await changeSettings(page, { rooms: [] });
      await tell("homeassistant/climate/living/config", "");
      await tuya.endAsync();
      await heatPump.close();
    }
  });
}
