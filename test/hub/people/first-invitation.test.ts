import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { dayMs } from "@heatloop/core/time/durations";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type HubOfPeople, hubOfPeople, password, signedInBrowser } from "#test/support/hub/people.ts";

const email = "first@example.org";
const someone = { email, name: "The First", password };
/** One for each test, as each begins with a hub that knows nobody. */
const hubs = await Promise.all(Array.from({ length: 6 }, () => hubOfPeople()));
let hub: HubOfPeople;
let file: string;

beforeEach(() => {
  hub = hubs.pop() as HubOfPeople;
  file = join(hub.secretsFolder, "first-invitation");
});

async function secretIn(path = file): Promise<string> {
  return /^https:\/\/hub\.example\/#invitation=([\w-]{43})\n$/.exec(await readFile(path, "utf8"))?.[1] ?? "no link";
}

function accept(secret: string, more: object = someone) {
  return hub.browser().send("POST", "/api/v1/invitation/accept", { secret, ...more });
}

afterEach(() => {
  expect(hub.log.lines.filter((line) => line.includes("invitation="))).toEqual([]);
});

test("where nobody has an account a link lies in the secrets, for their owner alone, and makes one administrator", async () => {
  await hub.begin();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(hub.secretsFolder)).toEqual(["first-invitation", "hub-key"]);
  expect(hub.log.lines.at(-1)).toContain(`file=${file}`);
  const secret = await secretIn();
  expect(hub.log.lines.join()).not.toContain(secret);

  const looked = await hub.browser().send("POST", "/api/v1/invitation/look", { secret });
  expect(looked.body).toMatchObject({ tenant_name: null, role: null, email: null, has_account: false });
  const { status, body } = await accept(secret);
  expect([status, body]).toMatchObject([200, { email, name: "The First", is_platform_admin: true, tenants: [] }]);
  expect(existsSync(file)).toBe(false);
  expect((await accept(secret, { ...someone, email: "second@example.org" })).status).toBe(410);
  const browser = await signedInBrowser(hub, email);
  expect((await browser.get("/api/v1/tenants")).status).toBe(200);

  await hub.begin();
  expect(existsSync(file)).toBe(false);
});

test("hubs that start together write the same link, also into folders of their own", async () => {
  const own = join(hub.secretsFolder, "copy");
  await mkdir(own);
  await Promise.all([hub.begin(), hub.begin(), hub.begin({ secretsFolder: own })]);
  expect(await secretIn(join(own, "first-invitation"))).toBe(await secretIn());
  expect((await accept(await secretIn())).status).toBe(200);
  expect(existsSync(join(own, "first-invitation"))).toBe(true);
  await hub.begin({ secretsFolder: own });
  expect(existsSync(join(own, "first-invitation"))).toBe(false);
});

test("two who use the link at the same moment: one gets in", async () => {
  await hub.begin();
  const secret = await secretIn();
  const answers = await Promise.all([accept(secret), accept(secret, { ...someone, email: "second@example.org" })]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
  expect(await hub.asOwner("select id from users")).toHaveLength(1);
});

test("a link that nobody used for a week is replaced with the next start, and one that is young stays", async () => {
  await hub.begin();
  const old = await secretIn();
  hub.clock.advanceTo(hub.clock.now() + 7 * dayMs - 1);
  await rm(file);
  await hub.begin();
  expect(await secretIn()).toBe(old);
  hub.clock.advanceTo(hub.clock.now() + 1);
  await hub.begin();
  expect(await secretIn()).not.toBe(old);
  expect((await accept(old)).status).toBe(410);
  expect((await accept(await secretIn())).status).toBe(200);
});

test("every mistake of the first account is named at once", async () => {
  await hub.begin();
  const secret = await secretIn();
  const { status, body } = await accept(secret, { email, name: " ", password: "short" });
  expect([status, body]).toMatchObject([400, { errors: [{ path: "name" }, { path: "password" }] }]);
  expect((await accept(secret, { name: "X", password })).body).toMatchObject({ errors: [{ path: "email" }] });
  expect((await accept(secret)).status).toBe(200);
});

test("a folder that cannot be written is told of by its name", async () => {
  const secretsFolder = join(hub.secretsFolder, "not there");
  await expect(hub.begin({ secretsFolder })).rejects.toThrow(/HUB_SECRETS: .*first-invitation cannot be written/);
});
