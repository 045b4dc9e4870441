/** The operations of a document with `org` and `workspace` taken from their paths: the client knows them. */
export type Scoped<Paths> = {
  [Path in keyof Paths]: { [Method in keyof Paths[Path]]: ScopedOperation<Paths[Path][Method]> };
};

type ScopedOperation<Operation> = Operation extends { parameters: infer Parameters }
  ? Omit<Operation, 'parameters'> & { parameters: ScopedParameters<Parameters> }
  : Operation;

type ScopedParameters<Parameters> = Parameters extends { path: infer Path }
  ? Omit<Parameters, 'path'> & RestOfPath<Omit<Path, 'org' | 'workspace'>>
  : Parameters;

type RestOfPath<Path> = keyof Path extends never ? { path?: never } : { path: Path };
