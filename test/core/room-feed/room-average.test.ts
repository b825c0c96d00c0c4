import {
  averageRooms,
  neededRooms,
  type Room,
  type RoomMode,
  type RoomRule,
  roomModes,
} from "@heatloop/core/room-feed/room-average";
import type { RoomReason } from "@heatloop/core/room-feed/room-reason";
import { wrongScale } from "@heatloop/core/room-feed/room-scale";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

function good(name: string, temperatureC: number, weight = 1, setpointC: number | "off" | null = null): Room {
  return {
    name,
    weight,
    health: { state: "good", temperatureC, setpointC, track: { temperatureC, at: 0, proven: true } },
  };
}

function bad(name: string, reason: RoomReason = { code: "unavailable" }): Room {
  return { name, weight: 1, health: { state: "bad", track: null, doubt: null, reason } };
}

function rule(mode: RoomMode, more: Partial<RoomRule> = {}): RoomRule {
  return { mode, quorum: "majority", zoneSetpointC: 21, minC: 5, maxC: 35, ...more };
}

const three = [good("Living room", 21), good("Kitchen", 20), good("Bedroom", 18)];

describe("the rooms' temperature", () => {
  it.each([
    ["mean", three, 19.6667],
    ["mean", [good("Living room", 21, 3), good("Bedroom", 17, 1)], 20],
    ["median", three, 20],
    ["median", [...three, good("Office", 19)], 19.5],
    ["coldest", three, 18],
    ["warmest", three, 21],
    ["mean", [good("Living room", 20.3)], 20.3],
  ] as const)("%s", (mode, rooms, expected) => {
    const average = averageRooms(rooms, rule(mode));
    expect(average.temperatureC).toBeCloseTo(expected, 4);
    expect(average.reason).toBeNull();
    expect(average.rooms.every((room) => room.used)).toBe(true);
  });

  it.each([
    ["the room that lacks most counts", [good("A", 20, 1, 21), good("B", 17, 1, 19)], 21, 19],
    ["nothing lacks: the zone's set-point", [good("A", 22, 1, 21), good("B", 20, 1, 19)], 21, 21],
    ["a sensor lacks up to the zone's set-point", [good("A", 19.5), good("B", 20, 1, 19)], 21, 19.5],
    ["a thermostat that is off lacks nothing", [good("A", 15, 1, "off"), good("B", 20, 1, 20.5)], 21, 20.5],
    ["never below the lower limit", [good("A", 6, 1, 30), good("B", 7, 1, 8)], 21, 5],
  ] as const)("demand: %s", (_, rooms, zoneSetpointC, expected) => {
    expect(averageRooms(rooms, rule("demand", { zoneSetpointC })).temperatureC).toBeCloseTo(expected, 6);
  });

  it.each([null, 0, 60])("demand has no temperature where the zone's set-point is %s", (zoneSetpointC) => {
    const average = averageRooms(three, rule("demand", { zoneSetpointC }));
    expect(average.temperatureC).toBeNull();
    expect(average.reason).toEqual({ code: "zone_setpoint_unknown" });
  });

  it("names the rooms that are missing while there are enough", () => {
    const average = averageRooms([good("Living room", 21), bad("Kitchen"), good("Bedroom", 19)], rule("mean"));
    const missing = [{ name: "Kitchen", reason: { code: "unavailable" } }];
    expect(average).toMatchObject({ temperatureC: 20, reason: { code: "rooms_missing", missing }, used: 2, needed: 2 });
    expect(average.rooms).toEqual([{ used: true }, { used: false, reason: { code: "unavailable" } }, { used: true }]);
  });

  it("has none below the quorum, with the reason", () => {
    const average = averageRooms(
      [good("Living room", 21), bad("Kitchen"), bad("Bedroom", { code: "no_number" })],
      rule("mean"),
    );
    expect(average.temperatureC).toBeNull();
    expect(average).toMatchObject({ used: 1, needed: 2 });
    expect(average.reason).toEqual({
      code: "too_few_rooms",
      missing: [
        { name: "Kitchen", reason: { code: "unavailable" } },
        { name: "Bedroom", reason: { code: "no_number" } },
      ],
    });
  });

  it.each([
    [1, "majority", 1],
    [2, "majority", 2],
    [3, "majority", 2],
    [4, "majority", 3],
    [5, { rooms: 1 }, 1],
    [2, { rooms: 4 }, 2],
    [5, { share: 0.6 }, 3],
    [10, { share: 0.3 }, 3],
    [3, { share: 1 }, 3],
    [3, { share: 0.01 }, 1],
  ] as const)("of %i rooms the quorum %o needs %i", (count, quorum, needed) => {
    expect(neededRooms(count, quorum)).toBe(needed);
  });
});

