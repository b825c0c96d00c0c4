import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { heat } from "#test/support/app-state.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { copyOfForm, jsonOfForm, olderArchives, olderDate, olderDevice } from "./forms.ts";

type Day = { readonly date: string; readonly heat_wh: number | null };

describe.each(olderArchives)("the program in the folders of the version '%s'", (form) => {
  it("starts with its settings and days, and goes on with its log", async () => {
    const { url } = await testBroker();
    const folder = copyOfForm(form);
    const clock = simulatedClock(Date.parse("2026-11-30T12:00:00+01:00"));
    const running = await runningApp({ brokerUrl: url, folder, clock });
    const entered = jsonOfForm(form, "settings.json") as { readonly room_feed: object; readonly rooms: object };
    expect(await running.get("/api/settings")).toMatchObject({ room_feed: entered.room_feed, rooms: entered.rooms });
    await heat(running, await firmwareOnMqtt(url, olderDevice), 3);
    await running.pass(minuteMs);
    const today = `/api/devices/${olderDevice}/minutes.csv?from=2026-11-30T12:00:00%2B01:00&to=2026-11-30T12:03:00%2B01:00`;
    expect((await running.text(today)).trimEnd().split("\n").length).toBeGreaterThan(2);
    const days = await running.get<Day[]>(`/api/devices/${olderDevice}/days?from=${olderDate}&to=${olderDate}`);
    expect(days).toMatchObject([{ date: olderDate }]);
    expect(days[0]?.heat_wh).toBeGreaterThan(1000);
    const complaints = running
      .lines()
      .filter((line) => /cannot be (read|saved)|default taken|without effect/.test(line));
    expect(complaints).toEqual([]);
  });
});
