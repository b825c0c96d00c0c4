import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { assembleImageRoot, putProgram } from "#scripts/image/image-root.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { imagesIn } from "./container-images.ts";
import {
  type ContainerNetwork,
  contained,
  type Image,
  openContainerNetwork,
  type Service,
  type Services,
} from "./container-network.ts";
import { servicesOf } from "./containers.ts";

const deploy = resolve(import.meta.dirname, "../../deploy");

/** The containers of deploy/hub/compose.yaml, in a folder that deploy/hub-containers.sh has made. */
export type HubContainers = {
  readonly folder: string;
  readonly services: Services;
  readonly network: ContainerNetwork;
  /** What the script said. */
  readonly said: string;
  /** Runs the script again. */
  prepare(...words: string[]): string;
  /** Starts the container of a service that was stopped. */
  start(service: string): void;
  close(): Promise<void>;
};

/** Makes the folder and starts all of them, each as the compose file says; `prefix`: of their addresses. */
export async function startHubContainers(prefix: string): Promise<HubContainers> {
  const beside = mkdtempSync(join(tmpdir(), "heatloop-hub-containers-"));
  chmodSync(beside, 0o755);
  const folder = join(beside, "hub");
  const answers = join(beside, "answers");
  writeFileSync(
    answers,
    `NAMES=hub.example.org\nADDRESSES="${prefix}.3 ${prefix}.6"\nCERTIFICATE=own\nNETWORK=${prefix}\n`,
  );
  const prepare = (...words: string[]) => {
    const { stdout, stderr } = spawnSync(join(deploy, "hub-containers.sh"), [folder, ...words], { encoding: "utf8" });
    return stdout + stderr;
  };
  const said = prepare("--answers", answers);
  const services = servicesOf(folder, []);
  const network = openContainerNetwork(services, prefix);
  const images = hubImages(beside);
  const start = (name: string) => {
    const service = { ...images.userOf(name), ...mounted(services[name] as Service, join(beside, "volumes")) };
    network.run(name, contained(service, imageOf(images, name, service), network.hosts));
  };
  mkdirSync(join(beside, "volumes"), { mode: 0o755 });
  start("postgres");
  // As `depends_on` has it.
  await waitFor(() => network.written("postgres").includes("ready to accept connections"), "PostgreSQL runs");
  for (const name of Object.keys(services)) if (name !== "postgres") start(name);
  return {
    ...{ folder, services, network, said, prepare, start },
    async close() {
      await network.close();
      rmSync(beside, { recursive: true, force: true });
    },
  };
}

/** As Docker makes a named volume: a folder of whom the image's own one belongs to. */
function mounted(service: Service, volumes: string): Service {
  const [uid = 0, gid = 0] = (service.user ?? "").split(":").map(Number);
  return {
    ...service,
    volumes: (service.volumes ?? []).map((volume) => {
      if (volume.startsWith("/")) return volume;
      const [name = "", to] = volume.split(":");
      const path = join(volumes, name);
      mkdirSync(path, { recursive: true, mode: 0o700 });
      chownSync(path, uid, gid);
      return `${path}:${to}:rw`;
    }),
  };
}

type HubImages = Readonly<Record<"postgres" | "mosquitto" | "nginx" | "hub", Image>> & {
  /** Whom the program of a service runs as where the compose file does not say. */
  userOf(service: string): { readonly user?: string };
};

function imageOf(images: HubImages, name: string, service: Service): Image {
  if (name === "postgres" || name === "mosquitto") {
    const image = images[name];
    return { ...image, command: [...(name === "postgres" ? image.command : []), ...(service.command as string[])] };
  }
  return name === "nginx" ? images.nginx : images.hub;
}

/** Programs of this machine in the place of those of the images; the hub's of its own Dockerfile. */
function hubImages(folder: string): HubImages {
  const { mosquitto, nginx } = imagesIn(folder);
  const root = mkdtempSync(join(folder, "hub-image-"));
  chmodSync(root, 0o755);
  const { environment, entrypoint, workingFolder, user = "" } = assembleImageRoot(root, "hub/Dockerfile");
  // What makes the program its user, in the place of Docker.
  putProgram(root, "/usr/bin/setpriv", "/usr/bin/setpriv");
  const bin = execFileSync("bash", ["-c", "dirname /usr/lib/postgresql/*/bin/postgres | tail -n 1"], {
    encoding: "utf8",
  });
  const etc = readFileSync("/etc/passwd", "utf8");
  const users = join(folder, "passwd");
  writeFileSync(users, `${etc}postgres-of-image:x:70:70::/tmp:/bin/sh\n`);
  const standIn = resolve(import.meta.dirname, "postgres-stand-in.sh");
  return {
    mosquitto,
    nginx,
    postgres: {
      root: [...mosquitto.root, "--ro-bind", users, "/etc/passwd", "--ro-bind", standIn, "/entry-point.sh"],
      command: ["/entry-point.sh"],
      environment: { PATH: `${bin.trim()}:/usr/bin:/bin` },
    },
    hub: { root: ["--bind", root, "/", "--chdir", workingFolder], command: entrypoint, environment },
    userOf: (service) => (service.startsWith("hub-") ? { user } : {}),
  };
}
