import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { examplePassword as password } from "#test/support/examples/access.ts";
import { elsewhere, openedAccess, ownedAccess, secretOf, thisMachine } from "#test/support/examples/opened-access.ts";

describe("the password", () => {
  it("is none at first, and then nobody can sign in", async () => {
    const { access } = await openedAccess();
    expect(access.isPasswordSet()).toBe(false);
    expect(await access.signIn(password, elsewhere)).toEqual({ ok: false, why: "none is set" });
  });

  it("once set lets in who knows it, also after a restart, and is in no file", async () => {
    const { access, folder, file } = await openedAccess();
    expect(await access.setPassword({ password, current: undefined }, thisMachine)).toMatchObject({ ok: true });
    expect(await access.signIn("wrong horse battery", elsewhere)).toEqual({ ok: false, why: "wrong" });
    expect(await access.signIn(password, elsewhere)).toMatchObject({ ok: true });
    await access.close();
    const again = (await openedAccess(folder)).access;
    expect(await again.signIn(password, elsewhere)).toMatchObject({ ok: true });
    expect(readFileSync(file, "utf8")).not.toContain(password);
  });

  it("is changed with the current one only, and that ends every other session", async () => {
    const { access, secret } = await ownedAccess();
    const other = secretOf(await access.signIn(password, elsewhere));
    const fresh = "another horse battery";
    for (const current of [undefined, "", "wrong"]) {
      expect(await access.setPassword({ password: fresh, current }, elsewhere)).toEqual({ ok: false, why: "wrong" });
    }
    let ended = 0;
    access.onEnd(() => (ended += 1));
    const own = secretOf(await access.setPassword({ password: fresh, current: password }, elsewhere));
    expect(ended).toBe(1);
    expect([secret, other, own].map((each) => access.credentialOf("session", each)?.kind)).toEqual([
      undefined,
      undefined,
      "session",
    ]);
    expect(await access.signIn(password, elsewhere)).toEqual({ ok: false, why: "wrong" });
    expect(await access.signIn(fresh, elsewhere)).toMatchObject({ ok: true });
  });

  it("is set first by one of two that try at once", async () => {
    const { access } = await openedAccess();
    const both = await Promise.all(
      [password, "another horse battery"].map((each) =>
        access.setPassword({ password: each, current: undefined }, thisMachine),
      ),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, why: "changed meanwhile" });
  });

  it("that cannot be written stays as it was", async () => {
    const { access, fill } = await ownedAccess();
    fill(true);
    await expect(access.setPassword({ password: "another horse", current: password }, thisMachine)).rejects.toThrow(
      "ENOSPC",
    );
    fill(false);
    expect(await access.signIn(password, elsewhere)).toMatchObject({ ok: true });
  });

  it("is not tried more often than it may, and no more than a handful at once", async () => {
    const { access } = await ownedAccess();
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, i) => access.signIn("wrong", { address: `192.0.2.${i}`, isMachine: false })),
    );
    const tried = all.filter((each) => !each.ok && each.why === "wrong");
    expect(tried.length).toBeLessThanOrEqual(10);
    expect(all.find((each) => !each.ok && each.why === "too many tries")).toMatchObject({ waitS: 5 });
    for (let i = 0; i < 5; i += 1) await access.signIn("wrong", elsewhere);
    expect(await access.signIn(password, elsewhere)).toEqual({ ok: false, why: "too many tries", waitS: 1 });
  });
});
