import type { Socket } from 'node:net';
import type { Request, Response } from 'express';
import { AppError } from '#contracts';
import { envelopeOf } from './error-envelope.ts';

const clocks = new WeakMap<Request, BodyClock>();

/** Ends a request whose body is not there in time: with 408, or by the end of its connection once it was answered. */
export class BodyClock {
  private timer: NodeJS.Timeout | undefined;
  private idle = false;
  /** Of its own: a request that is over knows its socket no more. */
  private readonly socket: Socket;

  private constructor(
    private readonly request: Request,
    private readonly response: Response,
  ) {
    this.socket = request.socket;
  }

  static start(request: Request, response: Response, seconds: number): void {
    const clock = new BodyClock(request, response);
    clocks.set(request, clock);
    clock.allow(seconds);
    const stop = (): void => {
      clock.stop();
    };
    request.once('end', stop).once('close', stop);
  }

  /** The clock of a request that has a body which is not there yet. */
  static of(request: Request): BodyClock | undefined {
    return request.complete ? undefined : clocks.get(request);
  }

  /** So many seconds from now for all of it, instead of what was allowed before. */
  allow(seconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.end();
    }, seconds * 1_000).unref();
  }

  /** And so many without a byte. */
  allowIdle(seconds: number): void {
    this.idle = true;
    this.socket.setTimeout(seconds * 1_000);
    this.request.once('timeout', () => {
      if (!this.request.complete) this.end();
    });
  }

  private stop(): void {
    clearTimeout(this.timer);
    // Once it has answered, the server sets a time of its own.
    if (this.idle && !this.response.writableFinished) this.socket.setTimeout(0);
  }

  private end(): void {
    const { request, response } = this;
    if (response.headersSent) {
      request.destroy();
      return;
    }
    const error = new AppError('request_timeout');
    // Not before the answer is out; what waits for the rest of the body then hears that there is none.
    response.once('finish', () => request.destroy());
    response.status(408).set('Connection', 'close').json(envelopeOf(error));
  }
}
