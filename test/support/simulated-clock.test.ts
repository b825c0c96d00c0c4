import type { Stop } from "@heatloop/core/time/clock";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { simulatedClock } from "#test/support/simulated-clock.ts";

describe("a simulated clock", () => {
  test("stands still until it is advanced, and runs what is due at its own time, in order", () => {
    const clock = simulatedClock(1000);
    const ran: [string, number][] = [];
    const note = (what: string) => () => ran.push([what, clock.now()]);
    clock.every(50, note("every"));
    clock.after(120, note("late"));
    clock.after(70, note("early"));
    expect([clock.now(), ran]).toEqual([1000, []]);
    clock.advanceTo(1150);
    expect(ran).toEqual([
      ["every", 1050],
      ["early", 1070],
      ["every", 1100],
      ["late", 1120],
      ["every", 1150],
    ]);
    expect(clock.now()).toBe(1150);
  });

  test("runs what falls on one moment in the order in which it was started", () => {
    const clock = simulatedClock(0);
    const ran: string[] = [];
    for (const name of ["a", "b", "c"]) clock.after(10, () => ran.push(name));
    clock.advanceTo(10);
    expect(ran.join("")).toBe("abc");
  });

  test("runs what work starts on the way, if it is due on the way", () => {
    const clock = simulatedClock(0);
    const ran: number[] = [];
    const again = () => {
      ran.push(clock.now());
      clock.after(30, again);
    };
    clock.after(30, again);
    clock.advanceTo(100);
    expect(ran).toEqual([30, 60, 90]);
  });

  test("does not run what was stopped, be it by other work of the same moment or by itself", () => {
    const clock = simulatedClock(0);
    const ran: string[] = [];
    const stops: Stop[] = [];
    clock.after(10, () => {
      ran.push("first");
      for (const stop of stops) stop();
    });
    stops.push(clock.after(10, () => ran.push("second")));
    const stopSelf = clock.every(20, () => {
      ran.push("self");
      if (clock.now() >= 40) stopSelf();
    });
    clock.advanceTo(200);
    expect(ran).toEqual(["first", "self", "self"]);
    stopSelf();
  });

  test("never goes back by going on", () => {
    const clock = simulatedClock(100);
    clock.advanceTo(50);
    expect(clock.now()).toBe(100);
  });

  test("that is set, back or forward, runs nothing and leaves what waits as long to wait as before", () => {
    const clock = simulatedClock(10_000);
    const ran: number[] = [];
    clock.after(100, () => ran.push(clock.now()));
    clock.every(300, () => ran.push(clock.now()));
    clock.jumpTo(2000);
    expect([clock.now(), ran]).toEqual([2000, []]);
    clock.advanceTo(2300);
    expect(ran).toEqual([2100, 2300]);
    clock.jumpTo(90_000);
    expect(ran).toEqual([2100, 2300]);
    clock.advanceTo(90_300);
    expect(ran).toEqual([2100, 2300, 90_300]);
  });

  test("is the same whether it goes on in one step or many", () => {
    const timers = fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.boolean()), { maxLength: 8 });
    const stops = fc.array(fc.nat(2000), { maxLength: 10 });
    fc.assert(
      fc.property(timers, stops, (waits, steps) => {
        const run = (at: readonly number[]) => {
          const clock = simulatedClock(0);
          const ran: string[] = [];
          waits.forEach(([ms, again], i) => {
            (again ? clock.every : clock.after)(ms, () => ran.push(`${i} ${clock.now()}`));
          });
          for (const each of at) clock.advanceTo(each);
          return ran;
        };
        expect(run([...steps.toSorted((a, b) => a - b), 2000])).toEqual(run([2000]));
      }),
    );
  });
});
