import { readFileSync, statSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { join } from "node:path";
import { type Access, openAccess } from "@heatloop/ha-addon/access/access";
import { livingSessions, newSession } from "@heatloop/ha-addon/access/session";
import { describe, expect, it } from "vitest";
import { examplePassword, writeExamplePassword } from "#test/support/examples/access.ts";
import { exampleNow } from "#test/support/examples/device.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const password = examplePassword;
const machine = { address: "127.0.0.1", isMachine: true };
const elsewhere = { address: "192.0.2.7", isMachine: false };
const dayMs = 86_400_000;

async function opened(folder = temporaryFolder(), clock = simulatedClock(exampleNow)) {
  let isFull = false;
  const disk = {
    ...fs,
    open: ((...args: Parameters<typeof fs.open>) => {
      if (isFull && args[1] === "w") throw Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC" });
      return fs.open(...args);
    }) as typeof fs.open,
  };
  const log = recordingLog();
  const access = await openAccess({ folder, clock, log, disk });
  return { access, folder, clock, log, file: join(folder, "access.json"), fill: (full: boolean) => (isFull = full) };
}

/** With a password; the secret of a session of its owner. */
async function withPassword(folder = temporaryFolder(), clock = simulatedClock(exampleNow)) {
  writeExamplePassword(folder);
  const all = await opened(folder, clock);
  return { ...all, secret: secretOf(await all.access.signIn(password, machine)) };
}

function secretOf(begun: Awaited<ReturnType<Access["signIn"]>>): string {
  if (!begun.ok) throw new Error(begun.why);
  return begun.secret;
}

describe("the password", () => {
  it("is none at first, and then nobody can sign in", async () => {
    const { access } = await opened();
    expect(access.isPasswordSet()).toBe(false);
    expect(await access.signIn(password, elsewhere)).toEqual({ ok: false, why: "none is set" });
  });

  it("once set lets in who knows it, also after a restart, and is in no file", async () => {
    const { access, folder, file } = await opened();
    expect(await access.setPassword({ password, current: undefined }, machine)).toMatchObject({ ok: true });
    expect(await access.signIn("wrong horse battery", elsewhere)).toEqual({ ok: false, why: "wrong" });
    expect(await access.signIn(password, elsewhere)).toMatchObject({ ok: true });
    await access.close();
    const again = (await opened(folder)).access;
    expect(await again.signIn(password, elsewhere)).toMatchObject({ ok: true });
    expect(readFileSync(file, "utf8")).not.toContain(password);
  });

  it("is changed with the current one only, and that ends every other session", async () => {
    const { access, secret } = await withPassword();
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
    const { access } = await opened();
    const both = await Promise.all(
      [password, "another horse battery"].map((each) =>
        access.setPassword({ password: each, current: undefined }, machine),
      ),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, why: "changed meanwhile" });
  });

  it("that cannot be written stays as it was", async () => {
    const { access, fill } = await withPassword();
    fill(true);
    await expect(access.setPassword({ password: "another horse", current: password }, machine)).rejects.toThrow(
      "ENOSPC",
    );
    fill(false);
    expect(await access.signIn(password, elsewhere)).toMatchObject({ ok: true });
  });

  it("is not tried more often than it may, and no more than a handful at once", async () => {
    const { access } = await withPassword();
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

describe("a session", () => {
  it("outlives a restart, by its digest alone", async () => {
    const { access, folder, file, secret } = await withPassword();
    await access.close();
    expect(readFileSync(file, "utf8")).not.toContain(secret);
    expect((await opened(folder)).access.credentialOf("session", secret)).toMatchObject({ kind: "session" });
  });

  it.each([
    ["is used each hour for 29 days", 1, 29 * 24, true],
    ["is used each hour for 30 days", 1, 30 * 24, false],
    ["was not used for 11 hours", 11, 11, true],
    ["was not used for 12 hours", 12, 12, false],
  ])("that %s", async (_name, everyHours, hours, holds) => {
    const { access, clock, secret } = await withPassword();
    for (let passed = 0; passed < hours; passed += everyHours) {
      clock.advanceTo(clock.now() + everyHours * 3_600_000);
      access.credentialOf("session", secret);
    }
    expect(access.credentialOf("session", secret) !== undefined).toBe(holds);
  });

  it("that was used is not forgotten over a restart", async () => {
    const { access, clock, folder, secret } = await withPassword();
    clock.advanceTo(clock.now() + 11 * 3_600_000);
    access.credentialOf("session", secret);
    await access.close();
    clock.advanceTo(clock.now() + 11 * 3_600_000);
    expect((await opened(folder, clock)).access.credentialOf("session", secret)).toBeDefined();
  });

  it("that began when the clock was a year ahead has ended", async () => {
    const { access, clock, secret } = await withPassword();
    clock.jumpTo(exampleNow - 365 * dayMs);
    expect(access.credentialOf("session", secret)).toBeUndefined();
  });

  it("ends by signing out, also where that cannot be written", async () => {
    const { access, secret, fill } = await withPassword();
    const credential = access.credentialOf("session", secret);
    if (credential === undefined) throw new Error("no session");
    fill(true);
    await expect(access.signOut(credential.id)).rejects.toThrow("ENOSPC");
    expect(access.holds(credential)).toBe(false);
    expect(access.credentialOf("session", secret)).toBeUndefined();
  });

  it("begins also where it cannot be written", async () => {
    const { access, fill, log } = await withPassword();
    fill(true);
    const secret = secretOf(await access.signIn(password, elsewhere));
    expect(access.credentialOf("session", secret)).toBeDefined();
    expect(log.lines.join("\n")).toContain("will not outlive a restart");
  });

  it("is one of at most a hundred: the ones that were not used for longest end", () => {
    const sessions = Array.from({ length: 150 }, (_, i) => ({
      ...newSession(exampleNow).session,
      id: String(i),
      last_seen: exampleNow + i,
    }));
    const ids = livingSessions(sessions, exampleNow + 1_000).map(({ id }) => Number(id));
    expect([ids.length, Math.min(...ids)]).toEqual([100, 50]);
  });

  it.each(["", "x", "__proto__", "A".repeat(43), "A".repeat(5_000)])("is none of %j", async (secret) => {
    const { access } = await withPassword();
    expect(access.credentialOf("session", secret)).toBeUndefined();
    expect(access.credentialOf("token", secret)).toBeUndefined();
  });
});

describe("an API token", () => {
  it("is recognized with its scope until it is revoked, also after a restart, by its digest alone", async () => {
    const { access, folder, file } = await withPassword();
    const made = await access.addToken("Grafana", "read");
    if (made === undefined) throw new Error("no token");
    expect(made.secret).toMatch(/^heatloop_[\w-]{43}$/);
    expect(readFileSync(file, "utf8")).not.toContain(made.secret.slice(9));
    const expected = { kind: "token", id: made.token.id, name: "Grafana", scope: "read" };
    expect(access.credentialOf("token", made.secret)).toEqual(expected);
    expect(access.credentialOf("session", made.secret)).toBeUndefined();
    await access.close();
    const again = (await opened(folder)).access;
    expect(again.tokens()).toMatchObject([{ name: "Grafana", last_used: exampleNow }]);
    expect(await again.removeToken(made.token.id)).toBe(true);
    expect(await again.removeToken(made.token.id)).toBe(false);
    expect(again.credentialOf("token", made.secret)).toBeUndefined();
  });

  it("outlives a changed password", async () => {
    const { access } = await withPassword();
    const made = await access.addToken("Grafana", "read");
    await access.setPassword({ password: "another horse battery", current: password }, machine);
    expect(access.credentialOf("token", made?.secret ?? "")).toBeDefined();
  });

  it("is one of at most fifty", async () => {
    const { access } = await withPassword();
    for (let i = 0; i < 50; i += 1) expect(await access.addToken(`t${i}`, "read")).toBeDefined();
    expect(await access.addToken("one more", "read")).toBeUndefined();
  });

  it("that cannot be written is none; one that was revoked has ended all the same", async () => {
    const { access, fill } = await withPassword();
    const made = await access.addToken("Grafana", "write");
    fill(true);
    await expect(access.addToken("other", "read")).rejects.toThrow("ENOSPC");
    expect(access.tokens()).toHaveLength(1);
    await expect(access.removeToken(made?.token.id ?? "")).rejects.toThrow("ENOSPC");
    expect(access.credentialOf("token", made?.secret ?? "")).toBeUndefined();
  });
});

describe("access.json", () => {
  it("is for its owner's eyes only, also where a file of its name was left behind", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "access.json.new"), "left behind", { mode: 0o644 });
    const { file } = await withPassword(folder);
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
  });

  it.each([
    ["", "nothing"],
    ["{", "torn"],
    ["null", "null"],
    ["{}", "without a password"],
    ['{"password":null,"sessions":[],"tokens":[],"more":1}', "from a newer version"],
    [
      '{"password":{"cost":2,"block_size":1,"parallelization":1,"salt":"","hash":""},"sessions":[],"tokens":[]}',
      "weak",
    ],
  ])("that is %j (%s) lets nobody in and stays as it is", async (text) => {
    const folder = temporaryFolder();
    const file = join(folder, "access.json");
    writeFileSync(file, text);
    const { access, log } = await opened(folder);
    expect(access.trouble).toContain("Nobody is let in");
    expect(log.lines.join("\n")).toContain("access.json in the data folder");
    expect(await access.setPassword({ password, current: undefined }, machine)).toMatchObject({ ok: false });
    await access.close();
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});
