import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assembleImageRoot } from "#scripts/image/image-root.ts";
import { installedHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { foldersOver, type Image, type Service } from "./container-network.ts";

/** This machine's programs and their libraries, and nothing else of it. */
function rootOfMachine(): string[] {
  const links = ["bin", "sbin", "lib", "lib64"].filter((name) => existsSync(`/${name}`));
  return [
    ...["--tmpfs", "/", "--ro-bind", "/usr", "/usr"],
    ...links.flatMap((name) => ["--symlink", `usr/${name}`, `/${name}`]),
    ...foldersOver("/etc/passwd"),
    ...["passwd", "group", "ld.so.cache"].flatMap((name) => ["--ro-bind", `/etc/${name}`, `/etc/${name}`]),
  ];
}

/** As the image's own nginx.conf has it: what is in conf.d, in one http block. */
const nginxConf = `worker_processes 1; error_log stderr notice; pid /run/nginx.pid;
events { worker_connections 512; }
http {
  include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
  include /etc/nginx/conf.d/*.conf;
}
`;

/** As the image's own influxdb.conf has it; \`ifql\` is of Debian's older version. */
const influxConf = `reporting-enabled = false
bind-address = "127.0.0.1:8088"
[meta]
dir = "/var/lib/influxdb/meta"
[data]
dir = "/var/lib/influxdb/data"
wal-dir = "/var/lib/influxdb/wal"
[monitor]
store-enabled = false
[ifql]
enabled = false
[http]
bind-address = ":8086"
`;

/** The programs of the machine as the images of the compose file have them; Heatloop's of its own Dockerfile. */
export function imagesIn(folder: string): Readonly<Record<"mosquitto" | "nginx" | "heatloop" | "influxdb", Image>> {
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const root = mkdtempSync(join(folder, "image-"));
  chmodSync(root, 0o755);
  const { environment, entrypoint, workingFolder } = assembleImageRoot(root);
  return {
    mosquitto: {
      root: rootOfMachine(),
      command: ["/usr/sbin/mosquitto", "-c", "/mosquitto/config/mosquitto.conf"],
    },
    nginx: {
      root: [
        ...[
          ...rootOfMachine(),
          ...foldersOver("/etc/nginx/mime.types"),
          "--ro-bind",
          "/etc/nginx/mime.types",
          "/etc/nginx/mime.types",
        ],
        ...[
          "--ro-bind",
          put("nginx.conf", nginxConf),
          "/etc/nginx/nginx.conf",
          ...["/var/lib/nginx", "/usr/local/share"].flatMap((path) => ["--tmpfs", path]),
        ],
      ],
      command: ["nginx", "-e", "stderr", "-c", "/etc/nginx/nginx.conf", "-g", "daemon off;"],
    },
    heatloop: { root: ["--bind", root, "/", "--chdir", workingFolder], command: entrypoint, environment },
    influxdb: {
      root: [...rootOfMachine(), "--ro-bind", put("influxdb.conf", influxConf), "/etc/influxdb.conf"],
      command: ["influxd", "-config", "/etc/influxdb.conf"],
      environment: { HOME: "/tmp" },
    },
  };
}

/** What runs Home Assistant with the volume of the compose file; undefined: there is none here. */
export function homeAssistantCommand({ volumes = [] }: Service, hosts: string): string[] | undefined {
  const launcher = installedHomeAssistant();
  if (launcher === undefined) return undefined;
  const [config = ""] = volumes.map((volume) => volume.split(":")).find(([, to]) => to === "/config") ?? [];
  const [, root = ""] = /^root="(.*)"$/m.exec(readFileSync(launcher, "utf8")) ?? [];
  const script = 'mount --bind "$0" "$1/etc/hosts" && shift && exec "$@"';
  const words = ["unshare", "--mount", "--kill-child", "--fork", "--pid", "--mount-proc", "bash", "-c", script, hosts];
  return [...words, root, launcher, "-c", config, "--skip-pip", "--log-no-color"];
}
