import { readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { installedHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import type { Server } from "./server.ts";

/** Where the program `hass` is on a server that has what `hassFiles` names. */
export const hass = "/srv/home-assistant/bin/hass";

const there = "/srv/home-assistant";

/**
 * What a server needs of the machine to run the Home Assistant that scripts/install-home-assistant made, by its path there: Node.js
 * as a release has it beside deploy/, and Python with all that is Home Assistant's. undefined: there is none.
 */
export function hassFiles(): Readonly<Record<string, string>> | undefined {
  const launcher = installedHomeAssistant();
  if (launcher === undefined) return undefined;
  const text = readFileSync(launcher, "utf8");
  const [, root = ""] = /^root="(.*)"$/m.exec(text) ?? [];
  const [, venv = ""] = /^venv="(.*)"$/m.exec(text) ?? [];
  const [, python = ""] = /^executable = (.*)$/m.exec(readFileSync(join(root, venv, "pyvenv.cfg"), "utf8")) ?? [];
  return {
    "/program/bin/node": realpathSync(resolve(import.meta.dirname, "../../node_modules/node/bin/node")),
    [`${there}/system`]: root === "" ? "/" : root,
    [`${there}/python`]: join(root, dirname(dirname(python))),
    [`${there}/venv`]: join(root, venv),
  };
}

/**
 * Makes the program: Python of another distribution, with that one's libraries, is started by its own loader. It tells Home
 * Assistant that it is in a virtual environment, as Python does where it is started in the usual way.
 */
export async function makeHass(server: Server): Promise<void> {
  const program = `#!/bin/bash
cd ${there}
export PYTHONHOME=$PWD/python PYTHONDONTWRITEBYTECODE=1 PATH=/usr/bin:/bin
PYTHONPATH=$(echo $PWD/venv/lib/python3*/site-packages)
export PYTHONPATH
libraries=$(printf '%s:' $PWD/system/usr/lib/*-linux-gnu)
exec system/usr/lib*/ld-linux-*.so.? --library-path "$libraries" python/bin/python3.14 -c '
import sys
from homeassistant.__main__ import main
sys.prefix = "${there}/venv"
sys.exit(main())' --skip-pip "$@"
`;
  await server.printed(`mkdir -p ${dirname(hass)}`);
  await server.run(`cat > ${hass} && chmod 755 ${hass}`, program);
}
