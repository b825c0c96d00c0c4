import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  choice,
  date,
  listOption,
  number,
  readOptions,
  required,
  switchOption,
  text,
  textOption,
  timeZone,
} from "#scripts/base/arguments.ts";
import { readDemoArguments } from "#scripts/demo-house/demo-arguments.ts";

const options = {
  archive: textOption(required("the folder of the archive", text)),
  from: textOption(date.optional()),
  zone: textOption(timeZone.prefault("Europe/Rome")),
  format: textOption(choice(["text", "csv"]).default("text")),
  days: textOption(number({ from: 1, to: 9, whole: true }).default(7)),
  file: listOption(z.array(text)),
  dry: switchOption,
};
const read = (...args: string[]) => readOptions(args, options);

describe("the options of a script", () => {
  it("are checked and take their defaults", () => {
    expect(read("--archive", "a")).toEqual({
      archive: "a",
      from: undefined,
      zone: expect.objectContaining({ name: "Europe/Rome" }),
      format: "text",
      days: 7,
      file: [],
      dry: false,
    });
    expect(read("--archive=a", "--file", "b", "--file=c", "--dry", "--days", "2")).toMatchObject({
      file: ["b", "c"],
      dry: true,
      days: 2,
    });
  });

  it.each([
    [
      ["--colour", "red"],
      ["--colour is not an option", '"red" is not known here: options begin with --'],
    ],
    [["-x"], ["-x is not an option"]],
    [["--__proto__=1"], ["--__proto__ is not an option"]],
    [["--constructor"], ["--constructor is not an option"]],
    [["--dry=yes"], ["--dry takes no value"]],
    [["--days", "1", "--days", "2", "--days", "3"], ["--days is given 3 times; once is allowed"]],
    [["--days", "1.5"], ['--days takes a whole number from 1 to 9, not "1.5"']],
    [["--days", " "], ['--days takes a whole number from 1 to 9, not " "']],
    [["--days"], ["--days takes a value"]],
    [["--file="], ["--file takes a value"]],
    [["--format", "pdf"], ['--format takes one of text, csv, not "pdf"']],
    [["--from", "2026-02-30"], ['--from takes a date of the calendar such as 2026-01-31, not "2026-02-30"']],
    [["--zone", "Rome"], ['--zone takes a name such as Europe/Rome, not "Rome"']],
  ])("%j is refused with what is allowed", (args, problems) => {
    const result = read("--archive", "a", ...args);
    expect(typeof result === "object" && "problems" in result && [...result.problems].sort()).toEqual(
      [...problems].sort(),
    );
  });

  it("have every problem named at once, those between options too", () => {
    const result = readOptions(["--days=0", "--format", "csv", "--from"], options, ({ format, days }) =>
      format === "csv" && days === undefined ? ["csv needs days"] : [],
    );
    expect(result).toEqual({
      problems: [
        "--archive is missing: the folder of the archive",
        "--from takes a value",
        '--days takes a whole number from 1 to 9, not "0"',
        "csv needs days",
      ],
    });
  });

  it("end in values, help or problems, whatever is typed", () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(...Object.keys(options).map((name) => `--${name}`), "--", "--help"),
    );
    fc.assert(
      fc.property(fc.array(word), (args) => {
        const result = readOptions(args, options);
        if (result === "help") expect(args).toContain("--help");
        else if ("problems" in result) expect(result.problems.length).toBeGreaterThan(0);
        else expect(result.archive).not.toBe("");
      }),
    );
  });
});

describe("the arguments of scripts/demo", () => {
  it("have defaults for all", () => {
    const without = { data: undefined, homeAssistant: false, cloud: false };
    expect(readDemoArguments([])).toEqual({ days: 7, speed: 1, port: 8099, ...without });
    expect(readDemoArguments(["--days", "x", "--help"])).toBe("help");
  });

  it("are all read", () => {
    expect(
      readDemoArguments(["--days=0", "--speed", "0.5", "--port", "8100", "--data", "d", "--home-assistant"]),
    ).toEqual({ days: 0, speed: 0.5, port: 8100, data: "d", homeAssistant: true, cloud: false });
    expect(readDemoArguments(["--cloud"])).toMatchObject({ cloud: true });
  });

  it("are refused all at once, each with what is allowed", () => {
    expect(readDemoArguments(["--days", "401", "--speed=fast", "--port", "0", "--data=", "now"])).toEqual({
      problems: [
        '"now" is not known here: options begin with --',
        '--days takes a whole number from 0 to 400, not "401"',
        '--speed takes a number from 0.1 to 1000, not "fast"',
        '--port takes a whole number from 1 to 65535, not "0"',
        "--data takes a value",
      ],
    });
    expect(
      readDemoArguments(["--cloud", "--days", "9", "--speed=2", "--port=0", "--data=d", "--home-assistant"]),
    ).toEqual({
      problems: [
        '--port takes a whole number from 1 to 65535, not "0"',
        "--days does not go with --cloud: its heat pump begins now",
        "--speed does not go with --cloud: the server's clock is the real one",
        "--port does not go with --cloud: the server has an address of its own, and 443",
        "--data does not go with --cloud: nothing of the server stays",
        "--home-assistant does not go with --cloud: the server has one",
      ],
    });
  });
});
