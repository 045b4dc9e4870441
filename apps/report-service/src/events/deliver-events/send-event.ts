import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { Webhook } from 'standardwebhooks';

/** An answer of the receiver, or the word for why there was none. */
export type SendOutcome =
  { readonly status: number } | { readonly error: 'timeout' | 'refused_address' | 'connection' };

interface Sending {
  readonly url: string;
  readonly eventId: string;
  /** Signed with each of them: the newest first. */
  readonly secrets: readonly string[];
  readonly body: string;
}

/** Whether URLs may lead to private, loopback and link-local addresses. */
interface SendPolicy {
  readonly allowPrivateNetworks: boolean;
  readonly timeoutMs: number;
}

/**
 * One POST by Standard Webhooks 1.0. Addresses are checked when the name is resolved, so that it cannot resolve to
 * another between check and use; redirects are not followed; what the receiver answers is not read.
 */
export function sendEvent(sending: Sending, policy: SendPolicy, at: Date): Promise<SendOutcome> {
  const url = new URL(sending.url);
  const secure = url.protocol === 'https:';
  const options = {
    allowPrivateIPAddress: policy.allowPrivateNetworks,
    allowMetaIPAddress: policy.allowPrivateNetworks,
  };
  const agent: Agent = secure ? new RequestFilteringHttpsAgent(options) : new RequestFilteringHttpAgent(options);
  const signature = sending.secrets
    .map((secret) => new Webhook(secret).sign(sending.eventId, at, sending.body))
    .join(' ');
  return new Promise((resolve) => {
    let request: ClientRequest | undefined;
    const end = (outcome: SendOutcome): void => {
      clearTimeout(timer);
      resolve(outcome);
      request?.destroy();
    };
    // Over all: a receiver that sends a byte now and then is late too.
    const timer = setTimeout(() => {
      end({ error: 'timeout' });
    }, policy.timeoutMs);
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
      request.end(sending.body);
    } catch (error) {
      end({ error: failureOf(error) });
    }
  });
}

/** The agent refuses an address by an error of its own, which has no code. */
const failureOf = (error: unknown): 'refused_address' | 'connection' =>
  error instanceof Error && error.message.includes('is not allowed') ? 'refused_address' : 'connection';
