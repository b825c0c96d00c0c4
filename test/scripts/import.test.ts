import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { archiveLock } from "@heatloop/ha-addon/archive/lock";
import { describe, expect, it } from "vitest";
import { readImportArguments } from "#scripts/importing/import-arguments.ts";
import { startFakeRecorder } from "#test/support/import-examples/fake-recorder.ts";
import { csvFile, pythonHeader, pythonRow, timesFrom } from "#test/support/import-examples/python-csv.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const script = fileURLToPath(new URL("../../scripts/import.ts", import.meta.url));

type Ran = { readonly code: number; readonly out: string; readonly err: string };

function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env: { ...process.env, ...environment } }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

const log = () =>
  csvFile([
    pythonHeader,
    ...timesFrom("2026-02-26", 600, 30).map((time, i) => pythonRow(time, { pump_watts: i })),
    "oops",
  ]);
const base = (archive: string) => ["--archive", archive, "--device", "pump", "--time-zone", "Europe/Rome"];

describe("scripts/import", () => {
  it("imports a log, lists what it could not read, and has nothing to add again", async () => {
    const archive = temporaryFolder();
    const args = ["python-log", ...base(archive), "--file", log()];
    const dry = await run([...args, "--dry-run"]);
    expect(dry).toMatchObject({ code: 0, err: "" });
    expect(dry.out).toContain(
      "30 minutes read: 0 were in the archive already, 30 would be added, in 1 day from 2026-02-26 to 2026-02-26.",
    );
    expect(readdirSync(archive)).toEqual([]);

    const wet = await run(args);
    expect(wet).toMatchObject({ code: 0, err: "" });
    expect(wet.out).toContain("30 were added");
    expect(wet.out).toContain(
      "Could not be read (1):\n  ecodan_log.csv:32: 1 cells under a header of 38; as many are needed\n",
    );
    expect(readFileSync(join(archive, "pump", "2026", "2026-02-26.csv"), "utf8").split("\n")).toHaveLength(32);

    const again = await run(args);
    expect(again.out).toContain("30 minutes read: 30 were in the archive already, 0 were added.");
  });

  it("writes nothing into an archive that another program writes, and names it", async () => {
    const archive = temporaryFolder();
    const lock = archiveLock({ folder: archive, program: "Heatloop 1.0, process 7" });
    lock.claim();
    const args = ["python-log", ...base(archive), "--file", log()];
    const refused = await run(args);
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toMatch(
      /^Nothing was imported, as another program \(Heatloop 1.0, process 7 on \S+\) writes the archive .*: end it for the time of the import\. --dry-run may run beside it\.\n$/,
    );
    expect(await run([...args, "--dry-run"])).toMatchObject({ code: 0, err: "" });
    expect(existsSync(join(archive, "pump"))).toBe(false);
    lock.release();
    expect(await run(args)).toMatchObject({ code: 0, err: "" });
  });

  it("imports from Home Assistant, and never shows the token", async () => {
    const fake = await startFakeRecorder([
      {
        entity: "sensor.water",
        unit: "°C",
        states: [
          [Date.parse("2026-02-26T09:00:00Z"), "35"],
          [Date.parse("2026-02-26T09:05:00Z"), "36"],
        ],
      },
    ]);
    const archive = temporaryFolder();
    const tokenFile = join(temporaryFolder(), "token");
    writeFileSync(tokenFile, `${fake.token}\n`);
    const args = [
      "home-assistant",
      ...base(archive),
      "--url",
      fake.url,
      "--map",
      "sensor.water=flow_temperature",
      "--from",
      "2026-02-26",
      "--to",
      "2026-02-26",
    ];
    const [byFile, byVariable, refused] = await Promise.all([
      run([...args, "--token-file", tokenFile, "--dry-run"]),
      run([...args, "--dry-run"], { HEATLOOP_HOME_ASSISTANT_TOKEN: fake.token }),
      run(args, { HEATLOOP_HOME_ASSISTANT_TOKEN: "another-secret" }),
    ]);
    for (const { out, err, code } of [byFile, byVariable]) {
      expect([code, err]).toEqual([0, ""]);
      expect(out).toContain("6 minutes read");
      expect(out).not.toContain(fake.token);
    }
    expect(refused).toEqual({ code: 1, out: "", err: expect.stringContaining("refuses the token") });
    expect(refused.err).not.toContain("another-secret");
  });

  it("ends with 1 and a sentence where something is not there", async () => {
    const [noFile, noFolder, nothing, nobody] = await Promise.all([
      run(["python-log", ...base(temporaryFolder()), "--file", "/no/log.csv"]),
      run(["python-log", ...base("/no/archive"), "--file", log()]),
      run(["emoncms", ...base(temporaryFolder()), "--feed", `flow_temperature=${csvFile(["time,value"])}`]),
      run(["home-assistant", ...base(temporaryFolder()), "--url", "http://127.0.0.1:9", "--from", "2026-01-01"], {
        HEATLOOP_HOME_ASSISTANT_TOKEN: "t",
      }),
    ]);
    expect(noFile).toMatchObject({ code: 1, err: "There is no file /no/log.csv.\n" });
    expect(noFolder).toMatchObject({ code: 1, err: expect.stringContaining("There is no folder /no/archive") });
    expect(nothing).toMatchObject({ code: 1, out: expect.stringContaining("There was nothing to import.") });
    expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining("cannot be reached") });
  });

  it("ends with 1 where the archive cannot be written, with the reason", async () => {
    const archive = temporaryFolder();
    mkdirSync(join(archive, "pump"));
    writeFileSync(join(archive, "pump", "2026"), "no folder");
    const ran = await run(["python-log", ...base(archive), "--file", log()]);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/The import failed: .+ run it again to go on/);
  });

  it("shows its help, and ends with 2 where the arguments are wrong", async () => {
    const [help, wrong] = await Promise.all([run(["--help"]), run(["python-log", "--archive", "x"])]);
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining("Usage: scripts/import SOURCE") });
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("--device is missing") });
  });
});

