import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { Webhook } from 'standardwebhooks';
import { webhookUrl } from '../webhook-url.ts';

/** An answer of the receiver, or the word for why there was none. */
export type SendOutcome =
  { readonly status: number } | { readonly error: 'timeout' | 'refused_address' | 'connection' | 'invalid_url' };

interface Sending {
  readonly url: string;
  readonly eventId: string;
  /** Signed with each of them: the newest first. */
  readonly secrets: readonly string[];
  readonly body: string;
}

interface SendPolicy {
  /** Whether URLs may lead to private, loopback and link-local addresses. */
  readonly allowPrivateNetworks: boolean;
  readonly timeoutMs: number;
  /** Ends the attempt at once, by a rejection: nothing is known of what the receiver made of it. */
  readonly signal: AbortSignal;
}

/** IPv4 in IPv6 without the mark of a mapped one: the agent takes these for public. */
const disguised = ['::/96'];

/**
 * One POST by Standard Webhooks 1.0. Addresses are checked when the name is resolved, so that it cannot resolve to
 * another between check and use; redirects are not followed; what the receiver answers is not read.
 */
export async function sendEvent(sending: Sending, policy: SendPolicy, at: Date): Promise<SendOutcome> {
  const url = webhookUrl(sending.url);
  if (!url) return { error: 'invalid_url' };
  const secure = url.protocol === 'https:';
  const options = {
    allowPrivateIPAddress: policy.allowPrivateNetworks,
    allowMetaIPAddress: policy.allowPrivateNetworks,
    denyIPAddressList: policy.allowPrivateNetworks ? [] : disguised,
  };
  const agent: Agent = secure ? new RequestFilteringHttpsAgent(options) : new RequestFilteringHttpAgent(options);
  const signature = sending.secrets
    .map((secret) => new Webhook(secret).sign(sending.eventId, at, sending.body))
    .join(' ');
  return new Promise((resolve, reject) => {
    let request: ClientRequest | undefined;
    const stop = (): void => {
      clearTimeout(timer);
      policy.signal.removeEventListener('abort', abandon);
      request?.destroy();
    };
    const end = (outcome: SendOutcome): void => {
      resolve(outcome);
      stop();
    };
    const abandon = (): void => {
      reject(new SendAbandoned());
      stop();
    };
    // Over all: a receiver that sends a byte now and then is late too.
    const timer = setTimeout(() => {
      end({ error: 'timeout' });
    }, policy.timeoutMs);
    policy.signal.addEventListener('abort', abandon);
    if (policy.signal.aborted) {
      abandon();
      return;
    }
    try {
      request = (secure ? requestHttps : requestHttp)(url, {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/cloudevents+json',
          'content-length': Buffer.byteLength(sending.body),
          'user-agent': 'airt-report-service',
          'webhook-id': sending.eventId,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': signature,
        },
      });
      request.once('response', (response: IncomingMessage) => {
        end({ status: response.statusCode ?? 0 });
      });
      request.on('error', (error) => {
        end({ error: failureOf(error) });
      });
      // Without an error too: an answer that switches protocols, for one.
      request.once('close', () => {
        end({ error: 'connection' });
      });
      request.end(sending.body);
    } catch (error) {
      end({ error: failureOf(error) });
    }
  });
}

/** The process is ending and did not wait for the receiver. */
export class SendAbandoned extends Error {}

/** The agent refuses an address by an error of its own, which has no code. */
const failureOf = (error: unknown): 'refused_address' | 'connection' =>
  error instanceof Error && error.message.includes('is not allowed') ? 'refused_address' : 'connection';
