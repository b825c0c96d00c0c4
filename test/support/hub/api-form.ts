import type { ApiContent, ApiDocument, ApiOperation, ApiSchema } from "./api-document.ts";
import { isIdName, isUuid, namesAndKinds, unsaidIn } from "./api-names.ts";

/** An operation of a document, as rules look at it. */
export type FormedOperation = ApiOperation & { readonly name: string; readonly method: string; readonly path: string };

/** Says what of an operation departs from a rule of the form; nothing where it keeps it. */
type Rule = (operation: FormedOperation) => readonly string[];

const problemJson = "application/problem+json";

/** Answers with lists in them that are no lists of the API, each of which is whole and bounded. */
const things: Readonly<Record<string, string>> = {
  "GET /api/v1/me": "a person, with the organizations to choose from",
  "GET /.well-known/jwks.json": "RFC 7517",
  "GET /api/v1/nodes/{id}": "a node, with its keys and its last changes",
  "GET /api/v1/nodes/{id}/gaps": "a report of a span",
  "GET /api/v1/nodes/{id}/dialects": "a table that is written as a whole",
};

/** Answers of errors that are more than a refusal. */
const answersBesideProblems: Readonly<Record<string, string>> = {
  "GET /health 503": "says the same as where all is well",
  "GET /api/v1/health 503": "says the same as where all is well",
};

/** What homes send: later ones say more. */
const saidByHomes = /^\/api\/v1\/(node\/|telemetry$|claim$)/;

/** Paths with a word where another path has an id, so that nobody knows which of them is asked for. */
function ambiguous(paths: readonly string[]): readonly string[] {
  const pattern = (path: string) => new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`);
  return paths.flatMap((path) =>
    paths
      .filter((other) => other !== path && pattern(path).test(other))
      .map((other) => `${other}: a path has no word where another one, ${path}, has an id`),
  );
}

/** What of a document departs from the form that docs/hub-api.md describes, one sentence each. */
export function departures({ paths }: ApiDocument): readonly string[] {
  const ofRoutes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const formed = { ...operation, name, method: method.toUpperCase(), path };
      return rules.flatMap((rule) => rule(formed)).map((departure) => `${name}: ${departure}`);
    }),
  );
  return [...ofRoutes, ...ambiguous(Object.keys(paths))];
}

const rules: readonly Rule[] = [
  ({ path }) =>
    /^\/(api\/v1(\/([a-z]+(-[a-z]+)*(\.[a-z]+)?|\{\w+\}))+|health|\.well-known\/jwks\.json)$/.test(path)
      ? []
      : ["a path is /api/v1/ and small words with hyphens"],
  ({ parameters = [] }) =>
    parameters.flatMap(({ name, in: place, schema }) => [
      ...(place === "path" && !(isIdName(name) && isUuid(schema))
        ? [`${name} of a path is an id, called id or …_id`]
        : []),
      ...(place === "query" ? namesAndKinds({ properties: { [name]: schema } }, true) : []),
      ...(/^(cursor|page|offset|per_page|page_size|skip|count|before)$/.test(name)
        ? ["parts are asked for by after and limit"]
        : []),
    ]),
  ({ requestBody, path }) =>
    schemasOf(requestBody?.content).flatMap((schema) => [
      ...namesAndKinds(schema, true),
      ...(!saidByHomes.test(path) && schema.additionalProperties !== false
        ? ["a body with a word that is none is refused"]
        : []),
    ]),
  ({ responses }) =>
    successes(responses).flatMap(([, { content }]) =>
      schemasOf(content).flatMap((schema) => [...namesAndKinds(schema, false), ...unsaidIn(schema)]),
    ),
  statusesOf,
  listForm,
  problemForm,
];

function statusesOf({ method, responses }: FormedOperation): readonly string[] {
  const found = successes(responses).map(([status, { content }]) => `${status}${content === undefined ? "" : " body"}`);
  const allowed = {
    GET: /^(200 body|101|302|303)$/,
    POST: /^(200 body|201 body|202|204)$/,
    PUT: /^(200 body|204)$/,
    PATCH: /^200 body$/,
    DELETE: /^204$/,
  }[method];
  if (found.length === 1 && allowed?.test(found[0] ?? "")) return [];
  return [`${method} answers ${String(allowed)} and nothing else, not ${found}`];
}

function listForm({ name, method, responses, parameters = [] }: FormedOperation): readonly string[] {
  const [schema] = schemasOf(responses["200"]?.content);
  const asked = (of: string) => parameters.find((each) => each.name === of && each.in === "query")?.schema;
  const [limit, after] = [asked("limit"), asked("after")];
  const fields = Object.entries(schema?.properties ?? {});
  const isList = schema?.properties?.items !== undefined;
  if (!isList) {
    const hasLists = method === "GET" && (schema?.type === "array" || fields.some(([, { type }]) => type === "array"));
    if (limit !== undefined || after !== undefined) return ["what is asked for in parts is a list: {items, next}"];
    return hasLists && things[name] === undefined
      ? ["a list is {items, next}, and what else has lists in it is among the things of this test"]
      : [];
  }
  const isWhole = fields.map(([field]) => field).join() === "items,next" && schema.required?.join() === "items,next";
  const isNext = JSON.stringify(schema.properties?.next?.type) === '["string","null"]';
  const isAsked = limit?.minimum === 1 && limit.maximum === 500 && limit.default === 100 && after?.type === "string";
  return isWhole && isNext && isAsked ? [] : ["a list is made by addList: {items, next}, asked for by after and limit"];
}

function problemForm({ name, path, requestBody, responses }: FormedOperation): readonly string[] {
  const refusals = Object.entries(responses).filter(([status]) => Number(status) >= 400);
  const isProblem = (content: ApiContent = {}) =>
    Object.keys(content).join() === problemJson && content[problemJson]?.schema.properties?.detail !== undefined;
  const other = refusals.filter(
    ([status, { content }]) => !isProblem(content) && !answersBesideProblems[`${name} ${status}`],
  );
  const needed = [
    400,
    401,
    403,
    429,
    500,
    503,
    ...(path.includes("{") ? [404] : []),
    ...(requestBody ? [413, 415] : []),
  ];
  const missing = needed.filter((status) => !(status in responses));
  return [
    ...other.map(([status]) => `${status} is answered as ${problemJson}`),
    ...missing.map((status) => `${status} is among its answers`),
  ];
}

function successes(responses: ApiOperation["responses"]) {
  return Object.entries(responses).filter(([status]) => Number(status) < 400);
}

function schemasOf(content: ApiContent = {}): readonly ApiSchema[] {
  return Object.entries(content).flatMap(([type, { schema }]) => (type === "application/json" ? [schema] : []));
}
