import { deviceId } from "@heatloop/core/catalogue/prefix";
import { availabilityTopic } from "@heatloop/core/catalogue/topics";
import { discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { installationStatusTopic } from "@heatloop/mqtt-discovery/installation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { startWholeHouse, type WholeHouse } from "./whole-house.ts";

const home = { prefix: "ecodan-heatpump", language: "en", zones: 1, rooms: 1 } as const;
const config = discoveryTopic(deviceId(home.prefix));

describe.skipIf(!hasHomeAssistant())("Heatloop, its heat pump, the broker and Home Assistant come and go", () => {
  let house: WholeHouse;
  let entities: ReadonlyMap<string, string>;

  /** The entities that Home Assistant shows as unavailable, and the others; all of them or those of the heat pump. */
  async function availability(of: "all" | "heat pump" = "all") {
    const states = new Map((await house.homeAssistant.states()).map((it) => [it.entity_id, it.state]));
    const components = Object.values(house.announced(home)).filter(
      (it) => of === "all" || it.availability === undefined,
    );
    const ids = components.map((component) => component.default_entity_id);
    const isAway = (id: string) => (states.get(id) ?? "unavailable") === "unavailable";
    return { away: ids.filter(isAway), there: ids.filter((id) => !isAway(id)) };
  }

  async function waitForAllAway(of: "all" | "heat pump" = "all"): Promise<void> {
    await waitFor(async () => (await availability(of)).there.length === 0, "all is unavailable", 40_000).catch(
      async (error: Error) => {
        throw new Error(`${error.message}: ${(await availability(of)).there.slice(0, 5).join()}`);
      },
    );
  }

  /** Waits until everything is there again, under the same names, and follows the heat pump. */
  async function waitForAllBack(): Promise<void> {
    await waitFor(async () => (await availability()).away.length === 0, "all is available", 40_000).catch(
      async (error: Error) => {
        throw new Error(`${error.message}: ${(await availability()).away.slice(0, 5).join()}\n${house.program.log()}`);
      },
    );
    // Without power the compressor rests for a while.
    const isKnown = async () => /^(heating|standby)$/.test((await house.own(home, "operation"))?.state ?? "");
    await waitFor(isKnown, "the operation is known", 40_000);
    const follows = async () => {
      const [shown, published] = await house.shownAndPublished(home, "flow_temperature");
      return shown === published;
    };
    await waitFor(follows, "the flow temperature is that of the heat pump");
    expect(await house.registered(home)).toEqual(entities);
  }

  beforeAll(async () => {
    house = await startWholeHouse([home], { speed: 3 });
    const announced = () => Object.keys(house.announced(home)).length;
    await waitFor(async () => (await house.registered(home)).size === announced(), "every entity is registered");
    await house.enable(home, { restarts: true });
    entities = await house.registered(home);
  }, 300_000);

  afterAll(async () => {
    await house?.close();
  });

  test.each([
    ["ended", "SIGTERM"],
    ["killed", "SIGKILL"],
  ] as const)(
    "all is unavailable while the program is %s, and back after its start",
    async (_, signal) => {
      await house.program.end(signal);
      await waitForAllAway();
      expect(house.messages.last(installationStatusTopic(house.program.installation()))).toBe("offline");
      expect(house.messages.last(availabilityTopic(home.prefix))).toBe("online");
      await house.program.start();
      await waitForAllBack();
    },
    90_000,
  );

  test.each(["dropConnection", "powerCut"] as const)(
    "all of the heat pump is unavailable while it is away (%s), and back with it; Heatloop's own figures stay",
    async (what) => {
      house.simulator(home)[what](24);
      await waitForAllAway("heat pump");
      expect((await house.own(home, "today_heat"))?.state).not.toBe("unavailable");
      expect(house.messages.last(installationStatusTopic(house.program.installation()))).toBe("online");
      await waitForAllBack();
    },
    90_000,
  );

  test("a restart of the broker is survived, and no command is repeated", async () => {
    await house.call(home, "setpoint_bias", "set_value", { value: 0.4 });
    await house.waitForShown(home, "setpoint_bias", 0.4);
    const commands = house.messages.commands().length;
    await house.broker.stop();
    await waitForAllAway();
    await house.broker.start();
    await waitForAllBack();
    expect(house.messages.commands().slice(commands)).toEqual([]);
    await house.call(home, "setpoint_bias", "set_value", { value: -0.4 });
    await house.waitForShown(home, "setpoint_bias", -0.4);
  }, 120_000);

  test("after a restart of Home Assistant all is back under its name, and announced again", async () => {
    const announcedBefore = house.messages.all.filter(({ topic }) => topic === config).length;
    await house.homeAssistant.restart();
    await waitForAllBack();
    const isAnnouncedAgain = () => house.messages.all.filter(({ topic }) => topic === config).length > announcedBefore;
    await waitFor(isAnnouncedAgain, "the program announces it to Home Assistant again");
    await waitFor(
      () => house.program.isConnectedToHomeAssistant(),
      "the program is connected to Home Assistant again",
      70_000,
    );
    await waitForAllBack();
  }, 180_000);

  test("a heat pump whose topics are cleared is removed with all its entities", async () => {
    await house.simulator(home).close();
    for (const topic of house.messages.retained(`${home.prefix}/`)) {
      await house.messages.publish(topic, "", { retain: true });
    }
    await waitFor(async () => (await house.registered(home)).size === 0, "its entities are removed");
    type RegisteredDevice = { readonly name: string };
    const devices = await house.homeAssistant.command<RegisteredDevice[]>({ type: "config/device_registry/list" });
    expect(devices.map(({ name }) => name)).not.toContain("Ecodan heatpump");
    expect(house.messages.retained(config)).toEqual([]);
    await waitFor(() => house.messages.retained(`heatloop/${deviceId(home.prefix)}/`).length === 0, "its states go");
    expect(house.program.log()).toContain("the heat pump's topics were cleared; its entities are removed");
    expect(await house.program.get("/api/devices")).toEqual([]);
  }, 60_000);

  test("Home Assistant found nothing wrong with what it received", () => {
    expect(house.homeAssistant.complaints(/ecodan|heatloop/i)).toEqual([]);
  });
});
