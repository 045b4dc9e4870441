import { PatientClient } from './patient-client.ts';

describe('a connection that is cut while nobody listens', () => {
  it('does not end the process', () => {
    const client = new PatientClient();
    expect(() => client.emit('error', new Error('terminating connection due to administrator command'))).not.toThrow();
  });
});
