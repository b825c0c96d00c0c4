import { join } from "node:path";
import { openAccess } from "@heatloop/ha-addon/access/access";
import { activeAlerts } from "@heatloop/ha-addon/alerts/alert-log";
import { openFirmwareWatch } from "@heatloop/ha-addon/alerts/firmware-watch";
import { restoredAlerts } from "@heatloop/ha-addon/alerts/kept-alerts";
import { openDeviceIds } from "@heatloop/ha-addon/base/device-ids";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openChannelQueues } from "@heatloop/ha-addon/channels/channel-queues";
import type { ChannelQueue } from "@heatloop/ha-addon/channels/outbox";
import { openChannelSecrets } from "@heatloop/ha-addon/channels/secrets";
import { rememberedIn } from "@heatloop/ha-addon/heat-pump/announced-schema";
import { openInstallation } from "@heatloop/ha-addon/heat-pump/installation";
import { rememberedRooms } from "@heatloop/ha-addon/room-feed/room-state-file";
import { sourceState } from "@heatloop/ha-addon/room-feed/source-state-file";
import { rememberedSchedule } from "@heatloop/ha-addon/schedule/schedule-state-file";
import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { copyOfForm, filesOfForm, jsonOfForm, olderDevice, olderForms } from "./forms.ts";

type Form = (typeof olderForms)[number];

/** The state files of a form as the program opens them. */
function stateFilesOf(form: Form) {
  return openStateFiles(copyOfForm(form), recordingLog());
}

const formsWith = (name: string) => olderForms.filter((form) => filesOfForm(form).includes(name));
const at = Date.parse("2026-11-30T09:00:00+01:00");

describe("what an earlier version remembered", () => {
  it.each(formsWith("installation.json"))("its id at the broker, by '%s'", async (form) => {
    const { id } = jsonOfForm(form, "installation.json") as { readonly id: string };
    expect(await openInstallation(stateFilesOf(form)("installation"))).toBe(id);
  });

  it.each(formsWith("device-ids.json"))("the folders of heat pumps, by '%s'", async (form) => {
    const ids = await openDeviceIds(stateFilesOf(form)("device-ids"));
    for (const { prefix, id } of jsonOfForm(form, "device-ids.json") as readonly { prefix: string; id: string }[])
      expect(ids.of(prefix)).toBe(id);
  });

  it.each(formsWith("announced.json"))("its announcements, each as it published it, by '%s'", (form) => {
    const kept = jsonOfForm(form, "announced.json") as object;
    expect(Object.fromEntries(rememberedIn(kept))).toEqual(kept);
  });

  it("that the room feed switched the source, and when", async () => {
    const { switchedAt } = jsonOfForm("trust", `room-feed-${olderDevice}-1.json`) as { readonly switchedAt: number };
    const source = sourceState(stateFilesOf("trust")(`room-feed-${olderDevice}-1`), simulatedClock(at));
    expect(await source.read()).toBe(switchedAt);
  });

  it("the temperatures of rooms, and those in doubt with the reason in code", async () => {
    const since = Date.parse("2026-11-30T08:00:00+01:00");
    const doubt = { since, confirmedSince: null };
    expect(rememberedRooms(jsonOfForm("trust", `rooms-${olderDevice}-1.json`))).toEqual([
      {
        entity: "climate.living_room",
        scale: 1,
        offset: 0,
        track: { temperatureC: 21, at: since - 60_000, proven: true },
        doubt: {
          ...doubt,
          reason: { code: "jumped", fromC: 21, toC: 27 },
          temperatureC: 27,
          lowestC: 27,
          highestC: 27,
        },
      },
      {
        entity: "climate.hall",
        scale: 1,
        offset: -0.5,
        track: { temperatureC: 20.5, at: since, proven: true },
        doubt: null,
      },
    ]);
    expect(rememberedRooms(jsonOfForm("trust", `rooms-${olderDevice}-2.json`))).toMatchObject([
      {
        entity: "sensor.bath_temperature",
        scale: 0.5,
        track: null,
        doubt: { ...doubt, reason: { code: "first_unconfirmed", temperatureC: 7 } },
      },
    ]);
  });

  it.each(formsWith("firmware.json"))("the firmware of each heat pump, by '%s'", async (form) => {
    const watch = await openFirmwareWatch(stateFilesOf(form)("firmware"));
    expect(watch.changeOf(olderDevice, { firmware_version: null, esp_version: "2027.1.0" }, at)).toEqual({
      from: "2026.7.2",
      to: "2027.1.0",
      at,
    });
  });

  it.each(formsWith("alerts.json"))("each alert, by '%s'", (form) => {
    const { entries } = jsonOfForm(form, "alerts.json") as { readonly entries: readonly { alert: object }[] };
    expect(activeAlerts(restoredAlerts(jsonOfForm(form, "alerts.json")))).toEqual(entries.map(({ alert }) => alert));
  });

  it.each(formsWith("channel-outbox.json"))("what waits for each channel, by '%s'", async (form) => {
    const kept = jsonOfForm(form, "channel-outbox.json") as Readonly<Record<string, Pick<ChannelQueue, "waiting">>>;
    const queues = await openChannelQueues(stateFilesOf(form)("channel-outbox"));
    const messages = ({ waiting }: Pick<ChannelQueue, "waiting">) => waiting.map(({ message }) => message);
    for (const [name, queue] of Object.entries(kept)) expect(messages(queues.of(name))).toEqual(messages(queue));
  });

  it.each(formsWith(`schedule-${olderDevice}.json`))("up to when the schedule was made, by '%s'", (form) => {
    const kept = jsonOfForm(form, `schedule-${olderDevice}.json`);
    expect(rememberedSchedule(kept)).toEqual(kept);
  });
});

describe("what a person entrusted to an earlier version", () => {
  it("the secrets of channels, which lead where they led", async () => {
    const file = secretFile(join(copyOfForm("alerts"), "channel-secrets.json"));
    const secrets = await openChannelSecrets({ file, log: recordingLog(), hide: () => undefined });
    const { channels } = parseSettings(jsonOfForm("alerts", "settings.json")).settings.alerts;
    await secrets.keepOnly(channels);
    expect(channels.map((channel) => secrets.of(channel) ?? null)).toEqual([
      "0123456789abcdef-0123456789",
      "mail password",
      ...Array<null>(channels.length - 2).fill(null),
    ]);
  });

  it("the password and a token", async () => {
    const access = await openAccess({
      folder: copyOfForm("alerts"),
      clock: simulatedClock(at),
      log: recordingLog(),
    });
    expect(access.tokens()).toMatchObject([{ name: "card", scope: "read" }]);
    const entered = await access.signIn("warm floors in winter", { address: "127.0.0.1", isMachine: true });
    expect(entered).toMatchObject({ ok: true });
  });
});
