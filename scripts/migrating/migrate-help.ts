/** Where the password of the heat pump's user is, if not in a file. */
export const passwordVariable = "HEATLOOP_MQTT_PASSWORD";

export const migrateHelp = `Usage: scripts/migrate COMMAND [options]

Moves a heat pump from one Heatloop to another, such as from home to a server in the cloud, and loses no minute.
deploy/migrate.md goes through it step by step.

  bridge    writes the files by which the old broker brings the heat pump's reports to the new server too
    --out DIR           folder that they are written into (heatloop-bridge)
    --folder DIR        where they will lie on the old broker's machine (/etc/mosquitto/conf.d)
  check     whether the new server lets the ESP32 in, and whether the bridge brings its reports
  compare   both archives minute by minute: where they differ, and why
    --csv FILE          all differences, a line each
  import    brings into the new archive what the old one knows better; may be repeated
    --keep DIR          where replaced files stay (beside the new archive, as DIR.before-migration)
    --dry-run           says what it would do, and writes nothing
  switch    lets the ESP32 connect to the new server
  back      lets it connect to its broker of before again

bridge, check, switch
  --server HOST       the new server's name or address
  --port PORT         of its broker (8883)
  --ca FILE           certificate of the authority that it has, /etc/heatloop/tls/ca.crt there
  --device ID         the heat pump's name: the first part of its topics, and its user at the broker
  --password-file FILE  that user's password (or in ${passwordVariable})

compare, import
  --old DIR --new DIR folders of the archives: DIR/<device>/<year>/<date>.csv
  --device ID         the heat pump's folder in both
  --from DATE         first local date, 2026-01-01 (the first of either)
  --to DATE           last local date, included (the last of either)
  --time-zone NAME    of the archives, Europe/Rome (this machine's)

switch, back
  --esp32 DIR         folder with the ESP32's secrets.yaml
  --file NAME         its configuration there (heatloop.yaml)
  --esphome PROGRAM   builds and flashes it; without it you do so when you are asked to

  --help

Ends with 0, 1 where something failed or, of compare, differs without a reason, 2 where the arguments are wrong.
`;
