import { flags } from "./emoncms-mode.ts";
import { periods } from "./home-assistant-statistics.ts";
import { spaceModes } from "./python-log.ts";

export const sources = ["python-log", "home-assistant", "emoncms"] as const;
export type SourceName = (typeof sources)[number];

/** Where the token is, if not in a file. */
export const tokenVariable = "HEATLOOP_HOME_ASSISTANT_TOKEN";

export const importHelp = `Usage: scripts/import SOURCE --archive DIR --device ID [options]

Brings what was logged elsewhere into the archive, as minutes. A minute that is there already is never changed.

SOURCE
  python-log          CSV files of the Python logger (mqtt_logger.py)
    --file FILE         once for each file
    --space MODE        what it did apart from hot water: ${spaceModes.join(", ")} (heating)
  home-assistant      what the recorder has, over the websocket
    --url URL           http://homeassistant.local:8123
    --token-file FILE   a long-lived token (or in ${tokenVariable})
    --map ENTITY=POINT  once for each entity that is not guessed right; also electricity_meter, heat_meter
    --statistics PERIOD long-term statistics instead of states: ${periods.join(", ")}
  emoncms             feeds as CSV
    --feed POINT[:UNIT]=FILE[#COLUMN]   once for each feed; POINT also electricity_meter, heat_meter,
                        and ${flags.join(", ")} (0 or 1)
    --space MODE        what it does apart from hot water: ${spaceModes.join(", ")}
    --running-above W   electric power from which on the compressor counts as on (150)
    --null-is-zero      for an emoncms that writes 0 as null

  --archive DIR       folder of the archive: DIR/<device>/<year>/<date>.csv
  --device ID         whose minutes they are
  --from DATE         first local date, 2026-01-01 (the first of the source; home-assistant needs it)
  --to DATE           last local date, included (the last of the source)
  --time-zone NAME    of the archive and of times without an offset, Europe/Rome (this machine's)
  --dry-run           prints what would be written, and writes nothing
  --help

Ends with 0, 1 where the import failed or there was nothing to read, 2 where the arguments are wrong.
docs/import.md lists what each column becomes.
`;
