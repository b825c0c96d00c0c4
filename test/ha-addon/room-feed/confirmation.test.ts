import { describe, expect, it } from "vitest";
import { startWorld } from "./room-feed-world.ts";

describe("the room feed of a heat pump", () => {
  it("repeats what a slow heat pump has not confirmed, and nothing once it has", async () => {
    const world = startWorld();
    world.firmware.echoMs = 12_000;
    await world.pass(60);
    expect(world.firmware.temperatures()).toEqual([20, 20]);
    expect(world.feed.view()).toMatchObject({ state: "ok", confirmed: true });
  });

  it("shows a heat pump that takes nothing, and recovers", async () => {
    const world = startWorld();
    world.firmware.mute = true;
    await world.pass(200);
    expect(world.feed.view()).toMatchObject({ state: "degraded", confirmed: false });
    expect(world.feed.view().reason).toContain("does not confirm the temperature it was sent (it reports 18.0 °C)");
    world.firmware.mute = false;
    await world.pass(300);
    expect(world.feed.view()).toMatchObject({ state: "ok", confirmed: true });
  });

  it("sends nothing while the heat pump is offline or the broker away, and goes on by itself", async () => {
    const world = startWorld();
    await world.pass(60);
    world.firmware.status("offline");
    const before = world.firmware.received.length;
    world.home.climate("climate.living_room", 22);
    await world.pass(900);
    expect(world.firmware.received.length).toBe(before);
    expect(world.feed.view()).toMatchObject({ state: "degraded", confirmed: false });
    world.firmware.broker = false;
    world.firmware.status("online");
    await world.pass(120);
    expect(world.feed.view().reason).toContain("cannot be sent: is the MQTT broker there?");
    expect(world.feed.view().sentC).toBe(20);
    world.firmware.broker = true;
    await world.pass(15);
    expect(world.feed.view()).toMatchObject({ state: "ok", sentC: 20.3, confirmed: true });
  });
});
