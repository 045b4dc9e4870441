import { sharedService, type SharedService, tight } from './support/shared-service.ts';

const [ours = '', alsoOurs = ''] = tight.CORS_ORIGINS.split(', ');

const preflight = (
  service: { readonly baseUrl: string },
  origin: string,
  path = '/api/v1/org/demo/ws/red-team/airt/projects',
) =>
  fetch(`${service.baseUrl}${path}`, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type,idempotency-key',
    },
  });

const allowedOf = (answer: Response): string | null => answer.headers.get('access-control-allow-origin');

describe('with origins named', () => {
  let service: SharedService;
  beforeAll(async () => {
    service = await sharedService('tight');
  });

  it.each([ours, alsoOurs])('a preflight from %s passes without a key', async (origin) => {
    const answer = await preflight(service, origin);

    expect({ status: answer.status, origin: allowedOf(answer) }).toEqual({ status: 204, origin });
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET, POST, PATCH, DELETE');
    const headers = answer.headers.get('access-control-allow-headers')?.toLowerCase() ?? '';
    for (const header of ['authorization', 'content-type', 'idempotency-key']) expect(headers).toContain(header);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it.each([
    'https://reports.example.com.evil.example',
    'http://reports.example.com',
    'https://reports.example.com:8443',
    'https://REPORTS.example.com',
    'null',
    '*',
  ])('a preflight from %s gets nothing that its browser could take for a yes', async (origin) => {
    const answer = await preflight(service, origin);

    expect(allowedOf(answer)).toBeNull();
    expect(answer.headers.get('access-control-allow-methods')).toBeNull();
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it('an answer may be read by that page, with the headers that it needs, also when it is an error', async () => {
    const url = `${service.baseUrl}${service.api.airt}/projects`;
    for (const headers of [{ Authorization: `Bearer ${service.api.key}` }, {}]) {
      const answer = await fetch(url, { headers: { Origin: ours, ...headers } });

      expect({ status: answer.status, origin: allowedOf(answer) }).toEqual({
        status: 'Authorization' in headers ? 200 : 401,
        origin: ours,
      });
      const exposed = answer.headers.get('access-control-expose-headers') ?? '';
      for (const name of ['ETag', 'Location', 'RateLimit', 'Retry-After', 'Idempotent-Replayed', 'X-Request-Id']) {
        expect(exposed.split(', ')).toContain(name);
      }
    }
  });
});

describe('with none named', () => {
  it('no page of another origin may use the API, nor one that claims to be of ours', async () => {
    const service = await sharedService();
    for (const origin of [ours, service.baseUrl, 'null']) {
      expect(allowedOf(await preflight(service, origin))).toBeNull();
      const answer = await fetch(`${service.baseUrl}/health/live`, { headers: { Origin: origin } });
      expect(allowedOf(answer)).toBeNull();
    }
  });
});
