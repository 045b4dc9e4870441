const colours = new Map<string, string>();

/** `#16191D` as three operands. */
export function rgb(hex: string): string {
  let operands = colours.get(hex);
  if (operands === undefined) {
    const channel = (at: number): string =>
      String(Math.round((parseInt(hex.slice(at, at + 2), 16) / 255) * 1000) / 1000);
    operands = `${channel(1)} ${channel(3)} ${channel(5)}`;
    colours.set(hex, operands);
  }
  return operands;
}
