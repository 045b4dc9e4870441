/** How large a template may be; docs/limits.md lists them. */
export const templateLimits = {
  components: 200,
  /** Components of all sections together, sections included. */
  nodes: 500,
  text: 5_000,
  name: 100,
  columns: 12,
  rows: 500,
  /** Of all static tables together. */
  cells: 5_000,
  cell: 500,
  /** Of the stored JSON, bytes. */
  bytes: 256 * 1024,
} as const;
