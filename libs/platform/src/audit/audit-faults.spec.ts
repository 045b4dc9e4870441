import { auditFaults } from './audit-faults.ts';

const route = (method: string, audit: Parameters<typeof auditFaults>[0][number]['audit']) => ({
  method,
  path: '/api/v1/org/:org/things',
  handler: `ThingsController.${method.toLowerCase()}`,
  audit,
});

it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'ALL'])(
  'a %s route that says nothing of the audit log is a fault',
  (method) => {
    expect(auditFaults([route(method, null)])).toEqual([
      expect.stringContaining(`ThingsController.${method.toLowerCase()}`),
    ]);
  },
);

it('a route that declares its deed, or why there is none, and a read are no fault', () => {
  expect(
    auditFaults([
      route('POST', { action: 'project.created', options: {} }),
      route('POST', { reason: 'Counts rows.' }),
      route('GET', null),
    ]),
  ).toEqual([]);
});
