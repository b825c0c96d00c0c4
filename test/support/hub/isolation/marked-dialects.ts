import { minuteMs } from "@heatloop/core/time/durations";
import type { DialectSource } from "@heatloop/hub/dialects/dialect-table";
import type { ForeignMessage } from "@heatloop/hub/dialects/foreign-message";
import { numberMarks, type TenantName, wordOf } from "./marked-words.ts";

/** What another system publishes under a tenant's node, and the node's table: of every kind one, with the tenant's word in it. */
export function markedDialects(
  name: TenantName,
  now: number,
): { readonly table: readonly DialectSource[]; readonly messages: readonly ForeignMessage[] } {
  const word = wordOf(name);
  const said = { arrivedAt: now, isRetained: false };
  const reading = (minutes: number) =>
    JSON.stringify({ [word]: numberMarks[name], timestamp: now - minutes * minuteMs });
  return {
    table: [
      {
        ...{ dialect: "heatpump-monitor", source: word, device: `monitor-${word}`, time_zone: "UTC" },
        points: [{ path: word, point: "outdoor_temperature_c", factor: 1, offset: 0 }],
      },
    ],
    messages: [
      { ...said, topic: `heatpump/${word}/data`, payload: Buffer.from(reading(5)) },
      { ...said, topic: `heatpump/${word}/data`, payload: Buffer.from(reading(6)) },
      { ...said, topic: `heatpump/${word}/data`, payload: Buffer.from(`broken ${word}`) },
      { ...said, topic: `heatpump/${word}/status/online`, payload: Buffer.from(word) },
      { ...said, topic: `heatpump/${word}/alerts`, payload: Buffer.from(JSON.stringify({ what: word })) },
    ],
  };
}
