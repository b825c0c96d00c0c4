import type { LiveDevice } from "../live/live-data.ts";

const key = "heatloop-device";

/** The heat pump that is shown: the chosen one, else the one that was chosen last on this device, else the first. */
export function chosenDevice(devices: readonly LiveDevice[], chosen: string | undefined): LiveDevice | undefined {
  const find = (id: string | null | undefined) => devices.find((device) => device.id === id);
  return find(chosen) ?? find(remembered()) ?? devices[0];
}

/** Remembers a choice on this device, for as long as the browser keeps it. */
export function rememberDevice(id: string): void {
  try {
    localStorage.setItem(key, id);
  } catch {
    // A browser that keeps nothing shows the first one.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
