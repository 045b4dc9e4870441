import { face } from '../../fonts/faces.ts';
import { geometries } from '../../theme/geometry.ts';
import { openDocument } from './open-document.ts';

/** Loads what the first report would otherwise wait for. */
export async function warmUp(): Promise<void> {
  for (const name of ['Arimo', 'Arimo-Bold', 'Cousine', 'DejaVu', 'NotoSansSC', 'NotoEmoji'] as const)
    face(name).covers(0x41);
  const document = await openDocument([], { title: '', author: null, date: null }, geometries.A4);
  document.destroy();
}
