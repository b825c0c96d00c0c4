// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://home.example.org/lovelace" }
import { findAt } from "@heatloop/lovelace-card/home-assistant/app-address";
import { afterEach, describe, expect, it, vi } from "vitest";

const path = { url: "/heatloop/", token: undefined };
const elsewhere = { url: "https://heatloop.lan/", token: "heatloop_x" };
const signedIn = (is: boolean) => Response.json({ signed_in: is });

afterEach(() => vi.unstubAllGlobals());

/** Has what is asked for answered as a Heatloop would. Hands back what was asked. */
function answering(answer: () => Response) {
  const fetched = vi.fn(async (_url: string, _options: RequestInit) => answer());
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

describe("Heatloop at an address", () => {
  it("is asked by the session of who has signed in where it is of the same origin", async () => {
    const fetched = answering(() => signedIn(true));
    expect(await findAt(path)).toEqual({ kind: "reachable", url: "/heatloop/" });
    expect(fetched.mock.calls).toEqual([["/heatloop/api/session", { credentials: "same-origin" }]]);
  });

  it("is asked by a token and never by a session where it is of another origin", async () => {
    const fetched = answering(() => signedIn(true));
    expect(await findAt(elsewhere)).toEqual({ kind: "reachable", url: "https://heatloop.lan/" });
    const headers = { authorization: "Bearer heatloop_x" };
    expect(fetched.mock.calls).toEqual([["https://heatloop.lan/api/session", { credentials: "omit", headers }]]);
  });

  it("is not asked without a token where it is of another origin", async () => {
    const fetched = answering(() => signedIn(true));
    expect(await findAt({ ...elsewhere, token: undefined })).toEqual({ kind: "token", url: elsewhere.url });
    expect(fetched).not.toHaveBeenCalled();
  });

  const refusing = () => Response.json({ detail: "No password is set." }, { status: 403 });
  const rejected = () => {
    throw new TypeError("Failed to fetch");
  };
  it.each([
    ["nobody has signed in", path, () => signedIn(false), { kind: "sign_in", url: path.url }],
    ["the token does not hold", elsewhere, () => signedIn(false), { kind: "token", url: elsewhere.url }],
    ["Heatloop refuses", path, refusing, { kind: "refused", reason: "No password is set" }],
    [
      "a proxy refuses",
      path,
      () => new Response("<html>", { status: 502, statusText: "Bad Gateway" }),
      { kind: "refused", reason: "502 Bad Gateway" },
    ],
    ["there is another page", path, () => new Response("<html>"), { kind: "no_answer", url: path.url }],
    ["there is no page", path, () => new Response("", { status: 404 }), { kind: "no_answer", url: path.url }],
    ["nothing answers", elsewhere, rejected, { kind: "no_answer", url: elsewhere.url }],
    [
      "the browser refuses http",
      { ...elsewhere, url: "http://heatloop.lan/" },
      rejected,
      { kind: "insecure", url: "http://heatloop.lan/" },
    ],
  ] as const)("says why it is not there: %s", async (_, address, answer, expected) => {
    answering(answer);
    expect(await findAt(address)).toEqual(expected);
  });
});
