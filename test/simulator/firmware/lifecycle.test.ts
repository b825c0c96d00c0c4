import type { PointId } from "@heatloop/core/catalogue/points";
import { availabilityTopic, commandTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { wallClock } from "@heatloop/simulator/clock";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { startSimulation } from "@heatloop/simulator/simulation";
import { startSimulator } from "@heatloop/simulator/simulator";
import { describe, expect, it } from "vitest";
import { at, dayS, hourS, startWatched, type Watched } from "#test/simulator/watched.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

const prefix = "ecodan-heatpump";
const status = availabilityTopic(prefix);
const noon = at("2026-02-05T11:00:00Z");
const stateOf = (point: PointId) => stateTopic(prefix, point, "en");
const commandTo = (point: PointId) => commandTopic(prefix, point, "en") ?? "";
const payloads = (watched: Watched, topic: string) => (watched.seen.get(topic) ?? []).map(({ payload }) => payload);

describe("a restart of the ESP32", () => {
  it("publishes offline, stays away for some seconds and comes back with its settings", () => {
    const watched = startWatched({ startAt: noon });
    watched.send(commandTo("room_feedback_zone_1"), "21.7");
    watched.send(commandTo("room_source_zone_1"), "Home Assistant or REST API");
    const starts = watched.simulation.home.pump.starts;
    watched.seen.clear();
    watched.send(commandTo("esp_restart"), "PRESS");
    expect(payloads(watched, status)).toEqual(["offline"]);
    watched.run(4);
    expect(watched.seen.size).toBe(1);
    watched.send(commandTo("room_feedback_zone_1"), "5");
    watched.run(20);
    expect(payloads(watched, status)).toEqual(["offline", "online"]);
    expect(payloads(watched, stateOf("room_feedback_zone_1"))).toEqual(["21.700001"]);
    expect(payloads(watched, stateOf("room_source_zone_1"))).toEqual(["Home Assistant or REST API"]);
    expect(Number(payloads(watched, stateOf("esp_uptime"))[0])).toBeLessThan(20);
    expect(payloads(watched, stateOf("compressor")).length).toBe(1);
    expect(watched.simulation.home.pump.starts).toBe(starts);
  });

  it("the heat pump runs on while it restarts", () => {
    const { simulation } = startWatched({ startAt: at("2026-01-16T12:00:00Z"), keep: () => false });
    const before = simulation.home.pump.runS;
    simulation.restartEsp();
    simulation.advanceTo(simulation.now() + 6000);
    expect(simulation.esp().kind).toBe("down");
    expect(simulation.home.pump.runS).toBeGreaterThan(before);
  });
});

describe("a power cut", () => {
  it("leaves the last will, stops everything, and counts nothing until power is back", () => {
    const watched = startWatched({ startAt: at("2026-01-16T12:00:00Z"), keep: (topic) => topic.startsWith(prefix) });
    watched.run(60);
    watched.simulation.powerCut(1800);
    watched.seen.clear();
    const before = watched.simulation.ledger()[0];
    watched.run(1780);
    const after = watched.simulation.ledger()[0];
    expect([...watched.seen.keys()].filter((topic) => topic.startsWith(`${prefix}/`))).toEqual([]);
    expect(watched.last.get(status)).toBe("offline");
    expect(after?.actual.electricityWh).toBeCloseTo(before?.actual.electricityWh ?? 0, 6);
    expect(after?.published).toEqual(before?.published);
    expect(watched.simulation.home.circuit.heatW).toBe(0);
    watched.run(600);
    expect(watched.last.get(status)).toBe("online");
    expect(watched.last.get(stateOf("compressor"))).toBe("ON");
    expect(watched.simulation.ledger()[0]?.actual.electricityWh).toBeGreaterThan(before?.actual.electricityWh ?? 0);
  });

  it("does not lose the counters of the controller", () => {
    const watched = startWatched({ startAt: noon });
    const before = Number(watched.last.get(stateOf("daily_electricity")));
    watched.simulation.powerCut(60);
    watched.run(120);
    expect(before).toBeGreaterThan(1);
    expect(Number(watched.last.get(stateOf("daily_electricity"))) - before).toBeLessThan(0.3);
  });
});

describe("a lost Wi-Fi connection", () => {
  it("leaves the last will; afterwards every state is sent again at once", () => {
    const watched = startWatched({ startAt: noon });
    watched.run(hourS + 60);
    const topics = [...watched.seen.keys()].filter((topic) => topic.startsWith(`${prefix}/`)).sort();
    watched.simulation.dropConnection(300);
    expect(watched.last.get(status)).toBe("offline");
    watched.seen.clear();
    watched.run(290);
    expect([...watched.seen.keys()].filter((topic) => topic.startsWith(`${prefix}/`))).toEqual([]);
    watched.run(12);
    const [online] = watched.seen.get(status) ?? [];
    expect(online?.payload).toBe("online");
    const together = [...watched.seen.values()].flat().filter((message) => message.at === online?.at);
    expect(
      [...new Set(together.map(({ topic }) => topic))].filter((topic) => topic.startsWith(`${prefix}/`)).sort(),
    ).toEqual(topics);
  });

  it("is time that the published side does not count", () => {
    const watched = startWatched({ startAt: noon, keep: () => false });
    const seconds = () =>
      Object.values(watched.simulation.ledger()[0]?.published.parts ?? {}).reduce((sum, part) => sum + part.seconds, 0);
    const before = seconds();
    watched.simulation.dropConnection(600);
    watched.run(590);
    expect(seconds()).toBe(before);
    watched.run(600);
    expect(seconds() - before).toBeGreaterThan(550);
    expect(seconds() - before).toBeLessThan(600);
  });
});

describe("a fault", () => {
  it("is published, stops the heat pump, and ends when cleared", () => {
    const watched = startWatched({ startAt: noon, keep: () => false });
    watched.simulation.fault("P6 1234");
    watched.run(600);
    expect(watched.last.get(stateOf("fault_code"))).toBe("P6 1234");
    expect(watched.last.get(stateOf("refrigerant_error"))).toBe("Error (System)");
    expect(watched.last.get(stateOf("operation_mode"))).toBe("Off");
    expect(watched.last.get(stateOf("compressor"))).toBe("OFF");
    watched.simulation.fault(null);
    watched.run(900);
    expect(watched.last.get(stateOf("fault_code"))).toBe("No error");
    expect(watched.last.get(stateOf("operation_mode"))).toBe("Space Heating");
  });
});

describe("time", () => {
  it("a simulator runs on its clock and stops when closed", async () => {
    const clock = simulatedClock(noon);
    const messages: number[] = [];
    const wires = directWires((_, __, time) => messages.push(time));
    const simulator = startSimulator({ clock, openWire: wires.open });
    clock.advanceTo(noon + hourS * 1000);
    expect(simulator.now()).toBeGreaterThan(noon + (hourS - 3) * 1000);
    expect(Math.max(...messages)).toBeLessThanOrEqual(clock.now());
    await simulator.close();
    const closedAt = simulator.now();
    clock.advanceTo(noon + 2 * hourS * 1000);
    expect(simulator.now()).toBe(closedAt);
  });

  it("publishes offline when closed", async () => {
    const watched = startWatched({ startAt: noon });
    await watched.simulation.close();
    expect(watched.last.get(status)).toBe("offline");
    expect(watched.last.get(`${prefix}-thermostats/bridge`)).toBe("offline");
  });

  it("goes on evenly when the clock is set back", () => {
    const clock = simulatedClock(noon);
    const simulator = startSimulator({ clock, openWire: directWires(() => {}).open });
    clock.advanceTo(noon + 60_000);
    const before = simulator.now();
    clock.jumpTo(noon - 3_600_000);
    clock.advanceTo(clock.now() + 60_000);
    expect(simulator.now() - before).toBeGreaterThan(55_000);
    expect(simulator.now() - before).toBeLessThan(66_000);
  });

  it("back-filled over one wire it goes on over another, with every state anew", () => {
    const first = new Map<string, string>();
    const second = new Map<string, string>();
    const past = directWires((topic, payload) => first.set(topic, payload));
    const simulation = startSimulation({ startAt: noon, openWire: past.open });
    simulation.advanceTo(noon + dayS * 1000);
    const publishedBefore = first.size;
    simulation.rewire(directWires((topic, payload) => second.set(topic, payload)).open);
    expect(first.get(status)).toBe("online");
    expect([...second.keys()].sort()).toEqual([...first.keys()].sort());
    simulation.advanceTo(noon + dayS * 1000 + 3_600_000);
    expect(first.size).toBe(publishedBefore);
    expect(second.get(status)).toBe("online");
  });

  it("a wall clock runs as many times faster as asked", async () => {
    const clock = wallClock({ speed: 1000, startAt: noon });
    let ticks = 0;
    let late = 0;
    const stop = clock.every(2000, () => {
      ticks += 1;
    });
    clock.after(60_000, () => {
      late = clock.now();
    });
    const never = clock.after(1000, () => {
      throw new Error("stopped timers don't run");
    });
    never();
    await waitFor(() => late > 0, "a minute at a thousand times the speed");
    stop();
    const counted = ticks;
    expect(late).toBeGreaterThanOrEqual(noon + 59_999);
    expect(counted).toBeGreaterThan(2);
    await waitFor(() => clock.now() > late + 20_000, "some seconds more");
    expect(ticks).toBe(counted);
  });

  it("a wall clock starts now unless another time is given", () => {
    const clock = wallClock();
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
  });
});

describe("what can't be simulated is refused with a sentence", () => {
  it.each([
    [{ timeZone: "Europe/Nowhere" }, 'There is no time zone "Europe/Nowhere"'],
    [{ zones: 2 as const, rooms: 1 }, "2 zones needs at least 2 rooms"],
  ])("%j", (options, sentence) => {
    expect(() => startSimulation({ startAt: noon, ...options })).toThrow(sentence);
  });
});
