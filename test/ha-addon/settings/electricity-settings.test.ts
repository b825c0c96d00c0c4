import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { electricitySetup } from "@heatloop/ha-addon/settings/electricity-settings";
import { defaultSettings, parseSettings } from "@heatloop/ha-addon/settings/settings";
import { mistakeLine } from "@heatloop/program/mistakes";
import { describe, expect, it } from "vitest";

const read = (electricity: unknown) => parseSettings({ electricity });

describe("the settings of electricity", () => {
  it.each([
    [{}, true, true],
    [{ meter_has_immersion_heater: false }, false, true],
    [{ meter_sees: null, meter_has_immersion_heater: false }, false, true],
    [{ meter_sees: [] }, false, false],
    [{ meter_sees: ["immersion_heater"] }, true, false],
    [{ meter_sees: ["pumps"] }, false, true],
    [{ meter_sees: ["pumps", "immersion_heater"], meter_has_immersion_heater: false }, true, true],
  ])("%j set what the meter sees: the immersion heater %s, the pumps %s", (electricity, meterHasImmersion, pumps) => {
    const { settings, mistakes } = read(electricity);
    expect(mistakes).toEqual([]);
    expect(electricitySetup(settings.electricity)).toMatchObject({ meterHasImmersion, meterHasPumps: pumps });
  });

  it("begin without a meter, with the usual heaters", () => {
    expect(defaultSettings.electricity.meter).toBeNull();
    expect(electricitySetup(defaultSettings.electricity)).toEqual(usualElectricity);
  });

  it.each([
    [{ entity: "sensor.heat_pump_energy" }],
    [{ entity: "sensor.heat_pump_energy", unit: "Wh" }],
    [{ topic: "tele/plug/SENSOR", field: "ENERGY.Total", unit: "kWh" }],
    [{ topic: "meter/power", unit: "W" }],
  ])("take %j as the meter", (meter) => {
    const { settings, mistakes } = read({ meter });
    expect(mistakes).toEqual([]);
    expect(settings.electricity.meter).toEqual(meter);
  });

  it.each([
    [{ meter: "sensor.x" }, "electricity.meter: found a text that is not shown here; allowed: an object"],
    [{ meter: {} }, "electricity.meter.entity: found nothing; allowed: either this, an entity of Home Assistant"],
    [{ meter: { entity: "sensor.x", topic: "a", unit: "W" } }, "electricity.meter.entity: found"],
    [
      { meter: { entity: "climate.x" } },
      "electricity.meter.entity: found a text that is not shown here; allowed: an entity",
    ],
    [
      { meter: { entity: "sensor.x", unit: "J" } },
      "electricity.meter.unit: found a text that is not shown here; allowed: one of kWh, Wh, MWh, W, kW",
    ],
    [
      { meter: { entity: "sensor.x", field: "a" } },
      "electricity.meter.field: found a text that is not shown here; allowed: only beside topic",
    ],
    [{ meter: { topic: "a" } }, "electricity.meter.unit: found nothing; allowed: one of kWh, Wh, MWh, W, kW"],
    [
      { meter: { topic: "a/+", unit: "W" } },
      "electricity.meter.topic: found a text that is not shown here; allowed: an MQTT topic",
    ],
    [{ meter: { topic: "", unit: "W" } }, "electricity.meter.topic: found"],
    [{ meter: { entity: "sensor.x", scale: 2 } }, "electricity.meter.scale: found an unknown key"],
    [{ immersion_heater_w: -1 }, "electricity.immersion_heater_w: found -1; allowed: a number from 0 to 20000"],
    [
      { meter_sees: ["boiler"] },
      "electricity.meter_sees[0]: found a text that is not shown here; allowed: null (not known: everything), or",
    ],
    [{ meter_sees: true }, "electricity.meter_sees: found true; allowed: null (not known: everything), or a list"],
    [{ correction_factor: 3 }, "electricity.correction_factor: found 3; allowed: a number from 0.5 to 2"],
  ])("%j are a mistake: %s", (electricity, line) => {
    const { settings, mistakes } = read(electricity);
    expect(mistakes.map(mistakeLine).join("\n")).toContain(line);
    expect(settings.electricity).toEqual(defaultSettings.electricity);
  });
});
