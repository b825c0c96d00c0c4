// What deploy/connect-home-assistant.mjs says to Home Assistant, by HTTP and by its websocket. Node.js alone, no packages.

const url = process.env.HEATLOOP_HOME_ASSISTANT_URL ?? "http://127.0.0.1:8123";
const clientId = `${url}/`;
export const pause = () => new Promise((resolve) => setTimeout(resolve, 100));

/** What is to be run again once a person has done something. */
export const installer = process.env.HEATLOOP_INSTALLER ?? "deploy/install.sh";

/** What only a person can do. */
export class ByHand extends Error {
  exitCode = 3;
}

export const succeeds = (promise) =>
  promise.then(
    () => true,
    () => false,
  );

/** JSON or a form to a path of Home Assistant's; throws where it refuses, without what was sent. */
async function ask(method, path, body, token) {
  const isForm = body instanceof URLSearchParams;
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body !== undefined && !isForm && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: body === undefined || isForm ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Home Assistant refuses ${method} ${path}: ${answer.status} ${text.slice(0, 200)}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** A websocket that has signed in; `command` resolves with the result, and gives the events of a subscription to `take`. */
function openSocket(token) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/api/websocket`);
    const waiting = new Map();
    const takers = new Map();
    let lastId = 0;

    function command(message, take) {
      lastId += 1;
      if (take !== undefined) takers.set(lastId, take);
      const answered = new Promise((resolve, reject) => waiting.set(lastId, { resolve, reject, type: message.type }));
      socket.send(JSON.stringify({ id: lastId, ...message }));
      return answered;
    }

    function take(message) {
      if (message.type === "auth_required") socket.send(JSON.stringify({ type: "auth", access_token: token }));
      else if (message.type === "auth_ok") resolve({ command, close: () => socket.close() });
      else if (message.type === "auth_invalid") reject(new Error("Home Assistant refuses the token"));
      else if (message.type === "event") takers.get(message.id)?.(message.event);
      else if (message.type === "result") {
        const { type, ...asked } = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.success) asked.resolve(message.result);
        else asked.reject(new Error(`Home Assistant refuses ${type}: ${message.error.message}`));
      }
    }

    socket.addEventListener("message", ({ data }) => [JSON.parse(data)].flat().forEach(take));
    socket.addEventListener("close", () => {
      const lost = new Error("Home Assistant has closed the connection");
      reject(lost);
      for (const asked of waiting.values()) asked.reject(lost);
    });
  });
}

async function tokensFor(code) {
  return ask(
    "POST",
    "/auth/token",
    new URLSearchParams({ grant_type: "authorization_code", code, client_id: clientId }),
  );
}

/** The steps of the onboarding, each `{ step, done }`; none once all were done and Home Assistant was started again. */
async function onboardingSteps() {
  const answer = await fetch(`${url}/api/onboarding`, { signal: AbortSignal.timeout(60_000) });
  return answer.ok ? answer.json() : [];
}

async function makeOwner(username, password) {
  const person = { name: "Owner", username, password, client_id: clientId, language: "en" };
  await ask("POST", "/api/onboarding/users", person);
}

/** The tokens of a session, which is to be revoked; undefined where the password is another. */
async function logIn(username, password) {
  const start = { client_id: clientId, handler: ["homeassistant", null], redirect_uri: clientId };
  const { flow_id } = await ask("POST", "/auth/login_flow", start);
  const answer = { client_id: clientId, username, password };
  const { type, result } = await ask("POST", `/auth/login_flow/${flow_id}`, answer);
  return type === "create_entry" ? tokensFor(result) : undefined;
}

async function takes(token) {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/`, { headers, signal: AbortSignal.timeout(60_000) });
  return answer.ok;
}

/** Home Assistant as the holder of a token, or of a session, which ends with `close`. */
async function as(session) {
  const token = typeof session === "string" ? session : session.access_token;
  const socket = await openSocket(token);
  // Until then some of what is asked may not be there.
  while ((await socket.command({ type: "get_config" })).state !== "RUNNING") await pause();
  return {
    command: socket.command,
    ask: (method, path, body) => ask(method, path, body, token),
    async close() {
      socket.close();
      if (token !== session) await ask("POST", "/auth/revoke", new URLSearchParams({ token: session.refresh_token }));
    },
  };
}

/** Home Assistant at HEATLOOP_HOME_ASSISTANT_URL, else 127.0.0.1:8123, once it answers and all of it is up. */
export async function openHome(deadlineMs) {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const status = await fetch(`${url}/manifest.json`, { signal: AbortSignal.timeout(10_000) }).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) break;
    if (status === 403)
      throw new Error("Home Assistant has banned this machine itself: see ip_bans.yaml in its folder");
    if (Date.now() > end) throw new Error(`Home Assistant does not answer at ${url} within ${deadlineMs / 1000} s`);
    await pause();
  }
  return { clientId, onboardingSteps, makeOwner, logIn, takes, as };
}
