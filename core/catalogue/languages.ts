/** The firmware's twelve label files; names, options and text states on MQTT follow the language. */
export const languages = ["en", "nl", "it", "fr", "es", "de", "fi", "no", "sv", "da", "pl", "sk"] as const;
export type Language = (typeof languages)[number];
