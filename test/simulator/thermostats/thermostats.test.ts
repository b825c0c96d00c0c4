import { describe, expect, it } from "vitest";
import { at, hourS, startWatched, type Watched } from "#test/simulator/watched.ts";

const noon = at("2026-02-05T11:00:00Z");
const base = "ecodan-heatpump-thermostats";
const command = "ecodan-heatpump/simulator/command";

const temperatures = (watched: Watched, room: string) => watched.seen.get(`${base}/${room}/temperature`) ?? [];
const airC = (watched: Watched, index: number) => watched.simulation.home.house.airC[index] ?? Number.NaN;

describe("how they appear in Home Assistant", () => {
  const { last, seen } = startWatched({ startAt: noon });

  it.each([
    ["living_room", "Living room"],
    ["bedroom", "Bedroom"],
    ["kitchen", "Kitchen"],
  ])("%s as a climate and a sensor of one device", (room, name) => {
    const topic = `homeassistant/device/ecodan-heatpump_${room}_thermostat/config`;
    const config = JSON.parse(last.get(topic) ?? "");
    expect(seen.get(topic)?.[0]?.retain).toBe(true);
    expect(Object.keys(config).sort()).toEqual(["availability", "availability_mode", "components", "device", "origin"]);
    expect(config.device).toMatchObject({
      identifiers: [`ecodan-heatpump_${room}_thermostat`],
      name: `${name} thermostat`,
    });
    expect(config.components.thermostat).toMatchObject({
      platform: "climate",
      default_entity_id: `climate.${room}_thermostat`,
      unique_id: `ecodan-heatpump_${room}_thermostat`,
      current_temperature_topic: `${base}/${room}/temperature`,
    });
    expect(config.components.temperature).toMatchObject({
      platform: "sensor",
      default_entity_id: `sensor.${room}_temperature`,
      unique_id: `ecodan-heatpump_${room}_temperature`,
      state_topic: `${base}/${room}/temperature`,
      unit_of_measurement: "°C",
    });
  });

  it("as many rooms as asked for, with ids of their own", () => {
    const watched = startWatched({ startAt: noon, rooms: ["Attic studio", "Bath 2"], prefix: "home/pump 2" });
    expect(watched.last.has("homeassistant/device/home_pump_2_attic_studio_thermostat/config")).toBe(true);
    expect(watched.simulation.thermostats().map(({ room }) => room)).toEqual(["attic_studio", "bath_2"]);
  });

  it("again some seconds after Home Assistant was born, with their values", () => {
    const watched = startWatched({ startAt: noon });
    watched.seen.clear();
    watched.send("homeassistant/status", "online");
    expect(watched.seen.size).toBe(0);
    watched.run(7);
    expect(watched.seen.has("homeassistant/device/ecodan-heatpump_bedroom_thermostat/config")).toBe(true);
    expect(temperatures(watched, "bedroom").length).toBe(1);
  });
});

describe("what they report", () => {
  it("their room's temperature in their own step, each 1 to 5 minutes", () => {
    const watched = startWatched({ startAt: noon, rooms: 4 });
    watched.seen.clear();
    watched.run(6 * hourS);
    for (const [index, room] of ["living_room", "bedroom", "kitchen", "bathroom"].entries()) {
      const reports = temperatures(watched, room);
      const step = index % 2 === 0 ? 0.1 : 0.5;
      const offStep = reports.filter(
        ({ payload }) =>
          Math.abs((Number(payload) / step) % 1) > 1e-6 && Math.abs((Number(payload) / step) % 1) < 1 - 1e-6,
      );
      expect(offStep, room).toEqual([]);
      expect(Math.abs(Number(reports.at(-1)?.payload) - airC(watched, index)), room).toBeLessThan(step);
      const gaps = reports.slice(1).map((report, i) => (report.at - (reports[i]?.at ?? 0)) / 1000);
      expect(Math.min(...gaps), room).toBeGreaterThanOrEqual(59);
      expect(Math.max(...gaps), room).toBeLessThanOrEqual(303);
      expect(JSON.parse(watched.last.get(`${base}/${room}/attributes`) ?? "").last_seen).toBe(
        new Date(reports.at(-1)?.at ?? 0).toISOString(),
      );
    }
  });

  it("double: twice the temperature, until normal again", () => {
    const watched = startWatched({ startAt: noon });
    watched.simulation.setThermostat("bedroom", "double");
    expect(Number(temperatures(watched, "bedroom").at(-1)?.payload)).toBeCloseTo(2 * airC(watched, 1), 0);
    watched.simulation.setThermostat("bedroom", "normal");
    expect(Number(temperatures(watched, "bedroom").at(-1)?.payload)).toBeCloseTo(airC(watched, 1), 0);
  });

  it("jump: 8 °C too much from one moment to the next", () => {
    const watched = startWatched({ startAt: noon });
    watched.simulation.setThermostat("living_room", "jump");
    const [before, after] = temperatures(watched, "living_room").slice(-2);
    expect(Number(after?.payload) - Number(before?.payload)).toBeCloseTo(8, 0);
  });

  it("stale: nothing any more, though available", () => {
    const watched = startWatched({ startAt: noon });
    watched.simulation.setThermostat("kitchen", "stale");
    watched.seen.clear();
    watched.run(2 * hourS);
    watched.send("homeassistant/status", "online");
    watched.run(60);
    expect(temperatures(watched, "kitchen")).toEqual([]);
    expect(watched.last.get(`${base}/kitchen/availability`)).toBe("online");
    expect(temperatures(watched, "bedroom").length).toBeGreaterThan(20);
  });

  it("unavailable: publishes it, and comes back", () => {
    const watched = startWatched({ startAt: noon });
    watched.simulation.setThermostat("kitchen", "unavailable");
    expect(watched.last.get(`${base}/kitchen/availability`)).toBe("offline");
    watched.simulation.setThermostat("kitchen", "normal");
    expect(watched.last.get(`${base}/kitchen/availability`)).toBe("online");
  });
});

