import { code, commentOf, everyTick, type FlowNode, nodeAt, placed, toBroker } from "./nodes.ts";

const numberId = "heatloop-number";
const setPointId = "heatloop-set-point";

/** A parameter of an instance: a value, or the name of the setting that it has. */
export type Parameter = { readonly name: string; readonly type: "str" | "env"; readonly value: string };

/** What two tabs do the same. */
export async function subflows(): Promise<FlowNode[]> {
  return [...(await numberInAPayload()), ...(await changeAndRestore())];
}

/** An instance of "Number in a payload". */
export function numberNode(tab: string, id: string, to: readonly string[], env: readonly Parameter[] = []): FlowNode {
  return nodeAt(tab, id, `subflow:${numberId}`, [to], { name: "Number in a payload", env });
}

/** An instance of "Change and restore a set-point"; `setting` is where the firmware has it below the prefix. */
export function setPointNode(tab: string, id: string, name: string, setting: string, maxSetting: string): FlowNode {
  const env: Parameter[] = [
    { name: "SETPOINT", type: "env", value: setting },
    { name: "MAX_C", type: "env", value: maxSetting },
  ];
  return nodeAt(tab, id, `subflow:${setPointId}`, [], { name, env });
}

async function numberInAPayload(): Promise<FlowNode[]> {
  const definition = {
    id: numberId,
    type: "subflow",
    name: "Number in a payload",
    info: await commentOf("number-in-a-payload"),
    category: "heatloop",
    in: [{ x: 60, y: 100, wires: [{ id: `${numberId}-number` }] }],
    out: [{ x: 420, y: 100, wires: [{ id: `${numberId}-number`, port: 0 }] }],
    env: [
      { name: "FIELD", type: "str", value: "" },
      { name: "SCALE", type: "num", value: "1" },
    ],
    color: "#DDAA99",
  };
  return placed([definition, await code(numberId, "number", "Number", "number-in-a-payload", [[]])]);
}

async function changeAndRestore(): Promise<FlowNode[]> {
  const definition = {
    id: setPointId,
    type: "subflow",
    name: "Change and restore a set-point",
    info: `${await commentOf("change-or-restore")} ${await commentOf("who-set-it")}`,
    category: "heatloop",
    in: [{ x: 60, y: 100, wires: [{ id: `${setPointId}-wish` }] }],
    out: [],
    env: [
      { name: "SETPOINT", type: "str", value: "" },
      { name: "MAX_C", type: "num", value: "55" },
    ],
    color: "#DDAA99",
  };
  return placed([
    definition,
    await code(setPointId, "wish", "What is wished", "take-wish", []),
    everyTick(setPointId, "who"),
    await code(setPointId, "who", "Who set it", "who-set-it", [["change"]]),
    await code(setPointId, "change", "Change or restore", "change-or-restore", [["send"]]),
    toBroker(setPointId, "send", "To the heat pump"),
  ]);
}