describe("the arguments of scripts/import", () => {
  const usual = { timeZone: "Europe/Rome", hasToken: false };
  const problems = (...args: string[]) => {
    const read = readImportArguments(args, usual);
    return typeof read === "object" && "problems" in read ? read.problems : [];
  };

  it("are all read", () => {
    const args = [
      "emoncms",
      "--archive",
      "a",
      "--device",
      "pump",
      "--feed",
      "flow_rate:L/h=f.csv#2",
      "--feed",
      "hot_water=d.csv",
      "--space",
      "cooling",
      "--running-above",
      "90",
      "--null-is-zero",
      "--from",
      "2026-01-01",
      "--dry-run",
    ];
    expect(readImportArguments(args, usual)).toMatchObject({
      archive: "a",
      device: "pump",
      from: "2026-01-01",
      to: undefined,
      dryRun: true,
      zone: { name: "Europe/Rome" },
      source: {
        name: "emoncms",
        feeds: [
          { target: "flow_rate", unit: "L/h", path: "f.csv", column: "2" },
          { target: "hot_water", unit: undefined, path: "d.csv", column: undefined },
        ],
        spaceMode: "cooling",
        runningW: 90,
        nullIsZero: true,
      },
    });
  });

  it("name every problem at once, each with what is allowed", () => {
    expect(
      problems(
        "python-log",
        "--device",
        "../x",
        "--from",
        "2026-02-30",
        "--time-zone",
        "Rome",
        "--space",
        "warm",
        "--url",
        "http://h",
        "--dry-run=yes",
        "more",
        "--colour",
        "--from",
        "x",
      ),
    ).toEqual([
      '"more" is not known here: one source, then options that begin with --',
      "--url goes with home-assistant only",
      "--dry-run takes no value",
      "--colour is not an option",
      "--from is given 2 times; once is allowed",
      "--archive is missing: the folder of the archive",
      '--device takes letters, digits, _ and -, not "../x"',
      '--from takes a date of the calendar such as 2026-01-31, not "2026-02-30"',
      '--time-zone takes a name such as Europe/Rome, not "Rome"',
      "--file is missing: a CSV file of the logger",
      '--space takes one of heating, cooling, not "warm"',
    ]);
  });

  it.each([
    [[], "the source is one of python-log, home-assistant, emoncms"],
    [["melcloud"], 'the source is one of python-log, home-assistant, emoncms, not "melcloud"'],
    [
      ["home-assistant", "--from", "2026-01-01", "--url", "h"],
      '--url takes an address such as http://homeassistant.local:8123, not "h"',
    ],
    [["home-assistant", "--url", "http://h"], "--from is missing: the first local date to ask Home Assistant for"],
    [
      ["home-assistant", "--url", "http://h", "--from", "2026-01-01"],
      "a long-lived token of Home Assistant is missing: put it into HEATLOOP_HOME_ASSISTANT_TOKEN, or name its file with --token-file",
    ],
    [["emoncms", "--running-above", "x"], '--running-above takes watts from 1 to 5000, not "x"'],
    [["python-log", "--from", "2026-01-02", "--to", "2026-01-01"], "--to 2026-01-01 is before --from 2026-01-02"],
    [
      ["emoncms", "--feed", "hot_water=a.csv", "--feed", "hot_water=b.csv"],
      "--feed names hot_water more than once; one source of it is allowed",
    ],
    [["python-log", "--file"], "--file takes a value"],
  ])("name what is wrong with %j", (args, problem) => {
    expect(problems(...args)).toContain(problem);
  });
});
