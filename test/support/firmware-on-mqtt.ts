import type { Language } from "@heatloop/core/catalogue/languages";
import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { availabilityTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { connectAsync } from "mqtt";
import { onTestFinished } from "vitest";
import { firmwareState } from "./firmware-states.ts";

/** A heat pump's firmware at a real broker that publishes just what a test lets it. */
export type FirmwareOnMqtt = {
  readonly prefix: string;
  /** Publishes a point, by default with a plausible value and retained, as ESPHome does. */
  publishPoint(
    point: PointId,
    payload?: string,
    how?: { readonly retain?: boolean; readonly language?: Language },
  ): Promise<void>;
  publishPoints(points: Iterable<PointId>, how?: { readonly language?: Language }): Promise<void>;
  status(state: "online" | "offline"): Promise<void>;
  /** Publishes anything below the prefix. */
  publish(path: string, payload: string, retain?: boolean): Promise<void>;
  /** Clears the retained topics of points, or of everything it ever published. */
  clear(points?: Iterable<PointId>): Promise<void>;
};

/** What makes a heat pump recognizable, and its minute heat. */
export const basicPoints = [
  "flow_temperature",
  "return_temperature",
  "flow_rate",
  "compressor_frequency",
  "outdoor_temperature",
  "dhw_temperature",
  "operation_mode",
  "compressor",
  "defrost",
  "daily_electricity",
] as const satisfies readonly PointId[];

/** Every point that the firmware publishes by itself. */
export const publishedPoints: readonly PointId[] = pointIds.filter((point) => pointOf(point).component !== "button");

/** `limits` is what the broker allows. */
export async function firmwareOnMqtt(
  url: string,
  prefix: string,
  language: Language = "en",
  limits: { readonly retain: boolean; readonly qos: 0 | 1 } = { retain: true, qos: 1 },
): Promise<FirmwareOnMqtt> {
  const client = await connectAsync(url, { protocolVersion: 5 });
  onTestFinished(() => client.endAsync(true));
  const retained = new Set<string>();

  async function publish(topic: string, payload: string, retain: boolean): Promise<void> {
    if (retain) retained.add(topic);
    await client.publishAsync(topic, payload, { retain: retain && limits.retain, qos: limits.qos });
  }

  const publishPoint: FirmwareOnMqtt["publishPoint"] = (point, payload, how = {}) => {
    const textLanguage = how.language ?? language;
    const text = payload ?? firmwareState(point, textLanguage).payload;
    return publish(stateTopic(prefix, point, textLanguage), text, how.retain ?? true);
  };
  return {
    prefix,
    publishPoint,
    async publishPoints(points, how = {}) {
      for (const point of points) await publishPoint(point, undefined, how);
    },
    status: (state) => publish(availabilityTopic(prefix), state, true),
    publish: (path, payload, retain = true) => publish(`${prefix}/${path}`, payload, retain),
    async clear(points) {
      const topics =
        points === undefined ? [...retained] : [...points].map((point) => stateTopic(prefix, point, language));
      for (const topic of topics) await client.publishAsync(topic, "", { retain: true, qos: 1 });
    },
  };
}
