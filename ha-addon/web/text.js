/** Words and numbers as people read them; unknown is a dash. */

export const unknown = "–";

export const operations = {
  heating: "Heating",
  hot_water: "Hot water",
  cooling: "Cooling",
  defrost: "Defrosting",
  standby: "Standby",
};

export const parts = { ...operations, defrost: "Defrost", unknown: "Not known" };

export const feedStates = {
  off: "Off",
  ok: "OK",
  degraded: "Some rooms missing",
  holding: "Holding",
  fallback: "Fallback",
};

const formats = new Map();

/** A number with this many decimals, in the browser's way of writing. */
export function number(value, decimals) {
  if (typeof value !== "number") return unknown;
  let format = formats.get(decimals);
  if (format === undefined) {
    format = new Intl.NumberFormat(undefined, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    formats.set(decimals, format);
  }
  return format.format(value);
}

/** How numbers are written in a CSV file that a spreadsheet in the browser's language opens: `comma` or `point`. */
export function csvDecimal() {
  return number(1.5, 1).includes(",") ? "comma" : "point";
}

/** A number with its unit behind a narrow space. */
export function quantity(value, decimals, unit) {
  const text = number(value, decimals);
  return text === unknown ? unknown : `${text}\u202f${unit}`;
}

export function kilowattHours(wh) {
  return typeof wh === "number" ? number(wh / 1000, 1) : unknown;
}

export function kilowatts(w) {
  return typeof w === "number" ? quantity(w / 1000, 1, "kW") : unknown;
}

export function hoursAndMinutes(seconds) {
  if (typeof seconds !== "number") return unknown;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/** The time of day in the heat pump's time zone: the server writes instants with that zone's offset. */
export function timeOfDay(instant) {
  return typeof instant === "string" ? instant.slice(11, 16) : unknown;
}

/** `10:05`, with the date in front where it is not today's. */
export function timeAt(instant, today) {
  if (typeof instant !== "string") return unknown;
  return instant.slice(0, 10) === today ? timeOfDay(instant) : `${instant.slice(0, 10)} ${timeOfDay(instant)}`;
}

/** A local date some days before another. */
export function daysBefore(date, days) {
  return new Date(Date.parse(`${date}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** `flow_temperature_c` as words: its unit is taken away and given back apart. */
export function pointName(key) {
  const [, name, suffix] = /^(.*?)(_(?:c|k|w|kw|kwh|hz|l_min|rpm|percent|dbm|h|min|s|ms|bytes))?$/.exec(key);
  const text = name.replaceAll("_", " ").replace(/\bdhw\b/g, "DHW");
  return { name: text.charAt(0).toUpperCase() + text.slice(1), unit: units[suffix] ?? "" };
}

const units = {
  _c: "°C",
  _k: "K",
  _w: "W",
  _kw: "kW",
  _kwh: "kWh",
  _hz: "Hz",
  _l_min: "L/min",
  _rpm: "rpm",
  _percent: "%",
  _dbm: "dBm",
  _h: "h",
  _min: "min",
  _s: "s",
  _ms: "ms",
  _bytes: "B",
};

/** Any point's value. */
export function valueText(value) {
  if (value === null || value === undefined) return unknown;
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 }).format(value);
  return value.replaceAll("_", " ");
}
