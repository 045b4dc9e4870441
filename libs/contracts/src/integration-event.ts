/** An event that must reach others: written to the outbox in the transaction that made it true (ADR 0006). */
export interface IntegrationEvent {
  /** Name on the wire, with its version. */
  readonly type: string;
  readonly organizationId: string;
  /** The build it is about. */
  readonly aggregateId: string;
  /** Tells events of one type about one build apart; one of each is kept. */
  readonly discriminator: string;
  readonly payload: object;
}
