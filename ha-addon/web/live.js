/** The server sends a message at least every 20 s. */
const longestSilenceMs = 45_000;
const longestWaitMs = 15_000;

/**
 * Keeps a websocket to Heatloop for as long as the page is open. `take` gets each message; `lost` is called when the
 * connection is gone, `back` when it is restored.
 */
export function followLive({ take, lost, back }) {
  let waitMs = 500;
  let watchdog;

  function connect() {
    const url = new URL("ws", document.baseURI);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    let ended = false;

    function restartWatchdog() {
      clearTimeout(watchdog);
      watchdog = setTimeout(end, longestSilenceMs);
    }

    function end() {
      if (ended) return;
      ended = true;
      clearTimeout(watchdog);
      socket.close();
      lost();
      setTimeout(connect, waitMs * (0.75 + Math.random() / 2));
      waitMs = Math.min(longestWaitMs, waitMs * 2);
    }

    restartWatchdog();
    socket.addEventListener("message", ({ data }) => {
      if (ended) return;
      restartWatchdog();
      const message = JSON.parse(data);
      if (message.type === "snapshot") {
        waitMs = 500;
        back();
      }
      take(message);
    });
    socket.addEventListener("close", end);
    socket.addEventListener("error", end);
  }

  connect();
}
