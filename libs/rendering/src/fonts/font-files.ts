import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(fileURLToPath(import.meta.url));
const fontPackage = (name: string): string => dirname(require.resolve(`${name}/package.json`));
const google = (name: string, file: string): string => join(fontPackage(`@expo-google-fonts/${name}`), file);

/** Faces by the name that text runs carry; a bold face ends in "-Bold". The only files that rendering reads. */
export const fontFiles = {
  Arimo: google('arimo', '400Regular/Arimo_400Regular.ttf'),
  'Arimo-Bold': google('arimo', '700Bold/Arimo_700Bold.ttf'),
  Tinos: google('tinos', '400Regular/Tinos_400Regular.ttf'),
  'Tinos-Bold': google('tinos', '700Bold/Tinos_700Bold.ttf'),
  Cousine: google('cousine', '400Regular/Cousine_400Regular.ttf'),
  'Cousine-Bold': google('cousine', '700Bold/Cousine_700Bold.ttf'),
  DejaVu: join(fontPackage('dejavu-fonts-ttf'), 'ttf/DejaVuSans.ttf'),
  'DejaVu-Bold': join(fontPackage('dejavu-fonts-ttf'), 'ttf/DejaVuSans-Bold.ttf'),
  NotoSansSC: google('noto-sans-sc', '400Regular/NotoSansSC_400Regular.ttf'),
  'NotoSansSC-Bold': google('noto-sans-sc', '700Bold/NotoSansSC_700Bold.ttf'),
  NotoSansKR: google('noto-sans-kr', '400Regular/NotoSansKR_400Regular.ttf'),
  'NotoSansKR-Bold': google('noto-sans-kr', '700Bold/NotoSansKR_700Bold.ttf'),
  NotoSansArabic: google('noto-sans-arabic', '400Regular/NotoSansArabic_400Regular.ttf'),
  'NotoSansArabic-Bold': google('noto-sans-arabic', '700Bold/NotoSansArabic_700Bold.ttf'),
  NotoSansHebrew: google('noto-sans-hebrew', '400Regular/NotoSansHebrew_400Regular.ttf'),
  'NotoSansHebrew-Bold': google('noto-sans-hebrew', '700Bold/NotoSansHebrew_700Bold.ttf'),
  NotoSansDevanagari: google('noto-sans-devanagari', '400Regular/NotoSansDevanagari_400Regular.ttf'),
  'NotoSansDevanagari-Bold': google('noto-sans-devanagari', '700Bold/NotoSansDevanagari_700Bold.ttf'),
  NotoSansThai: google('noto-sans-thai', '400Regular/NotoSansThai_400Regular.ttf'),
  'NotoSansThai-Bold': google('noto-sans-thai', '700Bold/NotoSansThai_700Bold.ttf'),
  NotoEmoji: google('noto-emoji', '400Regular/NotoEmoji_400Regular.ttf'),
} as const satisfies Readonly<Record<string, string>>;

export type FaceName = keyof typeof fontFiles;
