import type { ToWorker } from './messages.ts';

type Kind = ToWorker['kind'];
type Of<K extends Kind> = Extract<ToWorker, { kind: K }>;

/** Messages to a thread, taken by kind: leave to send a piece may come while a batch is waited for. */
export class Inbox {
  readonly #kept: ToWorker[] = [];
  #waiting: { readonly kinds: readonly Kind[]; readonly receive: (message: ToWorker) => void } | null = null;

  put(message: ToWorker): void {
    const waiting = this.#waiting;
    if (!waiting?.kinds.includes(message.kind)) {
      this.#kept.push(message);
      return;
    }
    this.#waiting = null;
    waiting.receive(message);
  }

  take<K extends Kind>(...kinds: readonly K[]): Promise<Of<K>> {
    const index = this.#kept.findIndex(({ kind }) => kinds.some((wanted) => wanted === kind));
    const [found] = index < 0 ? [] : this.#kept.splice(index, 1);
    if (found) return Promise.resolve(found as Of<K>);
    return new Promise((resolve) => {
      this.#waiting = {
        kinds,
        receive: (message) => {
          resolve(message as Of<K>);
        },
      };
    });
  }

  clear(): void {
    this.#kept.length = 0;
  }
}
