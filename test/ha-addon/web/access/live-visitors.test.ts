import { EventEmitter } from "node:events";
import type { Access } from "@heatloop/ha-addon/access/access";
import { liveVisitors } from "@heatloop/ha-addon/web/access/live-visitors";
import { expect, it } from "vitest";
import type { WebSocket } from "ws";
import { ownedWeb } from "#test/support/examples/owned-web.ts";

/** A websocket that is open until it is closed. */
function socket() {
  const events = new EventEmitter();
  const codes: number[] = [];
  const close = (code: number) => {
    codes.push(code);
    events.emit("close");
  };
  return { socket: Object.assign(events, { close }) as unknown as WebSocket, codes };
}

function credentialOf(access: Access, cookie: string) {
  const credential = access.credentialOf("session", cookie.slice(cookie.indexOf("=") + 1));
  if (credential === undefined) throw new Error("no session");
  return credential;
}

it("an open page keeps its session in use, and is closed when its thirty days are over", async () => {
  const { parts, access, signIn } = await ownedWeb();
  const credential = credentialOf(access, await signIn());
  const page = socket();
  const live = liveVisitors(parts);
  live.add(page.socket, credential);
  const { clock } = parts;
  const began = clock.now();
  clock.advanceTo(began + 30 * 86_400_000 - 60_000);
  expect(page.codes).toEqual([]);
  expect(access.holds(credential)).toBe(true);
  clock.advanceTo(began + 30 * 86_400_000);
  expect(page.codes).toEqual([1008]);
  live.stop();
});
