import { parseJson } from "@heatloop/program/json-text";
import { type LogLevel, logLevels } from "@heatloop/program/log";
import { check, type Mistake } from "@heatloop/program/mistakes";
import { z } from "zod";

/** Connections of the program; undefined is "the Supervisor's". */
export type Options = {
  readonly mqtt: {
    /** `mqtt://host:1883`, or `mqtts://host:8883` with TLS. */
    readonly url: string | undefined;
    readonly username: string | undefined;
    readonly password: string | undefined;
    /** A PEM file with the authority that signed the broker's certificate. */
    readonly caFile: string | undefined;
  };
  readonly homeAssistant: {
    /** `http://host:8123`. */
    readonly url: string | undefined;
    readonly token: string | undefined;
  };
  readonly logLevel: LogLevel;
};

const brokerUrl = "mqtt://host[:port], or mqtts://host[:port] with TLS, without user name and password in it";
const homeAssistantUrl = "http://host[:port] or https://host[:port]";
const textOrEmpty = z.string({ error: "a text, or empty" }).trim().default("");

/** The options as in `options.json`; the app's `config.yaml` has the same schema for the Supervisor. */
export const optionsSchema = z.strictObject({
  mqtt: z
    .strictObject({
      url: textOrEmpty.refine((text) => text === "" || isUrl(text, ["mqtt:", "mqtts:"]), { error: brokerUrl }),
      username: textOrEmpty,
      password: z.string({ error: "a text, or empty" }).default(""),
      ca_file: textOrEmpty.refine((path) => path === "" || path.startsWith("/"), {
        error: "the full path of a PEM file, such as /config/ca.crt",
      }),
    })
    .prefault({})
    .superRefine((mqtt, context) => {
      const wrong = (key: string, input: string, message: string) =>
        context.addIssue({ code: "custom", path: [key], input, message });
      if (mqtt.url === "" && mqtt.username !== "") {
        wrong("username", mqtt.username, "empty as long as mqtt.url is empty: the Supervisor's broker brings its own");
      }
      if (mqtt.url === "" && mqtt.password !== "") {
        wrong("password", mqtt.password, "empty as long as mqtt.url is empty: the Supervisor's broker brings its own");
      }
      if (mqtt.ca_file !== "" && /^mqtt:/i.test(mqtt.url)) {
        wrong("ca_file", mqtt.ca_file, "empty with mqtt://, which has no TLS: write mqtts:// to use the file");
      }
    }),
  home_assistant: z
    .strictObject({
      url: textOrEmpty.refine((text) => text === "" || isUrl(text, ["http:", "https:"]), { error: homeAssistantUrl }),
      token: textOrEmpty,
    })
    .prefault({})
    .superRefine(({ url, token }, context) => {
      if (url !== "" && token === "") {
        const message = "a long-lived access token of Home Assistant, as home_assistant.url is given";
        context.addIssue({ code: "custom", path: ["token"], input: undefined, message });
      }
      if (url === "" && token !== "") {
        const message = `${homeAssistantUrl}, as home_assistant.token is given`;
        context.addIssue({ code: "custom", path: ["url"], input: undefined, message });
      }
    }),
  log_level: z.preprocess((text) => (text === "" ? undefined : text), z.enum(logLevels).default("info")),
});

function isUrl(text: string, protocols: readonly string[]): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  return protocols.includes(protocol) && hostname !== "" && username + password + search + hash === "";
}

export type ReadOptions =
  | { readonly ok: true; readonly options: Options }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** The options in the text of `options.json`, or every mistake in it at once; no text at all is "all empty". */
export function readOptions(text: string | undefined): ReadOptions {
  const json = parseJson(text === undefined || text.trim() === "" ? "{}" : text.replace(/^\uFEFF/, ""));
  if (!json.ok) return { ok: false, mistakes: [{ path: "", found: json.found, allowed: "a JSON object" }] };
  const checked = check(optionsSchema, json.value);
  if (!checked.ok) return checked;
  const { mqtt, home_assistant, log_level } = checked.value;
  const { url, username, password, ca_file } = mqtt;
  return {
    ok: true,
    options: {
      mqtt: {
        url: url || undefined,
        username: username || undefined,
        password: password || undefined,
        caFile: ca_file || undefined,
      },
      homeAssistant: { url: home_assistant.url || undefined, token: home_assistant.token || undefined },
      logLevel: log_level,
    },
  };
}
