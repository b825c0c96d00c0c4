import {
  nextRoomHealth,
  type RoomHealth,
  type RoomObservation,
  unseenRoom,
} from "@heatloop/core/room-feed/room-health";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultRoomLimits } from "#test/core/room-feed/room-limits.ts";

const start = Date.parse("2026-11-21T00:00:00Z");
const minute = 60_000;
const plain = { scale: 1, offsetK: 0 };

function reported(temperatureC: number, reportedMin: number, setpointC: number | "off" | null = null): RoomObservation {
  return { kind: "temperature", temperatureC, setpointC, reportedAt: start + reportedMin * minute };
}

/** Each step: minute of the observation, what is reported. The observation of a step holds until the next one. */
function run(steps: readonly (readonly [number, RoomObservation])[], from: RoomHealth = unseenRoom()): RoomHealth {
  return steps.reduce(
    (health, [atMin, observation]) =>
      nextRoomHealth(health, observation, start + atMin * minute, plain, defaultRoomLimits),
    from,
  );
}

const steady = run([[0, reported(20, 0)]]);

describe("a room's health", () => {
  it.each([
    ["a plausible temperature is used", 20.5, 0, undefined],
    ["a cold room's is used", 10, 0, undefined],
    ["a hot summer day's is used", 30, 0, undefined],
    ["a temperature below the limits is not", 4.9, 0, { code: "outside", temperatureC: 4.9, minC: 5, maxC: 35 }],
    ["the zero of a broken automation is not", 0, 0, { code: "outside", temperatureC: 0, minC: 5, maxC: 35 }],
    [
      "twice the temperature is not, with what to do",
      41,
      0,
      { code: "outside_twice", temperatureC: 41, minC: 5, maxC: 35 },
    ],
    [
      "an absurd temperature is not, without a guess",
      327.6,
      0,
      { code: "outside", temperatureC: 327.6, minC: 5, maxC: 35 },
    ],
    ["NaN is not", Number.NaN, 0, { code: "no_number" }],
    ["infinity is not", Number.POSITIVE_INFINITY, 0, { code: "no_number" }],
    ["a report of an hour ago is used", 20, -60, undefined],
    ["an older one is not", 20, -60.1, { code: "silent", minutes: 60 }],
    ["a report a little in the future is used", 20, 4, undefined],
    ["one far in the future is not", 20, 6, { code: "reported_in_the_future" }],
    ["a report without a time is not", 20, Number.NaN, { code: "reported_in_the_future" }],
  ])("%s", (_, temperatureC, reportedMin, reason) => {
    const health = run([[0, reported(temperatureC, reportedMin)]]);
    expect(health.state === "good" ? undefined : health.reason).toEqual(reason);
  });

  it("keeps the reason of a room that reports nothing, and uses it again as soon as it does", () => {
    const away = run([[1, { kind: "none", reason: { code: "unavailable" } }]], steady);
    expect(away).toMatchObject({ state: "bad", track: { temperatureC: 20 }, reason: { code: "unavailable" } });
    expect(run([[2, reported(20.4, 2)]], away).state).toBe("good");
  });

  it("stays alive for as long as it reports, also always the same", () => {
    let health: RoomHealth = unseenRoom();
    for (let at = 0; at <= 12 * 60; at += 30) {
      health = run([[at, reported(20.5, at)]], health);
      expect(health.state).toBe("good");
    }
  });

  it("is not used once it stopped reporting, though nothing new is reported", () => {
    const observation = reported(20.5, 0);
    expect(run([[60, observation]]).state).toBe("good");
    expect(
      run([
        [0, observation],
        [30, observation],
        [61, observation],
      ]).state,
    ).toBe("bad");
  });

  it("corrects by scale and offset, the set-point by scale only", () => {
    const health = nextRoomHealth(
      unseenRoom(),
      reported(41, 0, 43),
      start,
      { scale: 0.5, offsetK: -0.3 },
      defaultRoomLimits,
    );
    expect(health).toMatchObject({ state: "good", temperatureC: 20.2, setpointC: 21.5 });
  });

  it.each([
    ["off", "off"],
    [null, null],
    [21, 21],
    [0, null],
    [60, null],
  ] as const)("takes the set-point %s as %s", (setpoint, kept) => {
    expect(run([[0, reported(20, 0, setpoint)]])).toMatchObject({ setpointC: kept });
  });

  it("law: whatever is reported, a used temperature is the reported one, inside the limits and recent", () => {
    const observation = fc.oneof(
      fc.record({ temperatureC: fc.double({ min: -60, max: 110 }), agoMin: fc.integer({ min: -20, max: 200 }) }),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), observation), { maxLength: 40 }), (steps) => {
        let health: RoomHealth = unseenRoom();
        let at = start;
        for (const [waitMin, seen] of steps) {
          at += waitMin * minute;
          const input: RoomObservation =
            seen === null
              ? { kind: "none", reason: { code: "unavailable" } }
              : {
                  kind: "temperature",
                  temperatureC: seen.temperatureC,
                  setpointC: null,
                  reportedAt: at - seen.agoMin * minute,
                };
          health = nextRoomHealth(health, input, at, plain, defaultRoomLimits);
          if (health.state !== "good") continue;
          expect(input.kind === "temperature" && input.temperatureC).toBe(health.temperatureC);
          expect(health.temperatureC).toBeGreaterThanOrEqual(5);
          expect(health.temperatureC).toBeLessThanOrEqual(35);
          if (input.kind === "temperature") expect(at - input.reportedAt).toBeLessThanOrEqual(60 * minute);
        }
      }),
      { numRuns: 500 },
    );
  });
});
