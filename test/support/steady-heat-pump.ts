import type { PointId } from "@heatloop/core/catalogue/points";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import { heatPowerW } from "@heatloop/core/heat/heat";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Device } from "@heatloop/ha-addon/device/device";

const tickMs = 1_000;
const pollMs = 30_000;
const powerW = 1_800;
const controllerOffsetMs = 3_600_000;

/**
 * A heat pump that heats without a pause and reports each 30 s of its own time, whatever the program's clock is set
 * to. Its controller's clock is UTC+1 without DST. Counts what a program that receives all of it has to measure.
 */
export type SteadyHeatPump = {
  /** Reports to this device from now on, beginning with everything it has. */
  reportTo(device: Device): void;
  beSilent(): void;
  /** Heat in the times in which a device got reports, Wh. */
  heatWh(): number;
  /** Electricity by the counter since its first report, also while there was no device; Wh. */
  electricityWh(): number;
  stop: Stop;
};

export function steadyHeatPump(clock: Clock): SteadyHeatPump {
  let device: Device | undefined;
  let polls = 0;
  let elapsedMs = clock.now();
  let usedWh = 0;
  let reportedWh: number | undefined;
  let heatWh = 0;
  let electricityWh = 0;
  let flowing: { readonly watts: number; readonly since: number } | undefined;

  function report(point: PointId, payload: string): void {
    device?.take({ topic: stateTopic("hp", point, "en"), payload, retained: false }, clock.now());
  }

  /** Flow temperature and flow change from poll to poll, so that a lost or doubled one shows in the sum. */
  function water() {
    return { flowLMin: 15 + (polls % 4), flowC: 32 + (polls % 7) / 2, returnC: 28 + (polls % 3) / 2 };
  }

  function bookHeat(): void {
    if (device === undefined || flowing === undefined) return;
    heatWh += (flowing.watts * (elapsedMs - flowing.since)) / 3_600_000;
    flowing = { ...flowing, since: elapsedMs };
  }

  function reportWater(): void {
    const { flowLMin, flowC, returnC } = water();
    report("flow_rate", `${flowLMin}`);
    report("flow_temperature", flowC.toFixed(1));
    report("return_temperature", returnC.toFixed(1));
    bookHeat();
    flowing = { watts: heatPowerW(usualHeatFormula, flowLMin, flowC, returnC), since: elapsedMs };
  }

  function reportCounter(): void {
    const nowWh = Math.floor(usedWh / 100) * 100;
    report("daily_electricity", (nowWh / 1000).toFixed(1));
    if (reportedWh !== undefined) electricityWh += nowWh >= reportedWh ? nowWh - reportedWh : nowWh;
    reportedWh = nowWh;
  }

  const stop = clock.every(tickMs, () => {
    const dayBefore = Math.floor((elapsedMs + controllerOffsetMs) / 86_400_000);
    elapsedMs += tickMs;
    const isNewDay = Math.floor((elapsedMs + controllerOffsetMs) / 86_400_000) !== dayBefore;
    usedWh = isNewDay ? 0 : usedWh + (powerW * tickMs) / 3_600_000;
    if (elapsedMs % pollMs !== 0) return;
    polls += 1;
    if (device === undefined) return;
    reportWater();
    reportCounter();
  });

  return {
    reportTo(next) {
      device = next;
      device.take({ topic: "hp/status", payload: "online", retained: false }, clock.now());
      report("operation_mode", "Space Heating");
      report("compressor", "ON");
      report("defrost", "OFF");
      flowing = undefined;
      reportWater();
      reportCounter();
    },
    beSilent() {
      bookHeat();
      device = undefined;
      flowing = undefined;
    },
    heatWh() {
      bookHeat();
      return heatWh;
    },
    electricityWh: () => electricityWh,
    stop,
  };
}
