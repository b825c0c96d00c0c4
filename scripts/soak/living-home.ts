import type { PointId } from "@heatloop/core/catalogue/points";
import { commandTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { AppParts } from "@heatloop/ha-addon/app/app-parts";
import type { TakeEntity } from "@heatloop/ha-addon/home-assistant/follows";
import type { MemoryBroker } from "./memory-broker.ts";

export const soakedPrefix = "soak";
export const soakedRooms = ["climate.living_room", "climate.bath"] as const;
const yearMs = 365.25 * dayMs;

/** The heat pump and the rooms of a home in which years pass: what they report in each minute. */
export type LivingHome = {
  readonly homeAssistant: NonNullable<AppParts["homeAssistant"]>;
  /** Reports all of a minute. */
  minute(at: number): void;
};

type Follow = { readonly entities: readonly string[]; readonly take: TakeEntity };

/** What the heat pump does in a minute. */
type Running = {
  readonly isOn: boolean;
  readonly isHotWater: boolean;
  readonly isDefrost: boolean;
  readonly watts: number;
};

/** Runs of three quarters of an hour, hot water each day, defrosts in the cold, a fault and an hour offline each month. */
export function livingHome(broker: MemoryBroker, random: () => number, startAt: number): LivingHome {
  const follows = new Set<Follow>();
  let countedWh = 0;
  let countedDate = 0;
  let minutes = 0;
  const report = (point: PointId, payload: string) =>
    broker.publish(stateTopic(soakedPrefix, point, "en"), payload, true);

  broker.onPublished((topic, payload) => {
    // The ESP32 publishes what it was told.
    for (const zone of [1, 2] as const) {
      const point = `room_feedback_zone_${zone}` as const;
      if (topic === commandTopic(soakedPrefix, point, "en")) report(point, payload);
    }
  });

  function heatPump(at: number): void {
    const outdoorC =
      9 - 11 * Math.cos((2 * Math.PI * at) / yearMs) + 4 * Math.sin((2 * Math.PI * at) / dayMs) + random();
    const running = runningAt(at, minutes, outdoorC);
    const date = Math.floor(at / dayMs);
    if (date !== countedDate) countedWh = 0;
    countedDate = date;
    countedWh += running.watts / 60;
    const texts = reportedTexts(running, outdoorC, random());
    for (const [point, text] of Object.entries(texts)) report(point as PointId, text);
    report("daily_electricity", (Math.floor(countedWh / 100) / 10).toFixed(1));
    report("fault_code", Math.floor((at - startAt) / hourMs) % 720 === 312 ? "E9" : "No error");
  }

  function rooms(at: number): void {
    for (const { entities, take } of follows) {
      for (const entity of entities) {
        const current_temperature = Number((20.5 + Math.sin(at / (5 * hourMs)) + random() / 10).toFixed(1));
        take(entity, { state: "heat", attributes: { current_temperature, temperature: 21 }, lastReported: at });
      }
    }
  }

  return {
    homeAssistant: steadyHomeAssistant(startAt, follows),
    minute(at) {
      const hourOfMonth = Math.floor((at - startAt) / hourMs) % 720;
      const isOnline = hourOfMonth !== 504;
      broker.publish(`${soakedPrefix}/status`, isOnline ? "online" : "offline", true);
      if (isOnline) heatPump(at);
      if (minutes % 5 === 0) rooms(at);
      minutes += 1;
    },
  };
}

function runningAt(at: number, minutes: number, outdoorC: number): Running {
  const minuteOfDay = Math.floor((at % dayMs) / minuteMs);
  const isHotWater = minuteOfDay >= 1350 && minuteOfDay < 1380;
  const isOn = isHotWater || (outdoorC < 14 && minutes % 60 < 45);
  const isDefrost = isOn && !isHotWater && outdoorC < 3 && minutes % 120 < 4;
  return { isOn, isHotWater, isDefrost, watts: isOn ? 900 + 60 * Math.max(0, 14 - outdoorC) : 15 };
}

function reportedTexts({ isOn, isHotWater, isDefrost }: Running, outdoorC: number, aboveC: number) {
  return {
    compressor: isOn ? "ON" : "OFF",
    defrost: isDefrost ? "ON" : "OFF",
    operation_mode: isHotWater ? "Hot Water" : isOn ? "Space Heating" : "Standby",
    flow_rate: isOn ? "18" : "0",
    flow_temperature: (isDefrost ? 24 : isOn ? 35 + aboveC : 28).toFixed(1),
    return_temperature: (isDefrost ? 27 : isOn ? 30 : 28).toFixed(1),
    outdoor_temperature: outdoorC.toFixed(0),
    dhw_temperature: (isHotWater ? 50 : 47).toFixed(1),
    compressor_frequency: isOn ? "42" : "0",
  } satisfies Partial<Record<PointId, string>>;
}

/** A Home Assistant that is always there, and whose entities report when the home does. */
function steadyHomeAssistant(startAt: number, follows: Set<Follow>): LivingHome["homeAssistant"] {
  return {
    connected: () => true,
    status: () => ({ connected: true, since: startAt, lastError: null, clockDifferenceMs: 0 }),
    config: () => ({ timeZone: "Europe/Rome", temperatureUnit: "°C", language: "en" }),
    follow(entities, take) {
      const follow = { entities, take };
      follows.add(follow);
      return () => follows.delete(follow);
    },
    send: async () => null,
    first: () => Promise.reject(new Error("there is none")),
    onConnected: () => () => undefined,
    close: async () => undefined,
  };
}
