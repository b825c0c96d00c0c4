import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { apiDocument, apiPage } from "#scripts/making/api-page.ts";

it("The page of the API is fresh, and has every route of the running program", async () => {
  const document = await apiDocument();
  const page = apiPage(document);
  expect(await readFile(new URL("../../docs/api.md", import.meta.url), "utf8"), "run: npm run api").toBe(page);
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `| \`${method.toUpperCase()} ${path}\` |`),
  );
  expect(routes.length).toBeGreaterThan(40);
  expect(routes.filter((route) => !page.includes(route))).toEqual([]);
});

it("A parameter is described once in its part, with what it may be", () => {
  const decimal = { name: "decimal", in: "query", description: "of CSV", schema: { enum: ["point", "comma"] } };
  const id = { name: "id", in: "path", required: true };
  const from = { name: "from", in: "query", required: true };
  const long = { name: "points", in: "query", description: `Some points. ${"a, ".repeat(100)}` };
  const page = apiPage({
    paths: {
      "/a/{id}": { get: { tags: ["days"], summary: "A | B", parameters: [id, decimal, from] } },
      "/b": { get: { tags: ["days"], summary: "B", description: "More.", parameters: [decimal, long] } },
    },
  });
  expect(page).toContain("| `GET /a/{id}` | A \\| B | `decimal`, `from` (needed) |");
  expect(page).toContain("| `GET /b` | B. More. | `decimal`, `points` |");
  expect(page).toContain("\n- `decimal`: of CSV; `point`, `comma`\n- `from`: needed\n- `points`: Some points\n");
});
