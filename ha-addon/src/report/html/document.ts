import { escaped } from "./markup.ts";
import { reportStyle } from "./style.ts";

/** A page of HTML with the report's look, light and dark, its style inside; `main` is HTML, `title` a text. */
export function htmlDocument(language: string, title: string, main: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}