describe("what they obey", () => {
  it("a set-point from Home Assistant, read back and felt in the room", () => {
    const watched = startWatched({ startAt: noon, keep: () => false });
    watched.send(`${base}/bedroom/setpoint/set`, "16.5");
    expect(watched.last.get(`${base}/bedroom/setpoint`)).toBe("16.5");
    watched.run(20 * hourS);
    expect(airC(watched, 1)).toBeLessThan(airC(watched, 0) - 1);
  });

  it.each(["4", "31", "warm", "", "NaN"])("no set-point %j", (payload) => {
    const watched = startWatched({ startAt: noon });
    watched.send(`${base}/bedroom/setpoint/set`, payload);
    expect(watched.last.get(`${base}/bedroom/setpoint`)).toBe("22.0");
  });

  it("off, which closes the room's valve", () => {
    const watched = startWatched({ startAt: noon, keep: () => false });
    watched.send(`${base}/bedroom/mode/set`, "off");
    watched.send(`${base}/kitchen/mode/set`, "cool");
    expect(watched.last.get(`${base}/bedroom/mode`)).toBe("off");
    expect(watched.last.get(`${base}/kitchen/mode`)).toBe("heat");
    watched.run(20 * hourS);
    expect(airC(watched, 1)).toBeLessThan(airC(watched, 0) - 1);
  });
});

describe("misbehaviour on request", () => {
  it.each([
    [
      '{"thermostat":"bedroom","behaviour":"double"}',
      (watched: Watched) => watched.simulation.thermostats()[1]?.behaviour,
      "double",
    ],
    ['{"fault":"P6 1234"}', (watched: Watched) => watched.simulation.home.controller.fault, "P6 1234"],
    ['{"powerCutS":30}', (watched: Watched) => watched.simulation.home.powered, false],
    ['{"dropConnectionS":30}', (watched: Watched) => watched.simulation.esp().kind, "no_radio"],
  ] as const)("%s", (payload, look, expected) => {
    const logged: string[] = [];
    const watched = startWatched({ startAt: noon, log: (sentence) => logged.push(sentence) });
    watched.send(command, payload);
    expect(look(watched)).toBe(expected);
    expect(logged.length).toBe(1);
    expect(logged[0]).toContain(payload);
  });

  it("a fault ends with null", () => {
    const watched = startWatched({ startAt: noon });
    watched.send(command, '{"fault":"E6 3000"}');
    watched.send(command, '{"fault":null}');
    expect(watched.simulation.home.controller.fault).toBe(null);
  });

  it.each([
    ["double", "is not JSON"],
    ["[]", "is not a JSON object"],
    ["null", "is not a JSON object"],
    [
      '{"thermostat":"cellar","behaviour":"double"}',
      'There is no thermostat "cellar". There are: living_room, bedroom, kitchen.',
    ],
    ['{"thermostat":"bedroom","behaviour":"broken"}', "It can be: normal, double, stale, unavailable, jump."],
    ['{"thermostat":"bedroom"}', 'has the fields "thermostat"'],
    ['{"fault":17}', 'It looks like "P6 1234"'],
    ['{"fault":"hello"}', 'It looks like "P6 1234"'],
    ['{"powerCutS":-1}', "powerCutS must be a number of seconds above 0"],
    ['{"powerCutS":"30"}', "powerCutS must be a number of seconds above 0"],
    ['{"reboot":true}', 'has the fields "reboot"'],
  ])("%s is refused in a sentence", (payload, sentence) => {
    const logged: string[] = [];
    const watched = startWatched({ startAt: noon, log: (text) => logged.push(text) });
    const before = watched.simulation.thermostats();
    watched.send(command, payload);
    expect(logged.join()).toContain(sentence);
    expect(watched.simulation.thermostats()).toEqual(before);
    expect(watched.simulation.home.controller.fault).toBe(null);
  });

  it("names a thermostat that isn't there", () => {
    const { simulation } = startWatched({ startAt: noon });
    expect(() => simulation.setThermostat("cellar", "stale")).toThrow('There is no thermostat "cellar"');
  });
});
