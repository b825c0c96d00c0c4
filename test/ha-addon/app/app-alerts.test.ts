import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { alertIds, followed, heat } from "#test/support/app-state.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { retainedTopics } from "#test/support/received-topics.ts";
import { runningApp } from "#test/support/running-app.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

describe("an alert", () => {
  it("comes of a heat pump that is offline for too long, also where it was so at the start", async () => {
    const { url } = await testBroker();
    const firmware = await firmwareOnMqtt(url, "hp");
    await firmware.publishPoints(basicPoints);
    await firmware.status("offline");
    const running = await runningApp({ brokerUrl: url });
    await followed(running, "hp");
    await running.pass(5 * minuteMs);
    expect(await alertIds(running)).toEqual([]);
    await running.pass(minuteMs);
    expect(await running.get("/api/alerts")).toMatchObject([
      { id: "offline/hp", device: "hp", since: "2026-11-21T12:00:00+01:00" },
    ]);
    await firmware.status("online");
    await running.pass(minuteMs);
    expect(await alertIds(running)).toEqual([]);
  });

  it("comes of a fault, and goes with it", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    const firmware = await firmwareOnMqtt(url, "hp");
    await heat(running, firmware, 1);
    await firmware.publishPoint("fault_code", "No error");
    await running.pass(secondMs);
    expect(await alertIds(running)).toEqual([]);
    await firmware.publishPoint("fault_code", "E9");
    await running.pass(secondMs);
    expect(await running.get("/api/alerts")).toMatchObject([{ id: "fault/hp", message: "Hp reports the fault E9" }]);
    await firmware.publishPoint("fault_code", "No error");
    await running.pass(minuteMs);
    expect(await alertIds(running)).toEqual([]);
  });

  it("comes of an archive that cannot be written; nothing is lost when it can be again", async () => {
    const { url } = await testBroker();
    const folder = temporaryFolder();
    await mkdir(join(folder, "archive"));
    await writeFile(join(folder, "archive", "hp"), "somebody put a file where the folder should be");
    const running = await runningApp({ brokerUrl: url, folder });
    await heat(running, await firmwareOnMqtt(url, "hp"), 2);
    expect(await alertIds(running)).toEqual(["archive"]);
    expect(await running.get("/api/health")).toMatchObject({
      status: "degraded",
      archive: { state: "failing", waiting_rows: 2 },
    });
    expect((await retainedTopics(url, "heatloop/hp/log")).get("heatloop/hp/log")).toContain('"ok":false');
    await rm(join(folder, "archive", "hp"));
    await running.pass(3 * minuteMs);
    await waitFor(async () => (await alertIds(running)).length === 0, "the archive is written again");
    const csv = (await running.text("/api/devices/hp/minutes.csv")).trimEnd().split("\n");
    expect(csv).toHaveLength(6);
  });
});
