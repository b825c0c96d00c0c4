import { once } from "node:events";
import { readdirSync, readlinkSync } from "node:fs";
import type { OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { startWeb } from "@heatloop/ha-addon/web/web";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { archiveOf, csvOf, minutesFrom, rome } from "#test/support/examples/archive.ts";
import { examplePump, webOfEachTest } from "#test/support/examples/web.ts";
import { waitFor } from "#test/support/wait-for.ts";

const example = webOfEachTest();
const dates = ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"];
const url = `${examplePump}/minutes.csv?from=2026-11-17&to=2026-11-20`;
let home = "";

beforeEach(() => {
  const files = archiveOf(Object.fromEntries(dates.map((date) => [`${date}.csv`, csvOf(minutesFrom(date, 1440))])));
  home = files.home;
  const archive = files.open();
  example.parts.view.plainRows = (_id, span) => archive.plainRows("pump", span);
  example.parts.view.minuteLines = (_id, from, to) => archive.minuteLines("pump", from, to);
});

async function get(headers: Record<string, string> = {}, method: "GET" | "HEAD" = "GET") {
  return example.app.inject({ url, headers, method });
}

/** The whole file, converted row by row. */
async function converted(): Promise<string> {
  let text = "";
  const [from, to] = [rome.startOf("2026-11-17"), rome.endOf("2026-11-20")];
  for await (const piece of example.parts.view.minuteLines("pump", from, to)) text += piece;
  return text;
}

describe("the minutes of past days as a download", () => {
  it("have a length, a tag, and the text that a conversion would have", async () => {
    const answer = await get({ "accept-encoding": "gzip, br" });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": "private, no-cache, no-transform",
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="heatloop-ecodan-heatpump-minutes-2026-11-17-to-2026-11-20.csv"',
    });
    expect(answer.headers["content-encoding"]).toBeUndefined();
    expect(Number(answer.headers["content-length"])).toBe(answer.rawPayload.length);
    expect(answer.body).toBe(await converted());
  });

  it("are told by HEAD without a byte of them", async () => {
    const [head, whole] = [await get({}, "HEAD"), await get()];
    expect([head.statusCode, head.rawPayload.length]).toEqual([200, 0]);
    for (const name of ["content-length", "etag", "accept-ranges"]) {
      expect(head.headers[name]).toBe(whole.headers[name]);
    }
  });

  it.each<[string, (length: number) => readonly [from: number, to: number]]>([
    ["bytes=0-0", () => [0, 1]],
    ["bytes=100-", (length) => [100, length]],
    ["bytes=0-", (length) => [0, length]],
    ["bytes=-50", (length) => [length - 50, length]],
    ["bytes=-99999999", (length) => [0, length]],
    ["bytes=210000-430000", () => [210_000, 430_001]],
    ["bytes=700000-99999999", (length) => [700_000, length]],
    ["BYTES=5-9", () => [5, 10]],
    ["bytes= 5 - 9", () => [5, 10]],
  ])("come in part for Range: %s", async (range, partOf) => {
    const whole = (await get()).body;
    const answer = await get({ range });
    const [from, to] = partOf(whole.length);
    expect([answer.statusCode, answer.body === whole.slice(from, to)]).toEqual([206, true]);
    expect(answer.headers).toMatchObject({
      "content-range": `bytes ${from}-${to - 1}/${whole.length}`,
      "content-length": String(to - from),
    });
  });

  it.each([
    "bytes=9-5",
    "bytes=-",
    "bytes=a-b",
    "bytes=0-1=2",
    "bytes=0 1-2",
    "rows=1-2",
    "bytes=0-1,5-6",
    "bytes",
    "",
  ])("come whole for what is no range, or several: %s", async (range) => {
    const answer = await get({ range });
    expect([answer.statusCode, answer.body]).toEqual([200, (await get()).body]);
  });

  it.each(["bytes=99999999-", "bytes=-0"])("have nothing behind their end: %s", async (range) => {
    const { length } = (await get()).body;
    const answer = await get({ range });
    expect(answer.statusCode).toBe(416);
    expect(answer.headers).toMatchObject({ "content-range": `bytes */${length}`, "cache-control": "no-store" });
    expect([answer.json().title, answer.headers.etag]).toEqual(["Range Not Satisfiable", undefined]);
  });

  it("go on where they were only if they are still the same", async () => {
    const whole = await get();
    const tag = String(whole.headers.etag);
    const goOn = (ifRange: string) => get({ range: "bytes=300-", "if-range": ifRange });
    expect([(await goOn(tag)).statusCode, (await goOn(tag)).body]).toEqual([206, whole.body.slice(300)]);
    expect((await goOn('"other"')).statusCode).toBe(200);
    expect((await get({ "if-none-match": tag, range: "bytes=0-9" })).statusCode).toBe(304);
  });

  it.each([
    ["decimal=comma", { "content-type": "text/csv; charset=utf-8" }],
    ["decimal=point", {}],
  ])("are converted, at an unknown length, where the archive does not have them so: %s", async (query, headers) => {
    if (query === "decimal=point") example.parts.view.plainRows = async () => undefined;
    const answer = await example.app.inject(`${url}&${query}`);
    expect([answer.statusCode, answer.headers["accept-ranges"]]).toEqual([200, undefined]);
    expect(answer.headers).toMatchObject(headers satisfies OutgoingHttpHeaders);
    expect(answer.body.split("\n")).toHaveLength(1 + 4 * 1440 + 1);
  });

  it("are converted for a part of a day", async () => {
    const query = "from=2026-11-17T06:00:00%2B01:00&to=2026-11-17T07:00:00%2B01:00";
    const answer = await example.app.inject(`${examplePump}/minutes.csv?${query}`);
    expect([answer.headers["content-length"], answer.body.split("\n").length]).toEqual([undefined, 62]);
  });
});

describe("a download that is cancelled half way", () => {
  const openFiles = () =>
    readdirSync("/proc/self/fd").filter((fd) => {
      try {
        return readlinkSync(join("/proc/self/fd", fd)).startsWith(home);
      } catch {
        return false;
      }
    }).length;

  it("closes its file and lets the next one begin", async () => {
    const web = await startWeb({ ...example.parts, host: "127.0.0.1", port: 0 });
    onTestFinished(() => web.close());
    // Longer than what sockets take by themselves.
    const rows = await example.parts.view.plainRows("pump", { from: "2026-11-17", to: "2026-11-20" });
    example.parts.view.plainRows = async () => Array.from({ length: 100 }, () => rows ?? []).flat();
    for (let round = 0; round < 3; round += 1) {
      const sockets = await Promise.all(
        Array.from({ length: 6 }, async () => {
          const socket = connect(Number(new URL(web.url).port), "127.0.0.1");
          socket.write(`GET ${url} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
          await once(socket, "readable");
          return socket;
        }),
      );
      await waitFor(() => openFiles() === 6, "six files are open");
      for (const socket of sockets) socket.destroy();
      await waitFor(() => openFiles() === 0, "all files are closed");
    }
    const part = await fetch(`${web.url}${url}`, { headers: { range: "bytes=0-99" } });
    expect([part.status, (await part.text()).length]).toEqual([206, 100]);
  });
});
