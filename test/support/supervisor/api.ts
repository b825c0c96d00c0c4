import { ingressEntry } from "./ingress.ts";

/** The types of config.yaml's options, as `config.yaml` has them. */
export type OptionsSchema = { readonly [key: string]: string | OptionsSchema };

/** An app as the Supervisor has it. */
export type SupervisedApp = {
  /** Full, such as `a0d7b954_heatloop`; undefined: it is not installed. */
  slug: string | undefined;
  name: string;
  version: string;
  state: "started" | "stopped";
  /** Of config.yaml: `mqtt:want`. */
  services: readonly string[];
  schema: OptionsSchema;
  options: Readonly<Record<string, unknown>>;
};

/** The broker that an app provides; undefined: none is installed. */
export type MqttService = {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
};

export type ApiAnswer = { readonly status: number; readonly body: unknown };

/** What the REST API answers from. */
export type ApiState = {
  readonly app: SupervisedApp;
  mqtt(): MqttService | undefined;
  /** Saves the options for the next start. */
  setOptions(options: Readonly<Record<string, unknown>>): void;
  /** In the background: the app is answered first. */
  restart(): void;
};

const ok = (data: unknown = {}): ApiAnswer => ({ status: 200, body: { result: "ok", data } });
export const refusal = (status: number, message: string): ApiAnswer => ({
  status,
  body: { result: "error", message },
});

/** What the Supervisor answers an app that asks with its token (reference, section 2.5). */
export function apiAnswer(state: ApiState, method: string, path: string, body: unknown): ApiAnswer {
  const { app } = state;
  switch (`${method} ${path}`) {
    case "GET /info":
      return ok({
        supervisor: "2026.11.0",
        homeassistant: "2026.11.0",
        hassos: "17.0",
        arch: "amd64",
        state: "running",
      });
    case "GET /services/mqtt":
      return mqttAnswer(state);
    case "GET /addons/self/info":
      return ok(infoOf(app));
    case "GET /addons/self/options/config":
      return ok(app.options);
    case "POST /addons/self/options": {
      const { options } = body as { readonly options?: Readonly<Record<string, unknown>> };
      const problem = optionsProblem(app.schema, options ?? {});
      if (problem !== undefined) return refusal(400, problem);
      state.setOptions(options ?? {});
      return ok();
    }
    case "POST /addons/self/restart":
      state.restart();
      return ok();
    default:
      return refusal(403, "Forbidden");
  }
}

function mqttAnswer({ app, mqtt }: ApiState): ApiAnswer {
  if (!app.services.some((service) => service.startsWith("mqtt:"))) {
    return refusal(403, "No access to mqtt service!");
  }
  const service = mqtt();
  if (service === undefined) return refusal(400, "Service not enabled");
  return ok({ ...service, ssl: false, protocol: "3.1.1", addon: "core_mosquitto" });
}

/** What is known of an app, to itself and to Home Assistant's frontend. */
export function infoOf({ slug = "", name, version, state, options, services }: SupervisedApp) {
  return {
    ...{ slug, name, version, state, options, services_role: services, hostname: slug.replaceAll("_", "-") },
    ...{ ip_address: "172.30.33.5", ingress: true, ingress_port: 8099 },
    ...{ ingress_url: `${ingressEntry}/`, ingress_entry: ingressEntry },
  };
}

/** Why the Supervisor does not save options (supervisor/apps/options.py); what it does not know it drops. */
export function optionsProblem(schema: OptionsSchema, options: Readonly<Record<string, unknown>>): string | undefined {
  for (const [key, type] of Object.entries(schema)) {
    const value = options[key];
    const isOptional = typeof type === "string" && type.endsWith("?");
    if (value === undefined || value === null) {
      if (isOptional) continue;
      return `Missing option '${key}' in root`;
    }
    const problem = typeof type === "string" ? valueProblem(key, type, value) : optionsProblem(type, value as never);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function valueProblem(key: string, type: string, value: unknown): string | undefined {
  const match = /^match\((.*)\)\??$/.exec(type)?.[1];
  const list = /^list\((.*)\)\??$/.exec(type)?.[1]?.split("|");
  const isWell = match !== undefined ? new RegExp(match).test(String(value)) : (list?.includes(String(value)) ?? true);
  return isWell ? undefined : `Value for option '${key}' is not valid`;
}
