import { textsIn } from "../language.ts";
import { danish } from "./danish.ts";
import { dutch } from "./dutch.ts";
import { english } from "./english.ts";
import { finnish } from "./finnish.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { italian } from "./italian.ts";
import { norwegian } from "./norwegian.ts";
import { polish } from "./polish.ts";
import { slovak } from "./slovak.ts";
import { spanish } from "./spanish.ts";
import { swedish } from "./swedish.ts";

/** The texts of the view "diagnostics" in Home Assistant's language. */
export const diagnosticsTextsOf = textsIn({
  danish,
  dutch,
  english,
  finnish,
  french,
  german,
  italian,
  norwegian,
  polish,
  slovak,
  spanish,
  swedish,
});
