import {
  defaultRoomLimits,
  nextRoomHealth,
  type RoomHealth,
  type RoomObservation,
  unheardRoom,
} from "@heatloop/core/room-health";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const start = Date.parse("2026-11-21T00:00:00Z");
const minute = 60_000;
const plain = { scale: 1, offsetK: 0 };

function told(temperatureC: number, reportedMin: number, setpointC: number | "off" | null = null): RoomObservation {
  return { kind: "temperature", temperatureC, setpointC, reportedAt: start + reportedMin * minute };
}

/** Each step: minute of the look, what is told. The observation of a step stands until the next one. */
function run(steps: readonly (readonly [number, RoomObservation])[], from: RoomHealth = unheardRoom): RoomHealth {
  return steps.reduce(
    (health, [atMin, observation]) =>
      nextRoomHealth(health, observation, start + atMin * minute, plain, defaultRoomLimits),
    from,
  );
}

const steady = run([[0, told(20, 0)]]);

describe("a room's health", () => {
  it.each([
    ["a plausible temperature is used", 20.5, 0, undefined],
    ["the lower limit is used", 5, 0, undefined],
    ["the upper limit is used", 35, 0, undefined],
    ["a temperature below the limits is not", 4.9, 0, "tells 4.9 °C, outside 5 to 35 °C"],
    ["the zero of a broken automation is not", 0, 0, "tells 0.0 °C, outside 5 to 35 °C"],
    [
      "twice the temperature is not, with what to do",
      41,
      0,
      "tells 41.0 °C, outside 5 to 35 °C; if it tells twice the temperature, set its scale to 0.5",
    ],
    ["an absurd temperature is not, without a guess", 327.6, 0, "tells 327.6 °C, outside 5 to 35 °C"],
    ["NaN is not", Number.NaN, 0, "tells no number"],
    ["infinity is not", Number.POSITIVE_INFINITY, 0, "tells no number"],
    ["a report of an hour ago is used", 20, -60, undefined],
    ["an older one is not", 20, -60.1, "has not reported for over 60 min"],
    ["a report a little in the future is used", 20, 4, undefined],
    ["one far in the future is not", 20, 6, "was last reported in the future (check the clocks)"],
    ["a report without a time is not", 20, Number.NaN, "was last reported in the future (check the clocks)"],
  ])("%s", (_, temperatureC, reportedMin, reason) => {
    const health = run([[0, told(temperatureC, reportedMin)]]);
    expect(health.state === "good" ? undefined : health.reason).toBe(reason);
  });

  it("keeps the reason of a room that tells nothing, and uses it again as soon as it does", () => {
    const away = run([[1, { kind: "none", reason: "is unavailable" }]], steady);
    expect(away).toEqual({ state: "bad", acceptedC: 20, reason: "is unavailable" });
    expect(run([[2, told(20.4, 2)]], away).state).toBe("good");
  });

  it("stays alive for as long as it reports, also always the same", () => {
    let health: RoomHealth = unheardRoom;
    for (let at = 0; at <= 12 * 60; at += 30) {
      health = run([[at, told(20.5, at)]], health);
      expect(health.state).toBe("good");
    }
  });

  it("is not used once it stopped reporting, though nothing new is told", () => {
    const observation = told(20.5, 0);
    expect(run([[60, observation]]).state).toBe("good");
    expect(
      run([
        [0, observation],
        [30, observation],
        [61, observation],
      ]).state,
    ).toBe("bad");
  });

  it.each([
    ["3 °C more is no jump", [[1, told(23, 1)]], "good"],
    ["above it is held", [[1, told(23.1, 1)]], "jumped"],
    ["downwards too", [[1, told(16.9, 1)]], "jumped"],
    [
      "held for 10 minutes without a word",
      [
        [1, told(24, 1)],
        [10.9, told(24, 1)],
      ],
      "jumped",
    ],
    [
      "believed after 10 minutes",
      [
        [1, told(24, 1)],
        [11, told(24, 1)],
      ],
      "good",
    ],
    [
      "two more reports do not do before 2 minutes",
      [
        [1, told(24, 1)],
        [1.5, told(24.2, 1.5)],
        [2, told(24.1, 2)],
      ],
      "jumped",
    ],
    [
      "two more reports do after 2 minutes",
      [
        [1, told(24, 1)],
        [2, told(24.2, 2)],
        [3, told(24.1, 3)],
      ],
      "good",
    ],
    [
      "the same report seen again is no further one",
      [
        [1, told(24, 1)],
        [2, told(24, 1)],
        [3, told(24, 1)],
      ],
      "jumped",
    ],
    [
      "going on to another temperature begins anew",
      [
        [1, told(24, 1)],
        [10, told(28, 10)],
        [12, told(28, 12)],
      ],
      "jumped",
    ],
    [
      "back to where it was is used at once",
      [
        [1, told(28, 1)],
        [2, told(20.3, 2)],
      ],
      "good",
    ],
    [
      "a spike on the way to silence is never used",
      [
        [1, told(28, 1)],
        [2, { kind: "none", reason: "is unavailable" }],
        [12, told(28, 12)],
      ],
      "jumped",
    ],
  ] as const)("jump: %s", (_, steps, state) => {
    expect(run(steps, steady).state).toBe(state);
  });

  it("says from where to where it jumped, the same all the while", () => {
    const first = run([[1, told(28, 1)]], steady);
    const later = run(
      [
        [1, told(28, 1)],
        [2, told(28.4, 2)],
      ],
      steady,
    );
    expect(first).toMatchObject({ reason: "jumped from 20.0 to 28.0 °C, which has yet to be confirmed" });
    expect(later).toMatchObject({ state: "jumped", reason: (first as { reason: string }).reason });
  });

  it("does not hold a jump for longer because the clock was set back", () => {
    const held = run([[100, told(24, 100)]], steady);
    expect(
      run(
        [
          [-20, told(24, -20)],
          [-10, told(24, -20)],
        ],
        held,
      ).state,
    ).toBe("good");
  });

  it("corrects by scale and offset, the set-point by scale only", () => {
    const health = nextRoomHealth(
      unheardRoom,
      told(41, 0, 43),
      start,
      { scale: 0.5, offsetK: -0.3 },
      defaultRoomLimits,
    );
    expect(health).toEqual({ state: "good", acceptedC: 20.2, setpointC: 21.5 });
  });

  it.each([
    ["off", "off"],
    [null, null],
    [21, 21],
    [0, null],
    [60, null],
  ] as const)("takes the set-point %s as %s", (setpoint, kept) => {
    expect(run([[0, told(20, 0, setpoint)]])).toMatchObject({ setpointC: kept });
  });

  it("law: whatever is told, what is used is inside the limits, reported lately, and no step above the limit by surprise", () => {
    const observation = fc.oneof(
      fc.record({
        kind: fc.constant("temperature" as const),
        temperatureC: fc.double({ min: -60, max: 110 }),
        agoMin: fc.integer({ min: -20, max: 200 }),
      }),
      fc.constant({ kind: "none" as const }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), observation), { maxLength: 40 }), (steps) => {
        let health: RoomHealth = unheardRoom;
        let at = start;
        for (const [waitMin, seen] of steps) {
          at += waitMin * minute;
          const before = health;
          const input: RoomObservation =
            seen.kind === "none"
              ? { kind: "none", reason: "is unavailable" }
              : {
                  kind: "temperature",
                  temperatureC: seen.temperatureC,
                  setpointC: null,
                  reportedAt: at - seen.agoMin * minute,
                };
          health = nextRoomHealth(before, input, at, plain, defaultRoomLimits);
          if (health.state !== "good") continue;
          expect(input.kind === "temperature" && input.temperatureC).toBe(health.acceptedC);
          expect(health.acceptedC).toBeGreaterThanOrEqual(5);
          expect(health.acceptedC).toBeLessThanOrEqual(35);
          if (input.kind === "temperature") expect(at - input.reportedAt).toBeLessThanOrEqual(60 * minute);
          if (before.state === "bad" && before.acceptedC !== null) {
            expect(Math.abs(health.acceptedC - before.acceptedC)).toBeLessThanOrEqual(3);
          }
          if (before.state === "jumped" && Math.abs(health.acceptedC - before.acceptedC) > 3) {
            expect(at - before.since).toBeGreaterThanOrEqual(2 * minute);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