describe("a wrong scale", () => {
  it.each([
    ["a room near twice the others", [17, 16.5, 33], [false, false, true]],
    ["a room near half of the others", [20, 21, 10.2], [false, false, true]],
    ["more than twice the others is no better", [8, 16, 32], [true, false, true]],
    ["of two rooms nobody knows which", [17, 33], [true, true]],
    ["ordinary differences are none", [17, 21, 23.5], [false, false, false]],
    ["an unheated room is none", [13.5, 21, 21], [false, false, false]],
    ["one room is compared with nothing", [34], [false]],
    ["rooms without a temperature are left out", [17, null, 33, 17], [false, false, true, false]],
    ["two pairs that contradict each other are all suspect", [20, 21, 10, 10.5], [true, true, true, true]],
  ] as const)("%s", (_, temperaturesC, suspect) => {
    expect(wrongScale(temperaturesC).map((reason) => reason !== null)).toEqual(suspect);
  });

  it("is named with what to do, and the room is not used", () => {
    const average = averageRooms([good("Living room", 17), good("Kitchen", 16), good("Bedroom", 34)], rule("warmest"));
    expect(average.temperatureC).toBe(17);
    const reason = { code: "twice_others", temperatureC: 34, othersC: 16.5 };
    expect(average.reason).toEqual({ code: "rooms_missing", missing: [{ name: "Bedroom", reason }] });
  });
});

const anyRoom = fc.oneof(
  fc.record({
    temperatureC: fc.double({ min: 5, max: 35, noNaN: true }),
    weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
    setpointC: fc.oneof(fc.constant(null), fc.constant("off" as const), fc.double({ min: 5, max: 35, noNaN: true })),
  }),
  fc.constant(null),
);
const anyRooms = fc
  .array(anyRoom, { minLength: 1, maxLength: 8 })
  .map((rooms) =>
    rooms.map(
      (room, index): Room =>
        room === null ? bad(`Room ${index}`) : good(`Room ${index}`, room.temperatureC, room.weight, room.setpointC),
    ),
  );

describe("laws of the rooms' temperature", () => {
  it("lies within the used rooms; demand between its formula and the zone's set-point", () => {
    fc.assert(
      fc.property(
        anyRooms,
        fc.constantFrom(...roomModes),
        fc.double({ min: 5, max: 35, noNaN: true }),
        (rooms, mode, zoneSetpointC) => {
          const { temperatureC, rooms: uses } = averageRooms(rooms, rule(mode, { zoneSetpointC }));
          if (temperatureC === null) return;
          const used = rooms.flatMap(({ health }, index) =>
            health.state === "good" && uses[index]?.used ? [health] : [],
          );
          const reported = used.map(({ temperatureC: reported }) => reported);
          if (mode === "demand") {
            const lacks = used.map(({ temperatureC: reported, setpointC }) =>
              setpointC === "off" ? 0 : (setpointC ?? zoneSetpointC) - reported,
            );
            expect(temperatureC).toBeGreaterThanOrEqual(Math.max(5, zoneSetpointC - Math.max(0, ...lacks)) - 1e-9);
            expect(temperatureC).toBeLessThanOrEqual(zoneSetpointC);
          } else {
            expect(temperatureC).toBeGreaterThanOrEqual(Math.min(...reported));
            expect(temperatureC).toBeLessThanOrEqual(Math.max(...reported));
          }
          expect(temperatureC).toBeGreaterThanOrEqual(5);
          expect(temperatureC).toBeLessThanOrEqual(35);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("exists exactly where enough rooms are used, and then the reason names exactly the others", () => {
    fc.assert(
      fc.property(anyRooms, (rooms) => {
        const { temperatureC, reason, rooms: uses, used, needed } = averageRooms(rooms, rule("mean"));
        expect(used).toBe(uses.filter((use) => use.used).length);
        expect(temperatureC !== null).toBe(used >= needed);
        rooms.forEach(({ name }, index) => {
          const isNamed = reason !== null && "missing" in reason && reason.missing.some((room) => room.name === name);
          expect(isNamed).toBe(uses[index]?.used === false);
        });
      }),
    );
  });

  it("does not depend on the order of the rooms", () => {
    fc.assert(
      fc.property(anyRooms, fc.constantFrom(...roomModes), (rooms, mode) => {
        const there = averageRooms(rooms, rule(mode)).temperatureC;
        const back = averageRooms(rooms.toReversed(), rule(mode)).temperatureC;
        if (there === null || back === null) expect(back).toBe(there);
        else expect(back).toBeCloseTo(there, 9);
      }),
    );
  });
});
