// What the scripts beside it say to Heatloop's page on this machine. Node.js alone, no packages.

const page = "http://127.0.0.1:8099";

/** The answer, or an error that says which request failed, and how. */
export async function ask(method, path, { body, cookie } = {}) {
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

export const jsonOf = async (path, options) => (await ask("GET", path, options)).json();
export const cookieOf = (response) => response.headers.getSetCookie()[0]?.split(";")[0];

/** The cookie of a session; undefined where its owner has chosen another password. */
export async function signIn(password) {
  try {
    return cookieOf(await ask("POST", "/api/login", { body: { password } }));
  } catch (error) {
    if (error.status === 401) return undefined;
    throw error;
  }
}
