import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { steadyArchive } from "#test/support/archives/steady-archive.ts";
import { pythonHeader, pythonRow, timesFrom } from "#test/support/import-examples/python-csv.ts";
import { canMakeNetwork } from "#test/support/supervisor/network.ts";
import { newReader, type RanCommands, type Reader } from "./reader.ts";
import { blocksOf, missingLines, type RunnableBlock, runnableBlocks } from "./runnable-blocks.ts";

const blocks = runnableBlocks(join(import.meta.dirname, "../.."));
const isClone = ({ commands }: RunnableBlock) => commands.includes("git clone");
const clone = blocks.find(isClone) as RunnableBlock;
const others = blocks.filter((block) => !isClone(block));

/** What has to run already, and for which blocks. */
const running: readonly { readonly isFor: (block: RunnableBlock) => boolean; readonly start: string }[] = [
  { isFor: ({ commands }) => commands.includes("localhost:1883"), start: "mosquitto -p 1883 >mosquitto.log 2>&1 &" },
  {
    isFor: ({ commands }) => commands.includes("http://127.0.0.1:8099"),
    start: `folder=$(mktemp -d -p "$PWD")
echo '{"mqtt": {"url": "mqtt://127.0.0.1:1"}}' >"$folder/options.json"
HEATLOOP_OPTIONS=$folder/options.json HEATLOOP_DATA=$folder HEATLOOP_ARCHIVE=archive npm run --silent addon >addon.log 2>&1 &
until curl --silent --fail http://127.0.0.1:8099/health >/dev/null; do sleep 0.2; done`,
  },
];

describe("A runnable block", () => {
  it("is found with its output, also within a list", () => {
    const page =
      "1. Try\n\n   ```sh runnable\n   a\n     b\n   ```\n\n   ```text output\n   it runs\n   ```\n\n```sh\nc\n```\n";
    expect(blocksOf("p.md", page)).toEqual([{ page: "p.md", line: 3, commands: "a\n  b", output: ["it runs"] }]);
  });

  it("has printed its lines in their order, whatever their numbers and made-up names are", () => {
    const output = ["7 days [##]", "", "at /tmp/heatloop-demo-MbtbM1/archive", "... ends"];
    expect(missingLines(output, "31 days [##]\nmore\nat /tmp/heatloop-demo-x/archive\nit ends.\n")).toEqual([]);
    expect(missingLines(output, "at /tmp/heatloop-demo-x/archive\n7 days [##]\n")).toEqual([output[2], output[3]]);
    expect(missingLines(["seven days"], "7 days\n")).toEqual(["seven days"]);
  });

  it("is on the pages", () => {
    expect(blocks.filter(isClone)).toHaveLength(1);
    expect(blocks.length).toBeGreaterThan(4);
  });
});

describe.runIf(canMakeNetwork())("What the pages tell a reader to type", () => {
  let reader: Reader;
  let cloned: RanCommands;

  const run = (commands: string, { output }: RunnableBlock) =>
    reader.run(commands, (printed) => output.length > 0 && missingLines(output, printed).length === 0);

  function expectDone({ code, printed }: RanCommands, { output }: RunnableBlock): void {
    expect(missingLines(output, printed), printed).toEqual([]);
    expect([0, 130], printed).toContain(code);
  }

  beforeAll(async () => {
    reader = newReader();
    cloned = await run(clone.commands, clone);
  }, 240_000);
  afterAll(() => reader.leave());

  /** What the pages take for granted: an archive, and a file of another logger. */
  function makePossessions(): void {
    const home = join(reader.folder, "heatloop");
    cpSync(join(steadyArchive(), "p"), join(home, "archive/ecodan-heatpump"), { recursive: true });
    const log = [pythonHeader, ...timesFrom("2026-02-26", 600, 30).map((time) => pythonRow(time))];
    writeFileSync(join(home, "ecodan_log.csv"), `${log.join("\n")}\n`);
  }

  it(`clones and tries it: ${clone.page}, line ${clone.line}`, () => {
    expectDone(cloned, clone);
  });

  it.each(others)(
    "runs in the clone: $page, line $line",
    async (block) => {
      makePossessions();
      const before = ["cd heatloop", ...running.filter(({ isFor }) => isFor(block)).map(({ start }) => start)];
      expectDone(await run([...before, block.commands].join("\n"), block), block);
    },
    240_000,
  );
});
