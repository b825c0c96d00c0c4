import about from "../../package.json" with { type: "json" };

/** Heatloop's version; `config.yaml` names the same. */
export const version: string = about.version;
