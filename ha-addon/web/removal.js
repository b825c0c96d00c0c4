import { element } from "./element.js";

/** Offers to remove a heat pump that is not there any more; asks once more, and says why it was not possible. */
export function removalSection(id) {
  const why = element("p", { class: "note" });
  const ask = element("button", { type: "button" }, "Remove this heat pump…");
  const confirm = element("button", { type: "button" }, "Yes, remove it from MQTT and Home Assistant");
  const keep = element("button", { type: "button" }, "No");
  const answer = element("p", { class: "note", role: "status" });
  const node = element("section", { "aria-label": "Remove", hidden: "" }, why, ask, confirm, keep, answer);

  function asking(isAsking) {
    ask.hidden = isAsking;
    confirm.hidden = !isAsking;
    keep.hidden = !isAsking;
  }
  asking(false);

  async function remove() {
    asking(false);
    const response = await fetch(`api/devices/${encodeURIComponent(id)}`, { method: "DELETE" }).catch(() => undefined);
    if (response?.ok) return;
    const problem = await response?.json().catch(() => undefined);
    answer.textContent = problem?.detail ?? "Heatloop cannot be reached: try again.";
  }

  ask.addEventListener("click", () => {
    answer.textContent = "";
    asking(true);
    confirm.focus();
  });
  keep.addEventListener("click", () => asking(false));
  confirm.addEventListener("click", () => void remove());

  return {
    node,
    update({ online, last_seen }) {
      // While the connection is lost, nothing is known of the heat pump.
      node.hidden = online === true || (online === null && last_seen !== null);
      why.textContent =
        last_seen === null
          ? "It has published nothing since Heatloop started: only the broker or the settings know it."
          : "It is offline.";
    },
  };
}
