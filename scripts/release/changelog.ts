/** What CHANGELOG.md has under each of its versions, the newest first; the lines below `## 0.1.0`, trimmed. */
export function changelogSections(changelog: string): { readonly title: string; readonly text: string }[] {
  const [, ...sections] = changelog.split(/^## /m);
  return sections.map((section) => {
    const end = section.indexOf("\n");
    return { title: section.slice(0, end).trim(), text: section.slice(end).trim() };
  });
}
