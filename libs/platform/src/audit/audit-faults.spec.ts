import { auditFaults } from './audit-faults.ts';
import { Audited, NotAudited } from './audited.ts';

class ThingsController {
  silent(): void {
    // Says nothing.
  }

  @Audited('project.created')
  audited(): void {
    // Declares its action.
  }

  @NotAudited('Counts rows.')
  counting(): void {
    // Declares why there is none.
  }
}

const route = (method: string, name: keyof ThingsController) => ({
  method,
  path: '/api/v1/org/:org/things',
  controller: ThingsController,
  name,
  needs: null,
});

it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'ALL'])(
  'a %s route that says nothing of the audit log is a fault',
  (method) => {
    expect(auditFaults([route(method, 'silent')])).toEqual([
      expect.stringContaining(`${method} /api/v1/org/:org/things (ThingsController.silent)`),
    ]);
  },
);

it('a route that declares its action, or why there is none, and a read are no fault', () => {
  expect(auditFaults([route('POST', 'audited'), route('POST', 'counting'), route('GET', 'silent')])).toEqual([]);
});
