export interface ImportProblem {
  /** `["line", n, field…]`; in a JSON document the parts of the pointer, then `"line", n`. */
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** A file that cannot be imported. Says where and why; nothing of the file is kept. */
export class InvalidImport extends Error {
  constructor(readonly problems: readonly ImportProblem[]) {
    super(problems.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; '));
    this.name = 'InvalidImport';
  }
}
