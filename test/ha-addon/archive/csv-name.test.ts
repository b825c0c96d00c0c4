import { type CsvName, csvName, readCsvName, withoutDoubles } from "@heatloop/ha-addon/archive/csv/csv-name";
import { describe, expect, test } from "vitest";

const date = "2026-11-21";

describe("the name of an archive file", () => {
  test.each<[string, CsvName]>([
    ["2026-11-21.csv", { date, kind: "minutes", part: 1 }],
    ["2026-11-21.2.csv", { date, kind: "minutes", part: 2 }],
    ["2026-11-21.transitions.csv", { date, kind: "transitions", part: 1 }],
    ["2026-11-21.transitions.12.csv", { date, kind: "transitions", part: 12 }],
    ["2026-11-21.csv.zst", { date, kind: "minutes", part: 1, packing: "zst" }],
    ["2026-11-21.3.csv.gz", { date, kind: "minutes", part: 3, packing: "gz" }],
    ["2026-11-21.transitions.csv.zst", { date, kind: "transitions", part: 1, packing: "zst" }],
  ])("%s is read and made", (text, name) => {
    expect(readCsvName(text)).toEqual(name);
    expect(csvName(name)).toBe(text);
  });

  test.each([
    "2026-11-21.csv.bz2",
    "2026-11-21.csv.zst.new",
    "2026-11-21.csv.torn",
    "2026-11-21.zst",
    "2026-11-21.1.csv",
    "2026-13-21.csv",
    "2026-11-21 (copy).csv",
    ".csv.gz",
  ])("%s is none of ours", (text) => {
    expect(readCsvName(text)).toBeUndefined();
  });
});

test("of a file that is there twice the plain one counts, then the one of zstd", () => {
  const names = (...texts: string[]) => texts.map((text) => readCsvName(text) as CsvName);
  const left = withoutDoubles(
    names("2026-11-21.csv.gz", "2026-11-21.csv.zst", "2026-11-21.csv", "2026-11-21.2.csv.gz", "2026-11-21.2.csv.zst"),
  );
  expect(left.map(csvName)).toEqual(["2026-11-21.csv", "2026-11-21.2.csv.zst"]);
});
