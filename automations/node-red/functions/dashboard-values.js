/** What the dashboard shows, an output a row. What is not known is a dash, and so is everything while the heat pump is offline. */
export function dashboardValues({ env, global }) {
  const rows = [
    ["operation", ""],
    ["flow", "°C"],
    ["return", "°C"],
    ["outdoor", "°C"],
    ["room", "°C"],
    ["hotWater", "°C"],
    ["power", "kW"],
    ["cop", ""],
    ["feed", ""],
  ];
  const heatPump = global.get("heatPump") ?? {};
  const paths = env.get("HEATLOOP_DASHBOARD") ?? {};
  // The dashboard remembers nothing over a restart, so everything is sent each time.
  return rows.map(([id, unit]) => ({ topic: id, payload: textOf(id, unit) }));

  function textOf(id, unit) {
    const payload = heatPump[paths[id]] ?? "";
    const isKnown = heatPump.status === "online" && !/^(nan|none|unknown|unavailable|)$/i.test(payload);
    if (!isKnown) return "–";
    const number = Number(payload);
    if (Number.isNaN(number)) return payload;
    // Without a run there is no COP, and 0.0 °C is a room thermostat that is not there.
    if (number === 0 && (id === "cop" || id === "room")) return "–";
    return `${number.toFixed(1)} ${unit}`.trim();
  }
}
