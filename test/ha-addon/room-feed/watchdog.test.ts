import { describe, expect, it } from "vitest";
import { startWatchdogWorld } from "./watchdog-world.ts";

describe("the room feed beside the ESP32's room watchdog", () => {
  it("says its name before each temperature, and the watchdog takes it", async () => {
    const world = await startWatchdogWorld();
    expect(world.fedC()).toBeCloseTo(20.8, 3);
    expect(world.state()).toBe("fed");
    expect(world.source()).toBe("home_assistant");
    const commands = world.sent.filter((line) => !line.startsWith("select/"));
    expect(commands.length).toBeGreaterThan(4);
    expect(commands.map((line) => line.split("/")[0])).toEqual(
      commands.map((_, i) => (i % 2 === 0 ? "text" : "number")),
    );
    expect(commands[0]).toBe("text/room_feeder_z1/command Heatloop");
    expect(world.reason()).toBe("All 2 rooms are used.");
  });

  it("is away for an hour: the watchdog switches to the own thermostat, and back once temperatures come", async () => {
    const world = await startWatchdogWorld();
    world.stopFeed();
    await world.pass(60);
    expect([world.source(), world.state()]).toEqual(["room_thermostat", "silent"]);
    world.startFeed();
    await world.pass(2);
    expect(world.source()).toBe("room_thermostat");
    expect(world.reason()).toContain("the ESP32's watchdog switches back");
    await world.pass(15);
    expect([world.source(), world.state()]).toEqual(["home_assistant", "fed"]);
    expect(world.reason()).toBe("All 2 rooms are used.");
  });

  it("the broker is away for an hour, and the ESP32 restarts meanwhile: the same", async () => {
    const world = await startWatchdogWorld();
    world.setBroker(false);
    await world.pass(40);
    expect(world.source()).toBe("room_thermostat");
    world.simulation.restartEsp();
    await world.pass(20);
    expect(world.source()).toBe("room_thermostat");
    world.setBroker(true);
    await world.pass(20);
    expect([world.source(), world.state()]).toEqual(["home_assistant", "fed"]);
  });

  it("rooms fail for two hours: one of the two switches, and the source is the fed one afterwards", async () => {
    const world = await startWatchdogWorld();
    world.home.set("climate.living_room", undefined);
    world.home.set("climate.kitchen", undefined);
    await world.pass(120);
    expect(world.source()).toBe("room_thermostat");
    world.home.climate("climate.living_room", 20);
    world.home.climate("climate.kitchen", 20);
    await world.pass(20);
    expect([world.source(), world.state()]).toEqual(["home_assistant", "fed"]);
    const before = world.sent.filter((line) => line.startsWith("select/")).length;
    await world.pass(180);
    expect(world.sent.filter((line) => line.startsWith("select/"))).toHaveLength(before);
  });

  it("what a person chose stays, with a feed and without", async () => {
    const world = await startWatchdogWorld();
    world.choose("room_thermostat");
    await world.pass(40);
    expect([world.source(), world.state()]).toEqual(["room_thermostat", "left"]);
    expect(world.reason()).toContain("as someone chose");
    world.stopFeed();
    await world.pass(60);
    world.startFeed();
    await world.pass(40);
    expect(world.source()).toBe("room_thermostat");
  });

  it("a second feeder is not obeyed, and named in the reason", async () => {
    const world = await startWatchdogWorld();
    for (let i = 0; i < 20; i += 1) {
      world.feedByHand(35, i % 2 === 0 ? "Old automation" : undefined);
      await world.pass(0.5);
      expect(world.fedC()).toBeCloseTo(20.8, 3);
    }
    expect(world.second()).toBe("unnamed");
    world.feedByHand(30, "Old automation");
    await world.pass(1);
    expect(world.reason()).toBe(
      "All 2 rooms are used; Old automation sends temperatures as well, which the ESP32's watchdog does not take: switch it off.",
    );
    await world.pass(61);
    expect(world.reason()).toBe("All 2 rooms are used.");
  });

  it("comes second after another one: it is told so", async () => {
    const world = await startWatchdogWorld();
    world.stopFeed();
    await world.pass(11);
    world.feedByHand(20.5, "Blueprint");
    world.startFeed();
    for (let i = 0; i < 10; i += 1) {
      await world.pass(1);
      world.feedByHand(20.5, "Blueprint");
    }
    expect(world.fedC()).toBeCloseTo(20.5, 3);
    expect(world.reason()).toContain("takes the temperatures of Blueprint alone");
    await world.pass(20);
    expect(world.fedC()).toBeCloseTo(20.8, 3);
  });

  it("a house without a thermostat of its own keeps the last temperature, also over a restart", async () => {
    const world = await startWatchdogWorld({ roomThermostat: false });
    world.stopFeed();
    await world.pass(60);
    expect([world.source(), world.state()]).toEqual(["home_assistant", "kept"]);
    world.simulation.restartEsp();
    await world.pass(60);
    expect(world.fedC()).toBeCloseTo(20.8, 3);
    expect([world.source(), world.state()]).toEqual(["home_assistant", "kept"]);
  });

  it("a thousand temperatures in a minute leave the heat pump with a room's temperature", async () => {
    const world = await startWatchdogWorld();
    for (let i = 0; i < 1000; i += 1) world.feedByHand(i % 60, "Runaway");
    await world.pass(1);
    expect(world.fedC()).toBeCloseTo(20.8, 3);
    expect(world.reason()).toContain("Runaway sends temperatures as well");
  });
});
