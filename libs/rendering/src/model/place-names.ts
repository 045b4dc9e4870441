import type { Anchor, Block } from './report-content.ts';

/** The name of a place in the part that shows it for the `again`-th time; undefined: the first. */
export const againAnchor = (anchor: Anchor, again: number | undefined): Anchor =>
  again === undefined ? anchor : `again-${again}-${anchor}`;

/**
 * Gives each place of a report a name of its own. The first place of a name keeps it, so links made elsewhere lead there;
 * one that comes again is renamed, and with it the links of the part that it stands in.
 */
export class PlaceNames {
  readonly #taken = new Set<Anchor>();
  readonly #streamed = new Set<Block['kind']>();
  #turn = 0;

  claim(anchor: Anchor): Anchor {
    const name: Anchor = againAnchor(anchor, this.#taken.has(anchor) ? ++this.#turn : undefined);
    this.#taken.add(name);
    return name;
  }

  claimAll(blocks: readonly Block[]): readonly Block[] {
    const again = new Map<string, Anchor>();
    for (const anchor of anchorsIn(blocks)) {
      const name = this.claim(anchor);
      if (name !== anchor) again.set(anchor, name);
    }
    return (again.size === 0 ? blocks : renamed(blocks, again)).map((block) => this.#streamedBlock(block));
  }

  /** Anchors of findings are made while they are drawn: a table or details that come again are told so. */
  #streamedBlock(block: Block): Block {
    if (block.kind !== 'findings_table' && block.kind !== 'finding_details') return block;
    if (this.#streamed.has(block.kind)) return { ...block, again: ++this.#turn };
    this.#streamed.add(block.kind);
    return block;
  }
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

/** Places named in a tree, in its order. Property names are ours alone: texts of the data stand only in values. */
function anchorsIn(tree: unknown): Anchor[] {
  if (!isTree(tree)) return [];
  return Object.entries(tree).flatMap(([property, value]) =>
    property === 'anchor' && typeof value === 'string' ? [value as Anchor] : anchorsIn(value),
  );
}

const naming: ReadonlySet<string> = new Set(['anchor', 'link', 'pageOf']);

function renamed<T>(tree: T, names: ReadonlyMap<string, Anchor>): T {
  if (Array.isArray(tree)) return tree.map((item: unknown) => renamed(item, names)) as T;
  if (!isTree(tree)) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([property, value]) => [
      property,
      naming.has(property) && typeof value === 'string' ? (names.get(value) ?? value) : renamed(value, names),
    ]),
  ) as T;
}
