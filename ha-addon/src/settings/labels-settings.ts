import { refusedInTopics } from "@heatloop/core/catalogue/mqtt-text";
import { isPointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { prefixProblem } from "@heatloop/core/catalogue/prefix";
import { statesOf } from "@heatloop/core/catalogue/text-states";
import { z } from "zod";

const prefixRule = "the MQTT topic prefix of the heat pump, such as ecodan-heatpump";
const topicRule =
  "the topic between prefix and /state, such as sensor/vorlauf or climate/warmwasser/target_temperature";
const pointRule = "the id of a value, as in the columns of the log without their unit, such as flow_temperature";

const point = z.enum(pointIds, { error: pointRule });

/** A topic of a firmware in a language that is not known, or with labels that its owner changed, and what it is. */
export const labelSchema = z
  .strictObject({
    prefix: z.string({ error: prefixRule }).refine((prefix) => prefixProblem(prefix) === undefined, prefixRule),
    topic: z
      .string({ error: topicRule })
      .regex(/^[a-z_]+(\/[^+#/\s]+){1,2}$/, topicRule)
      .refine((topic) => !refusedInTopics.test(topic), topicRule),
    point,
    /** What its texts mean, where it has any: the firmware's text, and our value for it. */
    texts: z.record(z.string().min(1).max(100), z.string()).default({}),
  })
  .superRefine(({ point: id, texts, topic }, context) => {
    if (!isPointId(id)) return;
    const { component, states } = pointOf(id);
    if (topic.split("/")[0] !== component) {
      const message = `${component}/..., as ${id} is one`;
      context.addIssue({ code: "custom", path: ["topic"], input: topic, message });
    }
    const allowed = states === undefined ? [] : statesOf(states);
    for (const [text, state] of Object.entries(texts)) {
      if (allowed.includes(state)) continue;
      const message = allowed.length === 0 ? `nothing: ${id} has no texts` : `one of ${allowed.join(", ")}`;
      context.addIssue({ code: "custom", path: ["texts", text], input: state, message });
    }
  });

export type LabelSetting = z.output<typeof labelSchema>;
