import { startRoomWatchdog, watchdogEveryS } from "@heatloop/simulator/firmware/room-watchdog";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compiledWatchdog } from "./watchdog.ts";

const play = compiledWatchdog();
const sources = ["room_thermostat", "home_assistant", "virtual_thermostat"] as const;

/** The simulator's watchdog, with the answers of watchdog-program.cpp. */
function playSimulated(...script: readonly string[]): string[] {
  const watchdog = startRoomWatchdog();
  let source: string = "home_assistant";
  let ownC = 20;
  function pass(seconds: number): string {
    let commands = 0;
    for (let left = seconds; left > 0; left -= watchdogEveryS) {
      watchdog.pass(watchdogEveryS);
      const wanted = watchdog.decide(source, ownC);
      if (wanted === undefined) continue;
      commands += 1;
      source = wanted;
    }
    return `${sources.findIndex((each) => source.startsWith(each))} ${commands}`;
  }
  return script.map((line) => {
    const [what, value = ""] = line.split(" ");
    switch (what) {
      case "feed": {
        const refusal = watchdog.feed(Number(value));
        return refusal === "none" ? "taken" : refusal;
      }
      case "name":
        watchdog.announce(value);
        return "ok";
      case "source":
        source = sources[Number(value)] ?? source;
        return "ok";
      case "own":
        ownC = Number(value);
        return "ok";
      case "pass":
        return pass(Number(value));
      default: {
        const { state, refused, temperatureC, ageS, feeder, secondFeeder } = watchdog.shown(source, ownC);
        const shownC = Number.isNaN(temperatureC) ? "nan" : temperatureC.toFixed(1);
        const needs = watchdog.needsLast(ownC) ? 1 : 0;
        return [state, refused.replaceAll("_", " "), shownC, ageS, needs, feeder, secondFeeder].join(";");
      }
    }
  });
}

const temperature = fc.oneof(
  fc.double({ min: 15, max: 26, noNaN: true }),
  fc.double({ min: -20, max: 50, noNaN: true }),
);
const event = fc.oneof(
  temperature.map((valueC) => `feed ${valueC.toFixed(1)}`),
  fc.constantFrom("feed nan", "name app", "name other", "name a_name_of_more_than_23_characters"),
  fc.integer({ min: 1, max: 300 }).map((count) => `pass ${count * 10}`),
  fc.constantFrom("source 0", "source 1", "source 2", "own 0", "own 19.5", "own nan"),
  fc.constant("see"),
);

describe("the simulator's room watchdog", () => {
  it("decides and shows what the firmware's does, whatever happens", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const script = [...events, "pass 3600", "see"];
        expect(playSimulated(...script)).toEqual(play(...script));
      }),
      { numRuns: 400 },
    );
  });
});
