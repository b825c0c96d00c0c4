import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { csvOf, minutesFrom } from "#test/support/examples/archive.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { hasSchemathesis, runSchemathesis } from "#test/support/schemathesis.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

// biome-ignore lint/suspicious/noExplicitAny: a document whose parts are put into others' place
type Document = any;

const dates = ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-20T06:30:00+01:00", "2026-11-21T00:00:00Z"];

/** The document with values that lead somewhere: a device that there is, and days of which something is known. */
function withRealValues(document: Document): Document {
  const copy = structuredClone(document);
  for (const operations of Object.values<Document>(copy.paths)) {
    for (const { parameters = [] } of Object.values<Document>(operations)) {
      for (const parameter of parameters) {
        if (parameter.name === "id") parameter.schema = { type: "string", enum: ["hp", "nobody"] };
        if (parameter.schema.pattern?.startsWith("^20"))
          parameter.schema = { anyOf: [{ enum: dates }, parameter.schema] };
      }
    }
  }
  return copy;
}

const checks = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "negative_data_rejection",
  "unsupported_method",
  "allow_header_conformance",
];

describe.runIf(hasSchemathesis())("the OpenAPI document, tried on the running program", () => {
  it("leads to no server error, and to no answer that is undocumented or does not match its schema", async () => {
    const { url } = await testBroker();
    const firmware = await firmwareOnMqtt(url, "hp");
    await firmware.publishPoints(basicPoints);
    await firmware.status("online");
    const folder = temporaryFolder();
    const year = join(folder, "archive/hp/2026");
    mkdirSync(year, { recursive: true });
    for (const date of ["2026-11-19", "2026-11-20"]) {
      writeFileSync(join(year, `${date}.csv`), csvOf(minutesFrom(date, 1440)));
    }
    const program = await runningApp({ brokerUrl: url, folder });
    await waitFor(async () => (await program.text("/api/devices")).includes('"hp"'), "the heat pump");
    const { code, written } = await runSchemathesis({
      document: withRealValues(await program.get("/docs/openapi.json")),
      url: program.app.url,
      folder,
      words: ["--checks", checks.join(","), "--phases", "examples,coverage,fuzzing", "--max-time", "30", "-n", "20"],
    });
    expect(code, written).toBe(0);
    expect(program.lines().filter((line) => line.startsWith("ERROR"))).toEqual([]);
  }, 180_000);
});
