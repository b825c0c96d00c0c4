/** One kind of value: its unit on the wire, the ending of its CSV column, decimals, and its plausible range. */
export type QuantityRow = {
  readonly unit: string | undefined;
  readonly suffix: string;
  readonly decimals: number;
  readonly kind: "number" | "boolean" | "text" | "press";
  readonly min?: number;
  readonly max?: number;
};

export const quantities = {
  temperature: { unit: "°C", suffix: "_c", decimals: 1, kind: "number", min: -60, max: 150 },
  temperature_difference: { unit: "°C", suffix: "_k", decimals: 1, kind: "number", min: -100, max: 150 },
  power: { unit: "W", suffix: "_w", decimals: 0, kind: "number", min: 0, max: 100_000 },
  kilowatts: { unit: "kW", suffix: "_kw", decimals: 3, kind: "number", min: 0, max: 100 },
  energy: { unit: "kWh", suffix: "_kwh", decimals: 2, kind: "number", min: 0, max: 10_000_000 },
  frequency: { unit: "Hz", suffix: "_hz", decimals: 0, kind: "number", min: 0, max: 1000 },
  flow_rate: { unit: "L/min", suffix: "_l_min", decimals: 0, kind: "number", min: 0, max: 1000 },
  rotation: { unit: "RPM", suffix: "_rpm", decimals: 0, kind: "number", min: 0, max: 10_000 },
  percent: { unit: "%", suffix: "_percent", decimals: 0, kind: "number", min: 0, max: 100 },
  signal: { unit: "dBm", suffix: "_dbm", decimals: 0, kind: "number", min: -130, max: 0 },
  hours: { unit: "h", suffix: "_h", decimals: 0, kind: "number", min: 0, max: 10_000_000 },
  minutes: { unit: "min", suffix: "_min", decimals: 0, kind: "number", min: 0, max: 10_000 },
  seconds: { unit: "s", suffix: "_s", decimals: 0, kind: "number", min: 0, max: 10_000_000_000 },
  milliseconds: { unit: "ms", suffix: "_ms", decimals: 0, kind: "number", min: 0, max: 10_000_000 },
  bytes: { unit: "B", suffix: "_bytes", decimals: 0, kind: "number", min: 0, max: 100_000_000 },
  ratio: { unit: undefined, suffix: "", decimals: 2, kind: "number", min: 0, max: 1000 },
  count: { unit: undefined, suffix: "", decimals: 0, kind: "number", min: 0, max: 1_000_000_000 },
  on_off: { unit: undefined, suffix: "", decimals: 0, kind: "boolean" },
  choice: { unit: undefined, suffix: "", decimals: 0, kind: "text" },
  text: { unit: undefined, suffix: "", decimals: 0, kind: "text" },
  json: { unit: undefined, suffix: "", decimals: 0, kind: "text" },
  press: { unit: undefined, suffix: "", decimals: 0, kind: "press" },
} as const satisfies Record<string, QuantityRow>;

export type Quantity = keyof typeof quantities;
