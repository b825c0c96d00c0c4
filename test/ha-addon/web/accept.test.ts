import fastifyAccepts from "@fastify/accepts";
import { languageOf } from "@heatloop/ha-addon/settings/report-language";
import { acceptedLanguages, preferredFormat, reportFormatOf } from "@heatloop/ha-addon/web/accept";
import Fastify from "fastify";
import { afterAll, describe, expect, it } from "vitest";

const app = Fastify();
app.register(fastifyAccepts);
app.get("/", async (request) => ({
  format: reportFormatOf(request),
  days: preferredFormat(request, ["json", "csv"]),
  language: languageOf(acceptedLanguages(request)),
}));
afterAll(() => app.close());

async function preferredBy(headers: Record<string, string | undefined>) {
  const answer = await app.inject({ url: "/", headers: JSON.parse(JSON.stringify(headers)) });
  return answer.json();
}

describe("the format", () => {
  it.each([
    [undefined, "json"],
    ["", "json"],
    ["*/*", "json"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"],
    ["text/csv", "csv"],
    ["text/plain;q=0.5, text/csv;q=0.6", "csv"],
    ["text/plain", "text"],
    ["application/json, text/html", "json"],
    ["text/html, application/json", "html"],
    ["text/html;q=0", "json"],
    ["image/png", "json"],
    ["text/csv;q=0.1, application/json", "json"],
    ["text/csv;q=0.1, */*;q=0.5", "json"],
    ["application/json;q=0, text/*;q=0.2, text/html;q=0", "csv"],
    ["application/json;q=0, */*", "html"],
    ["text/csv;q=nonsense, text/html;q=0.1", "html"],
  ])("for Accept: %j is %s", async (accept, format) => {
    expect(await preferredBy({ accept })).toMatchObject({ format });
  });

  it.each([
    ["text/html,*/*;q=0.8", "json"],
    ["text/csv;q=0.1, application/json", "json"],
    ["text/html, text/csv;q=0.5", "csv"],
  ])("of two, for Accept: %j is %s", async (accept, days) => {
    expect(await preferredBy({ accept })).toMatchObject({ days });
  });
});

describe("the language", () => {
  it.each([
    [undefined, "en"],
    ["", "en"],
    ["de-CH, de;q=0.9, en;q=0.8", "de"],
    ["de-CH, en", "de"],
    ["es, it;q=0.3, nl;q=0.7", "nl"],
    ["fr;q=0, pl;q=0.1", "pl"],
    ["FR", "fr"],
    ["*", "en"],
    ["it;q=nonsense", "en"],
    ["ja", "en"],
  ])("for Accept-Language: %j is %s", async (accept, language) => {
    expect(await preferredBy({ "accept-language": accept })).toMatchObject({ language });
  });
});
