import { parseJson } from "@heatloop/program/json-text";
import { z } from "zod";
import type { MqttServer } from "../mqtt/server.ts";

/** How the Supervisor is reached: the token it gave the add-on (SUPERVISOR_TOKEN), and fetch as a parameter. */
export type SupervisorAccess = {
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly url?: string;
};

const supervisorUrl = "http://supervisor";
const answerWithinMs = 10_000;

const failureSchema = z.object({ message: z.string() });
const mqttSchema = z.object({
  data: z.object({
    host: z.string().min(1),
    port: z.coerce.number().int().min(1).max(65_535),
    ssl: z.boolean().default(false),
    username: z.string().nullish(),
    password: z.string().nullish(),
  }),
});

const selfSchema = z.object({ data: z.object({ slug: z.string().regex(/^\w+$/) }) });

/**
 * The broker that the Supervisor offers (GET /services/mqtt, needs `services: [mqtt:want]` or `mqtt:need`).
 * Rejects with a sentence for the user where there is none, or the Supervisor does not answer.
 */
export async function mqttOfSupervisor(access: SupervisorAccess): Promise<MqttServer> {
  const answer = await ask(access, "/services/mqtt", (status) => {
    if (status === 400) {
      return "install and start the Mosquitto broker app, or set mqtt.url (with mqtt.username and mqtt.password) in the options";
    }
    if (status === 403)
      return "the app lacks `services: [mqtt:want]` in its config.yaml; set mqtt.url in the options instead";
    return undefined;
  });
  const { host, port, ssl, username, password } = parse(mqttSchema, answer, "/services/mqtt").data;
  const address = host.includes(":") ? `[${host}]` : host;
  return {
    url: `${ssl ? "mqtts" : "mqtt"}://${address}:${port}`,
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
  };
}

/** The slug of this app, such as `a0d7b954_heatloop` (GET /addons/self/info, which every app may ask); rejects as above. */
export async function slugOfSupervisor(access: SupervisorAccess): Promise<string> {
  const path = "/addons/self/info";
  return parse(selfSchema, await ask(access, path, () => undefined), path).data.slug;
}

async function ask(
  access: SupervisorAccess,
  path: string,
  advice: (status: number) => string | undefined,
): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await access.fetch(`${access.url ?? supervisorUrl}${path}`, {
      headers: { authorization: `Bearer ${access.token}` },
      signal: AbortSignal.timeout(answerWithinMs),
    });
    text = await response.text();
  } catch (error) {
    throw new Error(`the Supervisor does not answer (GET ${path}: ${causeOf(error)})`);
  }
  const json = parseJson(text);
  const body = json.ok ? json.value : undefined;
  if (response.ok) return body;
  const failure = failureSchema.safeParse(body);
  const detail = failure.success ? `: ${failure.data.message}` : "";
  const todo = response.status === 401 ? "its token is not valid: restart the app" : advice(response.status);
  throw new Error(
    `the Supervisor refuses GET ${path} (${response.status}${detail})${todo === undefined ? "" : `; ${todo}`}`,
  );
}

function parse<T>(schema: z.ZodType<T>, answer: unknown, path: string): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "answer"}: ${issue.message}`);
  throw new Error(`the Supervisor's answer to GET ${path} is not understood (${problems.join("; ")})`);
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}
