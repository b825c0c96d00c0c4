import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { examplePassword as password } from "#test/support/examples/access.ts";
import { exampleNow } from "#test/support/examples/device.ts";
import { openedAccess, ownedAccess, thisMachine } from "#test/support/examples/opened-access.ts";

describe("an API token", () => {
  it("is recognized with its scope until it is revoked, also after a restart, by its digest alone", async () => {
    const { access, folder, file } = await ownedAccess();
    const made = await access.addToken("Grafana", "read");
    if (made === undefined) throw new Error("no token");
    expect(made.secret).toMatch(/^heatloop_[\w-]{43}$/);
    expect(readFileSync(file, "utf8")).not.toContain(made.secret.slice(9));
    const expected = { kind: "token", id: made.token.id, name: "Grafana", scope: "read" };
    expect(access.credentialOf("token", made.secret)).toEqual(expected);
    expect(access.credentialOf("session", made.secret)).toBeUndefined();
    await access.close();
    const again = (await openedAccess(folder)).access;
    expect(again.tokens()).toMatchObject([{ name: "Grafana", last_used: exampleNow }]);
    expect(await again.removeToken(made.token.id)).toBe(true);
    expect(await again.removeToken(made.token.id)).toBe(false);
    expect(again.credentialOf("token", made.secret)).toBeUndefined();
  });

  it("outlives a changed password", async () => {
    const { access } = await ownedAccess();
    const made = await access.addToken("Grafana", "read");
    await access.setPassword({ password: "another horse battery", current: password }, thisMachine);
    expect(access.credentialOf("token", made?.secret ?? "")).toBeDefined();
  });

  it("is one of at most fifty", async () => {
    const { access } = await ownedAccess();
    for (let i = 0; i < 50; i += 1) expect(await access.addToken(`t${i}`, "read")).toBeDefined();
    expect(await access.addToken("one more", "read")).toBeUndefined();
  });

  it("that cannot be written is none; one that was revoked has ended all the same", async () => {
    const { access, fill } = await ownedAccess();
    const made = await access.addToken("Grafana", "write");
    fill(true);
    await expect(access.addToken("other", "read")).rejects.toThrow("ENOSPC");
    expect(access.tokens()).toHaveLength(1);
    await expect(access.removeToken(made?.token.id ?? "")).rejects.toThrow("ENOSPC");
    expect(access.credentialOf("token", made?.secret ?? "")).toBeUndefined();
  });
});
