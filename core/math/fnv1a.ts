/** FNV-1a over the UTF-16 units of a text: 32 bits with their sign. `start`: another one gives another hash. */
export function fnv1a(text: string, start = 0x811c9dc5): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
