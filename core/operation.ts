/**
 * What the heat pump is doing. `standby`: neither the compressor nor a heater runs. Frost protection counts as
 * heating and legionella prevention as hot water, as the controller's own meters book them.
 */
export const operations = ["heating", "hot_water", "cooling", "defrost", "standby"] as const;
export type Operation = (typeof operations)[number];
