import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export type Configuration = {
  readonly timeZone?: string;
  readonly unitSystem?: "metric" | "us_customary";
  /** Further lines of configuration.yaml; paths in it are relative to its folder, which it may see elsewhere. */
  readonly extraConfig?: string;
  /** Files to put in /local, by name. */
  readonly www?: Readonly<Record<string, string>>;
  /** Further files of its folder, by their path in it; those in `packages/` are packages. */
  readonly files?: Readonly<Record<string, string>>;
};

/** Without `default_config`: what needs the internet or a machine's radios is of no use here. */
export async function writeConfiguration(folder: string, port: number, options: Configuration): Promise<void> {
  await mkdir(join(folder, "www"), { recursive: true });
  await writeAddress(folder, port);
  for (const [name, text] of Object.entries(options.www ?? {})) await writeFile(join(folder, "www", name), text);
  for (const [path, text] of Object.entries(options.files ?? {})) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const hasPackages = Object.keys(options.files ?? {}).some((path) => path.startsWith("packages/"));
  const lines = [
    "homeassistant:",
    "  { name: Home, latitude: 52, longitude: 5, elevation: 0, currency: EUR, country: NL,",
    `    time_zone: ${options.timeZone ?? "Europe/Amsterdam"}, unit_system: ${options.unitSystem ?? "metric"}`,
    `    ${hasPackages ? ", packages: !include_dir_named packages" : ""} }`,
    "api: {}",
    "websocket_api: {}",
    "config: {}",
    "frontend: {}",
    "recorder: { commit_interval: 1 }",
    "history: {}",
    "energy: {}",
    "automation: []",
    "script: {}",
    "logger: { default: warning }",
    options.extraConfig ?? "",
  ];
  await writeFile(join(folder, "configuration.yaml"), `${lines.join("\n")}\n`);
}

/** Where it listens, as its settings keep it (`components/http/config.py`): in configuration.yaml it would ask for a repair. */
async function writeAddress(folder: string, port: number): Promise<void> {
  const stable = {
    ...{ server_port: port, server_host: ["127.0.0.1"], cors_allowed_origins: ["https://cast.home-assistant.io"] },
    ...{
      login_attempts_threshold: -1,
      ip_ban_enabled: true,
      ssl_profile: "intermediate_v6",
      use_x_frame_options: true,
    },
    ...{ created_at: new Date(0).toISOString(), error: null, error_message: null },
  };
  const data = { stable, pending: null, yaml_migration_done: true };
  await mkdir(join(folder, ".storage"), { recursive: true });
  await writeFile(
    join(folder, ".storage", "http"),
    JSON.stringify({ version: 3, minor_version: 1, key: "http", data }),
  );
}
