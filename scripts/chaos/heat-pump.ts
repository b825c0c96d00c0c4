/** The heat pump, its ESP32 and the thermostats as a part of the run; it tells the run what is true. */
import { secondMs } from "@heatloop/core/time/durations";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { startSimulator } from "@heatloop/simulator/simulator";
import { z } from "zod";
import { startPart, tellReady } from "./part-program.ts";
import type { Truth } from "./truth.ts";

const toldEachMs = 10 * secondMs;

const { clock, argument } = startPart();
const { brokerUrl, seed } = z.object({ brokerUrl: z.string(), seed: z.number() }).parse(argument);
const log = (sentence: string) => console.log(sentence);
const simulator = startSimulator({
  clock,
  seed,
  settings: { room_source_zone_1: "home_assistant" },
  openWire: mqttWires({ url: brokerUrl }, log),
  log,
});

function tell(): void {
  const rooms = simulator.thermostats().map(({ room, behaviour, reportedC }) => {
    const index = simulator.home.rooms.findIndex(({ id }) => id === room);
    return { room, isHonest: behaviour === "normal", reportedC, airC: simulator.home.house.airC[index] ?? null };
  });
  const truth: Truth = { at: simulator.now(), suppliedWh: simulator.home.meters.suppliedWh(), rooms };
  process.send?.({ truth });
}

tell();
clock.every(toldEachMs, tell);
tellReady();
