/** What the arithmetic stands on: figures of `npm run bench -- hub ingest_qos_1`, on two cores that all of it shared. */
export const measured = {
  /** `hub_bytes_per_row`, with its index. */
  bytesPerRow: 272,
  /** `hub_wal_bytes_per_row`: what goes into backups and to replicas. */
  walBytesPerRow: 387,
  /** `hub_summed_up_bytes_per_home_day`: a day with its hours and quarters. */
  summedUpBytesPerHomeDay: 19_970,
  /** `hub_mqtt_live_rows_per_s`, one row to the message; broker, hub and database on the two cores. */
  liveRowsPerS: 2_700,
  /** `hub_mqtt_caught_up_rows_per_s`, five hundred rows to the message. */
  caughtUpRowsPerS: 30_000,
  /** `hub_days_summed_up_per_s`, by one hub. */
  daysSummedUpPerS: 27,
  /** `ingest_qos_1_messages_per_s_vs_mosquitto_sub`, where Mosquitto's one core is full. */
  brokerMessagesPerS: 36_000,
} as const;

/** The cores that the measured machine had. */
export const measuredCores = 2;
