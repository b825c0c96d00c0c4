import type { ForeignDialect } from "@heatloop/core/hub/dialects";
import { dayMs } from "@heatloop/core/time/durations";
import type { Home } from "../home-state.ts";

/** Of the mains, and of a coin cell that is half used. */
const mainsV = 230;
const batteryMv = 2_870;

/** What a device of another system measures of a home at a time (ms since the epoch), as its JSON. */
export function foreignReading(dialect: ForeignDialect, home: Home, deviceId: string, at: number): object {
  const roomC = round2(home.house.airC[0] as number);
  switch (dialect) {
    case "heatpump-monitor":
      return monitored(home, deviceId, at);
    case "site":
      return {
        ...{ sensor_id: deviceId, timestamp: new Date(at).toISOString(), ...roomAir(roomC, at) },
        metrics: { outdoor_temperature_c: round2(home.weather.outdoorC), tx_power_dbm: 4 },
      };
    case "ruuvi":
      return { sensor_id: deviceId, timestamp: new Date(at).toISOString(), ...roomAir(roomC, at) };
  }
}

function monitored({ pump, circuit, weather }: Home, device: string, at: number): object {
  const runs = pump.compressor.kind !== "stopped";
  return {
    device,
    timestamp: Math.floor(at),
    temperature: { inlet: round2(circuit.returnC), outlet: round2(circuit.flowC), ambient: round2(weather.outdoorC) },
    electrical: {
      voltage: mainsV,
      current: round2(pump.electricityW / mainsV),
      power: round2(pump.electricityW),
    },
    status: { compressor: runs, defrost: pump.compressor.kind === "defrosting" },
  };
}

/** Humidity and pressure go slowly up and down, without a model behind them: nothing here depends on them. */
function roomAir(temperatureC: number, at: number) {
  const day = Math.sin((2 * Math.PI * at) / dayMs);
  return {
    temperature_c: temperatureC,
    humidity_percent: round2(45 + 5 * day),
    pressure_hpa: round2(1013.25 - 4 * day),
    battery_mv: batteryMv,
  };
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
