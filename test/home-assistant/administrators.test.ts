import { administratorsOfIngress } from "@heatloop/ha-addon/app/connections";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { readEnvironment } from "@heatloop/ha-addon/settings/environment";
import { readOptions } from "@heatloop/ha-addon/settings/options";
import { systemClock } from "@heatloop/program/clock";
import { describe, expect, it, onTestFinished } from "vitest";
import { hasHomeAssistant, startHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

describe.runIf(hasHomeAssistant())("the real Home Assistant", () => {
  it("says which of its users are administrators, and goes on being believed when it is gone", async () => {
    const home = await startHomeAssistant({});
    onTestFinished(() => home.close());
    const [clock, log] = [systemClock(), recordingLog()];
    const assistant = connectHomeAssistant({ url: home.url, token: home.accessToken, clock, log });
    onTestFinished(() => assistant.close());
    await waitFor(() => assistant.connected(), "Home Assistant is connected");
    const user = async (name: string, group: string) => {
      const made = await home.command<{ user: { id: string } }>({
        type: "config/auth/create",
        name,
        group_ids: [group],
      });
      return made.user.id;
    };
    const [admin, other] = [await user("Ben", "system-admin"), await user("Cleo", "system-users")];
    const users = await home.command<{ id: string; is_owner: boolean }[]>({ type: "config/auth/list" });
    const owner = users.find((each) => each.is_owner)?.id ?? "";

    const environment = readEnvironment({ SUPERVISOR_TOKEN: "x" });
    const options = readOptions(undefined);
    if (!environment.ok || !options.ok) throw new Error("no environment");
    const parts = { homeAssistant: assistant, clock, log };
    const administrators = administratorsOfIngress(environment.environment, options.options, parts);
    const has = (id: string) => administrators?.has(id);
    expect([await has(owner), await has(admin), await has(other), await has("nobody")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    await home.close();
    await waitFor(() => !assistant.connected(), "it is gone");
    expect(await has(admin)).toBe(true);
  }, 180_000);
});

it("outside the Supervisor nobody is asked who is an administrator", () => {
  const environment = readEnvironment({});
  const options = readOptions(undefined);
  if (!environment.ok || !options.ok) throw new Error("no environment");
  const parts = { homeAssistant: undefined, clock: systemClock(), log: recordingLog() };
  expect(administratorsOfIngress(environment.environment, options.options, parts)).toBeUndefined();
});
