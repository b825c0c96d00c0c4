import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import { temperatureLines } from "@heatloop/lovelace-card/views/temperatures/temperature-lines";
import { describe, expect, it } from "vitest";
import {
  type FakeDevice,
  fakeHome,
  firmwareDevice,
  type HomeOptions,
  heatloopDevice,
} from "#test/lovelace-card/support/fake-home.ts";

type States = NonNullable<HomeOptions["states"]>;
const house = heatloopDevice("home");

function sourceOf(states: States, device: FakeDevice = house) {
  const { hass } = fakeHome([device], { states });
  return { states: hass.states, entities: heatPumpFrom(device.device, device.entities).entities };
}

const names = (states: States, device?: FakeDevice) =>
  temperatureLines(sourceOf(states, device), english, "°C").map(({ key, name }) => `${name}: ${key}`);

describe("the lines of a heat pump", () => {
  it.each<[string, States, string[]]>([
    [
      "only what is there",
      { flow_temperature: "30", return_temperature: "25" },
      ["Flow: flow_temperature", "Return: return_temperature"],
    ],
    [
      "the room feed before the thermostat",
      { room_feed_zone_1_sent: "21", zone_1_room_temperature: "20" },
      ["Room: room_feed_zone_1_sent"],
    ],
    [
      "the thermostat where nothing is fed",
      { room_feed_zone_1_sent: "unknown", zone_1_room_temperature: "20" },
      ["Room: zone_1_room_temperature"],
    ],
    [
      "two zones",
      { zone_1_room_temperature: "20", zone_2_room_temperature: "19" },
      ["Zone 1: zone_1_room_temperature", "Zone 2: zone_2_room_temperature"],
    ],
    [
      "no second zone without a thermostat",
      { zone_1_room_temperature: "20", zone_2_room_temperature: "0.0" },
      ["Room: zone_1_room_temperature"],
    ],
    ["nothing", {}, []],
  ])("are %s", (_, states, expected) => {
    expect(names(states)).toEqual(expected);
  });

  it("are those of the firmware without Heatloop", () => {
    const device = firmwareDevice("fr", "mqtt");
    expect(names({ flow_temperature: "30", dhw_temperature: "48" }, device)).toEqual([
      "Flow: flow_temperature",
      "Tank: dhw_temperature",
    ]);
  });
});
