import { mapLabels, mappedTopics } from "@heatloop/ha-addon/dialects/labels";
import { type LabelSetting, labelSchema } from "@heatloop/ha-addon/settings/labels-settings";
import { describe, expect, it } from "vitest";

const prefix = "hp";
const flow: LabelSetting = { prefix, topic: "sensor/vorlauf_haus", point: "flow_temperature", texts: {} };
const mode: LabelSetting = {
  prefix,
  topic: "select/betriebsart",
  point: "zone_1_operating_mode",
  texts: { "Nach Kurve": "heat_compensation_curve" },
};

describe("a label of the settings", () => {
  it("is read under the known topic, and written under its own", () => {
    const [label] = mapLabels([flow]);
    expect(label).toMatchObject({ ownState: "hp/sensor/vorlauf_haus/state", knownState: "hp/sensor/feed_temp/state" });
    expect(label?.knownCommand).toBeUndefined();
    expect(label?.read("34.5")).toBe("34.5");
  });

  it("has texts in both directions; those that are not named stay as they are", () => {
    const [label] = mapLabels([mode]);
    expect(label?.read("Nach Kurve")).toBe("Heat Compensation Curve");
    expect(label?.write("Heat Compensation Curve")).toBe("Nach Kurve");
    expect(label?.read("Heat Flow Temperature")).toBe("Heat Flow Temperature");
    expect(label?.ownCommand).toBe("hp/select/betriebsart/command");
  });

  it("with a known topic, of which the texts alone were changed, is read under that of another language", () => {
    const [label] = mapLabels([{ ...mode, topic: "select/selected_operating_mode" }]);
    expect(label?.ownState).toBe("hp/select/selected_operating_mode/state");
    expect(label?.knownState).not.toBe(label?.ownState);
    expect(label?.read("Nach Kurve")).not.toBe("Nach Kurve");
    expect(label?.write(label.read("Nach Kurve"))).toBe("Nach Kurve");
  });

  it("says which topics are read elsewhere, as the settings are now", () => {
    let labels: readonly LabelSetting[] = [];
    const isMapped = mappedTopics(() => labels);
    expect(isMapped("hp/sensor/vorlauf_haus/state")).toBe(false);
    labels = [flow];
    expect(isMapped("hp/sensor/vorlauf_haus/state")).toBe(true);
    expect(isMapped("hp/sensor/feed_temp/state")).toBe(false);
  });
});

describe("a label that cannot be", () => {
  it.each([
    ["has no such point", { ...flow, point: "flow" }, /the id of a value/],
    ["has a topic of another kind", { ...flow, topic: "number/vorlauf" }, /sensor\/\.\.\., as flow_temperature is one/],
    ["has a wildcard", { ...flow, topic: "sensor/+" }, /the topic between prefix and \/state/],
    ["has the whole topic", { ...flow, topic: "hp/sensor/a/state" }, /the topic between prefix and \/state/],
    ["has a prefix that is none", { ...flow, prefix: "#" }, /topic prefix of the heat pump/],
    ["means something that is not", { ...mode, texts: { Kurve: "curve" } }, /one of heat_target_temperature/],
    ["has texts where there are none", { ...flow, texts: { warm: "on" } }, /has no texts/],
  ])("(it %s) is refused with what is allowed", (_, label, message) => {
    expect(labelSchema.safeParse(label).error?.message).toMatch(message);
  });
});
