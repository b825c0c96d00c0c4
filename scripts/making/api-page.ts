import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../base/free-port.ts";

/**
 * Writes docs/api.md anew (`npm run api`): every route with its parameters, from the OpenAPI document that the running program
 * answers with. A test fails where the page is stale.
 */

type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: { readonly enum?: readonly unknown[] };
};
type Operation = {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
};

/** As much of an OpenAPI document as the page needs. */
export type ApiDocument = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

type Route = Operation & { readonly method: string; readonly path: string };

const headings: Readonly<Record<string, string>> = {
  devices: "Heat pumps",
  readings: "Minutes",
  days: "Days, reports, downloads",
  transitions: "What changed when",
  settings: "Settings",
  alerts: "Alerts, and who is told",
  "first run": "The first run",
  access: "Password and tokens",
  about: "The program itself",
};

/** The OpenAPI document of the program, which is started for it and ended again. */
export async function apiDocument(): Promise<ApiDocument> {
  const folder = await mkdtemp(join(tmpdir(), "heatloop-api-"));
  const options = join(folder, "options.json");
  await writeFile(options, JSON.stringify({ mqtt: { url: "mqtt://127.0.0.1:1" }, log_level: "error" }));
  const port = String(await freePort());
  const main = fileURLToPath(new URL("../../ha-addon/src/main.ts", import.meta.url));
  const env = {
    ...process.env,
    HEATLOOP_OPTIONS: options,
    HEATLOOP_DATA: join(folder, "data"),
    HEATLOOP_ARCHIVE: join(folder, "archive"),
    HEATLOOP_PORT: port,
  };
  const program = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], { env, stdio: "ignore" });
  const ended = once(program, "exit");
  try {
    return await answerOf(`http://127.0.0.1:${port}/docs/openapi.json`, () => program.exitCode !== null);
  } finally {
    program.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the program answers once it listens; throws where it ends, or does not within half a minute. */
async function answerOf(url: string, hasEnded: () => boolean): Promise<ApiDocument> {
  for (let tries = 0; tries < 300 && !hasEnded(); tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return (await answer.json()) as ApiDocument;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("Heatloop did not start: does npm run addon run here?");
}

function cell(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .replaceAll("\n", " ")
    .replaceAll(/[{<]/g, (sign) => `\\${sign}`);
}

/** A list of names is on another page; what stands before it is enough. */
const longestText = 250;

function parameterText({ name, required, description = "", schema }: Parameter): string {
  const [first = ""] = description.split(". ");
  const meaning = description.length > longestText ? first : description;
  const values = schema?.enum?.map((value) => `\`${String(value)}\``).join(", ");
  const words = [required === true ? "needed" : "", meaning, values ?? ""].filter((text) => text !== "");
  return words.length === 0 ? `\`${name}\`` : `\`${name}\`: ${words.join("; ")}`;
}

/** What is behind the `?` of a route, as it is read: parameters of the path are in the path. */
function queryOf({ parameters = [] }: Operation): readonly Parameter[] {
  return parameters.filter(({ in: place }) => place !== "path");
}

function routeRow(route: Route): string {
  const names = queryOf(route).map(({ name, required }) => `\`${name}\`${required === true ? " (needed)" : ""}`);
  const words = [route.summary, route.description].filter((text) => text !== undefined && text !== "").join(". ");
  return `| \`${route.method.toUpperCase()} ${route.path}\` | ${cell(words)} | ${names.join(", ")} |`;
}

/** Each parameter once: those of the same name and meaning are the same one. */
function parameterRows(routes: readonly Route[]): string[] {
  const texts = routes.flatMap(queryOf).map(parameterText);
  return [...new Set(texts)].map((text) => `- ${text}`);
}

function partOf(tag: string, routes: readonly Route[]): string {
  const parameters = parameterRows(routes);
  return `## ${headings[tag] ?? tag}

| request | what it does | parameters |
|---|---|---|
${routes.map(routeRow).join("\n")}
${parameters.length === 0 ? "" : `\n${parameters.join("\n")}\n`}`;
}

/** The whole page. */
export function apiPage({ paths }: ApiDocument): string {
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ ...operation, method, path })),
  );
  const tags = [...new Set([...Object.keys(headings), ...routes.map(({ tags: [tag = "about"] = [] }) => tag)])];
  const parts = tags.map((tag) =>
    partOf(
      tag,
      routes.filter(({ tags: [own = "about"] = [] }) => own === tag),
    ),
  );
  return `# The API

Everything that the page shows, and more, for programs. The page **API** of Heatloop (\`/docs\`) has each request with its answers and a
button that tries it, \`/docs/openapi.json\` the same for tools. This page is made of that document (\`npm run api\`).

- **Where**: as an app of Home Assistant OS Heatloop is reached through Home Assistant only. Elsewhere it is
  \`http://127.0.0.1:8099\`, and for others once there is a password: a program has
  [a token of its own](standalone.md#api), in the header \`Authorization: Bearer heatloop_...\`.
- **What is not known** is \`null\`, in CSV an empty cell, never 0. Names have their unit: \`flow_temperature_c\`, \`heat_wh\`;
  [fields of reports and days](energy/fields.md), [columns of the log](log-columns.md).
- **Mistakes** of a request are all named at once, as problem details (RFC 9457): what is wrong, and what is allowed.
- **What is finished** has an \`ETag\` and is not sent twice; more of that, and where other programs' routes are found here, is on the
  page about [other systems](from-other-systems.md).

${parts.join("\n")}`;
}

if (import.meta.main) {
  await writeFile(new URL("../../docs/api.md", import.meta.url), apiPage(await apiDocument()));
  console.log("docs/api.md");
}
