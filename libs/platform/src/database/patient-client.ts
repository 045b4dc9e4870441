import pg from 'pg';

/**
 * A connection that may be cut at any moment. Between the server's welcome and the listener of whoever takes it from the
 * pool nobody hears of that, and an error that nobody hears ends the process. Its next statement fails, and says so.
 */
export class PatientClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
