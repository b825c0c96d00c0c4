import { element, table } from "./element.js";
import { hoursAndMinutes, kilowattHours, number, parts, quantity, unknown } from "./text.js";

/** Today's energy: one row a part of the day and the whole. */
export function energySection(anchor) {
  const body = element("tbody");
  const foot = element("tfoot");
  const note = element("p", { class: "note" });
  const headings = ["", "Heat, kWh", "Electricity, kWh", "COP", "Time, h"];
  const node = element(
    "section",
    { "aria-labelledby": `${anchor}-energy` },
    element("h3", { id: `${anchor}-energy` }, "Today"),
    table("Heat and electricity of today by operation", headings, body, foot),
    note,
  );
  return {
    node,
    update(today) {
      body.replaceChildren(...(today === null ? [] : rowsOf(today)));
      foot.replaceChildren(totalOf(today));
      note.textContent = noteOf(today);
    },
  };
}

function rowsOf(today) {
  return Object.entries(today.parts)
    .filter(([, part]) => part.seconds > 0 || part.heat_wh || part.electricity_wh)
    .map(([name, part]) =>
      row(parts[name] ?? name, part.heat_wh, part.electricity_wh, part.cop, hoursAndMinutes(part.seconds)),
    );
}

function totalOf(today) {
  if (today === null) return row("Total", null, null, null, unknown);
  return row("Total", sumOf(today), today.electricity_wh, today.cop, hoursAndMinutes(today.covered_s));
}

/** Heat and cold delivered, as the COP counts them. */
function sumOf({ heat_wh, cooling_wh }) {
  return heat_wh === null && cooling_wh === null ? null : (heat_wh ?? 0) + (cooling_wh ?? 0);
}

function row(name, heatWh, electricityWh, cop, time) {
  const cells = [kilowattHours(heatWh), kilowattHours(electricityWh), number(cop, 2), time];
  return element("tr", {}, element("th", { scope: "row" }, name), ...cells.map((text) => element("td", {}, text)));
}

function noteOf(today) {
  if (today === null) return "Nothing has been logged today.";
  const seen = quantity(today.coverage * 100, today.coverage > 0.995 ? 0 : 1, "%");
  const counts = `${plural(today.starts, "compressor start")}, ${plural(today.defrosts, "defrost")}.`;
  return `${counts} ${seen} of the day so far was seen.`;
}

function plural(count, name) {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
