export * from './create-client.ts';
export type { components, operations, paths } from './schema.ts';
export type { FileBody } from './scoped.ts';
