/** Draws how far something is on a terminal, on one line; on anything else it prints nothing until the end. */
export function progressBar(label: string, output: NodeJS.WriteStream): (share: number) => void {
  const width = 30;
  let drawn = "";
  return (share) => {
    const full = Math.round(share * width);
    const line = `${label} [${"#".repeat(full)}${".".repeat(width - full)}] ${Math.floor(share * 100)} %`;
    if (line === drawn) return;
    drawn = line;
    if (output.isTTY) output.write(`\r${line}${share === 1 ? "\n" : ""}`);
    else if (share === 1) output.write(`${line}\n`);
  };
}
