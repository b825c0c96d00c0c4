import { languages } from "@heatloop/core/catalogue/languages";
import { everyS, type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { parseReading } from "@heatloop/core/catalogue/reading";
import { availabilityTopic, readTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { builtPoints, rhythmOf } from "@heatloop/simulator/firmware/entities";
import { steppedPayload, wholeSteps } from "@heatloop/simulator/firmware/payloads";
import { describe, expect, it } from "vitest";
import { at, dayS, hourS, type Seen, startWatched, type Watched } from "#test/simulator/watched.ts";

const prefix = "ecodan-heatpump";
const winter = at("2026-01-10T11:00:00Z");

const topicOf = (point: PointId) => stateTopic(prefix, point, "en");

function messagesOf(watched: Watched, point: PointId): readonly Seen[] {
  return watched.seen.get(topicOf(point)) ?? [];
}

function gapsS(messages: readonly Seen[]): readonly number[] {
  return messages.slice(1).map((message, i) => (message.at - (messages[i]?.at ?? 0)) / 1000);
}

describe("which entities there are", () => {
  const entities = (zones: 1 | 2) =>
    new Set(builtPoints(zones).map((id) => `${pointOf(id).component}/${pointOf(id).name}`));

  it("has those of the firmware's packages: 165 with zone 2 and debug", () => {
    const debug = 3;
    expect(entities(2).size).toBeGreaterThanOrEqual(165 - debug);
    const ofZone2 = pointIds.filter((id) => ["zone2", "server-control-z2"].includes(pointOf(id).package));
    expect(builtPoints(2).filter((id) => !builtPoints(1).includes(id))).toEqual(ofZone2);
  });

  it.each([1, 2] as const)(
    "publishes every point of a build with %i zone(s) within its period, but buttons",
    (zones) => {
      const watched = startWatched({ startAt: winter, zones });
      watched.run(hourS + 60);
      for (const point of builtPoints(zones)) {
        const { component } = pointOf(point);
        if (component !== "button") expect(watched.last.has(topicOf(point)), point).toBe(true);
      }
      const heatPump = [...watched.last.keys()].filter((topic) => topic.startsWith(`${prefix}/`));
      expect(heatPump.length).toBe(builtPoints(zones).filter((id) => pointOf(id).component !== "button").length + 1);
    },
  );
});

describe("how a payload is written", () => {
  const watched = startWatched({ startAt: winter, zones: 2 });
  watched.run(2 * hourS);

  it.each([
    ["flow_temperature", /^-?\d+\.[05]$/],
    ["return_temperature", /^-?\d+\.[05]$/],
    ["dhw_temperature", /^\d+\.[05]$/],
    ["zone_1_room_temperature", /^\d+\.[05]$/],
    ["outdoor_temperature", /^-?\d+$/],
    ["flow_rate", /^\d+$/],
    ["compressor_frequency", /^\d+\.00$/],
    ["output_power", /^\d+\.000$/],
    ["estimated_output_power", /^\d+\.\d{3}$/],
    ["daily_electricity", /^\d+\.\d$/],
    ["daily_estimated_heat", /^\d+\.\d{3}$/],
    ["heating_heat_yesterday", /^\d+\.\d\d$/],
    ["heating_heat_total", /^\d+\.\d\d$/],
    ["dhw_cop_yesterday", /^\d\.\d\d$/],
    ["pump_power", /^\d+$/],
    ["compressor_starts", /^\d+00$/],
    ["esp_uptime", /^\d+$/],
    ["wifi_signal", /^-\d\d$/],
    ["compressor", /^(ON|OFF)$/],
    ["defrost", /^(ON|OFF)$/],
    ["auto_adaptive", /^(ON|OFF)$/],
    ["room_feedback_zone_1", /^20\.000000$/],
    ["minimum_on_time", /^5\.000000$/],
    ["meter_feedback", /^0\.000000$/],
    ["room_source_zone_1", /^Room Thermostat$/],
    ["lockout_duration", /^0$/],
    ["zone_1_operating_mode", /^Heat Flow Temperature$/],
    ["operation_mode", /^(Off|Heating Water|Space Heating)$/],
    ["heat_source", /^Heatpump$/],
    ["fault_code", /^No error$/],
    ["controller_date", /^2026-01-10$/],
    ["dhw_climate_target", /^48\.0$/],
    ["dhw_climate_current", /^\d\d\.[05]$/],
    ["dhw_climate_mode", /^heat$/],
    ["zone_1_flow_climate_action", /^(idle|heating)$/],
    ["zone_1_room_climate_target", /^20\.5$/],
    ["boiler_flow_temperature", /^25\.0$/],
    ["boiler_return_temperature", /^25\.0$/],
    ["mixing_tank_temperature", /^25\.0$/],
  ] as const)("%s like %s", (point, pattern) => {
    const payloads = messagesOf(watched, point).map(({ payload }) => payload);
    expect(payloads.length).toBeGreaterThan(0);
    expect(payloads.filter((payload) => !pattern.test(payload))).toEqual([]);
  });

  it("retains every state", () => {
    const messages = [...watched.seen.values()].flat().filter(({ topic }) => topic.startsWith(`${prefix}/`));
    expect(messages.filter(({ retain }) => !retain)).toEqual([]);
  });

  it.each([
    [21.04, 1, "21.0"],
    [21.05000001, 1, "21.1"],
    [0.25, 1, "0.2"],
    [0.75, 1, "0.8"],
    [2.5, 0, "2"],
    [3.5, 0, "4"],
    [-2.5, 0, "-2"],
    [-0.4, 0, "-0"],
    [1878.4, 3, "1878.400"],
  ])("prints %d with %i decimals as C does: %s", (value, decimals, text) => {
    expect(steppedPayload(wholeSteps(value * 10 ** decimals), decimals)).toBe(text);
  });
});

describe("when it is published", () => {
  const watched = startWatched({ startAt: at("2026-04-06T05:00:00Z") });
  watched.seen.clear();
  watched.run(6 * hourS);

  it("numeric sensors at every poll, unchanged ones too", () => {
    for (const point of builtPoints(1)) {
      if (rhythmOf(point) !== "poll" || point === "estimated_output_power") continue;
      const gaps = gapsS(messagesOf(watched, point));
      expect(gaps.length, point).toBeGreaterThan((6 * hourS) / 10.5 - 3);
      expect(new Set(gaps), point).toEqual(new Set([10.5]));
    }
  });

  it("the estimated output power twice a poll", () => {
    expect(messagesOf(watched, "estimated_output_power").length).toBe(
      2 * messagesOf(watched, "flow_temperature").length,
    );
  });

  it("at several moments within a poll: flow temperature and flow rate apart", () => {
    const within = new Set([...watched.seen.values()].flat().map(({ at: time }) => Math.round(time % 10_500)));
    expect(within.size).toBe(5);
    expect(messagesOf(watched, "flow_temperature")[0]?.at).not.toBe(messagesOf(watched, "flow_rate")[0]?.at);
  });

  it("binary sensors and plain texts only when they change", () => {
    for (const point of builtPoints(1)) {
      if (rhythmOf(point) !== "change") continue;
      const payloads = messagesOf(watched, point).map(({ payload }) => payload);
      expect(
        payloads.slice(1).filter((payload, i) => payload === payloads[i]),
        point,
      ).toEqual([]);
    }
    expect(messagesOf(watched, "compressor").length).toBeGreaterThan(2);
  });

  it("what has a period of its own at that period, within one step", () => {
    for (const point of builtPoints(1)) {
      const period = everyS(point);
      if (rhythmOf(point) !== "period" || period === undefined) continue;
      const gaps = gapsS(messagesOf(watched, point));
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      expect(mean, point).toBeCloseTo(period, 0);
      expect(
        gaps.filter((gap) => Math.abs(gap - period) > 2.1),
        point,
      ).toEqual([]);
    }
  });

  it("all four topics of a climate together", () => {
    const parts = (["target", "current", "mode", "action"] as const).map((part) =>
      messagesOf(watched, `zone_1_flow_climate_${part}`).map(({ at: time }) => time),
    );
    expect(parts[0]?.length).toBeGreaterThan(0);
    for (const times of parts) expect(times).toEqual(parts[0]);
  });

  it("no service code while they are switched off", () => {
    const quiet = startWatched({ startAt: winter, settings: { service_codes_enabled: false } });
    quiet.seen.clear();
    quiet.run(hourS);
    expect(messagesOf(quiet, "fan_speed")).toEqual([]);
    expect(messagesOf(quiet, "esp_uptime").length).toBe(60);
  });
});

describe("what isn't there", () => {
  it("a room thermostat reads 0.0 °C, which is unknown to a reader", () => {
    const watched = startWatched({ startAt: winter, roomThermostats: [false] });
    watched.run(60);
    const payload = watched.last.get(topicOf("zone_1_room_temperature"));
    expect(payload).toBe("0.0");
    expect(parseReading(topicOf("zone_1_room_temperature"), payload ?? "", 0)).toMatchObject({ value: null });
    expect(watched.last.get(topicOf("zone_1_room_climate_current"))).toBe("0.0");
  });

  it("a defrost is hidden in the firmware's own output estimate", () => {
    const watched = startWatched({ startAt: at("2026-01-16T00:00:00Z") });
    watched.run(dayS);
    const returns = messagesOf(watched, "return_temperature");
    const cold = messagesOf(watched, "flow_temperature")
      .filter(({ payload }, i) => Number(payload) < Number(returns[i]?.payload))
      .map(({ at: time }) => time);
    const output = new Map(messagesOf(watched, "estimated_output_power").map((seen) => [seen.at, seen.payload]));
    const hidden = cold.filter((time) => output.get(time) === "0.000").length;
    expect(hidden).toBe(cold.length);
    expect(hidden).toBeGreaterThan(20);
  });
});

describe.each(languages)("in the language %s", (language) => {
  it("core reads every topic and every text", () => {
    const watched = startWatched({ startAt: winter, zones: 2, language, prefix: "home/pump" });
    watched.run(hourS + 60);
    const points = new Set<PointId>();
    const unread: string[] = [];
    for (const [topic, messages] of watched.seen) {
      if (!topic.startsWith("home/pump/") || topic === availabilityTopic("home/pump")) continue;
      const read = readTopic(topic);
      if (read?.kind !== "point" || read.prefix !== "home/pump") unread.push(topic);
      if (read?.kind !== "point" || read.point === "solver_ip_address") continue;
      points.add(read.point);
      for (const payload of new Set(messages.map((message) => message.payload))) {
        const value = parseReading(topic, payload, 0)?.value;
        if (value === undefined || value === null) unread.push(`${topic} ${payload}`);
      }
    }
    expect(unread).toEqual([]);
    expect(points.size).toBe(builtPoints(2).filter((id) => pointOf(id).component !== "button").length - 1);
  });
});
