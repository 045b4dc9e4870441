/** The first bytes of every PNG. */
export const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** Pixels up to which a picture is taken and drawn: 16 million need 64 MB while it is flattened. */
export const mostPngPixels = 16_000_000;
