import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { tryDashboard } from "./dashboard.ts";
import { tryHotWater } from "./hot-water.ts";
import { hasNodeRed } from "./node-red.ts";
import { tryPrices } from "./prices.ts";
import { tryRoomFeed } from "./room-feed.ts";
import { type Stand, startStand } from "./stand.ts";

describe.skipIf(!hasNodeRed())("the flows in the real Node-RED", () => {
  let stand: Stand;

  beforeAll(async () => {
    stand = await startStand();
  }, 120_000);
  afterAll(async () => stand?.close());

  it("start without an error", () => {
    const lines = stand.nodeRed.log().split("\n");
    expect(
      lines.filter((line) => /\[(error|warn)\]/.test(line) && !/credentials|Projects disabled/.test(line)),
    ).toEqual([]);
  });

  tryRoomFeed(() => stand);
  tryHotWater(() => stand);
  tryPrices(() => stand);
  tryDashboard(() => stand);

  it("say once that the heat pump is offline and has a fault, and once that it is over", async () => {
    const { simulator, alerts } = stand;
    const from = alerts.length;
    const said = () => alerts.slice(from).map(({ alert, raised }) => `${alert} ${raised}`);
    simulator.fault("P6 1234");
    await waitFor(() => said().includes("fault true"), "the fault", 60_000);
    simulator.fault(null);
    await waitFor(() => said().includes("fault false"), "the fault is over", 60_000);
    simulator.dropConnection(18);
    await waitFor(() => said().includes("offline false"), "it is back", 90_000);
    expect(said()).toEqual(["fault true", "fault false", "offline true", "offline false"]);
    expect(alerts.find(({ alert }) => alert === "fault")?.message).toBe("The heat pump reports the fault P6 1234");
  }, 180_000);

  it("end without an error", () => {
    expect(
      stand.nodeRed
        .log()
        .split("\n")
        .filter((line) => /\[error\]/.test(line)),
    ).toEqual([]);
  });
});
