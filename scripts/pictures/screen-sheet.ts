import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { languages, sizes, themes } from "./screen-list.ts";

/** Takes one picture of all pictures of a screen side by side, a language a row: `<name>.png` in the same folder. */
export async function takeSheet(page: Page, folder: string, name: string): Promise<void> {
  const cell = (language: string, theme: string, size: string) => {
    const file = pathToFileURL(join(folder, `${name}-${language}-${theme}-${size}.png`));
    return `<td><img src="${file}" width="${size === "phone" ? 300 : 700}" alt=""></td>`;
  };
  const rows = languages.map((language) => {
    const cells = Object.keys(sizes).flatMap((size) => themes.map((theme) => cell(language, theme, size)));
    return `<tr>${cells.join("")}</tr>`;
  });
  const style = "body{margin:8px;background:#888}td{vertical-align:top;padding:4px}";
  // Only a page that is a file itself may show files.
  await page.goto(pathToFileURL(folder).href);
  await page.setContent(`<!doctype html><style>${style}</style><table>${rows.join("")}</table>`);
  await page.setViewportSize({ width: 2080, height: 800 });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
