import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { type EventContext, eventLimits, type HomeEvent, type HomeEventKind } from "@heatloop/core/hub/home-events";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { inBackground } from "@heatloop/program/background";
import { parseJson } from "@heatloop/program/json-text";
import type { RunningLog } from "@heatloop/program/log";
import { z } from "zod";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { EventSender } from "./event-sender.ts";
import type { HubLink } from "./hub-link.ts";
import type { NodeBroker } from "./node-broker.ts";
import type { Outbox, OutboxState } from "./outbox.ts";
import { toldSeldom } from "./told-seldom.ts";

export type HomeEventTellerParts = {
  readonly clock: Clock;
  readonly log: RunningLog;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  readonly link: Pick<HubLink, "send" | "onChange">;
  /** Over which events are told live too, where it is connected. */
  readonly broker: Pick<NodeBroker, "tell">;
  /** Where events wait for the hub. */
  readonly file: string;
  readonly version: string;
};

/** Tells the hub what happens at home beside the rows of the archive. */
export type HomeEventTeller = {
  /** Nothing where the settings have no hub. `device`: null where it is of no heat pump. */
  tell(kind: HomeEventKind, device: string | null, context: EventContext): void;
  /** null: there is no outbox, as there is no hub. */
  state(): OutboxState | null;
  /** Tells that the program ends, and saves it. */
  close(): Promise<void>;
};

/** An outbox that is open, and who sends it. */
type Open = { readonly outbox: Outbox; readonly sender: EventSender; readonly url: string };

/** What is told before the outbox is open. */
const mostEarly = 200;

const runSchema = z.object({ version: z.string(), isOver: z.boolean() });

/** Opens the outbox as soon as the settings have a hub; without one there is neither an outbox nor its file. */
export function startHomeEventTeller(parts: HomeEventTellerParts): HomeEventTeller {
  const { clock, log, settings, version } = parts;
  const url = () => settings.current().hub.url;
  const mayTell = toldSeldom(clock);
  const box = outboxInUse(parts);
  let isClosed = false;

  function tell(kind: HomeEventKind, device: string | null, context: EventContext): void {
    if (isClosed || url() === "") return;
    const allowed = mayTell(`${kind} ${device}`);
    if (allowed !== undefined) box.add(newEvent(parts, { kind, device, context, left: allowed.left }));
  }

  function begin(opened: Open): void {
    const waited = box.use(opened);
    const before = takeRun(opened.outbox, version);
    tell("program_started", null, { version, before: before?.ended ?? null });
    if (before !== undefined && before.version !== version) {
      tell("program_updated", null, { from: before.version, to: version });
    }
    for (const event of waited) box.add(event);
  }

  const follow = inBackground(log, "the outbox for the hub", async () => {
    if (box.current()?.url === url()) return;
    await box.leave();
    if (url() === "") {
      box.forget();
      await removeOutbox(parts.file);
      return;
    }
    const opened = await openFor(parts, url());
    if (!isClosed) begin(opened);
  });

  let following = follow();
  const stopSettings: Stop = settings.onChange(() => {
    following = following.then(follow);
  });
  return {
    tell,
    state: () => box.current()?.outbox.state() ?? null,
    async close() {
      stopSettings();
      tell("program_stopped", null, { version });
      isClosed = true;
      await following;
      box.current()?.outbox.keep("run", JSON.stringify({ version, isOver: true }));
      await box.leave();
    },
  };
}

/** Where events go: into the outbox that is open, and until there is one into a short list of their own. */
type OutboxInUse = {
  add(event: HomeEvent): void;
  current(): Open | undefined;
  /** Answers what was told before. */
  use(opened: Open): readonly HomeEvent[];
  /** Ends the outbox that is open. */
  leave(): Promise<void>;
  /** What was told while none was open goes to no hub. */
  forget(): void;
};

function outboxInUse({ broker, log }: Pick<HomeEventTellerParts, "broker" | "log">): OutboxInUse {
  let open: Open | undefined;
  let early: readonly HomeEvent[] = [];
  return {
    add(event) {
      if (open === undefined) {
        early = [...early, event].slice(-mostEarly);
        return;
      }
      open.outbox.add(event);
      broker.tell(event);
      open.sender.wake();
    },
    current: () => open,
    use(opened) {
      open = opened;
      const waited = early;
      early = [];
      return waited;
    },
    async leave() {
      const last = open;
      open = undefined;
      await last?.sender.stop();
      const lost = last?.outbox.close() ?? 0;
      if (lost > 0) log.warn("events for the hub could not be saved, and are lost", { events: lost });
    },
    forget() {
      early = [];
    },
  };
}

function newEvent(
  { clock, log }: Pick<HomeEventTellerParts, "clock" | "log">,
  event: Pick<HomeEvent, "kind" | "device" | "context"> & { readonly left: number },
): HomeEvent {
  const { kind, device, context, left } = event;
  const values = Object.entries({ ...context, ...(left > 0 && { left_out: left }) });
  const short = values.map(([name, value]) => [
    name,
    typeof value === "string" ? log.clean(value).slice(0, eventLimits.textLength) : value,
  ]);
  const at = new Date(clock.now()).toISOString();
  return { id: randomUUID(), at, kind, device, context: Object.fromEntries(short) };
}

/** How the run before this one ended, of which there was one; from now on this one is the last. */
function takeRun(
  outbox: Outbox,
  version: string,
): { readonly version: string; readonly ended: "stopped" | "killed" } | undefined {
  const json = parseJson(outbox.kept("run") ?? "");
  const before = json.ok ? runSchema.safeParse(json.value).data : undefined;
  outbox.keep("run", JSON.stringify({ version, isOver: false }));
  return before && { version: before.version, ended: before.isOver ? "stopped" : "killed" };
}

async function openFor(parts: HomeEventTellerParts, url: string): Promise<Open> {
  // Loaded with the first hub: a home that has none is spared SQLite.
  const sqlite = await import("node:sqlite");
  const { openOutbox } = await import("./outbox.ts");
  const { startEventSender } = await import("./event-sender.ts");
  const outbox = openOutbox({ sqlite, path: parts.file, clock: parts.clock, log: parts.log });
  // What waited for another hub is not for this one.
  if (outbox.kept("hub") !== url) outbox.empty();
  outbox.keep("hub", url);
  return { outbox, sender: startEventSender({ ...parts, outbox }), url };
}

async function removeOutbox(file: string): Promise<void> {
  for (const each of ["", "-wal"]) await rm(`${file}${each}`, { force: true });
}
