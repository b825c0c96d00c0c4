import type { PointId } from "@heatloop/core/catalogue/points";
import { secondMs } from "@heatloop/core/time/durations";
import { severities } from "../../alerts/rules/severity.ts";
import type { WebParts } from "../parts.ts";
import type { DeviceView, StatusView } from "../view.ts";

/** A value of a metric; null is unknown, and is not shown. */
type Sample = { readonly value: number | null; readonly labels?: Readonly<Record<string, string>> };

/** A metric by Prometheus' conventions: the unit at the end of its name, in base units. */
export type MetricRow = {
  readonly name: string;
  readonly help: string;
  readonly type: "gauge" | "counter";
  readonly samples: readonly Sample[];
};

export type MetricParts = Pick<WebParts, "view" | "version" | "program"> & { readonly liveClients: () => number };

const joulesPerWh = 3600;

/** All metrics of this moment. */
export function metricRows(parts: MetricParts): readonly MetricRow[] {
  return [...programRows(parts), ...connectionRows(parts), ...archiveRows(parts), ...heatPumpRows(parts)];
}

function gauge(name: string, help: string, ...samples: readonly (number | boolean | null | Sample)[]): MetricRow {
  return { name, help, type: "gauge", samples: samples.map(sampleOf) };
}

function counter(name: string, help: string, value: number | null): MetricRow {
  return { name, help, type: "counter", samples: [{ value }] };
}

function sampleOf(value: number | boolean | null | Sample): Sample {
  if (typeof value === "object") return value ?? { value };
  return { value: Number(value) };
}

function programRows({ view, version, program, liveClients }: MetricParts): MetricRow[] {
  const { startedAt, memoryBytes, mqttMessages, readings, minutesWritten, transitionsWritten } = view.stats();
  return [
    gauge("heatloop_info", "The version that runs", { value: 1, labels: { version } }),
    counter("process_cpu_seconds_total", "Processor time of the program", program?.processorS() ?? null),
    gauge("process_resident_memory_bytes", "Memory of the program", memoryBytes),
    gauge("process_start_time_seconds", "When the program started, since the epoch", startedAt / secondMs),
    counter("heatloop_mqtt_messages_total", "MQTT messages that came since the start", mqttMessages),
    counter("heatloop_readings_total", "Messages that became readings", readings),
    counter("heatloop_minutes_written_total", "Minutes written to the archive", minutesWritten),
    counter("heatloop_transitions_written_total", "Transitions written to the archive", transitionsWritten),
    gauge("heatloop_live_clients", "Pages that are connected by websocket", liveClients()),
  ];
}

function connectionRows({ view }: MetricParts): MetricRow[] {
  const { mqtt, homeAssistant } = view.health();
  const alerts = view.alerts();
  const isConnected = ({ state }: { readonly state: string }) => (state === "off" ? null : state === "connected");
  return [
    gauge("heatloop_mqtt_connected", "1 while the broker is connected", isConnected(mqtt)),
    gauge("heatloop_home_assistant_connected", "1 while Home Assistant is connected", isConnected(homeAssistant)),
    gauge(
      "heatloop_alerts",
      "Alerts by how grave they are",
      ...severities.map((severity) => ({
        value: alerts.filter((alert) => alert.severity === severity).length,
        labels: { severity },
      })),
    ),
  ];
}

function archiveRows({ view }: MetricParts): MetricRow[] {
  const { state, waitingRows } = view.health().archive;
  const size = view.archiveSize();
  return [
    gauge("heatloop_archive_writable", "1 while rows reach the disk", state === "ok"),
    gauge("heatloop_archive_waiting_rows", "Rows in memory that wait for the disk", waitingRows),
    gauge("heatloop_archive_bytes", "Size of all files of the archive", size?.bytes ?? null),
    gauge("heatloop_archive_free_bytes", "Free where the archive lies", size?.freeBytes ?? null),
    gauge("heatloop_archive_days", "Local dates with any minutes", size?.days ?? null),
  ];
}

type HeatPumpState = { readonly device: DeviceView; readonly status: StatusView; readonly lastRowAt: number | null };

const heatPumpMetrics: readonly (readonly [
  name: string,
  help: string,
  valueIn: (state: HeatPumpState) => number | boolean | null,
])[] = [
  ["heatloop_online", "1 while the heat pump is online", ({ device }) => device.online],
  ["heatloop_last_seen_timestamp_seconds", "When it published last", ({ device }) => seconds(device.lastSeenAt)],
  ["heatloop_last_row_timestamp_seconds", "When its newest minute was written", ({ lastRowAt }) => seconds(lastRowAt)],
  [
    "heatloop_heat_power_watts",
    "Heat into the water, negative in defrost and cooling",
    ({ status }) => status.heatPowerW,
  ],
  ["heatloop_electricity_power_watts", "Electricity that it takes", ({ status }) => status.electricityPowerW],
  ["heatloop_cop", "COP of this moment", ({ status }) => status.cop],
  ["heatloop_flow_temperature_celsius", "Flow temperature", pointOf("flow_temperature")],
  ["heatloop_return_temperature_celsius", "Return temperature", pointOf("return_temperature")],
  ["heatloop_outdoor_temperature_celsius", "Outdoor temperature", pointOf("outdoor_temperature")],
  ["heatloop_dhw_temperature_celsius", "Temperature of the DHW tank", pointOf("dhw_temperature")],
  ["heatloop_compressor_frequency_hertz", "Frequency of the compressor", pointOf("compressor_frequency")],
  ["heatloop_heat_today_joules", "Heat of the local day so far", ({ status }) => joules(status.today?.heatWh)],
  [
    "heatloop_electricity_today_joules",
    "Electricity of the local day so far",
    ({ status }) => joules(status.today?.electricityWh),
  ],
  ["heatloop_cop_today", "COP of the local day so far", ({ status }) => status.today?.cop ?? null],
];

function heatPumpRows({ view }: MetricParts): MetricRow[] {
  const states = view.devices().flatMap((device): HeatPumpState[] => {
    const status = view.status(device.id);
    return status === undefined ? [] : [{ device, status, lastRowAt: view.lastRowAt(device.id) }];
  });
  return heatPumpMetrics.map(([name, help, valueIn]) =>
    gauge(name, help, ...states.map((state) => ({ ...sampleOf(valueIn(state)), labels: { device: state.device.id } }))),
  );
}

function pointOf(id: PointId): (state: HeatPumpState) => number | null {
  return ({ status }) => {
    const value = status.values.get(id)?.value;
    return typeof value === "number" ? value : null;
  };
}

function seconds(at: number | null): number | null {
  return at === null ? null : at / secondMs;
}

function joules(wh: number | null | undefined): number | null {
  return wh == null ? null : Math.round(wh * joulesPerWh);
}
