import type { FaceName } from './font-files.ts';

/** Scripts whose letters join, move or run from right to left, and that have a face of their own. */
export type ShapedScript = 'Arabic' | 'Hebrew' | 'Devanagari' | 'Thai';

interface ScriptRules {
  readonly face: FaceName;
  readonly boldFace: FaceName;
  /** The name that fonts keep the script's rules under. */
  readonly tag: string;
  readonly rightToLeft: boolean;
  /** First and last code point. Presentation forms are left out: they look like the letters that they stand for. */
  readonly blocks: readonly (readonly [number, number])[];
}

export const shapedScripts: Readonly<Record<ShapedScript, ScriptRules>> = {
  Arabic: {
    face: 'NotoSansArabic',
    boldFace: 'NotoSansArabic-Bold',
    tag: 'arab',
    rightToLeft: true,
    blocks: [
      [0x0600, 0x06ff],
      [0x0750, 0x077f],
      [0x0870, 0x08ff],
    ],
  },
  Hebrew: {
    face: 'NotoSansHebrew',
    boldFace: 'NotoSansHebrew-Bold',
    tag: 'hebr',
    rightToLeft: true,
    blocks: [[0x0590, 0x05ff]],
  },
  Devanagari: {
    face: 'NotoSansDevanagari',
    boldFace: 'NotoSansDevanagari-Bold',
    tag: 'dev2',
    rightToLeft: false,
    blocks: [
      [0x0900, 0x097f],
      [0xa8e0, 0xa8ff],
    ],
  },
  Thai: {
    face: 'NotoSansThai',
    boldFace: 'NotoSansThai-Bold',
    tag: 'thai',
    rightToLeft: false,
    blocks: [[0x0e00, 0x0e7f]],
  },
};

const names = Object.keys(shapedScripts) as ShapedScript[];

/** The script in whose blocks the code point lies. */
export function shapedScriptOf(codePoint: number): ShapedScript | undefined {
  if (codePoint < 0x0590 || codePoint > 0xa8ff) return undefined;
  return names.find((name) =>
    shapedScripts[name].blocks.some(([first, last]) => codePoint >= first && codePoint <= last),
  );
}
