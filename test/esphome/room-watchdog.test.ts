import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compiledWatchdog } from "./watchdog.ts";

const play = compiledWatchdog();
const own = "0";
const fed = "1";
const minutes = (count: number) => `pass ${count * 60}`;
/** A temperature every five minutes. */
const steadily = (valueC: number, forMinutes: number) =>
  Array.from({ length: forMinutes / 5 }, () => [`feed ${valueC}`, minutes(5)]).flat();
/** The source after a script, and how many commands its last item took. */
const sourceAfter = (...script: string[]) =>
  play(...script)
    .at(-1)
    ?.split(" ");

describe("the heat pump's own thermostat takes over", () => {
  it.each([
    ["not before half an hour without a temperature", ["feed 21", minutes(29)], fed],
    ["after half an hour without a temperature", ["feed 21", minutes(30)], own],
    ["half an hour after a start at which nothing is fed, whatever the flash memory held", [minutes(30)], own],
    ["not while a temperature comes every five minutes", [...steadily(21, 120), minutes(5)], fed],
    ["although temperatures come that are not taken", ["feed 21", minutes(15), "feed 0", minutes(15)], own],
    ["although not-a-number comes", ["feed 21", minutes(15), "feed nan", minutes(15)], own],
    ["not where its source is the virtual thermostat", ["source 2", minutes(120)], "2"],
    ["not where its source is not known", ["source -1", minutes(120)], "-1"],
  ])("%s", (_, script, source) => {
    expect(sourceAfter(...script)?.[0]).toBe(source);
  });

  it("with one command, and is asked again as long as it does not", () => {
    expect(sourceAfter("feed 21", minutes(60))).toEqual([own, "1"]);
    expect(sourceAfter("feed 21", "stuck on", minutes(31))).toEqual([fed, "7"]);
  });
});

describe("the fed temperature comes back", () => {
  const silent = ["feed 21", minutes(40)];

  it.each([
    ["after ten minutes of steady feed", [...silent, ...steadily(21, 10), "feed 21", minutes(1)], fed],
    ["not after one temperature", [...silent, "feed 21", minutes(9)], own],
    ["not where the feed has a gap", [...silent, "feed 21", minutes(11), "feed 21", minutes(1)], own],
    [
      "after a restart in between, as the flash memory has who switched",
      ["restored on", "source 0", ...steadily(21, 10), "feed 21", minutes(1)],
      fed,
    ],
    ["not where someone else had chosen the own thermostat", ["source 0", ...steadily(21, 60)], own],
    ["not where someone chose the virtual thermostat meanwhile", [...silent, "source 2", ...steadily(21, 60)], "2"],
    [
      "not where someone chose the own thermostat after that",
      [...silent, "source 2", minutes(1), "source 0", ...steadily(21, 60)],
      own,
    ],
  ])("%s", (_, script, source) => {
    expect(sourceAfter(...script)?.[0]).toBe(source);
  });

  it("by hand too, which is obeyed for half an hour although nothing is fed", () => {
    expect(sourceAfter(...silent, "source 1", minutes(29))).toEqual([fed, "0"]);
    expect(sourceAfter(...silent, "source 1", minutes(31))).toEqual([own, "1"]);
  });
});

describe("a heat pump without a thermostat of its own", () => {
  it.each([
    ["keeps the last temperature, as 0 °C would heat as much as it can", ["own 0", "feed 21", minutes(120)], fed],
    ["keeps the fed source where its thermostat is not known", ["own nan", "feed 21", minutes(120)], fed],
    ["goes back to the last one where the thermostat goes", ["feed 21", minutes(40), "own 0", minutes(1)], fed],
    ["stays there", ["feed 21", minutes(40), "own 0", minutes(240)], fed],
    ["uses the thermostat once it is there", ["own 0", "feed 21", minutes(40), "own 20", minutes(1)], own],
    ["is left at what someone chose", ["own 0", "source 0", minutes(120)], own],
  ])("%s", (_, script, source) => {
    expect(sourceAfter(...script)?.[0]).toBe(source);
  });

  it.each([
    ["needs the last one after a restart", ["own 0", "see"], "1"],
    ["does not once a temperature came", ["own 0", "feed 21", "see"], "0"],
    ["does not where it has a thermostat", ["own 20", "see"], "0"],
    ["does not while that is not known", ["own nan", "see"], "0"],
  ])("%s", (_, script, needs) => {
    expect(play(...script).at(-1)).toMatch(new RegExp(`;\\d+;${needs};`));
  });
});

