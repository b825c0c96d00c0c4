import { readHubEnvironment } from "@heatloop/hub/settings/environment";
import { mistakeLine } from "@heatloop/program/mistakes";
import { expect, test } from "vitest";

const enough = {
  HUB_DATABASE_URL: "postgres://owner@localhost/heatloop",
  HUB_MQTT_URL: "mqtts://hub@broker.example:8883",
  HUB_SECRETS: "/run/secrets/heatloop",
};

test("what is not set has its default", () => {
  expect(readHubEnvironment(enough)).toEqual({
    ok: true,
    value: {
      databaseUrl: "postgres://owner@localhost/heatloop",
      mqttUrl: "mqtts://hub@broker.example:8883",
      publicUrl: "http://localhost:8100",
      host: "127.0.0.1",
      port: 8100,
      secretsFolder: "/run/secrets/heatloop",
      trustedProxies: [],
    },
  });
});

test("an empty variable is one that is not set", () => {
  const empty = { ...enough, HUB_PORT: "", HUB_HOST: "", HUB_PUBLIC_URL: "" };
  expect(readHubEnvironment(empty)).toEqual(readHubEnvironment(enough));
});

test("topics of other systems belong to a node, where one is named", () => {
  const node = "0B4F5E2A-3C63-4B0C-9A43-0D5E6A1B2C3D";
  const read = readHubEnvironment({ ...enough, HUB_DIALECTS_NODE: node });
  expect(read).toMatchObject({ ok: true, value: { dialectsNode: node.toLowerCase() } });
  const odd = readHubEnvironment({ ...enough, HUB_DIALECTS_NODE: "mine" });
  expect(odd.ok ? [] : odd.mistakes.map(mistakeLine)).toEqual([
    "HUB_DIALECTS_NODE: found a text that is not shown here; allowed: the id of a node, as GET /api/v1/nodes has it",
  ]);
});

test("the public address has no slash at its end, so that links can be made of it", () => {
  const read = readHubEnvironment({ ...enough, HUB_PUBLIC_URL: "https://hub.example/heat/" });
  expect(read).toMatchObject({ ok: true, value: { publicUrl: "https://hub.example/heat" } });
});

test.each([
  ["smtp://mail.example", { host: "mail.example", port: 587, isTls: false, user: undefined }],
  [
    "smtps://heat%40example.org@mail.example",
    { host: "mail.example", port: 465, isTls: true, user: "heat@example.org" },
  ],
  ["smtp://[::1]:2525/", { host: "::1", port: 2525, isTls: false, user: undefined }],
])("mails go through %s", (url, mail) => {
  const env = { ...enough, HUB_SMTP_URL: url, HUB_PUBLIC_URL: "https://hub.example:8443" };
  expect(readHubEnvironment(env)).toMatchObject({
    ok: true,
    value: { mail: { ...mail, from: "heatloop@hub.example" } },
  });
  const named = readHubEnvironment({ ...env, HUB_MAIL_FROM: "heat@example.org" });
  expect(named).toMatchObject({ ok: true, value: { mail: { from: "heat@example.org" } } });
});

test("what people need has its mistakes told beside the others", () => {
  const read = readHubEnvironment({
    ...enough,
    HUB_TRUSTED_PROXIES: "10.0.0.1, everybody",
    HUB_SMTP_URL: "smtp://heat:hunter2@mail.example",
    HUB_MAIL_FROM: "Heatloop",
  });
  const lines = read.ok ? [] : read.mistakes.map(mistakeLine);
  expect(lines).toEqual([
    "HUB_TRUSTED_PROXIES: found a text that is not shown here; allowed: addresses and ranges of the proxies in front of the hub, with commas between them: 127.0.0.1, 172.18.0.0/16",
    "HUB_SMTP_URL: found a text that is not shown here; allowed: smtp[s]://[user@]host[:port]; the password is the file smtp-password in HUB_SECRETS",
    "HUB_MAIL_FROM: found a text that is not shown here; allowed: an e-mail address, such as heatloop@example.org",
  ]);
});

test.each([
  [{ HUB_OIDC_ISSUER: "https://id.example/realm", HUB_OIDC_CLIENT_ID: "heatloop" }, []],
  [{ HUB_OIDC_ISSUER: "http://localhost:5556/dex", HUB_OIDC_CLIENT_ID: "heatloop" }, []],
  [{ HUB_OIDC_ISSUER: "", HUB_OIDC_CLIENT_ID: "" }, []],
  [{ HUB_OIDC_ISSUER: "http://id.example", HUB_OIDC_CLIENT_ID: "heatloop" }, ["HUB_OIDC_ISSUER"]],
  [{ HUB_OIDC_ISSUER: "https://me:hunter2@id.example", HUB_OIDC_CLIENT_ID: "x" }, ["HUB_OIDC_ISSUER"]],
  [{ HUB_OIDC_ISSUER: "https://id.example" }, ["HUB_OIDC_CLIENT_ID"]],
  [{ HUB_OIDC_CLIENT_ID: "heatloop" }, ["HUB_OIDC_ISSUER"]],
  [{ HUB_OIDC_CLIENT_ID: "heatloop", HUB_PORT: "x" }, ["HUB_PORT", "HUB_OIDC_ISSUER"]],
])("a provider of sign-ins in %j has mistakes in %j", (env, wrong) => {
  const read = readHubEnvironment({ ...enough, ...env });
  expect(read.ok ? [] : read.mistakes.map(({ path }) => path)).toEqual(wrong);
  expect(JSON.stringify(read)).not.toContain("hunter2");
});

test("proxies are a list", () => {
  const read = readHubEnvironment({ ...enough, HUB_TRUSTED_PROXIES: "127.0.0.1, 172.18.0.0/16,fd00::/8" });
  expect(read).toMatchObject({ ok: true, value: { trustedProxies: ["127.0.0.1", "172.18.0.0/16", "fd00::/8"] } });
});

test("every mistake is told at once, each with what is allowed, and no secret is shown", () => {
  const read = readHubEnvironment({
    HUB_DATABASE_URL: "mysql://root:hunter2@localhost/heatloop",
    HUB_MQTT_URL: "broker:hunter2",
    HUB_PUBLIC_URL: "https://me:hunter2@hub.example",
    HUB_PORT: "81000",
  });
  const lines = read.ok ? [] : read.mistakes.map(mistakeLine);
  expect(lines).toEqual([
    "HUB_DATABASE_URL: found a text that is not shown here; allowed: postgres://user[:password]@host[:port]/database, of the database's owner",
    "HUB_MQTT_URL: found a text that is not shown here; allowed: mqtt[s]://[user[:password]@]host[:port]",
    "HUB_PUBLIC_URL: found a text that is not shown here; allowed: http[s]://host[:port], without user, query and fragment",
    'HUB_PORT: found "81000"; allowed: a port from 0 to 65535',
    "HUB_SECRETS: found nothing; allowed: the path of a folder that only the hub can read",
  ]);
});
