import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { minuteMs } from "@heatloop/core/time/durations";
import { expect, it } from "vitest";
import type { Installed } from "#scripts/cloud-scene/installed.ts";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { namedZone } from "#test/support/archives/archive-folder.ts";
import { answersOf, pidOf } from "./program.ts";

const rome = namedZone("Europe/Rome");
const at = rome.startOf("2026-02-10");
const rows = Array.from({ length: 1440 }, (_, i) =>
  minuteRow(wholeMinute(at + i * minuteMs, "heating", { heatWh: 50, electricityWh: 10 }), rome),
);

/** The archive of another Heatloop, brought into that of a server whose Heatloop logs a heat pump. */
export function bringInAnArchive(installed: () => Installed): void {
  const server = () => installed().server;
  const years = "/root/old/ecodan-heatpump/2026";
  const importing = "/opt/heatloop/current/deploy/import-archive.sh";

  it("brings in the archive of the Heatloop that was moved from, and its report has those days", async () => {
    await server().printed(`mkdir -p ${years}`);
    await server().run(`cat > ${years}/2026-02-10.csv`, `${[minutesHeader, ...rows].join("\n")}\n`);
    const pid = await pidOf(server());
    const dry = await server().printed(`${importing} /root/old --dry-run`);
    // The last line is there once the server has logged a minute of its own.
    expect(dry).toMatch(
      /^ecodan-heatpump:\n1440 minutes on 1 day, 1440 of them missing so far, would be brought in\. Nothing was written\.\n(\d+ minutes are in neither of them.*\n)?$/,
    );
    expect(await pidOf(server())).toBe(pid);
    const said = await server().printed(`${importing} /root/old`);
    expect(said).toMatch(
      /^stop Heatloop for the import\necodan-heatpump:\n1440 minutes on 1 day, .* were brought in\..*\nHeatloop runs again\.\n$/s,
    );
    expect(await server().printed("find /var/lib/heatloop/archive ! -user heatloop")).toBe("");
    const [days] = await answersOf(installed(), "/api/devices/ecodan-heatpump/days?from=2026-02-10&to=2026-02-10");
    expect(days).toMatchObject([{ heat_wh: 72_000, electricity_wh: 14_400 }]);
    expect(await server().printed(`${importing} /root/old`)).toContain("nothing is to be brought in");
  });

  it("refuses a folder that is no archive, or none, and Heatloop goes on", async () => {
    const pid = await pidOf(server());
    for (const [folder, reason] of [
      ["/root/nowhere", "There is no folder"],
      ["/etc", "is no archive"],
    ] as const) {
      const { code, printed } = await server().run(`${importing} ${folder}`);
      expect([code, printed]).toEqual([1, expect.stringContaining(reason)]);
    }
    expect(await pidOf(server())).toBe(pid);
  });

  it("has Heatloop run again where an import was ended in the middle, and ends right when it is run again", async () => {
    await server().printed(
      `cp ${years}/2026-02-10.csv ${years}/2026-02-11.csv && sed -i 's/^2026-02-10/2026-02-11/' ${years}/2026-02-11.csv`,
    );
    await server().run(
      `${importing} /root/old & until ! systemctl is-active -q heatloop; do sleep 0.02; done; kill $!; wait $!`,
    );
    expect(await server().printed("systemctl is-active heatloop")).toBe("active\n");
    await server().printed(`${importing} /root/old`);
    const [days] = await answersOf(installed(), "/api/devices/ecodan-heatpump/days?from=2026-02-11&to=2026-02-11");
    expect(days).toMatchObject([{ heat_wh: 72_000 }]);
  });
}
