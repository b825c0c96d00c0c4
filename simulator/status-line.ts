import type { Simulator } from "./simulator.ts";

/** What the simulator does, in one line for a person; `operation` changes when the line should be printed. */
export function statusOf({ home, esp }: Pick<Simulator, "home" | "esp">): {
  readonly operation: string;
  readonly line: string;
} {
  const { pump, controller, circuit, tank, weather, house } = home;
  const operation = [powerOf(home.powered, esp().kind), operationOf(home), controller.fault ?? ""].join("/");
  const flow = `flow ${circuit.flowC.toFixed(1)} °C, return ${circuit.returnC.toFixed(1)} °C`;
  const rooms = `rooms ${[...house.airC].map((airC) => airC.toFixed(1)).join(" ")} °C`;
  const around = `outdoors ${weather.outdoorC.toFixed(1)} °C, ${rooms}, tank ${tank.waterC.toFixed(0)} °C`;
  const power = `${(circuit.heatW / 1000).toFixed(1)} kW heat from ${(pump.electricityW / 1000).toFixed(2)} kW`;
  const words = operation.split("/").filter((word) => word !== "");
  return { operation, line: `${words.join(", ")}: ${power}, ${flow}, ${around}.` };
}

function powerOf(powered: boolean, esp: "running" | "no_radio" | "down"): string {
  if (!powered) return "power cut";
  return esp === "running" ? "" : esp === "down" ? "ESP32 restarts" : "no Wi-Fi";
}

function operationOf({ pump, controller }: Simulator["home"]): string {
  const mode = controller.mode.mode.replaceAll("_", " ");
  if (pump.compressor.kind === "defrosting") return "defrost";
  if (controller.orders.immersion) return `${mode} with the immersion heater`;
  if (controller.orders.booster1) return `${mode} with the booster heater`;
  return pump.compressor.kind === "running" ? mode : mode === "off" ? "off" : `${mode}, compressor at rest`;
}
