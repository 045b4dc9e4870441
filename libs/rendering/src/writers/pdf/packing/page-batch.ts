/** Pages that go from thread to thread at once, one behind the other. */
export interface PageBatch {
  readonly bytes: Uint8Array;
  /** Where each page ends. */
  readonly ends: readonly number[];
}

export function* pagesOf({ bytes, ends }: PageBatch): Generator<Uint8Array, undefined> {
  let from = 0;
  for (const end of ends) {
    yield bytes.subarray(from, end);
    from = end;
  }
}

/** In memory of its own. */
export function batchOf(pages: readonly Uint8Array[]): PageBatch {
  const ends: number[] = [];
  let length = 0;
  for (const page of pages) ends.push((length += page.length));
  const bytes = new Uint8Array(length);
  pages.forEach((page, index) => {
    bytes.set(page, index === 0 ? 0 : ends[index - 1]);
  });
  return { bytes, ends };
}
