import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { healthSchema } from "@heatloop/ha-addon/web/about/schemas";
import { describe, expect, it } from "vitest";
import { webOfEachTest } from "#test/support/examples/web.ts";

const web = webOfEachTest();

const put = (payload: object) => web.app.inject({ method: "PUT", url: "/api/influx/secret", payload });
const remove = () => web.app.inject({ method: "DELETE", url: "/api/influx/secret" });
const kept = async () => (await web.json("/api/health", healthSchema)).influx.has_secret;

describe("the secret of InfluxDB", () => {
  it("is kept for the server of the settings, in a file of the program's user alone, and removed", async () => {
    await web.parts.settings.change({ influx: { url: "https://influx.example.org", bucket: "heat" } });
    expect(await kept()).toBe(false);
    expect((await put({ secret: "a token" })).statusCode).toBe(204);
    expect(await kept()).toBe(true);
    const file = join(web.parts.folder, "influx-secret.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await web.parts.settings.change({ influx: { bucket: "another" } });
    expect(await kept()).toBe(true);
    await web.parts.settings.change({ influx: { url: "https://elsewhere.example.org" } });
    expect(await kept()).toBe(false);
    expect((await remove()).statusCode).toBe(204);
    expect(readFileSync(file, "utf8")).not.toContain("a token");
  });

  it.each([[{}], [{ secret: "" }], [{ secret: "a\nb" }], [{ secret: "x".repeat(501) }], [{ secret: "a", more: 1 }]])(
    "is refused as %j, without being repeated",
    async (payload) => {
      const answer = await put(payload);
      expect(answer.statusCode).toBe(400);
      expect(answer.body).not.toContain("xxx");
      expect(await kept()).toBe(false);
    },
  );

  it("is not taken where it cannot be kept", async () => {
    mkdirSync(join(web.parts.folder, "influx-secret.json.new"));
    expect((await put({ secret: "a token" })).statusCode).toBe(500);
    expect(await kept()).toBe(false);
  });
});
