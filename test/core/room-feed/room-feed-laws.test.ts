import { hourMs } from "@heatloop/core/time/durations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultRoomLimits } from "#test/core/room-feed/room-limits.ts";
import { startWorld } from "./room-feed-world.ts";
import { startZone } from "./room-zone-world.ts";

const { jumpK, changeKPerH } = defaultRoomLimits;

/** As far apart as two temperatures of one room may be trusted, K. */
const mostK = (ms: number) => 2 * jumpK + (changeKPerH * ms) / hourMs + 1e-9;

const temperature = fc.oneof(
  fc.double({ min: 5, max: 35, noNaN: true }),
  fc.constantFrom(0, 5, 12, 20, 21, 35, 85, Number.NaN),
  fc.constant(null),
);

/** What happens next: minutes pass, the rooms report something, the heat pump's thermostat does, the program restarts. */
function steps(rooms: number) {
  const reported = fc.array(fc.option(temperature, { nil: undefined, freq: 2 }), {
    minLength: rooms,
    maxLength: rooms,
  });
  return fc.array(
    fc.record({
      minutes: fc.oneof(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 300 })),
      reported,
      ownC: fc.option(fc.double({ min: 5, max: 35, noNaN: true }), { nil: null, freq: 2 }),
      restart: fc.boolean(),
    }),
    { maxLength: 25 },
  );
}

function mayFollow(sent: readonly { readonly at: number; readonly valueC: number }[], roundingK: number): void {
  const last = sent.at(-1);
  if (last === undefined) return;
  for (const before of sent) {
    expect(Math.abs(last.valueC - before.valueC)).toBeLessThanOrEqual(mostK(last.at - before.at) + roundingK);
  }
}

describe("law: whatever rooms, thermostat and restarts do, no faster than a house can", () => {
  it("does the temperature change that the heat pump is sent of a room", () => {
    fc.assert(
      fc.property(steps(1), (sequence) => {
        const zone = startZone({ rooms: 1 });
        const world = startWorld({ at: zone.at(), average: zone.average() });
        const sent: { at: number; valueC: number }[] = [];
        for (const { minutes, reported, ownC, restart } of [
          { minutes: 1, reported: [20], ownC: null, restart: false },
          ...sequence,
        ]) {
          if (restart) zone.restart(true);
          zone.own(ownC);
          zone.pass(minutes, () => []);
          zone.report(reported);
          world.step({ at: zone.at(), average: zone.average(), ownC });
          for (const { command } of world.commands()) {
            // Sent again, a temperature is as old as the room's report of it.
            if (command.to === "temperature" && command.value !== sent.at(-1)?.valueC) {
              sent.push({ at: zone.at(), valueC: command.value });
            }
            mayFollow(sent, 0.1);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("does each of several rooms, and what is sent lies between them", () => {
    fc.assert(
      fc.property(steps(3), (sequence) => {
        const zone = startZone({ rooms: 3 });
        const used: { at: number; valueC: number }[][] = [[], [], []];
        for (const { minutes, reported, ownC, restart } of [
          { minutes: 1, reported: [19, 20, 21], ownC: null, restart: false },
          ...sequence,
        ]) {
          if (restart) zone.restart(true);
          zone.own(ownC);
          zone.pass(minutes, () => []);
          zone.report(reported);
          const { temperatureC, rooms } = zone.average();
          if (temperatureC === null) continue;
          const nowC = used.flatMap((sent, index) => {
            const health = zone.health(index);
            if (rooms[index]?.used !== true || health.state !== "good") return [];
            sent.push({ at: zone.at(), valueC: health.temperatureC });
            mayFollow(sent, 0);
            return [health.temperatureC];
          });
          expect(temperatureC).toBeGreaterThanOrEqual(Math.min(...nowC));
          expect(temperatureC).toBeLessThanOrEqual(Math.max(...nowC));
        }
      }),
      { numRuns: 400 },
    );
  });
});
