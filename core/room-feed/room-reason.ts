/**
 * Why a room is not used, as a code with its figures; the programs have the texts. `outside_twice`: outside the limits,
 * and half of it would be a room's temperature. `twice_others`, `half_of_others`: near twice or half of the other rooms.
 */
export type RoomReason =
  | {
      readonly code:
        | "not_reported"
        | "no_entity"
        | "unavailable"
        | "no_current_temperature"
        | "no_value"
        | "no_number"
        | "unit_unknown"
        | "reported_in_the_future";
    }
  | { readonly code: "other_unit"; readonly unit: string }
  | { readonly code: "silent"; readonly minutes: number }
  | {
      readonly code: "outside" | "outside_twice";
      readonly temperatureC: number;
      readonly minC: number;
      readonly maxC: number;
    }
  | { readonly code: "first_unconfirmed"; readonly temperatureC: number }
  | { readonly code: "jumped"; readonly fromC: number; readonly toC: number }
  | {
      readonly code: "twice_others" | "half_of_others" | "far_from_others";
      readonly temperatureC: number;
      /** The median of the other rooms. */
      readonly othersC: number;
    };

/** Why a temperature inside the limits is not trusted. */
export type DoubtReason = Extract<RoomReason, { readonly code: "first_unconfirmed" | "jumped" }>;

/** A room that is not used, by the name that people gave it. */
export type MissingRoom = { readonly name: string; readonly reason: RoomReason };
