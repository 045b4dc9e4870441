import { Injectable } from '@nestjs/common';

/** Time is asked for here, so that a test can say what it is. Leases are decided by Postgres's clock instead. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