describe("a temperature", () => {
  it.each([
    ["in the range is taken", ["feed 21"], "taken"],
    ["at the limits is taken", ["feed 5"], "taken"],
    ["below the range is not", ["feed 4.9"], "out_of_range"],
    ["above the range is not", ["feed 35.1"], "out_of_range"],
    ["of 0, as broken automations send it, is not", ["feed 0"], "out_of_range"],
    ["that is none is not", ["feed nan"], "not_a_number"],
    ["that is infinite is not", ["feed inf"], "not_a_number"],
    ["that jumps by 3 K is taken", ["feed 20", "feed 23"], "taken"],
    ["that jumps by more is not", ["feed 20", "feed 23.1"], "jump"],
    ["that moves with the time is taken", ["feed 20", minutes(20), "feed 25"], "taken"],
    ["that jumps and goes on moving is not at first", ["feed 20", "feed 30", minutes(5), "feed 30"], "jump"],
    [
      "that jumped and stayed for ten minutes is taken",
      ["feed 20", "feed 30", minutes(5), "feed 30.2", minutes(5), "feed 30"],
      "taken",
    ],
    ["that jumps to and fro is not", ["feed 12", "feed 30", minutes(5), "feed 12", minutes(5), "feed 30"], "jump"],
  ])("%s", (_, script, answer) => {
    expect(play(...script).at(-1)).toBe(answer);
  });
});

describe("a second feeder", () => {
  it.each([
    [
      "with another name is not obeyed, and is named",
      ["name app", "feed 21", "name blueprint", "feed 20"],
      "second_feeder",
      "blueprint",
    ],
    ["without a name is not obeyed", ["name app", "feed 21", "feed 20"], "second_feeder", "unnamed"],
    ["takes over from one without a name", ["feed 21", "name app", "feed 20"], "taken", "none"],
    [
      "takes over when the first has been silent",
      ["name app", "feed 21", minutes(11), "name node-red", "feed 20"],
      "taken",
      "none",
    ],
    ["is none where it is the same", ["name app", "feed 21", minutes(5), "name app", "feed 21"], "taken", "none"],
    [
      "is none where the watchdog decides between the name and the temperature",
      ["name app", "feed 21", minutes(5), "name app", "pass 10", "feed 21"],
      "taken",
      "none",
    ],
    [
      "does not go by a name that was said for another temperature",
      ["name app", "feed 21", "name app", "pass 20", "feed 21"],
      "second_feeder",
      "unnamed",
    ],
  ])("%s", (_, script, answer, other) => {
    const answers = play(...script, "see");
    expect(answers.at(-2)).toBe(answer);
    expect(answers.at(-1)).toMatch(new RegExp(`;${other}$`));
  });

  it("never keeps the heat pump from its own thermostat when the first goes silent", () => {
    const both = Array.from({ length: 3 }, () => ["name other", "feed 20", minutes(3)]).flat();
    expect(sourceAfter("name app", "feed 21", ...both, minutes(60))?.[0]).toBe(own);
  });
});

describe("what a person sees", () => {
  it.each([
    ["waiting", ["see"]],
    ["fed", ["feed 21", minutes(1), "see"]],
    ["silent", ["feed 21", minutes(31), "see"]],
    ["returning", ["feed 21", minutes(31), "feed 21", minutes(1), "see"]],
    ["left", ["source 0", "feed 21", minutes(1), "see"]],
    ["kept", ["own 0", "feed 21", minutes(31), "see"]],
    ["kept", ["own 0", minutes(1), "see"]],
  ])("is %s after %j", (state, script) => {
    expect(play(...script).at(-1)).toMatch(new RegExp(`^${state};`));
  });
});

describe("whatever happens", () => {
  const event = fc.oneof(
    fc.double({ min: -20, max: 50, noNaN: true }).map((valueC) => `feed ${valueC.toFixed(1)}`),
    fc.constant("feed nan"),
    fc.constantFrom("name app", "name other"),
    fc.integer({ min: 1, max: 90 }).map(minutes),
    fc.constantFrom("source 0", "source 1", "source 2"),
  );

  it("what was taken last is a plausible temperature, and an hour of silence never leaves the fed one in use", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const answers = play(...events, minutes(60), "see");
        const [state, , takenC] = (answers.at(-1) ?? "").split(";");
        if (takenC !== "nan") {
          expect(Number(takenC)).toBeGreaterThanOrEqual(5);
          expect(Number(takenC)).toBeLessThanOrEqual(35);
        }
        expect(answers.at(-2)?.split(" ")[0]).not.toBe(fed);
        expect(["silent", "left"]).toContain(state);
      }),
      { numRuns: 300 },
    );
  });
});
