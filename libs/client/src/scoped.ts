/** The operations of a document with `org` and `workspace` taken from their paths: the client knows them. */
export type Scoped<Paths> = {
  [Path in keyof Paths]: { [Method in keyof Paths[Path]]: ScopedOperation<Paths[Path][Method]> };
};

/** What an operation takes that the document describes as bytes. */
export type FileBody = Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | ReadableStream;

type ScopedOperation<Operation> = Operation extends { parameters: infer Parameters }
  ? { parameters: ScopedParameters<Parameters> } & Sent<Operation> & Answered<Operation>
  : Operation;

type ScopedParameters<Parameters> = Parameters extends { path: infer Path }
  ? Omit<Parameters, 'path'> & RestOfPath<Omit<Path, 'org' | 'workspace'>>
  : Parameters;

type RestOfPath<Path> = keyof Path extends never ? { path?: never } : { path: Path };

type Sent<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { requestBody: { content: { [Type in keyof Content]: BodyOfType<Type, Content[Type]> } } }
  : { requestBody?: never };

type BodyOfType<Type, Body> = Type extends 'multipart/form-data' ? FormData : unknown extends Body ? FileBody : Body;

type Answered<Operation> = Operation extends { responses: infer Responses }
  ? { responses: { [Status in keyof Responses]: Plain<Responses[Status]> } }
  : never;

/** openapi-fetch takes a read-only array for an object: without this, a list of an answer could not be walked. */
type Plain<Value> = Value extends readonly (infer Item)[]
  ? Plain<Item>[]
  : Value extends object
    ? { [Key in keyof Value]: Plain<Value[Key]> }
    : Value;
