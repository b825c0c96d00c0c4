import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { startWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { examplePump, webOfEachTest } from "#test/support/examples/web.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const example = webOfEachTest();
const span = "from=2026-11-20&to=2026-11-21";

/** What a stranger's program unpacks of it: the text by path. */
function unpackedBy(zip: Buffer): { readonly paths: readonly string[]; text(path: string): string } {
  const file = join(temporaryFolder(), "period.zip");
  writeFileSync(file, zip);
  const run = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync("unzip", words, { encoding: "utf8", maxBuffer: 1e8 });
    expect([status, stderr]).toEqual([0, ""]);
    return stdout;
  };
  run("-tq", file);
  return { paths: run("-Z1", file).trim().split("\n"), text: (path) => run("-p", file, path) };
}

describe("a ZIP of a period", () => {
  it("has everything of it: minutes and transitions a file a day, days, the report, and what is what", async () => {
    const answer = await example.app.inject({
      url: `${examplePump}/archive.zip?${span}`,
      headers: { "accept-encoding": "gzip, br" },
    });
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "application/zip"]);
    expect(answer.headers["content-encoding"]).toBeUndefined();
    expect(answer.headers["content-disposition"]).toBe(
      'attachment; filename="heatloop-ecodan-heatpump-2026-11-20-to-2026-11-21.zip"',
    );
    const { paths, text } = unpackedBy(answer.rawPayload);
    expect(paths).toEqual([
      "README.txt",
      "days.csv",
      "days.json",
      "minutes/2026-11-20.csv",
      "minutes/2026-11-21.csv",
      "transitions/2026-11-21.csv",
      "report.html",
    ]);
    const get = async (path: string) => (await example.app.inject(`${examplePump}/${path}`)).body;
    expect(text("minutes/2026-11-20.csv")).toBe(await get("minutes.csv?from=2026-11-20&to=2026-11-20"));
    expect(text("minutes/2026-11-21.csv")).toBe(await get("minutes.csv?from=2026-11-21&to=2026-11-21"));
    expect(text("days.csv")).toBe(await get(`days.csv?${span}`));
    expect(JSON.parse(text("days.json"))).toEqual(JSON.parse(await get(`days?${span}`)));
    expect(text("report.html")).toContain("<!doctype html>");
    expect(text("transitions/2026-11-21.csv").split("\n")[1]).toContain("compressor,off,on");
    expect(text("README.txt")).toContain("Ecodan, 2026-11-20 to 2026-11-21, written by Heatloop 1.2.3");
  });

  it("is in the numbers and the language that were asked for", async () => {
    const { rawPayload } = await example.app.inject(`${examplePump}/archive.zip?${span}&decimal=comma&language=de`);
    const { text } = unpackedBy(rawPayload);
    expect(text("days.csv").split("\n")[0]).toMatch(/^\ufeffdate;heat_wh/);
    expect(text("minutes/2026-11-20.csv").split("\n")[0]).toMatch(/^\ufefftime;/);
    expect(text("README.txt")).toContain("geschrieben von Heatloop");
    expect(text("report.html")).toContain("Energiebericht");
  });

  it("of a time without any has its days, and no files of minutes", async () => {
    example.parts.view.minuteLines = async function* () {
      yield "time,heat_wh\n";
    };
    example.parts.view.transitions = async function* () {};
    const { rawPayload } = await example.app.inject(`${examplePump}/archive.zip?${span}`);
    expect(unpackedBy(rawPayload).paths).toEqual(["README.txt", "days.csv", "days.json", "report.html"]);
  });

  it.each(["from=soon", "language=xx", "decimal=x", "by=day"])("refuses %s", async (query) => {
    expect((await example.app.inject(`${examplePump}/archive.zip?${query}`)).statusCode).toBe(400);
  });

  it("is broken off where a part of it cannot be read, so that half of it never looks whole", async () => {
    example.parts.view.report = async () => {
      throw new Error("the disk is gone");
    };
    const web = await startWeb({ ...example.parts, host: "127.0.0.1", port: 0 });
    onTestFinished(() => web.close());
    const answer = await fetch(`${web.url}${examplePump}/archive.zip?${span}`).catch(() => undefined);
    await expect(answer?.arrayBuffer() ?? Promise.reject(new Error())).rejects.toThrow();
  });

  it("that nobody takes any more is not made any further", async () => {
    let begun = 0;
    let ended = 0;
    example.parts.view.minuteLines = async function* () {
      begun += 1;
      try {
        yield "time\n";
        for (;;) yield `2026-11-20T00:00:00+01:00,${Math.random().toString(36).repeat(200)}\n`;
      } finally {
        ended += 1;
      }
    };
    const web = await startWeb({ ...example.parts, host: "127.0.0.1", port: 0 });
    onTestFinished(() => web.close());
    // More than are made at once: each has to leave its place to the next one.
    for (let round = 1; round <= 8; round += 1) {
      const socket = connect(Number(new URL(web.url).port), "127.0.0.1");
      socket.write(`GET ${examplePump}/archive.zip?${span} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
      await once(socket, "data");
      await waitFor(() => begun === round, `the source of round ${round} has begun`);
      socket.destroy();
      await waitFor(() => ended === round, `the source of round ${round} has ended`);
    }
  });
});
