import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { afterMessage, type LiveData, type LiveMessage } from "./live-data.ts";

/** The server sends a message at least every 20 s. */
const longestSilenceMs = 45 * secondMs;
const firstWaitMs = secondMs / 2;
const longestWaitMs = 15 * secondMs;

/** The live updates of a page. */
export type LiveUpdates = {
  /** How far the server's clock is ahead of the browser's, ms; 0 before the first answer. */
  aheadMs(): number;
  stop: Stop;
};

function liveUrl(): URL {
  const url = new URL("ws", document.baseURI);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url;
}

/**
 * Keeps a websocket to Heatloop for as long as the page is open; `changed` is called at each change. `first` is what is known
 * already.
 */
export function followLive(clock: Clock, first: LiveData, changed: (data: LiveData) => void): LiveUpdates {
  let data = first;
  let aheadMs = first.time === "" ? 0 : Date.parse(first.time) - clock.now();
  let waitMs = firstWaitMs;
  let socket: WebSocket | undefined;
  let stopSilence: Stop | undefined;
  let stopWaiting: Stop | undefined;

  function show(next: LiveData): void {
    data = next;
    changed(data);
  }

  function connect(): void {
    const opened = new WebSocket(liveUrl());
    socket = opened;
    listenFor(opened);
    opened.addEventListener("message", ({ data: text }: MessageEvent<string>) => {
      if (socket !== opened) return;
      listenFor(opened);
      take(JSON.parse(text));
    });
    for (const event of ["close", "error"]) opened.addEventListener(event, () => lose(opened));
  }

  function listenFor(opened: WebSocket): void {
    stopSilence?.();
    stopSilence = clock.after(longestSilenceMs, () => lose(opened));
  }

  function take(message: LiveMessage): void {
    if (message.type === "snapshot") waitMs = firstWaitMs;
    if ("time" in message) aheadMs = Date.parse(message.time) - clock.now();
    show(afterMessage(data, message));
  }

  function lose(opened: WebSocket): void {
    if (socket !== opened) return;
    socket = undefined;
    stopSilence?.();
    opened.close();
    // Many pages that lost the same server do not come back in the same moment.
    stopWaiting = clock.after(waitMs * (0.75 + Math.random() / 2), connect);
    waitMs = Math.min(longestWaitMs, waitMs * 2);
    if (data.connection === "connected") show({ ...data, connection: "lost" });
  }

  connect();
  return {
    aheadMs: () => aheadMs,
    stop() {
      for (const stop of [stopSilence, stopWaiting]) stop?.();
      const open = socket;
      socket = undefined;
      open?.close();
    },
  };
}
