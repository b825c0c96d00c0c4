/** The person who owns a Home Assistant of the tests and of the demo; it listens on this machine only. */
export const owner = { name: "Owner", username: "owner", password: "heatloop-demo" } as const;

/** What the frontend keeps as `hassTokens` in a browser's localStorage. */
export type BrowserTokens = {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly hassUrl: string;
  readonly clientId: string;
  readonly expires: number;
};

type Answer = Record<string, unknown>;

async function ask(url: string, method: string, body?: object | URLSearchParams, token?: string): Promise<Answer> {
  const json = body !== undefined && !(body instanceof URLSearchParams);
  const answer = await fetch(url, {
    method,
    headers: {
      ...(json && { "Content-Type": "application/json" }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    body: body === undefined ? null : json ? JSON.stringify(body) : (body as URLSearchParams),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname}: ${answer.status} ${text.slice(0, 300)}`);
  return JSON.parse(text) as Answer;
}

/** Tokens of the owner, who is made first where Home Assistant is new. */
export async function signIn(url: string): Promise<BrowserTokens> {
  const clientId = `${url}/`;
  const isNew = await isWithoutOwner(url);
  const code = isNew ? await makeOwner(url, clientId) : await logIn(url, clientId);
  const form = new URLSearchParams({ grant_type: "authorization_code", code, client_id: clientId });
  const tokens = (await ask(`${url}/auth/token`, "POST", form)) as unknown as BrowserTokens;
  if (isNew) {
    const redirect = { client_id: clientId, redirect_uri: `${url}/?auth_callback=1` };
    await ask(`${url}/api/onboarding/core_config`, "POST", {}, tokens.access_token);
    await ask(`${url}/api/onboarding/analytics`, "POST", {}, tokens.access_token);
    await ask(`${url}/api/onboarding/integration`, "POST", redirect, tokens.access_token);
  }
  return { ...tokens, hassUrl: url, clientId, expires: Date.now() + tokens.expires_in * 1000 };
}

/** Once the onboarding is over, its page is gone with the next start. */
async function isWithoutOwner(url: string): Promise<boolean> {
  type Steps = readonly { readonly step: string; readonly done: boolean }[];
  const answer = await fetch(`${url}/api/onboarding`);
  return answer.ok && ((await answer.json()) as Steps).some(({ step, done }) => step === "user" && !done);
}

async function makeOwner(url: string, clientId: string): Promise<string> {
  const person = { ...owner, client_id: clientId, language: "en" };
  return String((await ask(`${url}/api/onboarding/users`, "POST", person)).auth_code);
}

async function logIn(url: string, clientId: string): Promise<string> {
  const start = { client_id: clientId, handler: ["homeassistant", null], redirect_uri: `${url}/?auth_callback=1` };
  const flow = (await ask(`${url}/auth/login_flow`, "POST", start)).flow_id;
  const { username, password } = owner;
  return String(
    (await ask(`${url}/auth/login_flow/${flow}`, "POST", { client_id: clientId, username, password })).result,
  );
}

/** Connects Home Assistant to a broker on this machine, in place of the one it may know already. */
export async function setUpMqtt(url: string, token: string, port: number, protocol: "5" | "3.1.1"): Promise<void> {
  const entries = `${url}/api/config/config_entries`;
  const known = (await ask(`${entries}/entry?domain=mqtt`, "GET", undefined, token)) as unknown as {
    entry_id: string;
  }[];
  for (const { entry_id } of known) await ask(`${entries}/entry/${entry_id}`, "DELETE", undefined, token);
  const { flow_id } = await ask(`${entries}/flow`, "POST", { handler: "mqtt" }, token);
  const broker = {
    broker: "127.0.0.1",
    port,
    protocol,
    other_settings: { set_client_cert: false, set_ca_cert: "off", transport: "tcp" },
  };
  const done = await ask(`${entries}/flow/${flow_id}`, "POST", broker, token);
  if (done.type !== "create_entry") throw new Error(`Home Assistant refuses the broker: ${JSON.stringify(done)}`);
}
