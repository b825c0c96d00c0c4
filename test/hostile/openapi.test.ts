import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { csvOf, minutesFrom } from "#test/support/examples/archive.ts";
import { startedOwnedWeb } from "#test/support/examples/owned-web.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { hasSchemathesis, runSchemathesis } from "#test/support/schemathesis.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

// biome-ignore lint/suspicious/noExplicitAny: a document whose parts are put into others' place
type Document = any;

const dates = ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-20T06:30:00+01:00", "2026-11-21T00:00:00Z"];

/** The document with values that lead somewhere: a device and a channel that there are, and days that have data. */
function withRealValues(document: Document): Document {
  const copy = structuredClone(document);
  for (const operations of Object.values<Document>(copy.paths)) {
    for (const { parameters = [] } of Object.values<Document>(operations)) {
      for (const parameter of parameters) {
        // Any other text may name something too: what Schemathesis itself has put into the settings.
        if (parameter.name === "id") parameter.schema = { anyOf: [{ enum: ["hp", "nobody"] }, { type: "string" }] };
        if (parameter.name === "name") parameter.schema = { anyOf: [{ enum: ["hook", "nobody"] }, { type: "string" }] };
        if (parameter.schema.pattern?.startsWith("^20"))
          parameter.schema = { anyOf: [{ enum: dates }, parameter.schema] };
      }
    }
  }
  return copy;
}

/** Without what would shut the door behind it: a password is set, and nobody knows it. */
function without(document: Document, ...paths: string[]): Document {
  const left = Object.entries(document.paths).filter(([path]) => !paths.includes(path));
  return { ...document, paths: Object.fromEntries(left) };
}

const accessPaths = /^\/api\/(session|login|password|tokens.*)$/;

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
    const channels = [{ kind: "webhook", name: "hook", url: (await recordingServer()).url }];
    writeFileSync(join(folder, "settings.json"), JSON.stringify({ alerts: { channels } }));
    const program = await runningApp({ brokerUrl: url, folder });
    await waitFor(async () => (await program.text("/api/devices")).includes('"hp"'), "the heat pump");
    const { code, written } = await runSchemathesis({
      document: without(withRealValues(await program.get("/docs/openapi.json")), "/api/password"),
      url: program.app.url,
      folder,
      words: ["--checks", checks.join(","), "--phases", "examples,coverage,fuzzing", "--max-time", "30", "-n", "20"],
    });
    expect(code, written).toBe(0);
    expect(program.lines().filter((line) => line.startsWith("ERROR"))).toEqual([]);
  }, 180_000);

  it("leads to none either of the password, of sessions and API tokens, for who is signed in", async () => {
    const { url, signIn, parts } = await startedOwnedWeb();
    const cookie = await signIn();
    const answer = await fetch(`${url}/docs/openapi.json`, { headers: { cookie } });
    const document = without((await answer.json()) as Document, "/api/logout");
    const ofAccess = Object.entries<Document>(document.paths).filter(([path]) => accessPaths.test(path));
    const { code, written } = await runSchemathesis({
      document: { ...document, paths: Object.fromEntries(ofAccess) },
      url,
      folder: parts.folder,
      words: [
        ...["--header", `Cookie: ${cookie}`, "--checks", checks.join(",")],
        ...["--phases", "examples,coverage,fuzzing", "--max-time", "20", "-n", "20"],
      ],
    });
    expect(ofAccess).toHaveLength(5);
    expect(code, written).toBe(0);
    expect(parts.log.lines.filter((line) => line.includes("ERROR"))).toEqual([]);
  }, 180_000);
});
