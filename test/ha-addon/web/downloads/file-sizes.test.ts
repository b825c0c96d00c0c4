import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { archiveOf, csvOf, minutesFrom } from "#test/support/examples/archive.ts";
import { examplePump, webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();
const dates = ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"];
const plain = (date: string) => csvOf(minutesFrom(date, 1440));
const span = { from: "2026-11-17", to: "2026-11-20" };
const asked = (query = "from=2026-11-17&to=2026-11-20") => example.app.inject(`${examplePump}/file-sizes?${query}`);

function withArchive(content: Parameters<typeof archiveOf>[0]): void {
  const archive = archiveOf(content).open();
  const { view } = example.parts;
  view.minuteBytes = (_id, dates) => archive.minuteBytes("pump", dates);
  view.plainRows = (_id, dates) => archive.plainRows("pump", dates);
}

describe("the sizes of a period's large files", () => {
  it("are those that the minutes have when they are downloaded, and a part of it for the ZIP", async () => {
    withArchive(Object.fromEntries(dates.map((date) => [`${date}.csv`, plain(date)])));
    const { rawPayload } = await example.app.inject(`${examplePump}/minutes.csv?from=${span.from}&to=${span.to}`);
    const sizes = (await asked()).json();
    expect(sizes.minutes_csv_bytes).toBe(rawPayload.length);
    expect(sizes.archive_zip_bytes).toBe(Math.round(rawPayload.length / 4));
  });

  it("are those of the chosen days alone, and of none a header", async () => {
    withArchive(Object.fromEntries(dates.map((date) => [`${date}.csv`, plain(date)])));
    const one = (await asked("from=2026-11-18&to=2026-11-18")).json().minutes_csv_bytes;
    expect(one).toBe(plain("2026-11-18").length);
    const none = (await asked("from=2026-10-01&to=2026-10-02")).json().minutes_csv_bytes;
    expect(none).toBe(plain("2026-11-18").indexOf("\n") + 1);
  });

  it("are not known where a day is compressed", async () => {
    withArchive({ "2026-11-17.csv": plain("2026-11-17"), "2026-11-18.csv.gz": gzipSync(plain("2026-11-18")) });
    expect((await asked()).json()).toEqual({ minutes_csv_bytes: null, archive_zip_bytes: null });
  });

  it.each(["from=2026-13-01", "from=2026-11-20&to=2026-11-17", "decimal=comma"])("are refused of %s", async (query) => {
    expect((await asked(query)).statusCode).toBe(400);
  });
});
