import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accepts } from "#scripts/base/accepts.ts";
import { freePort } from "#scripts/base/free-port.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type HouseTime, startHouseTime } from "./house-time.ts";
import { type Journal, newJournal } from "./journal.ts";
import { type Link, startLink } from "./link.ts";
import { type Observer, startObserver } from "./observer.ts";
import { type HousePart, newPart } from "./part.ts";
import { mountSmallDisk, type SmallDisk } from "./small-disk.ts";
import { truthSchema } from "./truth.ts";

export const prefix = "ecodan-heatpump";
/** The stand-in of Home Assistant has this one. */
const token = "a-long-lived-token";
/** How long a row may be on its way to the disk of a busy machine, ms of the machine's time. */
const writingRealMs = 500;

/** A house with its heat pump, broker, Home Assistant and program, each a process that can be hurt. */
export type ChaosHouse = {
  readonly time: HouseTime;
  readonly journal: Journal;
  readonly observer: Observer;
  readonly parts: {
    readonly program: HousePart;
    readonly broker: HousePart;
    readonly homeAssistant: HousePart;
    readonly heatPump: HousePart;
  };
  readonly links: { readonly programBroker: Link; readonly programHomeAssistant: Link; readonly heatPumpBroker: Link };
  /** Of the program's settings and state; the archive is in `archive` of it. */
  readonly folder: string;
  readonly archive: string;
  /** Where the broker keeps its messages over a restart. */
  readonly brokerFolder: string;
  /** undefined: none can be mounted here. */
  readonly disk: SmallDisk | undefined;
  readonly brokerUrl: string;
  readonly programUrl: string;
  /** How long a row may be on its way to the disk, ms of the house's time. */
  writingMs(): number;
  /** Kills the program, or ends it with SIGTERM. */
  endProgram(signal?: "SIGKILL" | "SIGTERM"): Promise<void>;
  close(): Promise<void>;
};

/** Where the house is in time, and how fast its time goes. */
export type HouseStart = {
  readonly folder: string;
  readonly startAt: number;
  readonly speed: number;
  readonly seed: number;
};

export const rooms = ["living_room", "bedroom", "kitchen"] as const;

/** What the household has set. */
export const settings = {
  time_zone: "Europe/Rome",
  rooms: rooms.map((room) => ({ entity: `sensor.${room}_temperature` })),
};

/** Starts all parts of a house. */
export async function startHouse({ folder, startAt, speed, seed }: HouseStart): Promise<ChaosHouse> {
  const [logFolder, data, brokerFolder] = ["logs", "data", "broker"].map((name) => {
    const made = join(folder, name);
    mkdirSync(made, { recursive: true });
    return made;
  }) as [string, string, string];
  const disk = mountSmallDisk(data);
  writeFileSync(join(data, "settings.json"), JSON.stringify(settings));
  const [broker, homeAssistant, web] = [await freePort(), await freePort(), await freePort()];
  const links = {
    programBroker: await startLink(broker, await freePort()),
    programHomeAssistant: await startLink(homeAssistant, await freePort()),
    heatPumpBroker: await startLink(broker, await freePort()),
  };
  const journal = newJournal();
  const time: HouseTime = startHouseTime(startAt, speed, () => [
    parts.program,
    parts.broker,
    parts.homeAssistant,
    parts.heatPump,
  ]);
  const brokerUrl = `mqtt://127.0.0.1:${broker}`;
  const parts = houseParts({ logFolder, data, brokerFolder, seed, journal, time, links, broker, homeAssistant, web });
  await parts.broker.start();
  await Promise.all([parts.heatPump.start(), parts.homeAssistant.start()]);
  const observer = startObserver({ brokerUrl, prefix, now: time.now });
  await parts.program.start();
  const writingMs = () => writingRealMs * time.speed();
  return {
    ...{ time, journal, observer, parts, links, disk, brokerUrl, brokerFolder, writingMs },
    folder: data,
    archive: join(data, "archive"),
    programUrl: `http://127.0.0.1:${web}`,
    async endProgram(signal = "SIGKILL") {
      // Ended properly it writes the running minute too.
      journal.end(time.programNow(), writingMs());
      await parts.program.signal(signal);
    },
    async close() {
      for (const part of Object.values(parts)) await part.signal("SIGKILL");
      await observer.close();
      for (const link of Object.values(links)) await link.close();
      disk?.unmount();
    },
  };
}

type PartsOfHouse = {
  readonly logFolder: string;
  readonly data: string;
  readonly brokerFolder: string;
  readonly seed: number;
  readonly journal: Journal;
  readonly time: HouseTime;
  readonly links: ChaosHouse["links"];
  /** Ports. */
  readonly broker: number;
  readonly homeAssistant: number;
  readonly web: number;
};

function houseParts(of: PartsOfHouse): ChaosHouse["parts"] {
  const { logFolder, data, seed, journal, time, links, broker, homeAssistant, web } = of;
  const url = ({ port }: { readonly port: number }) => `mqtt://127.0.0.1:${port}`;
  const ours = (file: string, part: "program" | "other", argument: object) => () => [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    join(import.meta.dirname, file),
    JSON.stringify(time.of(part)),
    JSON.stringify(argument),
  ];
  const link = `http://127.0.0.1:${links.programHomeAssistant.port}`;
  const program = { brokerUrl: url(links.programBroker), folder: data, port: web, homeAssistant: { url: link, token } };
  return {
    program: newPart({ name: "program", logFolder, speaks: true, command: ours("program.ts", "program", program) }),
    homeAssistant: newPart({
      name: "home-assistant",
      logFolder,
      speaks: true,
      command: ours("home-assistant.ts", "other", { brokerUrl: url({ port: broker }), port: homeAssistant, prefix }),
    }),
    heatPump: newPart({
      name: "heat-pump",
      logFolder,
      speaks: true,
      command: ours("heat-pump.ts", "other", { brokerUrl: url(links.heatPumpBroker), seed }),
      heard(message) {
        if ("truth" in message) journal.hear(truthSchema.parse(message.truth));
      },
    }),
    broker: mosquitto(of),
  };
}

function mosquitto({ logFolder, brokerFolder, broker }: PartsOfHouse): HousePart {
  const file = join(brokerFolder, "mosquitto.conf");
  const lines = [
    `listener ${broker} 127.0.0.1`,
    "allow_anonymous true",
    "persistence true",
    `persistence_location ${brokerFolder}/`,
    "autosave_interval 1",
    "user root",
    "max_queued_messages 0",
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  return newPart({
    name: "broker",
    logFolder,
    speaks: false,
    command: () => ["mosquitto", "-c", file],
    ready: () => waitFor(() => accepts(broker), "Mosquitto accepts connections"),
  });
}
