export interface PageRequest {
  readonly page: number;
  readonly pageSize: number;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** One page of a list, with the number of entries on all pages. */
export interface ListPage<Entry> {
  readonly entries: readonly Entry[];
  readonly total: number;
}

export interface PageAsked {
  /** From 1. */
  readonly page: number;
  readonly limit: number;
}
