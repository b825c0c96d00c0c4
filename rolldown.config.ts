import { addonBundle } from "./scripts/bundling/addon-bundle.ts";
import { hubBundle } from "./scripts/bundling/hub-bundle.ts";

/** The programs as their images have them: neither carries node_modules. */
export default [addonBundle, hubBundle];
