/**
 * Speaks with Heatloop's page on this machine, for the scripts beside it:
 * - `node page.mjs status` prints `ok` or `degraded`; 1 where nothing answers
 * - `node page.mjs wait` ends once it answers, or with 1 after a minute
 * - `node page.mjs is-set FILE NAME...`: 0 where it has a password, and its settings (FILE) know the names and the proxy
 * - `node page.mjs set NAME...` makes it so; the password comes by stdin
 */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

const page = "http://127.0.0.1:8099";
const proxy = "127.0.0.1";

/** The answer, or an error that says which request failed, and how. */
async function ask(method, path, { body, cookie } = {}) {
  const response = await fetch(`${page}${path}`, {
    method,
    headers: { ...(body && { "content-type": "application/json" }), ...(cookie && { cookie }) },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  if (response.ok) return response;
  const { detail, title } = await response.json().catch(() => ({}));
  throw Object.assign(new Error(`${method} ${path}: ${detail ?? title ?? response.status}`), {
    status: response.status,
  });
}

const jsonOf = async (path, options) => (await ask("GET", path, options)).json();
const cookieOf = (response) => response.headers.getSetCookie()[0]?.split(";")[0];

const status = async () => (await jsonOf("/api/health")).status;

async function wait() {
  for (const end = Date.now() + 60_000; ; ) {
    try {
      return await status();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** What the settings `web` are to become; undefined where nothing is missing. What their owner named stays in the lists. */
function completed({ host_names: known = [], trusted_proxies: proxies = [] } = {}, names) {
  const newNames = names.filter((name) => !known.includes(name));
  if (newNames.length === 0 && proxies.includes(proxy)) return undefined;
  return { host_names: [...known, ...newNames], trusted_proxies: [...new Set([...proxies, proxy])] };
}

async function isSet(file, names) {
  const { password_set: hasPassword } = await jsonOf("/api/session");
  const { web } = JSON.parse(await readFile(file, "utf8"));
  return hasPassword && completed(web, names) === undefined;
}

async function set(password, names) {
  const { password_set: hasPassword } = await jsonOf("/api/session");
  let cookie = hasPassword ? await signIn(password) : undefined;
  if (hasPassword && cookie === undefined) {
    const todo = `web.trusted_proxies ${proxy}, web.host_names ${names.join(" ")}`;
    console.log(`Heatloop's page has a password of your own: set there what is still missing of ${todo}`);
    return;
  }
  const { web } = await jsonOf("/api/settings", { cookie });
  const wanted = completed(web, names);
  if (wanted !== undefined) await ask("PUT", "/api/settings", { body: { web: wanted }, cookie });
  if (!hasPassword) cookie = cookieOf(await ask("PUT", "/api/password", { body: { password } }));
  await ask("POST", "/api/logout", { body: {}, cookie });
}

/** The cookie of a session; undefined where its owner has chosen another password. */
async function signIn(password) {
  try {
    return cookieOf(await ask("POST", "/api/login", { body: { password } }));
  } catch (error) {
    if (error.status === 401) return undefined;
    throw error;
  }
}

const [what, ...words] = process.argv.slice(2);
try {
  if (what === "status") console.log(await status());
  else if (what === "wait") await wait();
  else if (what === "is-set") process.exitCode = (await isSet(words[0], words.slice(1))) ? 0 : 1;
  else if (what === "set") await set((await text(process.stdin)).trim(), words);
  else throw new Error(`page.mjs: there is no ${what}`);
} catch (error) {
  console.error(`Heatloop's page: ${error.message}`);
  process.exitCode = 1;
}
