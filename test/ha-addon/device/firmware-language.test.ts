import { type Language, languages } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import { type FirmwareLanguage, followLanguage } from "@heatloop/ha-addon/device/firmware-language";
import { describe, expect, it } from "vitest";
import { basicPoints, publishedPoints } from "#test/support/firmware-on-mqtt.ts";

function takeAll(firmware: FirmwareLanguage, points: readonly PointId[], language: Language, retained: boolean): void {
  for (const point of points) firmware.take(point, stateTopic("hp", point, language), retained);
}

function clearAll(firmware: FirmwareLanguage, points: readonly PointId[], language: Language): boolean[] {
  return points.map((point) => firmware.clear(point, stateTopic("hp", point, language)));
}

it("is English as long as nothing was received", () => {
  expect(followLanguage().language()).toBe("en");
});

describe.each(languages)("a firmware in %s", (language) => {
  it("is recognized by what is retained, and by what comes live", () => {
    for (const retained of [true, false]) {
      const firmware = followLanguage();
      takeAll(firmware, publishedPoints, language, retained);
      expect(firmware.language()).toBe(language);
    }
  });

  it("is recognized after an update from any other language, while the old topics are still retained", () => {
    for (const before of languages) {
      const firmware = followLanguage();
      takeAll(firmware, publishedPoints, before, false);
      takeAll(firmware, publishedPoints, language, false);
      expect([before, firmware.language()]).toEqual([before, language]);
    }
  });

  it("is still recognized when the topics of the language before are cleared", () => {
    const before = language === "fr" ? "es" : "fr";
    const firmware = followLanguage();
    takeAll(firmware, publishedPoints, before, true);
    takeAll(firmware, publishedPoints, language, false);
    clearAll(firmware, publishedPoints, before);
    expect(firmware.language()).toBe(language);
  });
});

it("does not change with a live topic that many languages share", () => {
  const firmware = followLanguage();
  takeAll(firmware, publishedPoints, "fi", true);
  const shared = publishedPoints.filter((point) => stateTopic("hp", point, "fi") === stateTopic("hp", point, "en"));
  expect(shared.length).toBeGreaterThan(0);
  for (const point of shared) {
    firmware.take(point, stateTopic("hp", point, "fi"), false);
    expect(firmware.language()).toBe("fi");
  }
});

describe("a cleared topic", () => {
  it("ends its point only where no other topic has it", () => {
    const firmware = followLanguage();
    takeAll(firmware, basicPoints, "en", true);
    takeAll(firmware, basicPoints, "de", false);
    const areSame = basicPoints.map((point) => stateTopic("hp", point, "en") === stateTopic("hp", point, "de"));
    expect(clearAll(firmware, basicPoints, "en")).toEqual(areSame);
    expect(clearAll(firmware, basicPoints, "de").every(Boolean)).toBe(true);
  });

  it("of two retained ones leaves the other", () => {
    const firmware = followLanguage();
    firmware.take("flow_temperature", stateTopic("hp", "flow_temperature", "en"), true);
    firmware.take("flow_temperature", stateTopic("hp", "flow_temperature", "de"), true);
    expect(firmware.clear("flow_temperature", stateTopic("hp", "flow_temperature", "en"))).toBe(false);
    expect(firmware.language()).toBe("de");
    expect(firmware.clear("flow_temperature", stateTopic("hp", "flow_temperature", "de"))).toBe(true);
  });
});
