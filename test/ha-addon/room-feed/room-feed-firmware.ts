import type { PointId } from "@heatloop/core/catalogue/points";
import { commandTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { zoneOf } from "@heatloop/core/time/local-day";
import { startDevice } from "@heatloop/ha-addon/device/device";
import type { SimulatedClock } from "#test/support/simulated-clock.ts";

export const prefix = "ecodan-heatpump";
export const fed = "room_feedback_zone_1";
export const source = "room_source_zone_1";

/** An ESP32 on the other end of MQTT: takes what it is sent and reports it again as `%f`, when and if it likes. */
export function startFirmware(clock: SimulatedClock) {
  const encoder = new TextEncoder();
  const received: {
    readonly topic: string;
    readonly payload: string;
    readonly retain: boolean;
    readonly qos: 0 | 1;
  }[] = [];
  const states = new Map<PointId, string>([
    [fed, "18.000000"],
    [source, "Home Assistant or REST API"],
    ["zone_1_room_temperature", "20.5"],
    ["zone_1_room_setpoint", "21.0"],
  ]);
  const firmware = {
    received,
    mute: false,
    broker: true,
    echoMs: 50,
    device: startDevice({
      prefix,
      mqtt: {
        async publish(topic, payload, how) {
          if (!firmware.broker) return false;
          received.push({ topic, payload, ...how });
          for (const point of [fed, source] as const) {
            if (topic === commandTopic(prefix, point, "en") && !firmware.mute) {
              const text = point === fed ? Number(payload).toFixed(6) : payload;
              clock.after(firmware.echoMs, () => firmware.report(point, text));
            }
          }
          return true;
        },
      },
      zone: () => zoneOf("Europe/Rome") as NonNullable<ReturnType<typeof zoneOf>>,
      at: clock.now(),
    }),
    report(point: PointId, text: string) {
      states.set(point, text);
      const topic = stateTopic(prefix, point, "en");
      firmware.device.take({ topic, payload: encoder.encode(text), retained: false }, clock.now());
    },
    status(text: "online" | "offline") {
      const payload = encoder.encode(text);
      firmware.device.take({ topic: `${prefix}/status`, payload, retained: true }, clock.now());
      if (text === "online") for (const [point, value] of states) firmware.report(point, value);
    },
    temperature: () => Number(states.get(fed)),
    source: () => states.get(source),
    temperatures: () =>
      received.filter(({ topic }) => topic.includes("/number/")).map(({ payload }) => Number(payload)),
  };
  firmware.status("online");
  clock.every(10_000, () => {
    const online = firmware.device.snapshot.online(clock.now());
    if (online)
      for (const point of ["zone_1_room_temperature", "zone_1_room_setpoint"] as const)
        firmware.report(point, states.get(point) ?? "");
  });
  return firmware;
}
