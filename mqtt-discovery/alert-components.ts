import { type DiscoveryComponent, identity } from "./component.ts";

/**
 * The alerts of a heat pump as Home Assistant shows them: whether something is wrong, and each as an event that an
 * automation can begin with. What is wrong with Heatloop itself is shown at each of its heat pumps.
 */

/** What is wrong now; an `AlertsState`, retained. */
export function alertsTopic(device: string): string {
  return `heatloop/${device}/alerts`;
}

/** What happens to an alert; an `AlertMessage`, not retained: an old event is none. */
export function alertTopic(device: string): string {
  return `heatloop/${device}/alert`;
}

export type AlertsState = {
  /** How many there are that are no mere information. */
  readonly problems: number;
  readonly alerts: readonly AlertState[];
};

export type AlertState = {
  readonly id: string;
  readonly severity: "info" | "warning" | "error";
  /** In the home's language. */
  readonly message: string;
  /** When it began, ISO 8601 with offset. */
  readonly since: string;
};

/** `raised`, `cleared`, or `reminded`: its snooze ended, and it still lasts. */
export const alertEvents = ["raised", "cleared", "reminded"] as const;

export type AlertMessage = AlertState & {
  readonly event_type: (typeof alertEvents)[number];
  /** When it happened, ISO 8601 with offset. */
  readonly at: string;
};

export type AlertEntityId = "alerts" | "alert";

/** The entities of the alerts of a device, by their id. */
export function alertComponents(device: string): Readonly<Record<AlertEntityId, DiscoveryComponent>> {
  return {
    alerts: {
      ...identity(device, "binary_sensor", "alerts"),
      name: "Alerts",
      device_class: "problem",
      entity_category: "diagnostic",
      state_topic: alertsTopic(device),
      value_template: `{{ "ON" if value_json.problems > 0 else "OFF" }}`,
      json_attributes_topic: alertsTopic(device),
      json_attributes_template: "{{ {'alerts': value_json.alerts} | tojson }}",
    },
    alert: {
      ...identity(device, "event", "alert"),
      name: "Alert",
      event_types: alertEvents,
      state_topic: alertTopic(device),
    },
  };
}
