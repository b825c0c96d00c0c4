import { code, commentOf, everyTick, type FlowNode, nodeAt, placed } from "./nodes.ts";

const page = "heatloop-dashboard-page";
const group = "heatloop-dashboard-group";
/** In the order of the outputs of dashboard-values. */
const rows = [
  ["operation", "Operation"],
  ["flow", "Flow temperature"],
  ["return", "Return temperature"],
  ["outdoor", "Outdoor temperature"],
  ["room", "Room temperature"],
  ["hot-water", "Hot water"],
  ["power", "Heat output (estimate)"],
  ["cop", "COP (estimate)"],
  ["feed", "Room feed"],
] as const;

/** A page for `@flowfuse/node-red-dashboard`; broker and settings are those of the flows. */
export async function dashboard(): Promise<FlowNode[]> {
  const tab = "heatloop-dashboard";
  return placed([
    ...look(),
    { id: tab, type: "tab", label: "Dashboard", info: await commentOf("dashboard-values") },
    everyTick(tab, "values"),
    await code(
      tab,
      "values",
      "Values",
      "dashboard-values",
      rows.map(([id]) => [id]),
    ),
    ...rows.map(([id, label], order) =>
      nodeAt(tab, id, "ui-text", [], { ...text, group, order: order + 1, name: label, label }),
    ),
  ]);
}

const text = {
  width: "6",
  height: "1",
  format: "{{msg.payload}}",
  layout: "row-spread",
  style: false,
  className: "",
  wrapText: false,
  value: "payload",
  valueType: "msg",
};

function look(): FlowNode[] {
  const base = "heatloop-dashboard-base";
  const theme = "heatloop-dashboard-theme";
  return [
    {
      id: base,
      type: "ui-base",
      name: "Dashboard",
      path: "/dashboard",
      appIcon: "",
      includeClientData: true,
      acceptsClientConfig: ["ui-notification", "ui-control"],
      showPathInSidebar: false,
      headerContent: "page",
      navigationStyle: "default",
      titleBarStyle: "default",
    },
    {
      id: theme,
      type: "ui-theme",
      name: "Heatloop",
      colors: {
        surface: "#ffffff",
        primary: "#b3541e",
        bgPage: "#f5f5f5",
        groupBg: "#ffffff",
        groupOutline: "#cccccc",
      },
      sizes: { density: "default", pagePadding: "12px", groupGap: "12px", groupBorderRadius: "4px", widgetGap: "12px" },
    },
    {
      id: page,
      type: "ui-page",
      name: "Heat pump",
      ui: base,
      path: "/heat-pump",
      icon: "heat-pump",
      layout: "grid",
      theme,
      order: 1,
      className: "",
      visible: "true",
      disabled: "false",
    },
    {
      id: group,
      type: "ui-group",
      name: "Now",
      page,
      width: "6",
      height: "1",
      order: 1,
      showTitle: true,
      className: "",
      visible: "true",
      disabled: "false",
      groupType: "default",
    },
  ];
}
