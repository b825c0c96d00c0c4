import pg, { type CustomTypesConfig } from "pg";

const timestamptz = 1184;
const date = 1082;
const int8 = 20;

/** How columns are read: a time as ms since the epoch, a date as its text, a count as a number. */
export const columnTypes: CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (format !== "binary") {
      if (oid === timestamptz) return (text: string) => Date.parse(text);
      if (oid === date) return (text: string) => text;
      if (oid === int8) return Number;
    }
    return pg.types.getTypeParser(oid, format as "text");
  },
};
