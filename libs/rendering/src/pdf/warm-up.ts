import { face } from '../fonts/faces.ts';
import { writePdf } from './write-pdf.ts';
import { geometries } from '../theme/geometry.ts';

/** Loads what the first report would otherwise wait for. */
export async function warmUp(): Promise<void> {
  for (const name of ['Arimo', 'Arimo-Bold', 'Cousine', 'DejaVu', 'NotoSansSC', 'NotoEmoji'] as const)
    face(name).covers(0x41);
  const document = await writePdf(
    { geometry: geometries.A4, pages: [], anchors: new Map(), outline: [] },
    { title: '', author: null, date: null },
  );
  document.destroy();
}
