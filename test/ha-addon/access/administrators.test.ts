import { administratorsOf } from "@heatloop/ha-addon/access/administrators";
import { describe, expect, it } from "vitest";
import { exampleNow } from "#test/support/examples/device.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

/** Users as Home Assistant 2026.11 lists them. */
const users = [
  { id: "owner", name: "Anna", is_owner: true, is_active: true, group_ids: [], system_generated: false },
  { id: "admin", name: "Ben", is_owner: false, is_active: true, group_ids: ["system-admin"] },
  { id: "user", name: "Cleo", is_owner: false, is_active: true, group_ids: ["system-users"] },
  { id: "reader", name: "Dora", is_owner: false, is_active: true, group_ids: ["system-read-only"] },
  { id: "gone admin", name: "Emil", is_owner: false, is_active: false, group_ids: ["system-admin"] },
  { id: "gone owner", name: "Fay", is_owner: true, is_active: false, group_ids: ["system-admin"] },
];

function homeAssistant() {
  const clock = simulatedClock(exampleNow);
  const log = recordingLog();
  const home = { asked: 0, answer: async (): Promise<unknown> => users };
  const ask = () => {
    home.asked += 1;
    return home.answer();
  };
  const away = async () => {
    throw new Error("Home Assistant is not connected");
  };
  return { home, clock, log, away, administrators: administratorsOf({ ask, clock, log }) };
}

describe("administrators of Home Assistant", () => {
  it.each([
    ["owner", true],
    ["admin", true],
    ["user", false],
    ["reader", false],
    ["gone admin", false],
    ["gone owner", false],
    ["nobody", false],
    ["", false],
  ])("include %j: %j", async (id, expected) => {
    expect(await homeAssistant().administrators.has(id)).toBe(expected);
  });

  it("are asked for once a minute, also by several at once", async () => {
    const { home, clock, administrators } = homeAssistant();
    await Promise.all([administrators.has("admin"), administrators.has("user"), administrators.has("owner")]);
    clock.advanceTo(exampleNow + 59_000);
    await administrators.has("admin");
    expect(home.asked).toBe(1);
    home.answer = async () => users.filter(({ id }) => id !== "admin");
    clock.advanceTo(exampleNow + 61_000);
    expect(await administrators.has("admin")).toBe(false);
    expect(home.asked).toBe(2);
  });

  it("are those that were last known while Home Assistant is away; of others nobody knows", async () => {
    const { home, clock, log, away, administrators } = homeAssistant();
    await administrators.has("admin");
    home.answer = away;
    clock.advanceTo(exampleNow + 3_600_000);
    expect(await administrators.has("admin")).toBe(true);
    expect(await administrators.has("user")).toBeUndefined();
    expect(log.lines).toHaveLength(1);
    home.answer = async () => users;
    expect(await administrators.has("user")).toBe(false);
  });

  it("are unknown where Home Assistant was never there", async () => {
    const { home, away, administrators } = homeAssistant();
    home.answer = away;
    expect(await administrators.has("admin")).toBeUndefined();
    home.answer = async () => users;
    expect(await administrators.has("admin")).toBe(true);
  });

  it.each([[null], [{}], ["no list"], [[{ name: "no id" }]], [[{ id: "admin", group_ids: "system-admin" }]]])(
    "are unknown where the answer is %j",
    async (answer) => {
      const { home, administrators } = homeAssistant();
      home.answer = async () => answer;
      expect(await administrators.has("admin")).toBeUndefined();
    },
  );

  it("are not waited for longer than 5 s", async () => {
    const { home, clock, administrators } = homeAssistant();
    home.answer = () => new Promise(() => undefined);
    const asked = administrators.has("admin");
    clock.advanceTo(exampleNow + 5_000);
    expect(await asked).toBeUndefined();
  });
});
