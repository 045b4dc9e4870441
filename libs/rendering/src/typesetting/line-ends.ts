/** A text measured for its own column must fit it: points that a line may be too wide by. */
export const tolerance = 0.01;

/** Names break here when no space does. */
const softBreaks = new Uint8Array(0x80);
for (const sign of '-_/.,;:|\\)]}>=&?') softBreaks[sign.charCodeAt(0)] = 1;

/** Whether a name may end its line behind this character. */
export const isSoftBreak = (code: number): boolean => code < 0x80 && softBreaks[code] === 1;
