import { deflateSync } from 'node:zlib';

import { chunk, ihdr, pngFile } from '../../apps/report-service/src/storage/store-image/spec-support/make-png.ts';
import { TestProject } from '../support/project.ts';
import { sharedOrganization, type SharedService } from '../support/shared-service.ts';

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
}

/** As large as a logo may be in pixels, and small as a file. */
const large = pngFile(ihdr(2_000, 2_000, 8, 6), chunk('IDAT', deflateSync(Buffer.alloc(2_000 * (1 + 2_000 * 4)))));

const upload = async (service: SharedService, project: TestProject): Promise<Answer> => {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(large)], { type: 'image/png' }), 'logo.png');
  const headers = { Authorization: `Bearer ${service.api.key}` };
  const answer = await fetch(`${service.baseUrl}${project.path('/branding/logo')}`, {
    method: 'POST',
    headers,
    body: form,
  });
  await answer.text();
  return { status: answer.status, retryAfter: answer.headers.get('retry-after') };
};

describe('many large logos of one organization', () => {
  it('are opened as others have their turns, and the rest is told to wait', async () => {
    const [many, other] = await Promise.all([sharedOrganization(), sharedOrganization()]);
    const [theirs, its] = await Promise.all([TestProject.make(many.api), TestProject.make(other.api)]);
    let opened = 0;
    const first = upload(many, theirs).then(({ status }) => {
      opened += 1;
      return status;
    });
    const answers = Array.from({ length: 15 }, async () => {
      const answer = await upload(many, theirs);
      if (answer.status === 201) opened += 1;
      return answer;
    });
    // The refusals show that all the others are there.
    await Promise.race(answers);
    const before = opened;
    expect((await upload(other, its)).status).toBe(201);
    const meanwhile = opened - before;
    const all = await Promise.all(answers);

    // The one under way, and at most one more whose answer was on its way.
    expect(meanwhile).toBeLessThanOrEqual(2);
    expect(await first).toBe(201);
    expect(all.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: all.length - refused(all).length }, () => 201),
      ...refused(all).map(({ status }) => status),
    ]);
    expect(refused(all).length).toBeGreaterThan(0);
    for (const { status, retryAfter } of refused(all))
      expect({ status, retryAfter }).toEqual({ status: 429, retryAfter: '5' });
  });
});

const refused = (answers: readonly Answer[]): Answer[] => answers.filter(({ status }) => status !== 201);
