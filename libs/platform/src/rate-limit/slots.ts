/** Why there was no slot: the process has none left, or the organization has its share. */
export type NoSlot = 'process' | 'organization';

/** Places for work of one kind in this process. One organization has at most its share of them. */
export class Slots {
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(private readonly bounds: { readonly atOnce: number; readonly perOrganization: number }) {}

  /** Gives the slot back when it is called; once is enough, and twice does no harm. */
  take(organizationId: string): (() => void) | NoSlot {
    const own = this.taken.get(organizationId) ?? 0;
    if (own >= this.bounds.perOrganization) return 'organization';
    if (this.all >= this.bounds.atOnce) return 'process';
    this.all += 1;
    this.taken.set(organizationId, own + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.all -= 1;
      const left = (this.taken.get(organizationId) ?? 1) - 1;
      if (left > 0) this.taken.set(organizationId, left);
      else this.taken.delete(organizationId);
    };
  }
}
