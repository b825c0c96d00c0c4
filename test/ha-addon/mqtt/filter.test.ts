import { filterProblem, fits, topicProblem } from "@heatloop/ha-addon/mqtt/filter";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("a topic filter", () => {
  it.each([
    ["a/b", "a/b", true],
    ["a/b", "a/b/c", false],
    ["a/b", "a", false],
    ["a/b", "A/b", false],
    ["+", "a", true],
    ["+", "a/b", false],
    ["+/+", "/a", true],
    ["/+", "/a", true],
    ["+", "/a", false],
    ["a/+/c", "a/b/c", true],
    ["a/+/c", "a//c", true],
    ["a/+", "a", false],
    ["a/+", "a/", true],
    ["#", "a/b/c", true],
    ["#", "/", true],
    ["a/#", "a", true],
    ["a/#", "a/b/c", true],
    ["a/#", "ab", false],
    ["a/+/#", "a", false],
    ["a/+/#", "a/b", true],
    ["+/state", "x/state", true],
    ["+/+/+/state", "ecodan-heatpump/sensor/flow/state", true],
    ["+/status", "a/b/status", false],
    ["#", "$SYS/broker/uptime", false],
    ["+/broker/uptime", "$SYS/broker/uptime", false],
    ["$SYS/#", "$SYS/broker/uptime", true],
    ["$SYS/+/uptime", "$SYS/broker/uptime", true],
  ])("%s fits %s: %s", (filter, topic, expected) => {
    expect(fits(filter, topic)).toBe(expected);
  });

  it("fits the topics it was made from by putting + and # in", () => {
    const level = fc.string({ unit: fc.constantFrom("a", "b", "_", "é"), maxLength: 3 });
    const cases = fc.record({
      levels: fc.array(level, { minLength: 1, maxLength: 6 }),
      plus: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      cut: fc.option(fc.nat({ max: 6 })),
    });
    fc.assert(
      fc.property(cases, ({ levels, plus, cut }) => {
        const wild = levels.map((text, i) => (plus[i] ? "+" : text));
        const filter = (cut === null ? wild : [...wild.slice(0, cut), "#"]).join("/");
        expect(filter === "" || fits(filter, levels.join("/"))).toBe(true);
        expect(filter === "" || filterProblem(filter) === undefined).toBe(true);
      }),
    );
  });

  it.each(["", "a/#/b", "a#", "a/b#", "a+/b", "+a", "##", "a\0", "a\u0001", "\u009f", "a/\ud800", "\uffff"])(
    "is refused when it is %j",
    (filter) => {
      expect(filterProblem(filter)).toMatch(/topic filter/);
    },
  );
});

describe("a topic to publish to", () => {
  it.each(["", "+", "a/+/b", "a/#", "a\0b", "a\u0007", "\u0080", "\udc00", "\ufdef"])(
    "is refused when it is %j",
    (topic) => {
      expect(topicProblem(topic)).toBeDefined();
    },
  );
  it.each(["a", "/", "a/b c/é", "$x"])("may be %j", (topic) => {
    expect(topicProblem(topic)).toBeUndefined();
  });
});
