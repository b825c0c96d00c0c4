/**
 * Speaks with Heatloop's page on this machine, for the scripts beside it:
 * - `node page.mjs status` prints `ok` or `degraded`; 1 where nothing answers
 * - `node page.mjs wait` ends once it answers, or with 1 after a minute
 * - `node page.mjs is-set FILE [--card] NAME...`: 0 where it has a password, and its settings (FILE) know the names and the
 *   proxy, and with --card whether the card is to be put into Home Assistant
 * - `node page.mjs set [--card] NAME...` makes it so; the password comes by stdin
 * The proxy is HEATLOOP_PROXY, else this machine.
 */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { ask, cookieOf, jsonOf, signIn } from "./page-api.mjs";

const proxy = process.env.HEATLOOP_PROXY ?? "127.0.0.1";

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

/**
 * What the settings are to become of `wanted`; undefined where nothing is missing. What their owner named stays in the lists, and
 * who has decided about the card has decided.
 */
function completed({ web = {}, card = {} }, wanted) {
  const names = wanted.filter((word) => word !== "--card");
  const { host_names: known = [], trusted_proxies: proxies = [] } = web;
  const newNames = names.filter((name) => !known.includes(name));
  const isWebWhole = newNames.length === 0 && proxies.includes(proxy);
  const isCardWhole = !wanted.includes("--card") || typeof card.install === "boolean";
  if (isWebWhole && isCardWhole) return undefined;
  return {
    ...(!isWebWhole && {
      web: { host_names: [...known, ...newNames], trusted_proxies: [...new Set([...proxies, proxy])] },
    }),
    ...(!isCardWhole && { card: { install: true } }),
  };
}

async function isSet(file, wanted) {
  const { password_set: hasPassword } = await jsonOf("/api/session");
  return hasPassword && completed(JSON.parse(await readFile(file, "utf8")), wanted) === undefined;
}

async function set(password, wanted) {
  const { password_set: hasPassword } = await jsonOf("/api/session");
  let cookie = hasPassword ? await signIn(password) : undefined;
  if (hasPassword && cookie === undefined) {
    const missing = [`web.trusted_proxies ${proxy}`, "web.host_names", ...wanted]
      .join(" ")
      .replace("--card", "card.install");
    console.log(`Heatloop's page has a password of your own: set there what is still missing of ${missing}`);
    return;
  }
  const changed = completed(await jsonOf("/api/settings", { cookie }), wanted);
  if (changed !== undefined) await ask("PUT", "/api/settings", { body: changed, cookie });
  if (!hasPassword) cookie = cookieOf(await ask("PUT", "/api/password", { body: { password } }));
  await ask("POST", "/api/logout", { body: {}, cookie });
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
