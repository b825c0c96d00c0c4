import { boundedTries } from "@heatloop/ha-addon/access/tries";
import { describe, expect, it } from "vitest";
import { exampleNow } from "#test/support/examples/device.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const hourMs = 3_600_000;

function start() {
  const clock = simulatedClock(exampleNow);
  const tries = boundedTries(clock);
  const begin = (address: string, isMachine = false) => tries.begin({ address, isMachine });
  return {
    clock,
    begin,
    /** Fails once; the seconds to wait where it may not. */
    fail(address: string, isMachine = false): number {
      const begun = begin(address, isMachine);
      return begun.ok ? 0 : begun.waitS;
    },
    pass: (ms: number) => clock.advanceTo(clock.now() + ms),
  };
}

describe("tries of one address", () => {
  it("are free five times, then wait twice as long each time, up to a quarter of an hour", () => {
    const { fail, pass } = start();
    const waits: number[] = [];
    for (let i = 0; i < 17; i += 1) {
      let waitS = fail("192.0.2.1");
      if (waitS > 0) {
        pass(waitS * 1_000);
        expect(fail("192.0.2.1")).toBe(0);
      } else waitS = 0;
      waits.push(waitS);
    }
    expect(waits.slice(0, 12)).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64]);
    expect(Math.max(...waits)).toBe(900);
  });

  it("are at most some hundreds a day", () => {
    const { fail, pass } = start();
    let made = 0;
    for (let s = 0; s < 86_400; s += 1) {
      if (fail("192.0.2.1") === 0) made += 1;
      pass(1_000);
    }
    expect(made).toBeLessThan(200);
  });

  it("count while they are under way, so that many at once are not more", () => {
    const { begin } = start();
    const begun = Array.from({ length: 50 }, () => begin("192.0.2.1"));
    expect(begun.filter(({ ok }) => ok)).toHaveLength(5);
  });

  it("are free again after one that succeeded, and after a while", () => {
    const { begin, fail, pass } = start();
    for (let i = 0; i < 4; i += 1) fail("192.0.2.1");
    const right = begin("192.0.2.1");
    if (right.ok) right.succeeded();
    for (let i = 0; i < 5; i += 1) expect(fail("192.0.2.1")).toBe(0);
    expect(fail("192.0.2.1")).toBe(1);
    pass(hourMs);
    for (let i = 0; i < 5; i += 1) expect(fail("192.0.2.1")).toBe(0);
  });

  it("do not hold up those of another one, but those of the same IPv6 network", () => {
    const { fail } = start();
    for (let i = 0; i < 5; i += 1) fail("2001:db8:1:2::5");
    expect(fail("192.0.2.2")).toBe(0);
    expect(fail("2001:db8:1:3::5")).toBe(0);
    expect(fail("2001:db8:1:2:ffff:1:2:3")).toBe(1);
  });

  it("wait no longer because the clock was set back", () => {
    const { clock, fail } = start();
    for (let i = 0; i < 5; i += 1) fail("192.0.2.1");
    clock.jumpTo(exampleNow - 10 * hourMs);
    expect(fail("192.0.2.1")).toBe(1);
  });
});

describe("tries of many addresses", () => {
  const address = (i: number) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`;

  it("are bounded together, and still leave the machine itself in", () => {
    const { fail, begin, pass } = start();
    let made = 0;
    for (let i = 0; i < 36_000; i += 1) {
      if (fail(address(i)) === 0) made += 1;
      pass(100);
    }
    expect(made).toBeLessThan(150);
    expect(begin("127.0.0.1", true).ok).toBe(true);
  });

  it("that all succeed hold up nobody", () => {
    const { begin } = start();
    for (let i = 0; i < 1_000; i += 1) {
      const begun = begin(address(i));
      expect(begun.ok).toBe(true);
      if (begun.ok) begun.succeeded();
    }
  });
});
