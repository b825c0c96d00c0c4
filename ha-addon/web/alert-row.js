import { element } from "./element.js";
import { timeOfDay } from "./text.js";

/** An alert as a list item, with a button where the page can mend it. */
export function alertRow({ id, severity, message, device, since }) {
  const time = element("time", { datetime: since }, timeOfDay(since));
  const mends = id.startsWith("kept_commands/") ? removalOfCommands(device) : [];
  return element("li", { "data-severity": severity }, message, time, ...mends);
}

/** Clears the commands that the broker keeps; the alert then goes by itself. */
function removalOfCommands(device) {
  const answer = element("p", { class: "note", role: "status" });
  const button = element("button", { type: "button" }, "Remove these commands from the broker");
  button.addEventListener("click", async () => {
    button.disabled = true;
    answer.textContent = "";
    const url = `api/devices/${encodeURIComponent(device)}/kept-commands`;
    const response = await fetch(url, { method: "DELETE" }).catch(() => undefined);
    if (response?.ok) return;
    const problem = await response?.json().catch(() => undefined);
    answer.textContent = problem?.detail ?? "Heatloop cannot be reached: try again.";
    button.disabled = false;
  });
  return [button, answer];
}
